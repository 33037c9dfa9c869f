/**
 * The map's arithmetic: what lies near a place or in a direction, which step of the scale a point
 * has, and what the best have in common.
 */
import { hex } from './colour';
import type { Ground } from './signals';
import type { Action, ItemView, MapPoint } from './types';

/** What was done with a point, as its shape tells it. */
export type Shape = 'open' | 'up' | 'down' | 'seen';

export function shape(action: Action | null): Shape {
  if (action === null) return 'open';
  if (typeof action === 'object') return action.rate > 3 ? 'up' : action.rate <= 2 ? 'down' : 'seen';
  if (['like', 'buy', 'want', 'finish'].includes(action)) return 'up';
  return ['dislike', 'hide', 'abandon'].includes(action) ? 'down' : 'seen';
}

/** Fifths of the ranking, the last first. */
export const STEPS = 5;
export const step = (place: number): number => Math.min(STEPS - 1, Math.max(0, Math.floor(place * STEPS)));

/**
 * The colours of the steps. Each is further from the ground in lightness than the one before, so the
 * order is seen without colour too; the hue goes from cool to warm by way of violet.
 */
export function scale(ground: Ground): string[] {
  const [from, to] = ground === 'light' ? [0.65, 0.33] : [0.54, 0.92];
  return Array.from({ length: STEPS }, (_, at) => {
    const share = at / (STEPS - 1);
    return hex(from + (to - from) * share, 0.03 + 0.12 * share, 240 + 160 * share);
  });
}

/** What shapes are drawn and dots are set apart with: the ink and the sheet of each ground. */
export const tones: Record<Ground, { ink: string; sheet: string }> = {
  light: { ink: '#2a251d', sheet: '#fefbf4' },
  dark: { ink: '#ece5d8', sheet: '#201d19' },
};

export type Way = 'up' | 'down' | 'left' | 'right';

/** A place on the drawing, in its own unit; up is less. */
export type Spot = { x: number; y: number };

/**
 * The point that an arrow leads to: the nearest within a quarter of a turn around its direction, or
 * else the nearest that lies that way at all; nothing at the edge.
 */
export function towards(spots: readonly Spot[], at: number, way: Way): number | null {
  const here = spots[at];
  if (!here) return spots.length > 0 ? 0 : null;
  let [best, least] = [null as number | null, Infinity];
  spots.forEach((spot, other) => {
    const [dx, dy] = [spot.x - here.x, spot.y - here.y];
    const along = { up: -dy, down: dy, left: -dx, right: dx }[way];
    const beside = Math.abs(way === 'up' || way === 'down' ? dx : dy);
    // Points at one place follow one another, so that each can be reached.
    const twin = dx === 0 && dy === 0 && (way === 'right' || way === 'down' ? other > at : other < at);
    if (!twin && along <= 0) return;
    const far = twin ? Math.abs(other - at) * 1e-9 : Math.hypot(dx, dy) + (beside > along ? 1e6 : 0);
    if (far < least) [best, least] = [other, far];
  });
  return best;
}

/** The point nearest to a place, if one is within reach. */
export function near(spots: readonly Spot[], { x, y }: Spot, reach: number): number | null {
  let [best, least] = [null as number | null, reach];
  spots.forEach((spot, at) => {
    const far = Math.hypot(spot.x - x, spot.y - y);
    if (far < least) [best, least] = [at, far];
  });
  return best;
}

/** The best that nothing was done with yet, best first. */
export const best = (points: readonly MapPoint[], most: number): MapPoint[] =>
  points.filter(({ action }) => action === null).toSorted((a, b) => b.place - a.place).slice(0, most);

/** Something that several items have. */
export type Shared = { name: string; count: number };

/** What at least so many of the items have, most common first. */
export function shared(items: readonly ItemView[], least: number, most: number): Shared[] {
  const counted = new Map<string, number>();
  for (const { genres, creators, people, tags } of items) {
    for (const name of new Set([...genres, ...creators, ...people, ...tags])) counted.set(name, (counted.get(name) ?? 0) + 1);
  }
  return [...counted]
    .flatMap(([name, count]) => (count >= least ? [{ name, count }] : []))
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}

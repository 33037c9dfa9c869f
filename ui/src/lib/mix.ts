/**
 * The mix's arithmetic: how far each weight pulls, how far the bars reach, and what a change says.
 *
 * A pull is weight × spread, in the unit of scores; its give is deviation × spread.
 *
 * Pulls span two decades: in proportion, most would be too short to be seen beside the longest. Bars and
 * whiskers are drawn on one square-root scale, the same to both sides of zero, with ticks that say so: what
 * is longer pulls more, and four times the pull is twice as long. The numbers beside them are exact.
 */
import type { Signal, WeightChange, WeightView } from './types';

export const pull = (weight: WeightView): number => weight.weight * weight.spread;
export const give = (weight: WeightView): number => weight.deviation * weight.spread;

/** Whether the signal has anything to go on yet. */
export const idle = (weight: WeightView): boolean => weight.spread === 0;

/** How far the bars reach on either side of zero, in the unit of scores. */
export type Frame = { left: number; right: number };

const STEPS = [1, 1.5, 2, 3, 4, 6, 8, 10];

/** The least round number that is not below, so that bars move and the frame rarely does. */
export function rounded(most: number): number {
  if (most <= 0) return 0;
  const unit = 10 ** Math.floor(Math.log10(most));
  return unit * (STEPS.find((step) => step * unit >= most) ?? 10);
}

/** The shorter side's reach as a share of the longer's: drawn, a quarter of its length. */
const LEAST = 1 / 16;

/** The frame that holds every bar, and whiskers as far as they are no longer than their bars. */
export function frame(weights: readonly WeightView[]): Frame {
  const far = (sign: number) =>
    rounded(
      Math.max(0, ...weights.map((weight) => sign * pull(weight) + Math.min(give(weight), Math.abs(pull(weight))))),
    );
  const [left, right] = [far(-1), far(1)];
  const most = Math.max(left, right) || 1;
  return { left: Math.max(left, most * LEAST), right: Math.max(right, most * LEAST) };
}

/** Where a value lies in a frame in proportion, 0–1 from the left end. */
export const placed = (value: number, { left, right }: Frame): number =>
  Math.min(1, Math.max(0, (value + left) / (left + right)));

const root = (value: number) => Math.sign(value) * Math.sqrt(Math.abs(value));

/** Where a pull is drawn in the frame of the mix, 0–1 from the left end. */
export const drawn = (value: number, { left, right }: Frame): number => placed(root(value), { left: root(left), right: root(right) });

/** The least distance of two ticks, as a share of the frame. */
const APART = 0.12;
const TICKS = [1000, 250, 100, 25, 10, 2.5, 1, 0.25, 0.1, 0.025, 0.01, 0.0025, 0.001];

/**
 * Where the scale of the mix has ticks: zero, and as many powers of ten and quarters of them as stand apart. A
 * quarter stands half as far from zero, which shows the scale for what it is.
 */
export function ticks({ left, right }: Frame): number[] {
  const near = (root(left) + root(right)) * APART;
  const kept = TICKS.filter((tick) => tick <= Math.max(left, right)).reduce<number[]>((kept, tick) => {
    const room = root(kept.at(-1) ?? Infinity) - root(tick);
    return Math.min(room, root(tick)) < near ? kept : [...kept, tick];
  }, []);
  const ends = (reach: number) => kept.filter((tick) => tick <= reach);
  return [...ends(left).map((tick) => -tick), 0, ...ends(right).reverse()];
}

/** How far a slider for this weight goes on either side of zero. */
export function range(weight: WeightView): number {
  const most = Math.max(Math.abs(weight.prior) * 3, Math.abs(weight.weight) * 1.25, 1);
  return Math.ceil(most * 2) / 2;
}

/** Signals whose weights moved the same way. */
export type Moves = { signals: Signal[]; up: boolean; much: boolean };

/** The moves that are worth saying, at most three, those of one way and size together. */
export function moves(changes: readonly WeightChange[]): Moves[] {
  const groups: Moves[] = [];
  for (const { signal, before, after } of worth(changes).slice(0, 3)) {
    const up = after > before;
    const much = Math.abs(after - before) > 0.25 * Math.max(Math.abs(before), 0.4);
    const same = groups.find((group) => group.up === up && group.much === much);
    if (same) same.signals.push(signal);
    else groups.push({ signals: [signal], up, much });
  }
  return groups;
}

/** How many decimals of a pull are shown. */
export const DIGITS = 2;

export type Way = 'up' | 'down';

/** The weights that the last act moved most, and which way, where what is shown of them went that way too. */
export function moved(changes: readonly WeightChange[], before: readonly WeightView[], after: readonly WeightView[]): Map<Signal, Way> {
  const shown = (mix: readonly WeightView[]) => new Map(mix.map((weight) => [weight.signal, Number(pull(weight).toFixed(DIGITS))]));
  const [then, now] = [shown(before), shown(after)];
  const ways = worth(changes).flatMap((change): [Signal, Way][] => {
    const up = change.after > change.before;
    const by = (now.get(change.signal) ?? 0) - (then.get(change.signal) ?? 0);
    return (up ? by > 0 : by < 0) ? [[change.signal, up ? 'up' : 'down']] : [];
  });
  return new Map(ways.slice(0, 5));
}

const worth = (changes: readonly WeightChange[]) =>
  changes.filter((change) => Math.abs(change.after - change.before) > 0.0005);

/** The toy formula: what each signal says of an item after some acts, and the reasons that come of it. */
import { SIGNALS } from '../lib/signals';
import type { Action, ItemView, Reason, Signal } from '../lib/types';

/** Where weights start. */
export const PRIOR: Partial<Record<Signal, number>> = {
  meaning: 1.6, meaning_lately: 0.7, nearest_liked: 0.9, nearest_disliked: -0.6, theme: 0.4, genre: 0.9,
  people: 0.6, creator: 1.1, keyword: 0.8, language: 0.5, era: 0.6, era_lately: 0.3, popularity: 1.4,
  popularity_newcomer: 0.8, popularity_lately: 0.4, quality: 1.2, newness: -0.15,
};
/** The signals that take part. */
export const HERE = SIGNALS.filter((signal) => signal in PRIOR);
/** How much an act says for an item, below zero where it speaks against it. */
export const reward = (action: Action): number =>
  typeof action === 'object' ? (action.rate - 3) / 2 : ({ like: 1, buy: 1, dislike: -1, hide: -0.5 } as Record<string, number>)[action] ?? 0.2;
const overlap = (a: readonly string[], b: readonly string[]) =>
  a.length && b.length ? a.filter((part) => b.includes(part)).length / Math.sqrt(a.length * b.length) : 0;
/** How near two items are, 0 to 1. */
export const near = (a: ItemView, b: ItemView) => 0.55 * overlap(a.tags, b.tags) + 0.35 * overlap(a.genres, b.genres) + 0.1 * Number(a.kind === b.kind);

/** What each signal says of an item after these acts. */
export function evidence(item: ItemView, acts: readonly [ItemView, number][]): Record<string, number> {
  const q = 1 / (2 + acts.length);
  const liked = acts.filter(([, r]) => r > 0);
  const sum = (of: (a: ItemView) => number) => q * acts.reduce((s, [a, r]) => s + r * of(a), 0);
  const years = (a: ItemView, width: number) => Math.exp(-((((item.year?.value ?? 0) - (a.year?.value ?? 0)) / width) ** 2));
  const popular = Math.log(item.popularity?.value ?? 1) / 9.5;
  return {
    meaning: sum((a) => near(item, a)),
    meaning_lately: acts.slice(-2).reduce((s, [a, r]) => s + 0.4 * r * near(item, a), 0),
    nearest_liked: Math.max(0, ...liked.map(([a]) => near(item, a))),
    nearest_disliked: Math.max(0, ...acts.filter(([, r]) => r < 0).map(([a]) => near(item, a))),
    theme: sum((a) => overlap(a.tags, item.tags)),
    genre: sum((a) => overlap(a.genres, item.genres)),
    people: sum((a) => overlap(a.people, item.people)),
    creator: sum((a) => overlap(a.creators, item.creators)) * 2,
    keyword: sum((a) => overlap(a.tags, item.tags)) * 0.7,
    language: sum((a) => overlap(a.languages, item.languages)),
    era: liked.length ? liked.reduce((s, [a]) => s + years(a, 12), 0) / liked.length : 0,
    era_lately: liked.length ? years(liked.at(-1)![0], 8) * 0.6 : 0,
    popularity: popular - 0.6,
    popularity_newcomer: (2 / (2 + acts.length)) * (popular - 0.6),
    popularity_lately: liked.length ? -((popular - 0.94) ** 2) * 8 : 0,
    quality: ((item.rating?.value ?? 4) - 4) * 0.6,
    newness: ((item.year?.value ?? 1995) - 1995) / 200,
  };
}

/** Why an item is in a list, strongest first. */
export function reasons(one: ItemView, done: readonly [ItemView, number][]): Reason[] {
  const liked = done.filter(([, r]) => r > 0).map(([a]) => a);
  const found: Reason[] = [];
  const creator = one.creators.find((name) => liked.some((a) => a.creators.includes(name)));
  const nearest = [...liked].sort((a, b) => near(one, b) - near(one, a))[0];
  const genre = one.genres.find((name) => liked.some((a) => a.genres.includes(name)));
  const tags = one.tags.filter((name) => liked.some((a) => a.tags.includes(name)));
  if (nearest && near(one, nearest) > 0.3) found.push({ because: 'liked', item: { id: nearest.id, title: nearest.title } });
  if (creator) found.push({ because: 'creator', name: creator });
  if (tags.length) found.push({ because: 'tags', names: tags.slice(0, 2) });
  if (genre) found.push({ because: 'genre', name: genre });
  if (liked.length === 0) return [{ because: 'start' }];
  if ((one.rating?.value ?? 0) > 4.3) found.push({ because: 'well_rated' });
  found.push({ because: 'popular' });
  return found;
}

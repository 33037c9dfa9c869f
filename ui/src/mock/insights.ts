/** The toy engine's map and drift: laid out by genre, as nothing here knows what a text means. */
import { SIGNALS } from '../lib/signals';
import type { Action, Drift, DriftStep, ItemId, ItemView, MapPoint, Ranked, TasteMap, Trait, WeightStep, WeightView } from '../lib/types';

/** An item that is nothing but a genre, a person or a tag; a wish for less of it is a dislike of that. */
export function only(of: Trait): ItemView {
  const named = (trait: Trait['trait']) => (of.trait === trait ? [of.name] : []);
  return {
    id: -1, key: '', kind: 'other', title: of.name, year: null, creators: named('person'), people: named('person'), genres: named('genre'), tags: named('tag'),
    languages: [], countries: [], description: '', popularity: null, rating: null, price: null, stock: null, ids: {}, series: null, number: null, extra: {}, records: 1, same: [], edited: [], cover: null,
  };
}

/** A number from 0 to 1 that a word always has. */
function chance(word: string): number {
  let seed = 2166136261;
  for (const letter of word) seed = Math.imul(seed ^ letter.codePointAt(0)!, 16777619);
  return ((seed ^ (seed >>> 15)) >>> 0) / 2 ** 32;
}

/** Every genre has a direction, every tag a smaller one; what has both lies between. */
function laid({ genres, tags, title }: ItemView): { x: number; y: number } {
  const pulls = [...genres.map((name) => [name, 0.75] as const), ...tags.map((name) => [name, 0.4] as const), [title, 0.25] as const];
  const of = (along: (angle: number) => number) => pulls.reduce((sum, [name, by]) => sum + by * along(2 * Math.PI * chance(name)), 0);
  return { x: Math.tanh(of(Math.cos)), y: Math.tanh(of(Math.sin)) };
}

export function taste(shelf: readonly ItemView[], ranked: readonly Ranked[], acts: ReadonlyMap<ItemId, Action>): TasteMap {
  const ranks = new Map(ranked.map(({ item, rank }) => [item.id, rank]));
  // What was acted on stands in no list here; it gets a place in the upper half that it always has.
  const place = ({ id, title }: ItemView) => {
    const rank = ranks.get(id);
    return rank === undefined ? 0.5 + 0.5 * chance(title) : 1 - (rank - 1) / Math.max(1, ranked.length - 1);
  };
  const points = shelf.map((one): MapPoint => ({
    item: { id: one.id, title: one.title },
    kind: one.kind,
    ...laid(one),
    place: place(one),
    action: acts.get(one.id) ?? null,
  }));
  return { kept: 0.31, points };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

export function drift(
  past: readonly WeightStep[],
  weights: readonly WeightView[],
  ranked: readonly Ranked[],
  shelf: readonly ItemView[],
  near: (one: ItemView, other: ItemView) => number,
): Drift {
  const alike = (some: readonly (ItemView | undefined)[], others: readonly (ItemView | undefined)[]) =>
    mean(some.flatMap((one) => others.flatMap((other) => (one && other && one !== other ? [near(one, other)] : []))));
  const chosen = past.flatMap(({ item }) => (item ? [shelf.find(({ id }) => id === item.id)] : []));
  const steps = past.map((step, at): DriftStep => {
    const moved = weights.map(({ signal, prior, spread }) => ((step.weights[SIGNALS.indexOf(signal)] ?? prior) - prior) * spread);
    const [lately, before] = [chosen.slice(Math.max(0, at - 2), at + 1), chosen.slice(0, at + 1)];
    return { sequence: step.sequence, at: step.at, moved: Math.sqrt(mean(moved.map((by) => by * by))), steady: Math.min(1, 0.35 + 1.6 * alike(lately, before)) };
  });
  const top = ranked.slice(0, 10).map(({ item }) => item);
  const genres = (items: readonly ItemView[]) => new Set(items.flatMap((one) => one.genres)).size;
  return { steps, variety: 1 - alike(top, top), breadth: genres(ranked.slice(0, 50).map(({ item }) => item)) / Math.max(1, genres(shelf)) };
}

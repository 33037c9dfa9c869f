/**
 * The list as it is shown: a ranking laid over what the eye already rests on.
 *
 * Cards down to the last that is held (acted upon, in sight, or in focus) keep their places, and so does
 * every card that was acted upon since the last visit; the new ranking flows into the places below. A
 * fresh list and the next visit show the ranking as it is.
 */
import type { ItemId, ItemView, Ranked } from './types';

/** A line of any ranking. */
export type Line = { item: { id: ItemId } };

/** A line as it is shown. */
export type Placed<T extends Line> = T & {
  /** It was not in the list before the latest change. */
  fresh: boolean;
};

/** One place of the shown list. */
export type Shown = Placed<Ranked>;

/** A ranking as it is, nothing marked. */
export const plain = <T extends Line>(ranked: readonly T[]): Placed<T>[] =>
  ranked.map((item) => ({ ...item, fresh: false }));

/** Lays a new ranking over the shown list: all down to the last of what is `held` stays, and what is `marked`. */
export function laid<T extends Line>(
  shown: readonly Placed<T>[],
  ranked: readonly T[],
  held: readonly ItemId[],
  marked: (item: ItemId) => boolean,
): Placed<T>[] {
  const anchor = shown.findLastIndex((place) => held.includes(place.item.id));
  const before = new Set(shown.map((place) => place.item.id));
  const latest = new Map(ranked.map((item) => [item.item.id, item]));

  const places: (Placed<T> | null)[] = shown.map((place, index) => {
    if (index > anchor && !marked(place.item.id)) return null;
    return { ...place, ...latest.get(place.item.id), fresh: false };
  });
  const kept = new Set(places.flatMap((place) => (place ? [place.item.id] : [])));
  const incoming = ranked
    .filter((item) => !kept.has(item.item.id))
    .map((item): Placed<T> => ({ ...item, fresh: !before.has(item.item.id) }));

  const filled = places.flatMap((place) => place ?? incoming.shift() ?? []);
  return [...filled, ...incoming.slice(0, Math.max(0, ranked.length - filled.length))];
}

/** The same places, none marked as new: what comes back was there before. */
export const back = <T extends Line>(places: readonly Placed<T>[]): Placed<T>[] => places.map((place) => ({ ...place, fresh: false }));

/** The same lines, every item that is as it was before being the one from before: what shows it has nothing to do. */
export function withKnownItems<T extends { item: ItemView }>(lines: readonly T[], before: readonly T[]): T[] {
  const known = new Map(before.map(({ item }) => [item.id, item]));
  return lines.map((line) => {
    const item = known.get(line.item.id);
    return item && JSON.stringify(item) === JSON.stringify(line.item) ? { ...line, item } : line;
  });
}

/** The same lines, one item among them as it is now. */
export const renewed = <T extends { item: ItemView }>(lines: readonly T[], item: ItemView): T[] =>
  lines.map((line) => (line.item.id === item.id ? { ...line, item } : line));

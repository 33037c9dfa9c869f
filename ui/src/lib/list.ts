/**
 * The list as it is shown: a ranking laid over what the eye already rests on.
 *
 * Cards up to and including the one acted upon keep their places, and so does every card that was
 * acted upon since the last visit; the new ranking flows into the places below. Undo and refresh
 * show the ranking as it is.
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

/** Lays a new ranking over the shown list after `acted` was acted upon; what is `marked` stays. */
export function laid<T extends Line>(
  shown: readonly Placed<T>[],
  ranked: readonly T[],
  acted: ItemId | null,
  marked: (item: ItemId) => boolean,
): Placed<T>[] {
  const anchor = shown.findIndex((place) => place.item.id === acted);
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

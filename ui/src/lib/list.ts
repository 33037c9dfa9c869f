/**
 * The list as it is shown: a ranking laid over what the eye already rests on.
 *
 * Cards up to and including the one acted upon keep their places, and so does every card that was
 * acted upon since the last visit; the new ranking flows into the places below. Undo and refresh
 * show the ranking as it is.
 */
import type { Action, ItemId, Ranked } from './types';

/** One place of the shown list. */
export type Shown = Ranked & {
  /** What was done with it since the list was fetched; it stays, marked, until the next visit. */
  done: Action | null;
  /** The entry of the log that did it. */
  entry: number | null;
  /** It was not in the list before the latest change. */
  fresh: boolean;
};

/** A ranking as it is, nothing marked. */
export const plain = (ranked: readonly Ranked[]): Shown[] =>
  ranked.map((item) => ({ ...item, done: null, entry: null, fresh: false }));

/** Lays a new ranking over the shown list after `acted` was acted upon. */
export function laid(
  shown: readonly Shown[],
  ranked: readonly Ranked[],
  acted: ItemId | null,
  action: Action | null,
  entry: number | null = null,
): Shown[] {
  const anchor = shown.findIndex((place) => place.item.id === acted);
  const before = new Set(shown.map((place) => place.item.id));
  const latest = new Map(ranked.map((item) => [item.item.id, item]));

  const places: (Shown | null)[] = shown.map((place, index) => {
    const here = place.item.id === acted && action !== null;
    const done = here ? action : place.done;
    if (index > anchor && done === null) return null;
    const now = latest.get(place.item.id);
    return { ...place, ...now, done, entry: here ? entry : place.entry, fresh: false };
  });
  const kept = new Set(places.flatMap((place) => (place ? [place.item.id] : [])));
  const incoming = ranked
    .filter((item) => !kept.has(item.item.id))
    .map((item): Shown => ({ ...item, done: null, entry: null, fresh: !before.has(item.item.id) }));

  const filled = places.flatMap((place) => place ?? incoming.shift() ?? []);
  return [...filled, ...incoming.slice(0, Math.max(0, ranked.length - filled.length))];
}

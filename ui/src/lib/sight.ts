/**
 * What the eye and the hand rest on in a list that keeps its places: those lists are marked `data-keeps`.
 */
import { tick } from 'svelte';

import { land } from './focus';
import type { ItemId } from './types';

/** How far beyond the edge of the window a place counts as in sight, in pixels: about one row of cards. */
export const NEAR = 240;

const places = () => [...document.querySelectorAll<HTMLElement>('[data-keeps] [data-item]')];
const named = (place: Element | null | undefined) => place?.closest<HTMLElement>('[data-keeps] [data-item]') ?? null;
const itemOf = (place: HTMLElement): ItemId => Number(place.dataset['item']);

/** The items whose places are in sight, or within `near` pixels of it, and the one that has the focus. */
export function sighted(near = 0): ItemId[] {
  const focused = named(document.activeElement);
  const seen = (place: HTMLElement) => {
    const { top, bottom } = place.getBoundingClientRect();
    return bottom > top && bottom > -near && top < window.innerHeight + near;
  };
  return places().filter((place) => place === focused || seen(place)).map(itemOf);
}

/** A place that has the focus: its item, and where it stands in its list. */
export type Held = { item: ItemId; at: number };

/** The place that has the focus, if any. */
export function held(): Held | null {
  const focused = named(document.activeElement);
  return focused && { item: itemOf(focused), at: places().indexOf(focused) };
}

const open = (place: HTMLElement | undefined) => place?.querySelector<HTMLElement>('[data-open]');

/** Gives the focus back where a list that was laid anew has lost it: to its item, or to what stands there now. */
export const hold = ({ item, at }: Held): Promise<void> =>
  land(() => {
    const now = places();
    return open(now.find((place) => itemOf(place) === item) ?? now[Math.min(at, now.length - 1)]);
  });

/** Brings an item into view and gives it the focus, unless something stands over the page or is typed into. */
export async function bring(item: ItemId): Promise<void> {
  await tick();
  const place = places().find((one) => itemOf(one) === item);
  if (!place || document.querySelector('dialog[open]')) return;
  const { activeElement: now } = document;
  if (!place.contains(now) && !now?.matches('input, textarea, select')) open(place)?.focus({ preventScroll: true });
  place.scrollIntoView({ block: 'nearest' });
}

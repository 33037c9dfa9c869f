/** Where the focus goes when what had it is gone, or another page has come. */
import { tick } from 'svelte';

/** Whether nothing has the focus: what had it went, or can take nothing any more. */
export const lost = () => document.activeElement === null || document.activeElement === document.body || document.activeElement.matches(':disabled');

/**
 * Brings the focus to an element once what has changed is drawn, where it would be nowhere. A heading takes
 * it by being told to. Neither a heading nor a list that keeps its places is scrolled for it.
 *
 * `also` says of what has the focus that it may be left too.
 */
export async function land(find: () => HTMLElement | null | undefined, also: (held: Element) => boolean = () => false): Promise<void> {
  await tick();
  if (!lost() && !also(document.activeElement!)) return;
  const place = find();
  if (!place) return;
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: place.matches('h1, h2, h3, [data-keeps] *') });
}

/** Brings the focus to the heading of the page, from the rail or from nowhere. */
export const toHeading = () => land(() => document.querySelector<HTMLElement>('main h1'), (held) => held.closest('nav') !== null);

/** The window at its shelves: the catalogue in sight, how it is reached, and what is set in the panel beside it. */
import { fireEvent } from '@testing-library/dom';

import { ITEMS, SHOP } from '../src/mock/catalogue';
import { engine } from '../src/mock/engine';
import { all, at, open, press, seen } from './page';

/** The titles in sight. */
export const titles = () => all('hit').map((hit) => hit.querySelector('[data-open] .title, button.plain, [data-open]')!.textContent.trim());
/** How many were found, in words. */
export const found = () => at('found')!.textContent;
/** What is set, in words. */
export const chosen = () => all('set').map((chip) => chip.textContent);
export const shop = () => engine(['Ada'], [...ITEMS, ...SHOP]);

/** Goes there from the list. */
export async function browse(handlers = shop(), prefs: object = {}) {
  await open(handlers, { language: 'en', ...prefs });
  await seen('card');
  await press('go-browse');
  await seen('hit');
}

export async function scroll(id: string, top: number) {
  at(id)!.scrollTop = top;
  await fireEvent.scroll(at(id)!);
}

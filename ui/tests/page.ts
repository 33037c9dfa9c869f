/** The window in a test: the whole of it over an engine, and the means to look at it and press it. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { afterEach, beforeEach, expect, vi } from 'vitest';

import { serve } from '../src/mock/bridge';
import type { Handlers } from '../src/mock/engine';

/** The element with a name. */
export const at = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
/** Every element with a name. */
export const all = (id: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
export const scores = () => all('card').map((card) => `${card.dataset['item']} ${card.dataset['score']}`);
export const weights = () => [...document.querySelectorAll<HTMLElement>('[data-weight]')].map((row) => row.dataset['weight']);

export async function seen(id: string): Promise<HTMLElement> {
  await waitFor(() => expect(at(id), id).not.toBeNull());
  return at(id)!;
}

export const press = async (id: string) => fireEvent.click(await seen(id));
export const key = (name: string, extra: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key: name, bubbles: true, ...extra });

let close = () => undefined as void;

/** Opens the window over an engine; state lives in modules, so each test has its own. */
export async function open(handlers: Handlers, prefs: object = { language: 'en' }) {
  localStorage.setItem('curio.prefs', JSON.stringify(prefs));
  serve(handlers);
  vi.resetModules();
  const [{ mount, unmount }, { default: App }] = await Promise.all([import('svelte'), import('../src/App.svelte')]);
  const app = mount(App, { target: document.body });
  close = () => void unmount(app);
}

beforeEach(() => localStorage.clear());
afterEach(() => {
  close();
  close = () => undefined;
});

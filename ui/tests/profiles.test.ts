/** Who reads: one among many found by name, chosen, renamed, removed. */
import { fireEvent } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { engine } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

const shop = () => engine(['Ada', ...Array.from({ length: 49 }, (_, nth) => `Customer ${nth + 1}`)]);
const names = () => all('profile-choose').map((row) => row.querySelector('b')!.textContent);
const focused = () => document.activeElement?.closest<HTMLElement>('li')?.querySelector('b')?.textContent ?? (document.activeElement as HTMLElement).dataset['testid'];
const type = (text: string) => fireEvent.input(at('profile-find')!, { target: { value: text } });

async function many() {
  await open(shop());
  const opener = await seen('profile');
  opener.focus();
  opener.click();
  await seen('profile-find');
  // A dialog gives it the focus by itself, but not here.
  at('profile-find')!.focus();
}

describe('the profiles of a shop', () => {
  it('are found by their names, and Enter takes the first', async () => {
    await many();
    expect(names()).toHaveLength(50);
    await key('Enter');
    expect(at('profiles'), 'nothing was sought').not.toBeNull();
    await type('customer 4');
    await vi.waitFor(() => expect(names()[0]).toBe('Customer 4'));
    expect(at('profile-found')!.textContent).toBe('14 profiles');
    await key('Enter');
    await vi.waitFor(() => expect(at('profiles')).toBeNull());
    await vi.waitFor(() => expect(at('profile')!.textContent).toContain('Customer 4'));
    expect(document.activeElement).toBe(at('profile'));
  });

  it('are walked by the arrows from the field and back, from any of their buttons', async () => {
    await many();
    await type('9 customer');
    await vi.waitFor(() => expect(names()).toHaveLength(5));
    await key('ArrowDown');
    expect(focused()).toBe('Customer 9');
    await key('ArrowDown');
    expect(focused()).toBe('Customer 19');
    all('profile-remove')[1]!.focus();
    await key('ArrowDown');
    expect(focused()).toBe('Customer 29');
    const reached = () => [...at('profiles')!.querySelectorAll<HTMLElement>('li button')].filter((one) => one.tabIndex === 0).map((one) => one.closest('li')!.querySelector('b')!.textContent);
    await vi.waitFor(() => expect(reached(), 'Tab goes on to the field for another').toEqual(Array(3).fill('Customer 29')));
    for (let step = 0; step < 3; step += 1) await key('ArrowUp');
    expect(focused()).toBe('profile-find');
    await key('ArrowUp');
    expect(focused()).toBe('Customer 49');
  });

  it('are left by Escape, to where one was', async () => {
    await many();
    await type('nobody');
    await vi.waitFor(() => expect(at('profile-found')!.textContent).toBe('No profile of that name'));
    await key('Escape');
    await vi.waitFor(() => expect(at('profiles')).toBeNull());
    expect(document.activeElement).toBe(at('profile'));
  });

  it('keep what is sought when one of them goes', async () => {
    await many();
    await type('9 customer');
    await vi.waitFor(() => expect(names()).toHaveLength(5));
    all('profile-remove')[1]!.focus();
    all('profile-remove')[1]!.click();
    await press('confirm-yes');
    await vi.waitFor(() => expect(names()).toHaveLength(4));
    await vi.waitFor(() => expect(focused()).toBe('Customer 29'));
  });
});

describe('a few profiles', () => {
  it('need no search', async () => {
    await open(engine(['Ada', 'Bo']));
    await press('profile');
    await seen('profile-row');
    expect(at('profile-find')).toBeNull();
  });

  it('keep the focus when one is renamed, or is not after all', async () => {
    await open(engine(['Ada', 'Bo']));
    await press('profile');
    await fireEvent.click((await vi.waitFor(() => all('profile-rename')[1]!)));
    (await seen('rename-name')).focus();
    await key('Escape');
    await vi.waitFor(() => expect(focused()).toBe('Bo'));
    await fireEvent.click(all('profile-rename')[1]!);
    await fireEvent.input(await seen('rename-name'), { target: { value: 'Bea' } });
    await fireEvent.submit(at('rename-name')!.closest('form')!);
    await vi.waitFor(() => expect(focused()).toBe('Bea'));
  });
});

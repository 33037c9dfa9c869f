/** Less of a signal, a genre, a person or a tag: told before it is kept or with its undo. */
import { waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { named, often, traits } from '../src/lib/traits';
import { ITEMS } from '../src/mock/catalogue';
import { engine, type Handlers } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' ').trim();

/** The window after likes of Solaris and Stalker, with notes of what is asked less of. */
async function liked(own: Partial<Handlers> = {}, prefs: object = { language: 'en' }) {
  const whole = engine();
  for (const item of [0, 1]) await whole.record({ profile: 0, item, action: 'like', surface: 'list' });
  const less = vi.fn(own.less ?? whole.less);
  const pin = vi.fn(whole.pin);
  await open({ ...whole, ...own, less, pin }, prefs);
  await seen('card');
  return { whole, less, pin };
}

/** Opens why the first item that a genre speaks for is in the list. */
async function why() {
  const card = all('card').find((one) => /you like science fiction|shares|by/.test(plain(one.querySelector('[data-testid=reason]')!.textContent)))!;
  card.querySelector<HTMLElement>('[data-testid=why]')!.click();
  return seen('why-sheet');
}

describe('what can be asked less of', () => {
  it('is what reasons name, each once', () => {
    expect(named([{ because: 'genre', name: 'Jazz' }, { because: 'creator', name: 'Lem' }, { because: 'person', name: 'Lem' }, { because: 'tags', names: ['space', 'grief'] }, { because: 'popular' }])).toEqual([
      { trait: 'genre', name: 'Jazz' }, { trait: 'person', name: 'Lem' }, { trait: 'tag', name: 'space' }, { trait: 'tag', name: 'grief' },
    ]);
  });

  it('is what an item has, and of a list what is named most often', () => {
    expect(traits(ITEMS[1]!).map(({ trait, name }) => `${trait} ${name}`)).toEqual([
      'genre Science fiction', 'genre Drama', 'person Andrei Tarkovsky', 'person Alexander Kaidanovsky', 'tag journey', 'tag faith', 'tag ruins',
    ]);
    const jazz = { because: 'genre', name: 'Jazz' } as const;
    expect(often([[{ because: 'genre', name: 'Drama' }], [jazz], [jazz, { because: 'popular' }]], 1)).toEqual([{ trait: 'genre', name: 'Jazz' }]);
  });
});

describe('less of a signal', () => {
  it('proposes half of its weight, tells what that does, and sets it only when it is kept', async () => {
    const { pin } = await liked();
    await press('go-mix');
    const half = Number((Number((await seen('weight-genre')).dataset['weight']) / 2).toFixed(2));
    await press('less-genre');
    await waitFor(() => expect(plain(at('forecast')?.textContent)).toContain(`With the weight of “Genre” at ${half.toFixed(2)}`));
    expect(document.activeElement).toBe(at('slider-genre'));
    expect(pin).not.toHaveBeenCalled();
    expect(at('less-genre')!.textContent).toBe('Less of this');
    expect(at('less-nearest_disliked')!.textContent, 'what pulls down').toBe('Count this less');
    await key('Enter');
    await waitFor(() => expect(at('weight-genre')!.dataset).toMatchObject({ pinned: 'true', weight: String(half) }));
    expect(pin).toHaveBeenCalledWith({ profile: 0, signal: 'genre', weight: half });
  });

  it('is not offered where nothing is left to halve', async () => {
    const whole = engine();
    await whole.pin({ profile: 0, signal: 'genre', weight: 0 });
    await open(whole);
    await seen('card');
    await press('go-mix');
    await seen('less-meaning');
    expect(at('less-genre')).toBeNull();
  });
});

describe('less of a genre, a person or a tag', () => {
  it('is asked for where a reason names it; the sheet makes room for the toast, which undoes it', async () => {
    const { less } = await liked();
    const before = all('card').map((card) => card.dataset['item']);
    await why();
    await press('less-open');
    const entries = all('less-of');
    expect(entries.length).toBeGreaterThan(0);
    const said = plain(entries[0]!.textContent);
    entries[0]!.click();
    await waitFor(() => expect(at('why-sheet')).toBeNull());
    const toast = plain((await seen('toast')).textContent);
    expect(toast).toContain(said.replace(/ (Genre|Person|Tag)$/, ''));
    expect(toast).toContain('What you liked of it counts half from now on, and it got one dislike.');
    expect(less).toHaveBeenCalledTimes(1);
    await waitFor(() => expect(all('card').map((card) => card.dataset['item'])).not.toEqual(before));
    await press('undo');
    await waitFor(() => expect(all('card').map((card) => card.dataset['item'])).toEqual(before));
  });

  it('has a menu for the keyboard: arrows go round, Escape closes it alone', async () => {
    await liked();
    await why();
    at('less-open')!.focus();
    await key('ArrowDown');
    await seen('less-menu');
    const entries = all('less-of');
    await waitFor(() => expect(document.activeElement).toBe(entries[0]));
    await key('ArrowUp');
    expect(document.activeElement).toBe(entries.at(-1));
    await key('ArrowDown');
    expect(document.activeElement).toBe(entries[0]);
    await key('End');
    expect(document.activeElement).toBe(entries.at(-1));
    await key('Escape');
    await waitFor(() => expect(at('less-menu')).toBeNull());
    expect(at('why-sheet'), 'the sheet stays').not.toBeNull();
    expect(document.activeElement).toBe(at('less-open'));
    expect(at('less-open')!.getAttribute('aria-expanded')).toBe('false');
  });

  it('closes when the focus goes elsewhere, or what is beside it is pressed', async () => {
    await liked();
    await why();
    await press('less-open');
    await seen('less-menu');
    at('close')!.focus();
    await waitFor(() => expect(at('less-menu')).toBeNull());
    await press('less-open');
    await seen('less-menu');
    at('total')!.dispatchEvent(new MouseEvent('pointerdown', { bubbles: true }));
    await waitFor(() => expect(at('less-menu')).toBeNull());
  });

  it('is offered in the mix, which lists what was asked for and takes it back', async () => {
    await liked();
    await press('go-mix');
    await press('less-open');
    const first = (await seen('less-of'))!;
    expect(plain(first.textContent)).toBe('Less of Science fiction Genre');
    first.click();
    expect(plain((await seen('asked')).textContent)).toContain('Less of Science fiction');
    await press('asked-undo');
    await waitFor(() => expect(at('asked')).toBeNull());
  });

  it('says so where the list names nothing', async () => {
    await open(engine());
    await seen('card');
    await press('go-mix');
    expect(plain((await seen('wishes')).textContent)).toContain('name no genre, person or tag yet');
    expect(at('less-open')).toBeNull();
  });

  it('tells why it did not happen', async () => {
    await liked({
      less: () => {
        throw { kind: 'user', message: 'no item has the genre "Jazz"' };
      },
    });
    await press('go-mix');
    await press('less-open');
    await press('less-of');
    await waitFor(() => expect(plain(at('toast')?.textContent)).toContain('No item has the genre “Jazz”.'));
    expect(at('asked')).toBeNull();
  });

  it('speaks Chinese', async () => {
    await liked({}, { language: 'zh' });
    await press('go-mix');
    await press('less-open');
    await press('less-of');
    await waitFor(() => expect(plain(at('toast')?.textContent)).toContain('少推荐“科幻”。'));
  });
});

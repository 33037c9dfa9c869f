/** The whole catalogue: looked through, sorted, searched. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { ITEMS, many } from '../src/mock/catalogue';
import { engine } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';
import { browse, chosen, found, scroll, shop, titles } from './shelf';

const large = () => engine(['Ada'], ITEMS, many(5_000));
/** The place that has the focus. */
const place = () => Number(document.activeElement?.closest<HTMLElement>('[data-place]')?.dataset['place']);

describe('browsing', () => {
  it('shows covers or a table of as much as is in sight', async () => {
    await browse(large());
    expect(found()).toBe('5,000 items');
    expect(all('hit').length).toBeLessThan(100);
    expect(all('hit')[0]!.getAttribute('aria-setsize')).toBe('5000');
    await press('view-table');
    expect((await seen('table')).parentElement!.getAttribute('aria-rowcount')).toBe('5001');
    expect(all('hit').length).toBeLessThan(100);
    expect(JSON.parse(localStorage.getItem('curio.prefs')!).view).toBe('table');
  });

  it('fetches what comes into sight, in pages, and none twice', async () => {
    const handlers = large();
    const asked = vi.fn(handlers.browse);
    await browse({ ...handlers, browse: asked }, { view: 'table' });
    await scroll('table', 3_000 * 52);
    await waitFor(() => expect(all('hit').some((hit) => hit.dataset['place'] === '3005')).toBe(true));
    await scroll('table', 0);
    await waitFor(() => expect(all('hit').some((hit) => hit.dataset['place'] === '5')).toBe(true));
    const from = asked.mock.calls.map(([{ browse }]) => browse.from);
    expect(from).toContain(3_000);
    expect(new Set(from).size).toBe(from.length);
  });

  it('asks for no page that was passed by before its turn', async () => {
    const handlers = large();
    let let_go: (() => void)[] = [];
    let held = false;
    const asked = vi.fn(async (args: Parameters<typeof handlers.browse>[0]) => {
      if (held) await new Promise<void>((done) => let_go.push(done));
      return handlers.browse(args);
    });
    await browse({ ...handlers, browse: asked }, { view: 'table' });
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
    held = true;
    for (let step = 1; step <= 20; step += 1) await scroll('table', step * 200 * 52);
    expect(let_go).toHaveLength(2);
    held = false;
    for (const go of let_go) go();
    let_go = [];
    await waitFor(() => expect(all('hit').some((hit) => hit.dataset['place'] === '4005')).toBe(true));
    expect(asked.mock.calls.length).toBeLessThan(10);
  });

  it('has a column of kinds where the library has several, whatever is in sight', async () => {
    const heads = () => [...document.querySelectorAll('[role=columnheader]')].map((head) => head.textContent.trim());
    await browse(shop(), { view: 'table' });
    await press('facet-film');
    await waitFor(() => expect(chosen()).toEqual(['Films']));
    expect(heads()).toContain('Kind');
    expect(all('hit')[0]!.querySelectorAll('[role=cell]')).toHaveLength(heads().length);
  });

  it('has no column of kinds where there is one', async () => {
    await browse(engine(['Ada'], ITEMS.filter(({ kind }) => kind === 'book')), { view: 'table' });
    const heads = [...document.querySelectorAll('[role=columnheader]')].map((head) => head.textContent.trim());
    expect(heads).not.toContain('Kind');
    expect(all('hit')[0]!.querySelectorAll('[role=cell]')).toHaveLength(heads.length);
  });

  it('keeps room for what is on its way', async () => {
    const handlers = large();
    await browse({ ...handlers, browse: (args) => (args.browse.from > 60 ? new Promise(() => undefined) : handlers.browse(args)) });
    await scroll('grid', 60_000);
    const coming = await seen('coming');
    expect(coming.getAttribute('aria-busy')).toBe('true');
    expect(coming.textContent).toContain('On its way');
  });

  it('comes back to the place where it was left, and begins at the top with another question', async () => {
    await browse(large(), { view: 'table' });
    await scroll('table', 1_000 * 52);
    await waitFor(() => expect(all('hit').some((hit) => hit.dataset['place'] === '1005')).toBe(true));
    await press('go-for_you');
    await seen('card');
    await press('go-browse');
    await waitFor(() => expect(at('table')?.scrollTop).toBe(1_000 * 52));
    await press('facet-film');
    await waitFor(() => expect(at('table')!.scrollTop).toBe(0));
  });
});

describe('the order', () => {
  it('is set by the heads of the table, which say how', async () => {
    await browse(shop(), { view: 'table' });
    await press('by-title');
    const head = (by: string) => at(`by-${by}`)!.parentElement!.getAttribute('aria-sort');
    await waitFor(() => expect(head('title')).toBe('ascending'));
    await waitFor(() => expect(titles()).toEqual([...titles()].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))));
    await press('by-title');
    await waitFor(() => expect(head('title')).toBe('descending'));
    await press('by-year');
    await waitFor(() => expect([head('title'), head('year')]).toEqual(['none', 'descending']));
    expect([(at('sort') as HTMLSelectElement).value, at('turn')!.title]).toEqual(['year', 'Descending; switch to ascending']);
  });

  it('goes to the best match while words are there, and back to what it was', async () => {
    await browse();
    const sort = () => (at('sort') as HTMLSelectElement).value;
    await fireEvent.change(at('sort')!, { target: { value: 'year' } });
    await fireEvent.input(at('search')!, { target: { value: 'class' } });
    await waitFor(() => expect(sort()).toBe('match'));
    await fireEvent.input(at('search')!, { target: { value: '' } });
    await waitFor(() => expect(sort()).toBe('year'));
  });
});

describe('a search from another screen', () => {
  it('looks in everything, says why it matched, and Esc leads back to where it was begun', async () => {
    await browse();
    await press('facet-film');
    await waitFor(() => expect(all('set')).toHaveLength(1));
    await press('go-together');
    await seen('together');
    at('search')!.focus();
    await fireEvent.input(at('search')!, { target: { value: 'jazz' } });
    await waitFor(() => expect(at('hit')?.textContent).toContain('Matched in genre or tags'));
    await key('Escape');
    await seen('together');
    expect((at('search') as HTMLInputElement).value).toBe('');
    await press('go-browse');
    await seen('hit');
    expect(chosen()).toEqual(['Films']);
  });
});

describe('what was said', () => {
  it('shows at once without moving anything, and can be asked for', async () => {
    await browse();
    const first = all('hit')[0]!;
    const { item } = first.dataset;
    first.querySelector<HTMLElement>('[data-open]')!.focus();
    await press('like');
    await waitFor(() => expect(all('hit')[0]!.dataset['standing']).toBe('liked'));
    expect(all('hit')[0]!.dataset['item']).toBe(item);
    await press('go-for_you');
    await seen('card');
    await press('go-browse');
    await press('facet-liked');
    await waitFor(() => expect(found()).toBe('1 item'));
    expect(all('hit')[0]!.dataset['item']).toBe(item);
    expect(all('hit')[0]!.dataset['standing']).toBe('liked');
    // Taken back here, though it was found as liked.
    await press('undo');
    await waitFor(() => expect(all('hit')[0]!.dataset['standing']).toBe('open'));
    expect(all('hit')[0]!.dataset['item']).toBe(item);
  });

  it('is asked for by letters at a place, and w says what speaks for it', async () => {
    await browse(shop(), { view: 'table' });
    await key('ArrowDown');
    await key('3');
    await waitFor(() => expect(all('hit')[0]!.dataset['standing']).toBe('liked'));
    await key('ArrowDown');
    await waitFor(() => expect(place()).toBe(1));
    await key('h');
    await waitFor(() => expect(all('hit')[1]!.dataset['standing']).toBe('hidden'));
    await key('ArrowDown');
    await waitFor(() => expect(place()).toBe(2));
    await key('w');
    await seen('why-sheet');
  });
});

describe('the keyboard', () => {
  it('walks the table over what is not drawn, by places, pages and to the ends', async () => {
    await browse(large(), { view: 'table' });
    await key('ArrowDown');
    expect(place()).toBe(0);
    await key('ArrowUp');
    expect(place()).toBe(0);
    for (let step = 0; step < 30; step += 1) {
      await key('ArrowDown');
      await waitFor(() => expect(place()).toBe(step + 1));
    }
    expect(at('table')!.scrollTop).toBeGreaterThan(0);
    await key('PageDown');
    await waitFor(() => expect(place()).toBe(42));
    await key('End');
    await waitFor(() => expect(place()).toBe(4_999));
    await waitFor(() => expect(document.activeElement!.textContent).not.toContain('On its way'));
    await key('Home');
    await waitFor(() => expect(place()).toBe(0));
    await key('Enter');
    await fireEvent.click(document.activeElement!);
    await seen('item-sheet');
  });

  it('walks the covers by rows, and goes to the last where the row below is shorter', async () => {
    await browse(engine(['Ada'], ITEMS, many(13)));
    await key('ArrowRight');
    expect(place()).toBe(0);
    await key('ArrowDown');
    await waitFor(() => expect(place()).toBeGreaterThan(1));
    const columns = place();
    await key('ArrowRight');
    await waitFor(() => expect(place()).toBe(columns + 1));
    await key('End');
    await waitFor(() => expect(place()).toBe(12));
    await key('ArrowDown');
    expect(place()).toBe(12);
    await key('ArrowLeft');
    await waitFor(() => expect(place()).toBe(11));
    await key('ArrowUp');
    await waitFor(() => expect(place()).toBe(11 - columns));
    // The last place of the last whole row.
    at('grid')!.querySelector<HTMLElement>(`[data-place="${13 - (13 % columns) - 1}"] [data-open]`)!.focus();
    await key('ArrowDown');
    await waitFor(() => expect(place()).toBe(12));
  });

  it('keeps the focus at a place that is scrolled out of sight, and lets Tab reach one', async () => {
    await browse(large(), { view: 'table' });
    await key('ArrowDown');
    await key('ArrowDown');
    await waitFor(() => expect(place()).toBe(1));
    const here = document.activeElement;
    await scroll('table', 2_000 * 52);
    await waitFor(() => expect(all('hit').some((hit) => hit.dataset['place'] === '2005')).toBe(true));
    expect(document.activeElement).toBe(here);
    expect(place()).toBe(1);
    const reached = () => [...at('table')!.querySelectorAll<HTMLElement>('[data-open]')].filter((one) => one.tabIndex === 0).map((one) => Number(one.closest<HTMLElement>('[data-place]')!.dataset['place']));
    expect(reached()).toEqual([1]);
    (here as HTMLElement).blur();
    await waitFor(() => expect(reached()).toEqual([2_000]));
  });

  it('goes from the field to what was found', async () => {
    await browse();
    await key('/');
    await fireEvent.input(at('search')!, { target: { value: 'jazz' } });
    await waitFor(() => expect(all('hit')).toHaveLength(2));
    await key('ArrowDown');
    expect(place()).toBe(0);
  });
});

describe('its states', () => {
  it('waits, and says what went wrong with a way on', async () => {
    let refuse = true;
    const whole = shop();
    await open({ ...whole, browse: (args) => { if (refuse) throw { kind: 'internal', message: 'the index is gone' }; return whole.browse(args); } });
    await seen('card');
    await press('go-browse');
    expect((await seen('failure')).textContent).toContain('Something went wrong inside Curio');
    refuse = false;
    await press('retry');
    await seen('hit');
  });

  it('says that it is looking', async () => {
    await open({ ...shop(), browse: () => new Promise(() => undefined) });
    await seen('card');
    await press('go-browse');
    expect((await seen('waiting')).textContent).toContain('Looking along the shelves');
  });

  it('holds long and right-to-left titles', async () => {
    const long = { ...ITEMS[0]!, title: 'A '.repeat(200) + 'end' };
    const rtl = { ...ITEMS[1]!, title: 'ألف ليلة وليلة' };
    await browse(engine(['Ada'], [long, rtl]));
    expect(all('hit')).toHaveLength(2);
    for (const hit of all('hit')) expect(hit.querySelector('[dir=auto]')!.textContent).toContain(hit.dataset['item'] === '0' ? 'end' : 'ألف');
  });

  it('leads to an import where the catalogue is empty', async () => {
    await open(engine(['Ada'], []));
    await press('go-browse');
    expect((await seen('empty')).textContent).toContain('Import a catalogue');
    expect(at('empty')!.textContent).toContain('Try the sample library');
  });
});


describe('the mark of a place', () => {
  it('stands at the foot of its cover, clear of a drawn title', async () => {
    await browse();
    at('open')!.focus();
    await press('like');
    const cover = (await seen('mark')).parentElement!;
    expect(cover.classList.contains('cover')).toBe(true);
    expect(cover.lastElementChild).toBe(at('mark'));
  });
});

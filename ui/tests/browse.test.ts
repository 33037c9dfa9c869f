/** The whole catalogue: looked through, narrowed down, sorted, searched. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { everything, parts, same, whole, without } from '../src/lib/filters';
import { catalogues } from '../src/lib/i18n';
import { ITEMS, many, SHOP } from '../src/mock/catalogue';
import { engine } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

const titles = () => all('hit').map((hit) => hit.querySelector('[data-open] .title, button.plain, [data-open]')!.textContent.trim());
const found = () => at('found')!.textContent;
const shop = () => engine(['Ada'], [...ITEMS, ...SHOP]);
const large = () => engine(['Ada'], ITEMS, many(5_000));
/** The place that has the focus. */
const place = () => Number(document.activeElement?.closest<HTMLElement>('[data-place]')?.dataset['place']);
/** The place of a filter in the panel, by what is written beside it. */
const facet = (list: string, name: string) =>
  [...at(`facet-${list}`)!.querySelectorAll<HTMLInputElement>('input[type=checkbox]')].find((box) => box.parentElement!.textContent.includes(name))!;

async function browse(handlers = shop(), prefs: object = {}) {
  await open(handlers, { language: 'en', ...prefs });
  await seen('card');
  await press('go-browse');
  await seen('hit');
}

async function scroll(id: string, top: number) {
  at(id)!.scrollTop = top;
  await fireEvent.scroll(at(id)!);
}

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

describe('narrowing down', () => {
  it('goes by what items have, and each part can be dropped', async () => {
    await browse();
    const before = found();
    await press('facet-product');
    await waitFor(() => expect(found()).toBe(`${SHOP.length} items`));
    await fireEvent.change(at('prices-to')!, { target: { value: '10' } });
    const cheap = SHOP.filter(({ price }) => price!.value <= 10).length;
    await waitFor(() => expect(found()).toContain(`${cheap} item`));
    expect(all('set').map((chip) => chip.textContent)).toEqual(['Products', 'Price up to 10.00']);
    await fireEvent.click(all('set')[1]!);
    await waitFor(() => expect(found()).toBe(`${SHOP.length} items`));
    await press('facet-stock');
    await waitFor(() => expect(found()).toContain(`${SHOP.filter(({ stock }) => stock! > 0).length} item`));
    await press('clear');
    await waitFor(() => expect(found()).toBe(before));
  });

  it('wants all of the genres and any of the languages', async () => {
    await browse();
    const fiction = ITEMS.filter(({ genres }) => genres.includes('Science fiction'));
    await fireEvent.click(facet('genres', 'Science fiction'));
    await waitFor(() => expect(found()).toBe(`${fiction.length} items`));
    await fireEvent.click(facet('genres', 'Drama'));
    await waitFor(() => expect(found()).toBe(`${fiction.filter(({ genres }) => genres.includes('Drama')).length} items`));
    await press('clear');
    await waitFor(() => expect(found()).toBe(`${ITEMS.length + SHOP.length} items`));
    await fireEvent.click(facet('languages', 'Russian'));
    const spoken = (...codes: string[]) => ITEMS.filter(({ languages }) => languages.some((code) => codes.includes(code))).length;
    await waitFor(() => expect(found()).toBe(`${spoken('ru')} items`));
    await fireEvent.click(facet('languages', 'Japanese'));
    await waitFor(() => expect(found()).toBe(`${spoken('ru', 'ja')} items`));
  });

  it('goes from one kind to another in one step', async () => {
    await browse();
    await press('facet-film');
    await waitFor(() => expect(all('set')).toHaveLength(1));
    await press('facet-book');
    await waitFor(() => expect(found()).toBe(`${ITEMS.filter(({ kind }) => kind === 'book').length} items`));
    expect(all('set').map((chip) => chip.textContent)).toEqual(['Books']);
  });

  it('finds a name in a long list', async () => {
    await browse();
    expect(facet('people', 'Kafka')).toBeUndefined();
    await fireEvent.input(at('within-people')!, { target: { value: 'kafk' } });
    await fireEvent.click(facet('people', 'Franz Kafka'));
    await waitFor(() => expect(found()).toBe('1 item'));
    expect(titles()[0]).toContain('Die Verwandlung');
    await fireEvent.input(at('within-people')!, { target: { value: 'zzz' } });
    expect(at('facet-people')!.textContent).toContain('Not among the most frequent here.');
  });

  it('turns the ends of a range that cross', async () => {
    await browse();
    await fireEvent.change(at('years-from')!, { target: { value: '1950' } });
    await waitFor(() => expect(all('set').map((chip) => chip.textContent)).toEqual(['from 1950']));
    await fireEvent.change(at('years-to')!, { target: { value: '1900' } });
    await waitFor(() => expect(all('set').map((chip) => chip.textContent)).toEqual(['1900']));
  });

  it('says what to loosen where nothing is all of that, and how much there would be', async () => {
    await browse();
    await press('facet-film');
    await waitFor(() => expect(all('set')).toHaveLength(1));
    await fireEvent.input(at('search')!, { target: { value: 'jazz' } });
    const none = await seen('search-none');
    await waitFor(() => expect(all('loosen').map((one) => one.textContent.replace(/[\u2068\u2069]/g, ''))).toEqual(['Without “jazz”: 10 items', 'Without Films: 2 items']));
    expect(none.textContent).toContain('Nothing matches all of these');
    await fireEvent.click(all('loosen')[1]!);
    await seen('hit');
    expect(found()).toBe('2 items');
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
    expect(all('set').map((chip) => chip.textContent)).toEqual(['Films']);
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

describe('filters that were kept', () => {
  const keep = async (name: string) => {
    await press('filter-save');
    await fireEvent.input(await seen('filter-name'), { target: { value: name } });
    await fireEvent.submit(at('filter-name')!.closest('form')!);
  };
  const kept = () => JSON.parse(localStorage.getItem('curio.prefs')!).filters as { name: string; asked: object }[];

  it('have a name, are chosen, renamed and removed', async () => {
    await browse();
    await press('facet-film');
    await keep('My films');
    expect(at('filter-save'), 'it is kept already').toBeNull();
    expect(at('kept')!.getAttribute('aria-pressed')).toBe('true');
    await press('clear');
    const films = ITEMS.filter(({ kind }) => kind === 'film').length;
    await waitFor(() => expect(found()).not.toBe(`${films} items`));
    expect(at('kept')!.getAttribute('aria-pressed')).toBe('false');
    await press('kept');
    await waitFor(() => expect(found()).toBe(`${films} items`));
    await press('kept-rename');
    await fireEvent.input(await seen('filter-name'), { target: { value: 'Films' } });
    await fireEvent.submit(at('filter-name')!.closest('form')!);
    expect(kept()).toMatchObject([{ name: 'Films', asked: { kind: 'film' } }]);
    await press('kept-remove');
    expect(kept()).toEqual([]);
    expect(found(), 'what is asked stays').toBe(`${films} items`);
  });

  it('are there after a restart, and what is damaged asks for everything', async () => {
    const filters = [{ name: 'Old', asked: { kind: 'book', genres: 'Drama', years: [1900, 1950] } }, { name: 7 }, null];
    await browse(shop(), { filters });
    await press('kept');
    await waitFor(() => expect(all('set').map((chip) => chip.textContent)).toEqual(['Books', '1900 – 1950']));
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

describe('the parts of a question', () => {
  const asked = { ...everything(), query: ' sea ', kind: 'film' as const, genres: ['Drama', 'War'], languages: ['ru'], years: [1950, 999_999_999] as [number, number], prices: [-9_999, 5] as [number, number], in_stock: true, standing: 'open' as const };

  it('are all there, in words of either language, and dropping each leaves nothing', () => {
    const words = (language: 'en' | 'zh') => parts(asked).map((part) => catalogues[language].browse.part(part).replace(/[\u2068\u2069]/g, ''));
    expect(words('en')).toEqual(['“sea”', 'Films', 'Not rated yet', 'In stock', 'Price up to 5.00', 'from 1950', 'Drama', 'War', 'Russian']);
    expect(words('zh')).toEqual(['“sea”', '电影', '尚未评价', '有货', '价格不超过 5.00', '1950 以后', '剧情', '战争', '俄语']);
    const bare = parts(asked).reduce((left, part) => ({ ...left, ...without(left, part) }), everything());
    expect(parts(bare)).toEqual([]);
  });

  it('are the same in another order, and not with another value', () => {
    expect(same(asked, { ...asked, genres: ['War', 'Drama'] })).toBe(true);
    expect(same(asked, { ...asked, years: [1951, 999_999_999] })).toBe(false);
    expect(whole({ name: 'x', asked: { kind: 'film' } as typeof asked }).asked).toEqual({ ...everything(), kind: 'film' });
  });
});

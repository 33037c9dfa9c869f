/** What narrows the catalogue down: set part by part, dropped again, kept under a name. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';

import { everything, parts, same, whole, without } from '../src/lib/filters';
import { catalogues } from '../src/lib/i18n';
import { ITEMS, SHOP } from '../src/mock/catalogue';
import { engine } from '../src/mock/engine';
import { all, at, press, seen } from './page';
import { browse, chosen, found, shop, titles } from './shelf';

/** The place of a filter in the panel, by what is written beside it. */
const facet = (list: string, name: string) =>
  [...at(`facet-${list}`)!.querySelectorAll<HTMLInputElement>('input[type=checkbox]')].find((box) => box.parentElement!.textContent.includes(name))!;

describe('narrowing down', () => {
  it('goes by what items have, and each part can be dropped', async () => {
    await browse();
    const before = found();
    await press('facet-product');
    await waitFor(() => expect(found()).toBe(`${SHOP.length} items`));
    await fireEvent.change(at('prices-to')!, { target: { value: '10' } });
    const cheap = SHOP.filter(({ price }) => price!.value <= 10).length;
    await waitFor(() => expect(found()).toContain(`${cheap} item`));
    expect(chosen()).toEqual(['Products', 'Price up to 10.00']);
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
    expect(chosen()).toEqual(['Books']);
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
    await waitFor(() => expect(chosen()).toEqual(['from 1950']));
    await fireEvent.change(at('years-to')!, { target: { value: '1900' } });
    await waitFor(() => expect(chosen()).toEqual(['1900']));
  });

  it('tells of years before our era as people do, and takes them as numbers', async () => {
    await browse(engine(['Ada'], [...ITEMS, { ...ITEMS[0]!, id: ITEMS.length, year: { value: -3100, filled: false } }]));
    await seen('years-from');
    expect((at('years-from') as HTMLInputElement).placeholder).toBe('3100 BC');
    await fireEvent.change(at('years-to')!, { target: { value: '-500' } });
    await waitFor(() => expect(chosen()).toEqual(['up to 500 BC']));
    expect((at('years-to') as HTMLInputElement).value).toBe('-500');
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
    await waitFor(() => expect(chosen()).toEqual(['Books', '1900 – 1950']));
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

/** The whole catalogue: looked through, narrowed down, sorted, searched. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';

import { ITEMS, many, SHOP } from '../src/mock/catalogue';
import { engine } from '../src/mock/engine';
import { all, at, open, press, seen } from './page';

const titles = () => all('hit').map((hit) => hit.querySelector('.title')!.textContent);
const found = () => at('found')!.textContent;
const shop = () => engine(['Ada'], [...ITEMS, ...SHOP]);

async function browse(handlers = shop(), prefs: object = {}) {
  await open(handlers, { language: 'en', ...prefs });
  await seen('card');
  await press('go-browse');
  await seen('hit');
}

describe('browsing', () => {
  it('shows covers or a table of as much as is in sight', async () => {
    await browse(engine(['Ada'], many(5_000)));
    expect(found()).toBe('5,000 items');
    expect(all('hit').length).toBeLessThan(200);
    await press('view-table');
    expect((await seen('table')).parentElement!.getAttribute('aria-rowcount')).toBe('5001');
    expect(all('hit').length).toBeLessThan(200);
    expect(JSON.parse(localStorage.getItem('curio.prefs')!).view).toBe('table');
  });

  it('is narrowed down by what items have, and each part can be dropped', async () => {
    await browse();
    const before = found();
    await press('facet-product');
    await waitFor(() => expect(found()).toBe(`${SHOP.length} items`));
    expect(at('prices-from')).not.toBeNull();
    await fireEvent.change(at('prices-to')!, { target: { value: '10' } });
    const cheap = SHOP.filter(({ price }) => price!.value <= 10).length;
    await waitFor(() => expect(found()).toContain(`${cheap} item`));
    expect(all('set')).toHaveLength(2);
    await fireEvent.click(all('set')[1]!);
    await waitFor(() => expect(found()).toBe(`${SHOP.length} items`));
    await press('clear');
    await waitFor(() => expect(found()).toBe(before));
  });

  it('is sorted by the heads of the table, which say how', async () => {
    await browse(shop(), { view: 'table' });
    await press('by-title');
    const head = () => at('by-title')!.parentElement!.getAttribute('aria-sort');
    await waitFor(() => expect(head()).toBe('ascending'));
    await waitFor(() => expect(titles()).toEqual([...titles()].sort((a, b) => (a!.toLowerCase() < b!.toLowerCase() ? -1 : 1))));
    await press('by-title');
    await waitFor(() => expect(head()).toBe('descending'));
  });

  it('shows at once what was said of an item, and what is liked can be asked for', async () => {
    await browse();
    const first = all('hit')[0]!;
    await fireEvent.click(first.querySelector('[data-testid="like"]')!);
    await waitFor(() => expect(all('hit')[0]!.dataset['standing']).toBe('liked'));
    await press('go-for_you');
    await seen('card');
    await press('go-browse');
    await press('facet-liked');
    await waitFor(() => expect(found()).toBe('1 item'));
    expect(all('hit')[0]!.dataset['item']).toBe(first.dataset['item']);
  });

  it('keeps a filter under a name, over a restart too', async () => {
    await browse();
    await press('facet-film');
    await press('filter-save');
    await fireEvent.input(await seen('filter-name'), { target: { value: 'My films' } });
    await fireEvent.submit(at('filter-name')!.closest('form')!);
    await press('clear');
    const films = ITEMS.filter(({ kind }) => kind === 'film').length;
    await waitFor(() => expect(found()).not.toBe(`${films} items`));
    await press('kept');
    await waitFor(() => expect(found()).toBe(`${films} items`));
    expect(JSON.parse(localStorage.getItem('curio.prefs')!).filters[0]).toMatchObject({ name: 'My films', asked: { kind: 'film' } });
  });

  it('says what to loosen where nothing is all of that', async () => {
    await browse();
    await press('facet-film');
    await fireEvent.input(at('search')!, { target: { value: 'zzzz' } });
    const none = await seen('search-none');
    expect(none.textContent).toContain('Loosen one of these');
    await fireEvent.click(none.querySelector('[data-testid="set"]')!);
    await seen('hit');
  });

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

  it('is empty in words with a next step, and holds long and right-to-left titles', async () => {
    const long = { ...ITEMS[0]!, title: 'A '.repeat(200) + 'end' };
    const rtl = { ...ITEMS[1]!, title: 'ألف ليلة وليلة' };
    await browse(engine(['Ada'], [long, rtl]));
    expect(all('hit')).toHaveLength(2);
    for (const hit of all('hit')) expect(hit.querySelector('[dir=auto]')!.textContent).toContain(hit.dataset['item'] === '0' ? 'end' : 'ألف');
  });

  it('asks for nothing of an empty catalogue', async () => {
    await open(engine(['Ada'], []));
    await press('go-browse');
    expect((await seen('empty')).textContent).toContain('Import a catalogue');
  });
});

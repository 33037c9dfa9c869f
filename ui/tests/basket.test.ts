/** The basket: putting in and taking out, what goes with it, what is bought, and its states. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { serve } from '../src/mock/bridge';
import { ITEMS, SHOP } from '../src/mock/catalogue';
import { engine, type Handlers } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

/** The shop with everything in stock, and as it is, with one thing sold out. */
const STOCKED = SHOP.map((item) => (item.stock === 0 ? { ...item, stock: 3 } : item));
const shop = (shelf = STOCKED) => engine(['Ada', 'Maja'], [...ITEMS, ...shelf]);
const inside = () => all('in-basket').map((line) => Number(line.dataset['item']));
const goes = () => all('goes').map((line) => Number(line.dataset['item']));
const [green, black, smoked] = SHOP.map(({ id }) => id) as [number, number, number];

async function counter(handlers: Handlers = shop()) {
  await open(handlers);
  await seen('card');
  await press('go-basket');
  await seen('basket');
}

async function put(query: string) {
  await fireEvent.input(at('basket-find')!, { target: { value: query } });
  await waitFor(() => expect(at('basket-hit')?.textContent?.toLowerCase()).toContain(query));
  await fireEvent.keyDown(at('basket-find')!, { key: 'Enter' });
}

describe('a basket', () => {
  it('takes what is found, shows what goes with it and why, and lets it go', async () => {
    const whole = shop();
    const basket = vi.fn(whole.basket);
    await counter({ ...whole, basket });
    expect((await seen('basket-empty')).textContent).toContain('The basket is empty');
    await put('misty');
    await seen('goes');
    expect(inside()).toEqual([green]);
    expect(at('basket')!.textContent, 'a first list is new as a whole').not.toContain('New here');
    expect(basket.mock.lastCall![0]).toMatchObject({ items: [green], request: { kind: 'product', in_stock: false } });
    expect(goes()).not.toContain(green);
    const line = all('goes').find((one) => one.dataset['item'] === String(black))!;
    expect(line.textContent!.replace(/[\u2068\u2069]/g, '')).toContain('Close to Misty Terrace Green; by Owlbarrow');
    expect(line.textContent).not.toContain('you liked');
    await fireEvent.click(line.querySelector('[data-testid=put]')!);
    await waitFor(() => expect(inside()).toEqual([green, black]));
    expect(at('basket')!.textContent).toContain('Total 16.30');
    await waitFor(() => expect(basket.mock.lastCall![0].items).toEqual([green, black]));
    expect(line.isConnected, 'what was put in stays where it was').toBe(true);
    expect(line.querySelector('[data-testid=put]')!.getAttribute('aria-pressed')).toBe('true');
    await fireEvent.click(all('take-out')[0]!);
    await waitFor(() => expect(inside()).toEqual([black]));
    expect(document.activeElement).toBe(at('basket-find'));
    await press('basket-clear');
    await seen('basket-empty');
    expect(goes()).toEqual([]);
  });

  it('asks for variety and for a kind, and never shows a product that is sold out', async () => {
    const whole = shop(SHOP);
    const basket = vi.fn(whole.basket);
    await counter({ ...whole, basket });
    await put('misty');
    await seen('goes');
    expect(goes()).toContain(black);
    expect(goes()).not.toContain(smoked);
    await fireEvent.change(at('variety')!, { target: { value: 0.5 } });
    await waitFor(() => expect(basket.mock.lastCall![0].request).toMatchObject({ variety: 0.5, per_creator: 2, per_series: 1, in_stock: false }));
    await press('kind-music');
    await waitFor(() => expect(goes().length > 0 && goes().every((id) => ITEMS[id]?.kind === 'music')).toBe(true));
  });

  it('is held to what is in stock where records are sold too, and has no such question for products alone', async () => {
    const records = ITEMS.map((item) => (item.kind === 'music' ? { ...item, stock: item.id % 2 } : item));
    const whole = engine(['Ada', 'Maja'], [...records, ...SHOP]);
    const basket = vi.fn(whole.basket);
    await counter({ ...whole, basket });
    await put('misty');
    await seen('goes');
    expect(at('in-stock')).toBeNull();
    await press('kind-music');
    await seen('in-stock');
    await press('in-stock');
    await waitFor(() => expect(basket.mock.lastCall![0].request.in_stock).toBe(true));
    await waitFor(() => expect(goes().length > 0 && goes().every((id) => id % 2 === 1)).toBe(true));
    await press('kind-product');
    await waitFor(() => expect(at('in-stock')).toBeNull());
    await press('kind-music');
    expect(await seen('in-stock')).toHaveProperty('checked', true);
  });

  it('is held to a range of prices, and lets go of one that holds nothing', async () => {
    const whole = shop();
    const basket = vi.fn(whole.basket);
    await counter({ ...whole, basket });
    await put('misty');
    await seen('goes');
    const [from, to] = [at('price-from') as HTMLInputElement, at('price-to') as HTMLInputElement];
    const prices = SHOP.map(({ price }) => price!.value);
    await waitFor(() => expect([from.placeholder, to.placeholder]).toEqual([Math.min(...prices), Math.max(...prices)].map((price) => price.toFixed(2))));
    await fireEvent.change(to, { target: { value: '10' } });
    await waitFor(() => expect(goes()).toEqual(expect.arrayContaining([black, smoked])));
    await waitFor(() => expect(goes()).toHaveLength(2));
    await fireEvent.change(from, { target: { value: '8' } });
    await waitFor(() => expect(goes()).toEqual([smoked]));
    expect(basket.mock.lastCall![0].request.prices).toEqual([8, 10]);
    await fireEvent.change(to, { target: { value: '2' } });
    await waitFor(() => expect(basket.mock.lastCall![0].request.prices, 'the end that was typed holds').toEqual([2, 2]));
    await fireEvent.change(from, { target: { value: '7.9' } });
    await seen('basket-nothing');
    await press('any-price');
    await waitFor(() => expect(basket.mock.lastCall![0].request.prices).toBeNull());
    await seen('goes');
  });

  it('is not asked about prices where nothing has one', async () => {
    await counter(shop(SHOP.map((item) => ({ ...item, price: null }))));
    await put('misty');
    await seen('goes');
    expect(at('price-to')).toBeNull();
  });

  it('is no more held to prices than the list of a profile, where anything has one', async () => {
    const whole = shop();
    const recommend = vi.fn(whole.recommend);
    await open({ ...whole, recommend });
    await seen('card');
    await press('kind-film');
    await waitFor(() => expect(at('price-to')).toBeNull());
    await press('kind-product');
    await fireEvent.change(await seen('price-to'), { target: { value: '9' } });
    await waitFor(() => expect(all('card').map((card) => Number(card.dataset['item'])).sort()).toEqual([black, smoked]));
    await fireEvent.change(at('price-to')!, { target: { value: '1' } });
    await press('any-price');
    await waitFor(() => expect(recommend.mock.lastCall![0].request.prices).toBeNull());
    await waitFor(() => expect(all('card')).toHaveLength(SHOP.length));
  });

  it('goes onto paper as a clean list of what goes with it', async () => {
    const printed = vi.fn();
    vi.stubGlobal('print', printed);
    await counter();
    await put('misty');
    await seen('goes');
    expect(at('printed')).toBeNull();
    await press('print');
    await waitFor(() => expect(printed).toHaveBeenCalledTimes(1));
    const paper = at('printed')!;
    expect([...paper.querySelectorAll('th')].map((head) => head.textContent)).toEqual(['Title', 'Price', 'In stock', 'Why']);
    const rows = [...paper.querySelectorAll('tbody tr')];
    expect(rows).toHaveLength(goes().length);
    const row = rows.find((one) => one.textContent!.includes('Smoked Pine Black'))!;
    expect([...row.querySelectorAll('td')].slice(1).map((cell) => cell.textContent!.replace(/[\u2068\u2069]/g, ''))).toEqual(['8.90', '3', expect.stringContaining('Owlbarrow')]);
    expect(paper.querySelector('button')).toBeNull();
    await fireEvent(window, new Event('afterprint'));
    await waitFor(() => expect(at('printed')).toBeNull());
    vi.unstubAllGlobals();
  });

  it('goes into a file, as does the list of a profile; a closed dialog writes nothing', async () => {
    const whole = shop();
    const save_list = vi.fn(whole.save_list);
    await counter({ ...whole, save_list });
    await put('misty');
    await seen('goes');
    await press('save-list');
    await waitFor(() => expect(save_list.mock.lastCall?.[0].items).toEqual(goes()));
    await waitFor(() => expect(at('toast')!.textContent!.replace(/[\u2068\u2069]/g, '')).toContain(`${goes().length} items`));
    await press('go-for_you');
    await seen('card');
    await press('save-list');
    await waitFor(() => expect(save_list.mock.lastCall![0].items).toEqual(all('card').map((card) => Number(card.dataset['item']))));
    serve({ ...whole, save_list }, { open: null, save: null });
    await press('save-list');
    await new Promise((done) => setTimeout(done, 30));
    expect(save_list).toHaveBeenCalledTimes(2);
  });

  it('is recorded as bought by a customer, thing by thing, and all of it is taken back at once', async () => {
    const whole = shop();
    const [record, undo_all] = [vi.fn(whole.record), vi.fn(whole.undo_all)];
    await counter({ ...whole, record, undo_all });
    await put('misty');
    await put('harbour');
    await waitFor(() => expect(inside()).toEqual([green, black]));
    await fireEvent.change(at('customer')!, { target: { value: '1' } });
    await press('buy');
    await seen('undo-all');
    expect(record.mock.calls.map(([{ profile, item, action }]) => [profile, item, action])).toEqual([
      [1, green, 'buy'],
      [1, black, 'buy'],
    ]);
    expect(at('toast')!.textContent!.replace(/[\u2068\u2069]/g, '')).toMatch(/Bought: 2 items\.\s+For Maja\./);
    await waitFor(() => expect(inside()).toEqual([]));
    await press('undo-all');
    await waitFor(() => expect(undo_all.mock.calls.map(([asked]) => asked)).toEqual([{ profile: 1, sequences: [0, 1] }]));
    await waitFor(() => expect(at('toast')!.textContent).toContain('Undone: 2 entries'));
  });

  it('keeps what could not be recorded', async () => {
    const whole = shop();
    await counter({
      ...whole,
      record: (args) => {
        if (args.item === black) throw { kind: 'user', message: 'the disk is full' };
        return whole.record(args);
      },
    });
    await put('misty');
    await put('harbour');
    await press('buy');
    await waitFor(() => expect(at('toast')!.textContent).toContain('The disk is full.'));
    await waitFor(() => expect(inside()).toEqual([black]));
  });

  it('is no place where a letter likes something', async () => {
    const whole = shop();
    const record = vi.fn(whole.record);
    await counter({ ...whole, record });
    await put('misty');
    await seen('goes');
    (at('goes')!.querySelector('[data-open]') as HTMLElement).focus();
    await key('l');
    await key('3');
    await new Promise((done) => setTimeout(done, 50));
    expect(record).not.toHaveBeenCalled();
  });

  it('waits, says when nothing goes with it, and when it cannot be known', async () => {
    let answer: 'never' | 'no' | 'none' = 'never';
    const whole = shop();
    await counter({
      ...whole,
      basket: async (args) => {
        if (answer === 'never') return new Promise(() => undefined);
        if (answer === 'no') throw { kind: 'internal', message: 'the store cannot be read' };
        return { ...(await whole.basket(args)), items: [] };
      },
    });
    await put('misty');
    expect((await seen('waiting')).textContent).toContain('Looking for what goes with it');
    answer = 'no';
    await press('kind-all');
    expect((await seen('failure')).textContent).toContain('The store cannot be read.');
    answer = 'none';
    await press('retry');
    await seen('basket-nothing');
  });

  it('says when a search finds nothing', async () => {
    await counter();
    await fireEvent.input(at('basket-find')!, { target: { value: 'zzzz' } });
    expect((await seen('basket-none')).textContent).toContain('zzzz');
  });

  it('sets long and right-to-left titles as they are', async () => {
    const long = 'Hand-thrown teapot for two with a bamboo handle and a lid that stays on '.repeat(4).trim();
    await counter(engine(['Ada'], [{ ...SHOP[0]!, title: long }, { ...SHOP[1]!, title: 'شاي أسود' }]));
    await put('hand');
    await waitFor(() => expect(at('in-basket')!.textContent).toContain(long));
    const names = [at('in-basket')!.querySelector('button')!, (await seen('goes')).querySelector('[data-open]')!];
    expect(names.map((name) => name.textContent)).toEqual([long, 'شاي أسود']);
    for (const name of names) expect(name.getAttribute('dir')).toBe('auto');
  });
});

/** The list for one profile, its shape and the rows below it, over the toy engine. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import type { ItemView } from '../src/lib/types';
import { ITEMS, SHOP } from '../src/mock/catalogue';
import { engine } from '../src/mock/engine';
import { all, at, open, press, scores, seen, weights } from './page';

describe('the list', () => {
  it('follows a like, says what changed, and is the same to the last digit after undo', async () => {
    await open(engine());
    await seen('card');
    const [list, mix] = [scores(), weights()];
    await press('like');
    await waitFor(() => expect(weights()).not.toEqual(mix));
    const moved = weights();
    expect(all('card')[0]!.dataset['state']).toBe('like');
    expect(at('mark')!.textContent).toBe('Liked');
    expect(at('toast')!.textContent).toMatch(/counts? (a little|clearly) (more|less)/);
    await press('undo');
    await waitFor(() => expect(weights()).not.toEqual(moved));
    expect(weights()).toEqual(mix);
    expect(scores()).toEqual(list);
  });

  it('shows a sum whose terms add up to the score of the card', async () => {
    await open(engine());
    await seen('card');
    const score = Number(all('card')[0]!.dataset['score']);
    await press('why');
    await seen('why-sheet');
    const terms = [...document.querySelectorAll<HTMLElement>('[data-testid^="term-"]')];
    const sum = terms.reduce((total, term) => total + Number(term.dataset['value']), 0);
    expect(sum).toBeCloseTo(score, 10);
    expect(Number(at('total')!.dataset['value'])).toBe(score);
    expect(at('ribbon')!.getAttribute('aria-label')).toMatch(/^What speaks for it: .+\d+%/);
  });

  it('waits in its own shape', async () => {
    await open({ ...engine(), recommend: () => new Promise(() => undefined) });
    expect((await seen('waiting')).getAttribute('aria-label')).toBe('Putting your list in order');
  });

  it('offers the kinds that the library has, and no other', async () => {
    await open(engine(['Ada'], ITEMS.filter(({ kind }) => kind === 'film' || kind === 'book')));
    await seen('card');
    const kinds = [...document.querySelectorAll<HTMLElement>('[data-testid^="kind-"]')];
    expect(kinds.map((kind) => kind.dataset['testid'])).toEqual(['kind-all', 'kind-film', 'kind-book']);
  });

  it('can be held to what is in stock where anything but a product has a stock', async () => {
    const records = ITEMS.map((item) => (item.kind === 'music' ? { ...item, stock: item.id % 2 } : item));
    await open(engine(['Ada'], [...records, ...SHOP]));
    const cards = () => all('card').map((card) => Number(card.dataset['item']));
    await seen('card');
    await press('kind-product');
    await waitFor(() => expect(cards().every((id) => id >= ITEMS.length)).toBe(true));
    expect(at('in-stock')).toBeNull();
    await press('kind-music');
    await press('in-stock');
    await waitFor(() => expect(cards().length > 0 && cards().every((id) => id % 2 === 1)).toBe(true));
  });

  it('says that what is left is out of stock, and goes on asking', async () => {
    await open(engine(['Ada'], ITEMS.map((item) => (item.kind === 'music' ? { ...item, stock: 0 } : item))));
    await seen('card');
    await press('kind-music');
    await press('in-stock');
    expect((await seen('out-of-stock')).textContent).toBe('Include what is out of stock');
    const box = at('in-stock')!;
    box.focus();
    await press('in-stock');
    await seen('card');
    expect(document.activeElement).toBe(box);
    await press('in-stock');
    await press('out-of-stock');
    await seen('card');
    expect(at('in-stock')).toHaveProperty('checked', false);
  });

  it('counts an act without asking for every profile again', async () => {
    const whole = engine(['Ada', 'Ben']);
    const profiles = vi.fn(whole.profiles);
    await open({ ...whole, profiles });
    await press('like');
    await seen('toast');
    await waitFor(() => expect(at('for-you')!.getAttribute('aria-busy')).toBe('false'));
    expect(profiles).toHaveBeenCalledTimes(1);
    await press('profile');
    expect(all('profile-choose').map((row) => row.textContent)).toEqual([expect.stringContaining('1 choice'), expect.stringContaining('0 choices')]);
  });

  it('says what to do when there is nothing', async () => {
    await open(engine(['Ada'], []));
    expect((await seen('empty')).textContent).toContain('Nothing on the shelves yet');
    expect(at('mix-panel')).toBeNull();
  });

  it('tells a failure in words and tries again', async () => {
    let broken = true;
    const whole = engine();
    await open({
      ...whole,
      recommend: (args) => {
        if (broken) throw { kind: 'internal', message: 'cannot read the store' };
        return whole.recommend(args);
      },
    });
    expect((await seen('failure')).textContent).toContain('Cannot read the store.');
    broken = false;
    await press('retry');
    await seen('card');
    expect(at('failure')).toBeNull();
  });

  it('keeps what was there when an act is refused, and says so', async () => {
    await open({ ...engine(), record: () => { throw { kind: 'user', message: 'the disk is full' }; } });
    await seen('card');
    const list = scores();
    await press('like');
    expect((await seen('toast')).textContent).toContain('The disk is full.');
    expect(scores()).toEqual(list);
    expect(at('undo')).toBeNull();
  });

  it('leaves the words of the engine in their language', async () => {
    await open({ ...engine(), record: () => { throw { kind: 'internal', message: 'cannot write the store' }; } }, { language: 'zh' });
    await press('like');
    const said = (await seen('toast')).querySelector('[lang="en"]')!;
    expect(said.textContent).toBe('Cannot write the store.');
    expect(at('toast')!.textContent).toContain('Curio 内部出了问题。');
  });

  it('opens at the second try', async () => {
    let held = true;
    const whole = engine();
    await open({
      ...whole,
      status: (args) => {
        if (held) throw { kind: 'user', message: 'the data folder is open in another window or program' };
        return whole.status(args);
      },
    });
    expect((await seen('failed')).textContent).toContain('is open in another window');
    held = false;
    await press('retry');
    await seen('card');
  });

  it('shows what people wrote twice, twice', async () => {
    const odd: ItemView = { ...ITEMS[0]!, stock: 3, extra: { 'In stock': 'upstairs', Identifier: 'mine' } };
    const whole = engine(['Ada'], [odd]);
    const note = 'rows 3 and 4 are the same';
    await open({
      ...whole,
      status: async (args) => ({ ...(await whole.status(args)), notices: [note, note] }),
      import: async (args) => ({ ...(await whole.import({ ...args, dryRun: true })), notes: [note, note] }),
    });
    await press('open');
    await waitFor(() => expect(at('item-sheet')!.textContent).toContain('upstairs'));
    expect(at('item-sheet')!.textContent).toMatch(/In stock\s*3.*In stock\s*upstairs/s);
    await press('close');
    await press('go-settings');
    expect((await seen('settings')).textContent!.split('Rows 3 and 4')).toHaveLength(3);
    await press('go-import');
    await press('import');
    expect((await seen('preview')).textContent!.split('Rows 3 and 4')).toHaveLength(3);
  });

  it('sets long and right-to-left titles as they are, marked as such', async () => {
    const odd: ItemView[] = [
      { ...ITEMS[0]!, id: 0, key: 'a', title: 'W'.repeat(400), creators: ['X'.repeat(200)] },
      { ...ITEMS[17]!, id: 1, key: 'b' },
    ];
    await open(engine(['ليلى'], odd));
    await seen('card');
    const titles = all('open');
    expect(titles.map((title) => title.dir)).toEqual(['auto', 'auto']);
    expect(titles.map((title) => title.textContent).sort()).toEqual([odd[0]!.title, odd[1]!.title].sort());
    expect(document.querySelector('svg [direction="rtl"]')).not.toBeNull();
    // A year that was only estimated is no fact, and stands in the item's sheet alone.
    expect(document.body.textContent).not.toMatch(/≈|estimated/);
  });
});

describe('the shape of the list', () => {
  const slide = async (name: string, value: number) => fireEvent.change(await seen(name), { target: { value } });

  it('asks for variety with a bound by creator, and for another surprise with every fresh list', async () => {
    const whole = engine();
    const recommend = vi.fn(whole.recommend);
    await open({ ...whole, recommend });
    await seen('card');
    const asked = () => recommend.mock.lastCall![0].request;
    expect(asked()).toMatchObject({ variety: 0, surprise: 0, per_creator: null });
    await slide('variety', 0.5);
    await waitFor(() => expect(asked()).toMatchObject({ variety: 0.5, per_creator: 2, per_series: 1 }));
    await slide('surprise', 1);
    await waitFor(() => expect(asked()).toMatchObject({ variety: 0.5, surprise: 1 }));
    const { seed } = asked();
    await press('refresh');
    await waitFor(() => expect(asked().seed).not.toBe(seed));
  });
});

describe('the rows', () => {
  const rows = () => all('row').map((row) => row.querySelector('h2')!.textContent.replace(/[\u2068\u2069]/g, ''));
  const items = (id: string) => all(id).map((place) => place.dataset['item']);

  it('follow the list, say why they are there, and repeat nothing', async () => {
    const whole = engine();
    const liked = whole.record({ profile: 0, item: ITEMS[0]!.id, action: 'like', surface: 'test' });
    await open({ ...whole, recommend: (args) => whole.recommend({ ...args, request: { ...args.request, n: 4 } }), rows: (args) => whole.rows({ ...args, request: { ...args.request, n: 4 } }) });
    await seen('row');
    const { item } = await liked;
    expect(rows()).toEqual([`Because you liked ${item!.title}`, 'From the latest years']);
    const shown = [...items('card'), ...items('row-item')];
    expect(new Set(shown).size).toBe(shown.length);
    expect(items('card')).toHaveLength(4);
  });

  it('keep their places when something in them is acted upon, and mark it', async () => {
    const whole = engine();
    await open({ ...whole, recommend: (args) => whole.recommend({ ...args, request: { ...args.request, n: 4 } }), rows: (args) => whole.rows({ ...args, request: { ...args.request, n: 4 } }) });
    const row = await seen('row');
    const before = items('row-item');
    await fireEvent.click(row.querySelector('[data-testid="like"]')!);
    await waitFor(() => expect(row.querySelector('[data-testid="mark"]')!.textContent).toBe('Liked'));
    expect(items('row-item')).toEqual(before);
  });

  it('are no reason to lose the list when they cannot be had', async () => {
    await open({ ...engine(), rows: () => { throw { kind: 'internal', message: 'no rows today' }; } });
    await seen('card');
    expect((await seen('toast')).textContent).toContain('No rows today.');
    expect(at('row')).toBeNull();
  });
});

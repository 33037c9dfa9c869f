/** Items that look alike: proposed, joined, kept apart, taken out of one another again. */
import { describe, expect, it, vi } from 'vitest';

import { differences } from '../src/lib/facts';
import { catalogues } from '../src/lib/i18n';
import { identifiers } from '../src/lib/identity';
import type { ItemView, Match } from '../src/lib/types';
import { ITEMS } from '../src/mock/catalogue';
import { engine, type Handlers } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

const plain = (element: Element | null) => element?.textContent?.replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' ').trim() ?? '';
const item = (id: number, change: Partial<ItemView> = {}): ItemView => ({ ...ITEMS[0]!, id, key: `mine:${id}`, title: `Solaris ${id}`, ...change });
const PAIRS: Match[] = [
  { one: item(1), other: item(2, { creators: [] }), alike: 'creator' },
  { one: item(3), other: item(4, { creators: [] }), alike: 'creator' },
  { one: item(5), other: item(6, { title: 'كتاب الرمال والمتاهات التي لا تنتهي أبدا '.repeat(6) }), alike: 'edition' },
];

/** A library in which some things look alike; what is said of them is kept. */
function library(pairs = PAIRS): Handlers & { said: unknown[] } {
  const whole = engine(['Ada']);
  const said: unknown[] = [];
  let left = [...pairs];
  const settle = (what: string) => ({ pairs: these }: { pairs: [number, number][] }) => {
    said.push([what, these]);
    left = left.filter(({ one, other }) => !these.some(([a, b]) => a === one.id && b === other.id));
    return these.map(([one]) => item(one));
  };
  const unsay = ({ pairs: these }: { pairs: [number, number][] }) => {
    said.push(['unsay', these]);
    left = pairs.filter((pair) => left.includes(pair) || these.some(([a, b]) => a === pair.one.id && b === pair.other.id));
    return these.flat().map((id) => item(id));
  };
  return { ...whole, said, matches: () => ({ total: left.length, pairs: left }), merge: settle('merge'), part: settle('part'), unsay };
}

async function matches(handlers: Handlers) {
  await open(handlers);
  await press('go-browse');
  await press('alike');
  await seen('matches');
}

describe('items that look alike', () => {
  it('are counted beside the catalogue, and shown as pairs with what is alike', async () => {
    await matches(library());
    expect(plain(at('alike'))).toBe('Possible duplicates: 3');
    expect(all('match').map((one) => plain(one.querySelector('.say span')))).toEqual(['The same title and year', 'The same title and year', 'The same title and maker; perhaps another edition']);
    expect(plain(all('match')[2]!)).toContain('كتاب الرمال');
  });

  it('stand side by side, with what differs line by line', async () => {
    await matches(library());
    const [first] = all('match');
    expect([...first!.querySelectorAll('thead button.item')].map(plain)).toEqual(['Solaris 1', 'Solaris 2']);
    expect([...first!.querySelectorAll('[data-testid=difference]')].map((row) => [...row.children].map(plain))).toEqual([['By', ITEMS[0]!.creators.join(', '), 'not given'], ['MINE', '1', '2']]);
  });

  it('are joined one by one, which can be taken back', async () => {
    const handlers = library();
    await matches(handlers);
    all('match')[2]!.querySelector<HTMLElement>('[data-testid=merge]')!.click();
    await vi.waitFor(() => expect(all('match')).toHaveLength(2));
    expect(handlers.said).toEqual([['merge', [[5, 6]]]]);
    await press('undo');
    await vi.waitFor(() => expect(handlers.said).toEqual([['merge', [[5, 6]]], ['unsay', [[5, 6]]]]));
    await vi.waitFor(() => expect(all('match')).toHaveLength(3));
  });

  it('are kept apart when their owner says so', async () => {
    const handlers = library();
    await matches(handlers);
    all('match')[0]!.querySelector<HTMLElement>('[data-testid=part]')!.click();
    await vi.waitFor(() => expect(all('match')).toHaveLength(2));
    expect(handlers.said).toEqual([['part', [[1, 2]]]]);
  });

  it('are asked about again when that is taken back by the keys that take back everything', async () => {
    const handlers = library();
    await matches(handlers);
    const told = () => all('match').map(plain);
    const before = told();
    all('match')[1]!.querySelector<HTMLElement>('[data-testid=part]')!.click();
    await vi.waitFor(() => expect(all('match')).toHaveLength(2));
    await key('z', { ctrlKey: true });
    await vi.waitFor(() => expect(told()).toEqual(before));
    expect(handlers.said).toEqual([['part', [[3, 4]]], ['unsay', [[3, 4]]]]);
  });

  it('are joined all at once only where they are sure, and only after one is asked', async () => {
    const handlers = library();
    await matches(handlers);
    await press('merge-all');
    expect(handlers.said).toEqual([]);
    await press('confirm-yes');
    await vi.waitFor(() => expect(all('match')).toHaveLength(1));
    expect(handlers.said).toEqual([['merge', [[1, 2], [3, 4]]]]);
  });

  it('say when there are none left, and why they could not be compared', async () => {
    const handlers = library([PAIRS[0]!]);
    await matches(handlers);
    await press('merge');
    expect(plain(await seen('no-matches'))).toBe('Nothing here looks like anything else.');
  });
});

describe('the identifiers of an item', () => {
  it('are those that a file gave it, and no key that was made of what is told anyway', () => {
    for (const [key, namespace, text] of [['imdb:tt0070510', 'imdb', 'tt0070510'], ['id:a|b', 'id', 'a|b'], ['sku:film:1|2', 'sku', 'film:1|2']] as const) expect(identifiers({ key, ids: {} })).toEqual([{ namespace, text }]);
    for (const key of ['film:solaris|1972|andrei tarkovsky', 'other:A: B||', 'book:iliad|-700|']) expect(identifiers({ key, ids: {} })).toEqual([]);
  });

  it('are told once where the key is one of them', () => {
    expect(identifiers({ key: 'imdb:tt0069293', ids: { imdb: 'tt0069293', tmdb: '593' } }).map(({ namespace }) => namespace)).toEqual(['imdb', 'tmdb']);
  });
});

describe('what differs between two items', () => {
  const one = item(1, { key: 'id:a', year: { value: 1972, filled: false }, creators: ['Andrei Tarkovsky'], genres: ['Drama'], extra: {} });

  it('is told side by side, with a gap where one of them says nothing', () => {
    const other = item(2, { ...one, key: 'film:solaris|2002|soderbergh', year: { value: 2002, filled: false }, creators: [], genres: ['Romance'], extra: { Format: 'DVD' } });
    expect(differences(one, other, catalogues.en)).toEqual([
      { name: 'Year', one: '1972', other: '2002' },
      { name: 'By', one: 'Andrei Tarkovsky', other: null },
      { name: 'Identifier', one: 'a', other: null },
      { name: 'Format', one: null, other: 'DVD' },
    ]);
  });

  it('is nothing where they say the same, and never an estimate', () => {
    expect(differences(one, { ...one, year: { value: 1980, filled: true } }, catalogues.zh)).toEqual([{ name: '年份', one: '1972', other: null }]);
    expect(differences(one, one, catalogues.en)).toEqual([]);
  });
});

describe('an item that is made of several records', () => {
  const one = { ...ITEMS[4]!, records: 2 };
  /** Such an item, with what is said of its records; the owner may have said that they are one. */
  async function opened(same: string[]) {
    const said: unknown[] = [];
    const say = (what: string) => ({ pairs }: { pairs: [number, number][] }) => {
      said.push([what, pairs]);
      return [{ ...one, records: what === 'part' ? 1 : 2 }];
    };
    await open({ ...engine(['Ada'], [one]), records: () => [one, item(77, { key: 'theirs:77', same })], part: say('part'), merge: say('merge'), unsay: say('unsay') });
    await press('open');
    await seen('records');
    await vi.waitFor(() => expect(all('record')).toHaveLength(2));
    return said;
  }

  it('lists them, and lets one be taken out', async () => {
    const said = await opened([]);
    expect(plain(all('record')[1]!)).toContain('THEIRS 77');
    all('record')[1]!.querySelector<HTMLElement>('[data-testid=part]')!.click();
    await vi.waitFor(() => expect(said).toEqual([['part', [[one.id, 77]]]]));
    await vi.waitFor(() => expect(at('records')).toBeNull());
  });

  it.each([['unsay', []], ['merge', [one.key]]])('gets one back that was taken out, by %s', async (back, same) => {
    const said = await opened(same);
    all('record')[1]!.querySelector<HTMLElement>('[data-testid=part]')!.click();
    await vi.waitFor(() => expect(at('records')).toBeNull());
    await key('z', { ctrlKey: true });
    await vi.waitFor(() => expect(said).toEqual([['part', [[one.id, 77]]], [back, [[one.id, 77]]]]));
  });
});

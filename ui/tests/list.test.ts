import { describe, expect, it } from 'vitest';

import { laid, plain, withKnownItems } from '../src/lib/list';
import { stepped } from '../src/lib/keys';
import { ITEMS } from '../src/mock/catalogue';
import type { Ranked } from '../src/lib/types';

const ranking = (...ids: number[]): Ranked[] =>
  ids.map((id, at) => ({ rank: at + 1, item: ITEMS[id]!, score: 10 - at, terms: [], reasons: [{ because: 'start' }] }));
const ids = (list: readonly Ranked[]) => list.map((place) => place.item.id);

describe('a list after an act', () => {
  const before = plain(ranking(1, 2, 3, 4, 5));
  const marked = (...ids: number[]) => (id: number) => ids.includes(id);

  it('keeps the card and all above it, and lays the new ranking below', () => {
    const after = laid(before, ranking(5, 1, 9, 4, 3), [2], marked(2));
    expect(ids(after)).toEqual([1, 2, 5, 9, 4]);
    expect(after.map((place) => place.fresh)).toEqual([false, false, false, true, false]);
  });

  it('keeps a marked card in its place when another above it is acted upon', () => {
    const once = laid(before, ranking(1, 2, 3, 5, 6), [4], marked(4));
    const twice = laid(once, ranking(6, 5, 3, 2, 7), [1], marked(4, 1));
    expect(ids(twice)).toEqual([1, 6, 5, 4, 3]);
  });

  it('keeps all down to the last that is held', () => {
    expect(ids(laid(before, ranking(5, 1, 9, 4, 3), [1, 4], marked(1)))).toEqual([1, 2, 3, 4, 5]);
  });

  it('never shows an item twice, and shows each with its newest score', () => {
    const after = laid(before, ranking(3, 2, 1, 8, 9), [3], marked(3));
    expect(new Set(ids(after)).size).toBe(after.length);
    expect(after[0]?.rank).toBe(3);
  });

  it('shrinks when nothing is left to come', () => {
    expect(ids(laid(before, ranking(2), [1], marked(1)))).toEqual([1, 2]);
  });
});

describe('what shows an item', () => {
  it('has nothing to do where the item came again as it was, and follows one that changed', () => {
    const before = plain(ranking(1, 2));
    const again = structuredClone(plain(ranking(2, 1, 3)));
    again[1]!.item.title = 'Another';
    const after = withKnownItems(again, before);
    expect(after[0]!.item).toBe(before[1]!.item);
    expect(after[1]!.item).toBe(again[1]!.item);
    expect(after).toEqual(again);
  });
});

describe('the arrows', () => {
  it('move by rows and stay at the edges', () => {
    const list = [{ count: 6, columns: 2 }];
    expect(stepped(-1, 'down', list)).toBe(0);
    expect(stepped(1, 'down', list)).toBe(3);
    expect(stepped(5, 'down', list)).toBe(5);
    expect(stepped(1, 'up', list)).toBe(1);
    expect(stepped(0, 'left', list)).toBe(0);
  });

  it('count the columns of each list for itself, and go from one list to the next', () => {
    const lists = [{ count: 5, columns: 2 }, { count: 3, columns: 1 }];
    const walk = (at: number, way: 'up' | 'down' | 'right') => {
      const path = [at];
      while (path.at(-1) !== stepped(path.at(-1)!, way, lists)) path.push(stepped(path.at(-1)!, way, lists));
      return path;
    };
    expect(walk(0, 'down')).toEqual([0, 2, 4, 5, 6, 7]);
    expect(walk(1, 'down')).toEqual([1, 3, 4, 5, 6, 7]);
    expect(walk(7, 'up')).toEqual([7, 6, 5, 4, 2, 0]);
    expect(walk(3, 'right')).toEqual([3, 4, 5, 6, 7]);
  });
});

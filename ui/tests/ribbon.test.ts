import { describe, expect, it } from 'vitest';

import { addable, reach, segments, shares, strongest, zero } from '../src/lib/ribbon';
import type { Signal, Term } from '../src/lib/types';

const term = (signal: Signal, value: number): Term => ({ signal, weight: 1, evidence: value, value });
const SUM = [term('meaning', 3), term('nearest_disliked', -1), term('genre', 4), term('language', 0), term('newness', -2)];

describe('the ribbon', () => {
  it('gives each term its share of all magnitudes, with its sign', () => {
    const found = shares(SUM);
    expect(found.get('genre')).toBeCloseTo(0.4);
    expect(found.get('newness')).toBeCloseTo(-0.2);
    expect(found.get('language')).toBe(0);
  });

  it('lays what pulls down left of zero and what pulls up right of it, without gaps or overlaps', () => {
    const within = reach([SUM]);
    const found = segments(SUM, within).sort((a, b) => a.from - b.from);
    expect(found.map((part) => part.signal)).toEqual(['newness', 'nearest_disliked', 'meaning', 'genre']);
    let end = 0;
    for (const part of found) {
      expect(part.from).toBeCloseTo(end);
      end = part.from + part.width;
      expect(part.down).toBe(end <= zero(within) + 1e-9);
    }
    expect(end).toBeCloseTo(1);
  });

  it('keeps zero in one place over a whole list', () => {
    const within = reach([SUM, [term('genre', 1)]]);
    expect(zero(within)).toBeCloseTo(0.3 / 1.3);
    const [only] = segments([term('genre', 1)], within);
    expect(only?.from).toBeCloseTo(zero(within));
    expect((only?.from ?? 0) + (only?.width ?? 0)).toBeCloseTo(1);
  });

  it('draws nothing for a sum of nothing', () => {
    expect(segments([term('genre', 0)])).toEqual([]);
    expect(strongest([term('genre', 0)])).toEqual([]);
    expect(zero(reach([]))).toBe(0);
  });

  it('prints numbers that add up to the printed total', () => {
    const values = [0.3333, 0.3333, 0.3333, -0.00049];
    const total = values.reduce((sum, value) => sum + value, 0);
    const printed = addable(values, total, 3);
    expect(printed.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0.999, 10);
    printed.forEach((value, index) => expect(Math.abs(value - values[index]!)).toBeLessThan(0.001));
  });
});

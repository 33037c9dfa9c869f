import { describe, expect, it } from 'vitest';

import { contrast } from '../src/lib/colour';
import { broken, ems, HEIGHT, plate, WIDTH } from '../src/lib/cover';
import { ITEMS } from '../src/mock/catalogue';

describe('a cover', () => {
  it('is the same each time, and another for another item', () => {
    const [one, other] = [ITEMS[0]!, ITEMS[1]!];
    expect(plate(one)).toEqual(plate(structuredClone(one)));
    expect(plate(one).shapes).not.toEqual(plate(other).shapes);
  });

  it('sets its whole title inside the plate, readable on its ground', () => {
    for (const item of ITEMS) {
      const { title, ground, credit } = plate(item);
      expect(title.lines.length, item.title).toBeGreaterThan(0);
      for (const line of title.lines) expect(ems(line.text) * title.size, item.title).toBeLessThanOrEqual(WIDTH - 30);
      expect(credit.y).toBeLessThan(HEIGHT / 2);
      expect(contrast(title.fill, ground), item.title).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('cuts a title that nobody could set, and survives one that is empty', () => {
    const long = { ...ITEMS[0]!, title: 'Donaudampfschifffahrtsgesellschaftskapitän '.repeat(12) };
    expect(plate(long).title.lines.at(-1)?.text).toMatch(/…$/);
    expect(plate({ ...ITEMS[0]!, title: '' }).title.lines).toEqual([]);
    expect(broken('红楼梦', 2, 4)).toEqual(['红楼', '梦']);
  });

  it('draws every kind', () => {
    for (const kind of ['film', 'series', 'book', 'music', 'game', 'product', 'other'] as const) {
      expect(plate({ ...ITEMS[3]!, kind }).shapes.length).toBeGreaterThan(2);
    }
  });
});

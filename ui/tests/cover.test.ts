import { describe, expect, it } from 'vitest';

import { contrast } from '../src/lib/colour';
import { broken, ems, HEIGHT, plate, WIDTH } from '../src/lib/cover';
import { ITEMS } from '../src/mock/catalogue';

/** The least y of a path's points and control points; an arc may rise above its ends by its radius. */
function highest(d: string): number {
  let [x, y, least] = [0, 0, HEIGHT];
  for (const [, command = '', rest = ''] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const numbers = [...rest.matchAll(/-?[\d.]+/g)].map(Number);
    const from = command === command.toLowerCase() ? { x, y } : { x: 0, y: 0 };
    const kind = command.toLowerCase();
    if (kind === 'v') y = from.y + numbers[0]!;
    else if (kind === 'h') x = from.x + numbers[0]!;
    else if (kind === 'a') least = Math.min(least, command === 'A' ? y - numbers[1]! : y);
    else {
      for (let at = 0; at + 1 < numbers.length; at += 2) least = Math.min(least, from.y + numbers[at + 1]!);
      if (kind !== 'z') [x, y] = [from.x + numbers.at(-2)!, from.y + numbers.at(-1)!];
    }
    least = Math.min(least, y);
  }
  return least;
}

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

  it('leaves no sign alone on a line where the line above has one to give', () => {
    expect(broken('银河铁道之夜', 5, 4)).toEqual(['银河铁道', '之夜']);
    expect(broken('《红楼梦》', 3, 4)).toEqual(['《红楼', '梦》']);
    expect(broken('红楼梦传', 3, 4)).toEqual(['红楼', '梦传']);
    expect(broken('鲁迅全集 卷', 4, 4)).toEqual(['鲁迅全', '集 卷']);
    expect(broken('罪与罚（上）', 5, 4)).toEqual(['罪与罚', '（上）']);
    expect(broken('Ghost 攻壳', 4, 4)).toEqual(['Ghost', '攻壳']);
    const title = '天地玄黄宇宙洪荒日月盈昃辰宿列张';
    for (let limit = 3; limit < 10; limit += 1) {
      for (let length = 4; length <= title.length; length += 1) {
        const lines = broken(title.slice(0, length), limit, 9);
        expect(lines.join('')).toBe(title.slice(0, length));
        for (const line of lines) expect([line.length > 1, line.length <= limit], `${lines}`).toEqual([true, true]);
      }
    }
  });

  it('keeps every figure clear of title and credit', () => {
    for (const kind of ['film', 'series', 'book', 'music', 'game', 'product', 'other'] as const) {
      for (let one = 0; one < 60; one += 1) {
        const { shapes, credit } = plate({ ...ITEMS[3]!, kind, key: `${one}`, title: 'Toccata and Fugue in D minor, '.repeat(1 + (one % 3)), creators: ['Johann Sebastian Bach'] });
        for (const shape of shapes) {
          const top = shape.shape === 'circle' ? shape.y - shape.r : shape.shape === 'rect' ? shape.y : highest(shape.d);
          expect(top, `${kind} ${one}`).toBeGreaterThan(credit.y + 4);
        }
      }
    }
  });

  it('draws every kind', () => {
    for (const kind of ['film', 'series', 'book', 'music', 'game', 'product', 'other'] as const) {
      expect(plate({ ...ITEMS[3]!, kind }).shapes.length).toBeGreaterThan(2);
    }
  });
});

import { describe, expect, it } from 'vitest';

import { drawn, frame, ticks, moved } from '../src/lib/mix';
import type { Signal, WeightView } from '../src/lib/types';

const weight = (signal: Signal, weight: number, spread: number): WeightView => ({ signal, weight, spread, prior: 0, deviation: 0, pinned: false });

describe('an arrow beside a weight', () => {
  const before = [weight('genre', 1, 0.4), weight('era', 1, 0), weight('people', 1, 0.4), weight('quality', 1, 0.4)];
  const after = [weight('genre', 1.2, 0.4), weight('era', 1.2, 0), weight('people', 1.2, 0.2), weight('quality', 0.5, 0.4)];
  const changes = after.map(({ signal, weight: to }) => ({ signal, before: 1, after: to }));

  it('is there only where the number shown went the way of the weight', () => {
    expect([...moved(changes, before, after)]).toEqual([['genre', 'up'], ['quality', 'down']]);
    expect(moved(changes, after, after).size).toBe(0);
  });
});

describe('the scale of the mix', () => {
  const within = frame([weight('genre', 3, 1), weight('era', -0.5, 1), weight('people', 0.05, 1)]);
  const values = [-1, -0.5, -0.05, -0.01, 0, 0.01, 0.05, 0.3, 1, 3];

  it('keeps order and sign, and gives the same length to the same pull on both sides of zero', () => {
    const places = values.map((value) => drawn(value, within));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    const zero = drawn(0, within);
    for (const value of values) expect(Math.sign(drawn(value, within) - zero)).toBe(value < -within.left ? -1 : Math.sign(value));
    expect(zero - drawn(-0.3, within)).toBeCloseTo(drawn(0.3, within) - zero);
  });

  it('makes four times the pull twice as long, from zero to the ends of the frame', () => {
    const length = (value: number) => drawn(value, within) - drawn(0, within);
    expect(length(0.4)).toBeCloseTo(2 * length(0.1));
    expect([drawn(-within.left, within), drawn(within.right, within)]).toEqual([0, 1]);
    expect([drawn(-100, within), drawn(100, within)]).toEqual([0, 1]);
    expect(length(0.05)).toBeGreaterThan(0.05);
  });

  it('holds bars of one sign with room beside zero, and has ticks at round numbers within it', () => {
    const up = frame([weight('genre', 1, 1)]);
    expect(drawn(0, up)).toBeCloseTo(1 / 5);
    expect(ticks(within)).toEqual([-0.25, 0, 0.25, 1, 2.5]);
    expect(ticks(frame([]))).toContain(0);
  });
});

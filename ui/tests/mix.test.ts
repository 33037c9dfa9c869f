import { describe, expect, it } from 'vitest';

import { moved } from '../src/lib/mix';
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

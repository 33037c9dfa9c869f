/** What a drift says in words: whether a mix has settled, and how alike the latest choices are to the rest. */
import type { DriftStep } from './types';

export type Settled = 'few' | 'settled' | 'moving';

/** So few entries tell nothing of whether a mix settles. */
const FEW = 12;

/** A mix has settled when its latest quarter moved it little beside how far it has ever been. */
export function settled(steps: readonly DriftStep[]): Settled {
  if (steps.length < FEW) return 'few';
  const latest = steps.slice(-Math.ceil(steps.length / 4)).map(({ moved }) => moved);
  const furthest = Math.max(...steps.map(({ moved }) => moved));
  return Math.max(...latest) - Math.min(...latest) <= 0.1 * furthest ? 'settled' : 'moving';
}

export type Steady = 'same' | 'leaning' | 'turning';

/** How alike the latest choices are to the whole, where both are known. */
export function steady(steps: readonly DriftStep[]): Steady | null {
  const last = steps.at(-1);
  if (!last || steps.length < 2) return null;
  if (last.steady >= 0.7) return 'same';
  return last.steady >= 0.4 ? 'leaning' : 'turning';
}

/**
 * The mix's arithmetic: how far each weight pulls, how far the bars reach, and what a change says.
 *
 * A pull is weight × spread, in the unit of scores; its give is deviation × spread.
 */
import type { Recorded, Signal, WeightChange, WeightView } from './types';

export const pull = (weight: WeightView): number => weight.weight * weight.spread;
export const give = (weight: WeightView): number => weight.deviation * weight.spread;

/** Whether the signal has anything to go on yet. */
export const idle = (weight: WeightView): boolean => weight.spread === 0;

const STEPS = [1, 1.5, 2, 3, 4, 6, 8, 10];

/** The least round number that holds every bar, so that bars move and the scale rarely does. */
export function extent(weights: readonly WeightView[]): number {
  const most = Math.max(0, ...weights.map((weight) => Math.abs(pull(weight)) + Math.min(give(weight), Math.abs(pull(weight)) + 0.2)));
  if (most === 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(most));
  return unit * (STEPS.find((step) => step * unit >= most) ?? 10);
}

/** How far a slider for this weight goes on either side of zero. */
export function range(weight: WeightView): number {
  const most = Math.max(Math.abs(weight.prior) * 3, Math.abs(weight.weight) * 1.25, 1);
  return Math.ceil(most * 2) / 2;
}

/** The moves that are worth saying, at most three, as they came: largest effect first. */
export function moves(changes: readonly WeightChange[]): { signal: Signal; up: boolean; much: boolean }[] {
  return changes
    .filter((change) => Math.abs(change.after - change.before) > 1e-6)
    .slice(0, 3)
    .map(({ signal, before, after }) => ({
      signal,
      up: after > before,
      much: Math.abs(after - before) > 0.25 * Math.max(Math.abs(before), 0.4),
    }));
}

/** Which weights the last act moved, and which way. */
export function moved(recorded: Recorded | null): Map<Signal, 'up' | 'down'> {
  return new Map(moves(recorded?.changes ?? []).map(({ signal, up }) => [signal, up ? 'up' : 'down']));
}

/**
 * The past of the weights: what each was after every entry, and what caused each of its moves.
 *
 * Pure arithmetic over the engine's history, which holds all weights after each entry that counts.
 */
import { pull } from './mix';
import { SIGNALS } from './signals';
import type { ItemRef, Signal, Weights, WeightStep, WeightView, What } from './types';

/** A weight from its start on: one value more than there are entries. */
export type Line = { signal: Signal; values: number[]; causes: Cause[]; held: Stretch[] };

/** A move of the weight, or its being set or let go by hand. */
export type Cause = { nth: number; at: number; what: What; item: ItemRef | null; before: number; after: number };

/** From which entry to which the weight was held by hand; one that goes on ends where the line does. */
export type Stretch = { from: number; to: number };

/** Less than this is no move; the window shows two decimals. */
const LEAST = 0.0005;

/** Whether an entry is about the signal itself, and so is told even where the weight stays. */
const about = (what: What, signal: Signal) => (what.did === 'pin' || what.did === 'unpin') && what.signal === signal;

/** One weight's line. */
export function line({ history }: Weights, { signal, prior }: WeightView): Line {
  const k = SIGNALS.indexOf(signal);
  const values = [prior, ...history.map((step) => step.weights[k] ?? prior)];
  const causes = history.flatMap((step, index): Cause[] => {
    const [before, after] = [values[index]!, values[index + 1]!];
    if (Math.abs(after - before) < LEAST && !about(step.what, signal)) return [];
    return [{ nth: index + 1, at: step.at, what: step.what, item: step.item, before, after }];
  });
  return { signal, values, causes, held: held(history, signal) };
}

function held(history: readonly WeightStep[], signal: Signal): Stretch[] {
  const found: Stretch[] = [];
  let from: number | null = null;
  history.forEach(({ what }, index) => {
    if (what.did === 'pin' && what.signal === signal) from ??= index + 1;
    const free = what.did === 'reset' || (what.did === 'unpin' && what.signal === signal);
    if (!free || from === null) return;
    found.push({ from, to: index + 1 });
    from = null;
  });
  return from === null ? found : [...found, { from, to: history.length + 1 }];
}

/** A pull that moved less shows the same in two decimals. */
const SEEN = 0.005;

/** From where to where a signal's pull has moved since its start, the one entry that moved it most, and by how much. */
export type Mover = { weight: WeightView; line: Line; from: number; to: number; most: Cause; by: number };

/** The signals whose pull has moved most, at most so many. */
export function movers(weights: Weights, most: number): Mover[] {
  const far = ({ weight, prior, spread }: WeightView) => Math.abs(weight - prior) * spread;
  return weights.weights
    .filter((weight) => far(weight) >= SEEN)
    .toSorted((a, b) => far(b) - far(a))
    .slice(0, most)
    .flatMap((weight): Mover[] => {
      const own = line(weights, weight);
      const strongest = own.causes.toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))[0];
      return strongest ? [{ weight, line: own, from: weight.prior * weight.spread, to: pull(weight), most: strongest, by: (strongest.after - strongest.before) * weight.spread }] : [];
    });
}

/**
 * Which of many values are drawn: the first and the last, and of every stretch the least and the
 * greatest, so that no peak is lost. At most about `most`.
 */
export function thinned(values: readonly number[], most: number): number[] {
  if (values.length <= most) return values.map((_, index) => index);
  const wide = values.length / Math.max(1, Math.floor((most - 2) / 2));
  const kept = new Set([0, values.length - 1]);
  for (let from = 0; from < values.length; from += wide) {
    let [low, high] = [Math.floor(from), Math.floor(from)];
    for (let at = low; at < Math.min(values.length, Math.floor(from + wide)); at += 1) {
      if (values[at]! < values[low]!) low = at;
      if (values[at]! > values[high]!) high = at;
    }
    kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
}

/** The stop that lies nearest to a place on the line; stops are in order. */
export function nearest(stops: readonly number[], place: number): number {
  let [low, high] = [0, stops.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stops[middle]! < place) low = middle + 1;
    else high = middle;
  }
  const before = Math.max(0, low - 1);
  return place - (stops[before] ?? 0) <= (stops[low] ?? 0) - place ? before : low;
}

/** Which stop a key leads to from one of so many; nothing for any other key. */
export function stop(key: string, at: number, count: number): number | null {
  const to: Record<string, number> = {
    ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, PageDown: at - 10, PageUp: at + 10, Home: 0, End: count - 1,
  };
  const next = to[key];
  return next === undefined ? null : Math.min(count - 1, Math.max(0, next));
}

/**
 * The ribbon's arithmetic: from the terms of a score to segments on a line, and to numbers that add up.
 *
 * A segment's length is the term's share of the sum of all magnitudes. What pulls down lies left of
 * zero, what pulls up right of it, both in the signals' order; nothing is merged or left out.
 */
import type { Signal, Term } from './types';

/** A stretch of the ribbon, in shares of its width. */
export type Segment = {
  signal: Signal;
  /** Where it begins, 0–1 from the left end. */
  from: number;
  width: number;
  /** Its share of the sum of magnitudes, with the term's sign. */
  share: number;
  down: boolean;
};

/** How far a set of ribbons reaches on either side of zero; shared so that their zeros align. */
export type Reach = { left: number; right: number };

const magnitude = (terms: readonly Term[]) =>
  terms.reduce((sum, term) => sum + Math.abs(term.value), 0);

/** The share of each term, with its sign; all zero when the whole is. */
export function shares(terms: readonly Term[]): Map<Signal, number> {
  const whole = magnitude(terms);
  return new Map(terms.map((term) => [term.signal, whole > 0 ? term.value / whole : 0]));
}

/** The reach that holds every one of these sums. */
export function reach(sums: readonly (readonly Term[])[]): Reach {
  let left = 0;
  for (const terms of sums) {
    let down = 0;
    for (const share of shares(terms).values()) if (share < 0) down -= share;
    left = Math.max(left, down);
  }
  let right = 0;
  for (const terms of sums) {
    let up = 0;
    for (const share of shares(terms).values()) if (share > 0) up += share;
    right = Math.max(right, up);
  }
  return left + right > 0 ? { left, right } : { left: 0, right: 1 };
}

/** Where zero lies, 0–1 from the left end. */
export const zero = ({ left, right }: Reach): number => left / (left + right);

/** The segments of one sum, left to right as they lie. */
export function segments(terms: readonly Term[], within: Reach = reach([terms])): Segment[] {
  const scale = 1 / (within.left + within.right);
  const origin = zero(within);
  let down = origin;
  let up = origin;
  const found: Segment[] = [];
  for (const [signal, share] of shares(terms)) {
    if (share === 0) continue;
    const width = Math.abs(share) * scale;
    if (share < 0) down -= width;
    found.push({ signal, from: share < 0 ? down : up, width, share, down: share < 0 });
    if (share > 0) up += width;
  }
  return found;
}

/** The terms that take part, largest magnitude first. */
export function strongest(terms: readonly Term[]): Term[] {
  return terms
    .filter((term) => term.value !== 0)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

/**
 * Rounds the values to `digits` decimals so that they add up to the rounded total (largest
 * remainder): what is printed can be added by hand. Off the true value by less than one last digit.
 */
export function addable(values: readonly number[], total: number, digits: number): number[] {
  const unit = 10 ** digits;
  const exact = values.map((value) => value * unit);
  const floors = exact.map(Math.floor);
  const missing = Math.round(total * unit) - floors.reduce((sum, value) => sum + value, 0);
  const order = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of order.slice(0, Math.max(0, missing))) {
    floors[index] = (floors[index] ?? 0) + 1;
  }
  return floors.map((value) => value / unit);
}

/**
 * What an evaluation of one's own log says: which ranking wins, how sure that is, and how far the
 * bars reach; and what came of a training.
 */
import { type Frame, rounded } from './mix';
import type { Evaluation, Gain, Scored, Training } from './types';

/** The ends of a 95% interval. */
export type Range = readonly [number, number];

/** The rankings that are compared, in the engine's order; each but the first gains over the one before. */
export const ROLES = ['popularity', 'start', 'own'] as const;
export type Role = (typeof ROLES)[number];

/** The rankings by what they are. */
export const ranked = ({ rankers }: Evaluation): [Role, Scored][] =>
  ROLES.flatMap((role, at): [Role, Scored][] => (rankers[at] ? [[role, rankers[at]]] : []));

/** The gains, of the common start over popularity and of one's own weights over the common start. */
export const gains = (evaluation: Evaluation): ['start' | 'own', Gain][] =>
  ranked(evaluation).flatMap(([role, { gain }]): ['start' | 'own', Gain][] => (role !== 'popularity' && gain ? [[role, gain]] : []));

/** What a difference is, seen through its interval; too few choices have none. */
export type Sure = 'wins' | 'loses' | 'chance' | 'few';

export function sure(range: Range | null): Sure {
  if (range === null) return 'few';
  if (range[0] > 0) return 'wins';
  return range[1] < 0 ? 'loses' : 'chance';
}

/** Whether the ranking is winning: by both steps, by one of them, or by neither and why. */
export type Verdict = 'both' | 'start' | 'own' | 'few' | 'behind' | 'even';

export function verdict(evaluation: Evaluation): Verdict {
  const [start = 'few', own = 'few'] = gains(evaluation).map(([, gain]) => sure(gain['ndcg@10 95%']));
  if (start === 'wins') return own === 'wins' ? 'both' : 'start';
  if (own === 'wins') return 'own';
  if (start === 'few') return 'few';
  return start === 'loses' ? 'behind' : 'even';
}

/** The frame that holds every gain with its whiskers; zero is never at an edge. */
export function reach(of: readonly Gain[]): Frame {
  const ends = of.flatMap((gain) => [gain['ndcg@10'], ...(gain['ndcg@10 95%'] ?? [])]);
  const [left, right] = [-1, 1].map((sign) => rounded(Math.max(0, ...ends.map((end) => sign * end)))) as [number, number];
  const most = Math.max(left, right) || 1;
  return { left: Math.max(left, most * 0.25), right: Math.max(right, most * 0.25) };
}

/** What came of a training: adopted, or why not. */
export type Outcome = 'adopted' | 'few' | 'worse' | 'chance';

export function outcome({ adopted, scopes }: Training): Outcome {
  if (adopted) return 'adopted';
  const found = scopes.map(({ saved_interval }) => sure(saved_interval));
  if (found.every((one) => one === 'few')) return 'few';
  return found.includes('loses') ? 'worse' : 'chance';
}

/** How much likelier a choice is, as a share, that costs so much less; the geometric mean over choices. */
export const likelier = (saved: number): number => Math.expm1(saved);

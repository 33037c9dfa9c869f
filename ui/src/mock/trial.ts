/**
 * The toy engine's trials: rankings judged by a log, and a training that nothing is learned in.
 *
 * Places are looked up as the real engine does; intervals are the textbook's, not a bootstrap's.
 */
import type { Evaluation, Gain, Ranked, Scored, Training } from '../lib/types';

/** A choice: what was chosen, from what was open, after how much history. */
export type Step = { item: number; history: number; open: Ranked[] };
type Ranker = [name: string, score: (one: Ranked) => number];
type Outcome = { history: number; place: number; top: number[] };

const BANDS = [0, 1, 6, 21, 101];
const ndcg = ({ place }: Outcome) => (place < 10 ? 1 / Math.log2(place + 2) : 0);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The 95% interval of a mean; nothing from fewer than ten. */
function interval(values: readonly number[]): [number, number] | null {
  if (values.length < 10) return null;
  const middle = mean(values);
  const give = 1.96 * Math.sqrt(mean(values.map((value) => (value - middle) ** 2)) / values.length);
  return [middle - give, middle + give];
}

export function evaluation(steps: readonly Step[], rankers: readonly Ranker[], items: number): Evaluation {
  const all = rankers.map(([, score]) =>
    steps.map(({ item, history, open }): Outcome => {
      const list = open.toSorted((a, b) => score(b) - score(a)).map((one) => one.item.id);
      return { history, place: list.indexOf(item), top: list.slice(0, 10) };
    }),
  );
  const scored = rankers.map(([name], at): Scored => {
    const outcomes = all[at]!;
    const gain = (inside: (outcome: Outcome) => boolean): Gain | null => {
      if (at === 0) return null;
      const less = outcomes.flatMap((outcome, k) => (inside(outcome) ? [ndcg(outcome) - ndcg(all[at - 1]![k]!)] : []));
      return { over: rankers[at - 1]![0], 'ndcg@10': mean(less), 'ndcg@10 95%': interval(less), log_likelihood: null, 'log_likelihood 95%': null };
    };
    const within = (k: number) => mean(outcomes.map(({ place }) => Number(place < k)));
    return {
      name,
      'ndcg@10': mean(outcomes.map(ndcg)),
      'ndcg@10 95%': interval(outcomes.map(ndcg)),
      'hr@10': within(10),
      mrr: mean(outcomes.map(({ place }) => 1 / (place + 1))),
      'hr@50': within(50),
      'recall@50': within(50),
      coverage: new Set(outcomes.flatMap(({ top }) => top)).size / Math.max(1, items),
      gain: gain(() => true),
      by_history: BANDS.map((from, band) => {
        const inside = ({ history }: Outcome) => history >= from && history < (BANDS[band + 1] ?? Infinity);
        const some = outcomes.filter(inside);
        return { from, choices: some.length, 'ndcg@10': mean(some.map(ndcg)), gain: gain(inside) };
      }),
    };
  });
  return { choices: steps.length, users: 1, items, skipped: 0, unencoded: 0, rankers: scored };
}

/** What a training over so many choices finds: too few tell nothing, many are worth adopting. */
export function training(choices: number): Training {
  const aside = Math.round(choices * 0.1);
  const saved = Math.min(0.12, choices / 100);
  const ends = (by: number): [number, number] | null => (choices < 10 ? null : [by - 0.07, by + 0.07]);
  return {
    train: choices - 2 * aside,
    validation: aside,
    test: aside,
    scopes: (['alone', 'company', 'in_order'] as const).map((scope, n) => ({
      scope, ridge: 0.01, validation_loss: 5.1, saved: saved - 0.05 * n, saved_interval: ends(saved - 0.05 * n), test_loss: 5.2, test_saved: saved / 2 - 0.04 * n,
    })),
    scales: [{ scale: 'open', before: 0.2, after: 0.26 }, { scale: 'view', before: 0.1, after: 0.1 }],
    better: saved > 0.07,
    adopted: saved > 0.07,
    path: null,
  };
}

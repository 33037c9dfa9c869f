/** What would change a place in the list, and what an act would do before it is done. */
import { f, nth } from './forms';

export const effect = {
  title: 'What would change this',
  loading: 'Ranking everything again without each of them',
  stands: (place: number, of: number) => `By score alone it stands ${nth(place)} of ${f.number(of)}.`,
  done: 'You are done with it, so it stands in no list and nothing would change that.',
  same: 'It would stand in the same place without any one signal, and without any one of the choices that were tried.',
  signal: (name: string) => `If “${name}” counted nothing`,
  entry: (said: string) => `Without “${said}”`,
  step: (from: number, to: number) => `${nth(from)} → ${nth(to)}`,
  way: (from: number, to: number) => (to > from ? `it would fall from ${nth(from)} to ${nth(to)}` : `it would rise from ${nth(from)} to ${nth(to)}`),
  ask: 'What would a like change?',
  asking: 'Trying it out',
  pin: (signal: string, weight: string) => `With the weight of “${signal}” at ${weight}`,
  like: 'With a like',
  still: (n: number) => `The first ${f.number(n)} would stay as they are.`,
  enters: 'Would come in',
  leaves: 'Would drop out',
  moves: 'Would move',
  at: (to: number) => `at ${nth(to)}`,
  top: (n: number) => `Of the first ${f.number(n)} places. Nothing is kept yet.`,
  keep: 'Keep it',
  cancel: 'Leave it as it was',
};

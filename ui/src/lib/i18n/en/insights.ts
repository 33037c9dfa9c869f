/** Whether it works: what one's own log says of the ranking, and learning from everyone here. */
import type { Range, Sure, Verdict } from '../../insights';
import type { Scope } from '../../types';
import { f, items, things } from './forms';

const choices = (n: number) => things(n, 'choice', 'choices');
const between = ([low, high]: Range, said: (value: number) => string) => `95% sure: ${said(low)} to ${said(high)}`;
const likelier = (by: number) => `${f.percent(Math.abs(by))} ${by < 0 ? 'less' : 'more'} likely`;

export const insights = {
  title: 'Insights',
  lead: 'Is it working? Before each thing you chose, Curio ranks everything you had not chosen yet, knowing only what you had done until then, and looks where that thing stood.',
  counted: (n: number, of: number) => `${choices(n)} of yours, each looked for among ${items(of)}.`,
  unread: (n: number) =>
    `${items(n)} could not be compared by meaning, as the language model has not read ${n === 1 ? 'it' : 'them'} yet.`,
  seen: 'The starting weights were learned from logs here, perhaps this one among them: they and your own weights may look better than they would on a new log.',
  loading: 'Going through your log from the beginning; a long one takes a while',
  again: 'Going through your log again',
  empty: 'Nothing to judge by yet',
  empty_about: 'Like, rate or buy something. From ten choices on, this page can say whether Curio ranks better for you than popularity does.',

  verdict: {
    both: 'Personal ranking is winning: Curio ranks better for you than popularity, and better still since it learns your own weights.',
    start: 'Curio ranks better for you than popularity. Learning your own weights is not winning yet.',
    own: 'Learning your own weights helps, but Curio is not winning over popularity yet.',
    few: 'Too early to tell whether personal ranking is winning. Ten choices are the minimum; a few dozen tell more.',
    behind: 'Personal ranking is not winning yet: so far popularity ranks better for you.',
    even: 'Personal ranking is not winning over popularity yet: any difference so far may be chance.',
  } satisfies Record<Verdict, string>,

  ranker: {
    popularity: { name: 'Popularity', about: 'What most people chose first, the same for everybody' },
    start: { name: 'Starting weights', about: 'Your taste, with the weights that every profile starts with' },
    own: { name: 'Your own weights', about: 'Your taste, with weights that each of your choices moved' },
  },
  scores: 'How each ranking did',
  ranking: 'Ranking',
  height: 'Ranking score',
  height_about: 'The ranking score says how high what you chose stood in the list, on average: 1 is always first, 0 is never among the first ten.',
  ten: 'In the first ten',
  times: (n: number, of: number) => `${f.number(n)} of ${things(of, 'time', 'times')}`,
  breadth: 'Different items',
  breadth_about: 'Different items are those that stood among the first ten at some time.',
  shown: (n: number, of: number) => `${f.number(n)} of ${items(of)}`,

  gains: 'Gains in ranking score',
  gain: { start: 'Starting weights, over popularity', own: 'Your own weights, over the starting ones' },
  gained: (gain: number, range: Range | null) =>
    `${f.signed(gain, 3)}${range === null ? '' : `, ${between(range, (value) => f.signed(value, 3))}`}`,
  sure: {
    wins: 'Ranks higher',
    loses: 'Ranks lower',
    chance: 'May be chance',
    few: 'Too few choices to tell',
  } satisfies Record<Sure, string>,
  lower: 'ranks lower',
  higher: 'ranks higher',

  history: 'Ranking score by what you had done before',
  before: 'Done before',
  band: (from: number, to: number | null) => {
    if (to === null) return `${f.number(from)} or more`;
    return from === to ? f.number(from) : `${f.number(from)}–${f.number(to)}`;
  },
  choices: 'Choices',
  no_choice: 'no choice',

  learn: {
    title: 'Learn from everyone here',
    about:
      'Fits the weights that every profile starts with to what all profiles on this machine chose. Some choices are kept aside: only what predicts those better, by more than chance, is adopted. Every mix is then learned anew from there; logs, and what was set by hand, stay as they are.',
    shipped: 'Every profile starts with the weights that come with Curio.',
    learned: 'Every profile starts with weights that were learned here.',
    go: 'Learn from everyone',
    again: 'Learn again',
    forget: 'Forget what was learned',
    working: 'Learning from everyone here',
    stopped: 'Stopped. Nothing has changed.',
    forgotten: 'Forgotten. Every profile starts with the weights that come with Curio again.',
    outcome: {
      adopted: 'Adopted: it predicts choices better than the start there was, by more than chance.',
      few: 'Not adopted: too few choices were kept aside to tell whether it is better. It is worth another try after more choices.',
      worse: 'Not adopted: in some lists it predicts choices worse than the start there is.',
      chance: 'Not adopted: it does not predict choices better than the start there is, by more than chance.',
    },
    counts: (train: number, aside: number, test: number) =>
      `Learned from ${choices(train)}, judged by ${f.number(aside)} kept aside, and checked with ${f.number(test)} more.`,
    scope: {
      alone: 'Lists from a profile’s own choices',
      company: 'Lists that also know what others like',
      in_order: 'Lists that also know what others went on to',
    } satisfies Record<Scope, string>,
    /** How much likelier what was chosen became: among what was kept aside, how sure that is, and in the check. */
    foreseen: (by: number, range: Range | null, check: number) => {
      const sure = range === null ? 'too few choices to be sure' : between(range, (value) => `${f.signed(100 * value, 0)}%`);
      return `What was chosen became ${likelier(by)} (${sure}); in the check, ${likelier(check)}.`;
    },
    scales: (n: number) => `${things(n, 'setting', 'settings')} of how fast the past fades, and of what each act says, moved too.`,
  },
};

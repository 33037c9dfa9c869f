/** The log: looked through, taken back, forgotten. */
import { f, logged, things } from './forms';

const dids = {
  view: 'Looked at',
  open: 'Opened',
  want: 'Wanted',
  like: 'Liked',
  dislike: 'Disliked',
  rate: 'Rated',
  finish: 'Finished',
  abandon: 'Given up',
  buy: 'Bought',
  hide: 'Not interested',
  comment: 'Commented on',
  less: 'Less of something',
  pin: 'Weights set by hand',
  unpin: 'Weights left to learning',
  reset: 'Mix reset',
  undo: 'Taken back',
};

/** What can be looked for in a log, by the engine's names. */
export type Did = keyof typeof dids;

export const activity = {
  title: 'Activity',
  lead: 'Everything you did, newest first. Taking something back leaves your list and mix as if it had never been.',
  empty: 'Nothing here yet',
  empty_about: 'What you like, dislike, rate or set by hand appears here.',
  none: 'Nothing in the log is like that',
  none_about: 'Try another word of the title, or look at everything that was done.',
  all: 'Show everything',
  undone: 'Taken back',
  undo: (what: string) => `Undo: ${what}`,
  loading: 'Opening the log',
  find: 'Find by title',
  did: 'What was done',
  did_all: 'Everything',
  dids,
  count: (n: number) => things(n, 'entry', 'entries'),
  list: 'Log',
  keys: 'Arrows move, Space chooses, Shift chooses a range, Ctrl+A everything, Esc nothing.',
  choose: (what: string) => `Choose: ${what}`,
  choose_all: 'Choose all that are shown',
  chosen: (n: number) => `${things(n, 'entry', 'entries')} chosen`,
  none_chosen: 'Nothing chosen',
  let_go: 'Choose none',
  take_back: (n: number) => (n === 0 ? 'Take back' : `Take back ${f.number(n)}`),
  taken_back: 'All that is chosen is taken back already',
  forget: 'Forget for good',
  forget_sure: (n: number) => `Forget ${things(n, 'entry', 'entries')} for good?`,
  forget_about: 'They are erased from the log on this disk, with what took any of them back. Your list and mix will be those of a log without them. Backups and exports made earlier still have them. This cannot be undone.',
  forget_yes: 'Forget for good',
  forgotten: (n: number) => `Forgotten for good: ${logged(n)}.`,
  working: 'Writing the log anew',
};

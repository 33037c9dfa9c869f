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
  abandon: 'Did not finish',
  buy: 'Bought',
  hide: 'Not interested',
  comment: 'Commented on',
  less: 'Less of something',
  pin: 'Weights set by hand',
  unpin: 'Weights left to learning',
  reset: 'Mix reset',
  undo: 'Undid',
};

/** What can be looked for in a log, by the engine's names. */
export type Did = keyof typeof dids;

export const activity = {
  title: 'Activity',
  lead: 'Everything you did, newest first. Undo anything, and your list and mix are as if it had never happened.',
  empty: 'Nothing here yet',
  empty_about: 'What you like, dislike, rate or set by hand appears here.',
  none: 'No matching entries',
  none_about: 'Try another word of the title, or look at every action.',
  all: 'Show everything',
  undone: 'Undone',
  undid: (what: string) => `Undid: ${what}`,
  undo: (what: string) => `Undo: ${what}`,
  loading: 'Opening the log',
  find: 'Find by title',
  did: 'Action',
  did_all: 'All actions',
  dids,
  count: (n: number) => things(n, 'entry', 'entries'),
  list: 'Log',
  keys: 'Arrows move, Space selects, Shift selects a range, Ctrl+A everything, Esc nothing.',
  choose: (what: string) => `Select: ${what}`,
  choose_all: 'Select all that are shown',
  chosen: (n: number) => `${things(n, 'entry', 'entries')} selected`,
  none_chosen: 'None selected',
  let_go: 'Clear selection',
  take_back: (n: number) => (n === 0 ? 'Undo' : `Undo ${f.number(n)}`),
  taken_back: 'Everything selected is already undone',
  forget: 'Forget for good',
  forget_sure: (n: number) => `Forget ${things(n, 'entry', 'entries')} for good?`,
  forget_about: 'They are erased from the log on this disk, with whatever undid any of them. Your list and mix will be those of a log without them. Backups and exports made earlier still have them. This cannot be undone.',
  forget_yes: 'Forget for good',
  /** How many entries were chosen, and how many are gone with what took them back. */
  forgotten: (n: number, gone: number) => `Forgotten for good: ${logged(n)}${gone > n ? `, and ${f.number(gone - n)} that took some back` : ''}.`,
  working: 'Writing the log anew',
};

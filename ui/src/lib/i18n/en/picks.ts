/** The first picks: a few things that one likes, to begin a list with. */
import { f, items } from './forms';

export const picks = {
  title: 'Pick a few that you like',
  lead: 'Three or four are enough to begin with. Each one counts as a like, and pressing it again takes it back.',
  wish: 'Or say what you feel like',
  wish_hint: 'A slow film about memory; 有雨的夜晚; anything, in any language',
  grid: 'Things to pick from',
  loading: 'Laying out a choice',
  none: (wish: string) => `Nothing here comes near “${f.apart(wish)}”`,
  none_about: 'Say it another way, or leave the field empty for a spread of what is best known.',
  empty: 'Nothing to pick from yet',
  empty_about: 'Import a catalogue, or look around in the sample library.',
  clear: 'Back to the spread',
  count: (n: number) => (n === 0 ? 'Nothing picked yet' : `${items(n)} picked`),
  list: 'Your list so far',
  list_about: 'It follows what you pick. Where it does not know you yet, it begins with what many choose.',
  done: 'Done',
  skip: 'Skip for now',
  again: 'Pick a few that you like',
};

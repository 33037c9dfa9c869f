/** One list for several profiles. */
import { f, items, nth } from './forms';

export const together = {
  title: 'Together',
  lead: (names: readonly string[], n: number) =>
    `For ${f.list(names.map((name) => f.apart(name)))}, from ${items(n)} that ${names.length === 2 ? 'neither' : 'none'} of them has chosen yet.`,
  about: 'One list for two or more. Each thing pleases everyone on average, and nobody much less than the rest.',
  who: 'Whose list',
  more: (n: number) => `and ${f.number(n)} more; type a name to find them`,
  few: 'Choose who else is there',
  few_about: 'A list together needs at least two profiles. Tick another above.',
  alone: 'There is only one profile so far',
  alone_about: 'Add one for everybody who watches, reads or listens with you; each has likes of their own.',
  none: 'Nothing is left: everything here was chosen by one of them',
  none_about: 'Choose another kind, or fewer people.',
  acts: 'Likes count for',
  loading: 'Bringing your lists together',
  list: 'Joint list',
  /** A place in one profile's own ranking of the same items. */
  place: (name: string, place: number, of: number) => `${f.apart(name)}: ${nth(place)} of ${f.number(of)}`,
};

/** Friends: a taste shared as a file, and the tastes of others. */
import { f, items } from './forms';

export const friends = {
  title: 'Friends',
  loading: 'Loading friends',
  lead: 'A friend’s likes count like those of a profile here: the closer your tastes, the more. You hand each other the files yourselves; Curio sends nothing.',
  share: 'Share a taste',
  share_about: 'Writes a file to give to a friend. It holds the name below and, for every item that is loved, liked or disliked, which of the three it is, with the item’s identifier, title, year, kind and makers. It does not hold dates, order, stars or notes, nor anything that was only looked at, wanted, hidden or undone.',
  whose: 'Profile',
  name: 'Name in the file',
  go: 'Share',
  shared: (path: string, loved: number, liked: number, disliked: number) =>
    `Written to ${f.apart(path)}: ${f.number(loved)} loved, ${f.number(liked)} liked, ${f.number(disliked)} disliked.`,
  add: 'Add a friend',
  add_about: 'Reads a taste file that a friend gave you. A friend of the same name is replaced.',
  added: (name: string, replaced: boolean, by_key: number, by_title: number, missing: number) =>
    `${f.apart(name)} was ${replaced ? 'here and has been replaced' : 'added'}. Found here: ${f.number(by_key)} by identifier, ${f.number(by_title)} by title, year and maker. ${f.number(missing)} not here; kept until your catalogue has them.`,
  none: 'No friends yet.',
  items: (n: number, known: number) => `${items(n)}, ${f.number(known)} of them in your catalogue`,
  tie: (name: string, agreement: number, common: number) =>
    `${f.apart(name)}: agreement ${f.signed(agreement, 2)} over ${items(common)} that both have judged`,
  more: (n: number) => `and ${f.number(n)} more ${n === 1 ? 'profile' : 'profiles'} with no more in common`,
  scale: 'Agreement goes from −1, the opposite on everything, to 1, the same on everything.',
  remove: (name: string) => `Remove ${f.apart(name)}`,
  removed: (name: string) => `${f.apart(name)} was removed.`,
  sure: (name: string) => `Remove ${f.apart(name)} and what they like?`,
  sure_about: 'Every list will be as if they had never been added. Backups and exports made earlier still hold their taste. Their file can be added again.',
  yes: 'Remove',
};

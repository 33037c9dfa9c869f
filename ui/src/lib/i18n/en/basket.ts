/** A basket in a shop, and what goes with it. */
import { f, items } from './forms';

export const basket = {
  title: 'Basket',
  lead: 'Put things in, and see what goes with them: by what they are and by what customers bought together.',
  find: 'Add by name',
  find_hint: 'Titles, makers, or what it is for',
  found: 'Found',
  searching: 'Searching',
  none: (query: string) => `Nothing matches “${f.apart(query)}”`,
  put: 'Add',
  within: 'In the basket',
  inside: 'Inside',
  remove: (title: string) => `Take ${f.apart(title)} out`,
  clear: 'Empty the basket',
  empty: 'The basket is empty',
  empty_about: 'Find something by its name and put it in; what goes with it appears here.',
  count: (n: number) => items(n),
  total: (price: string) => `Total ${price}`,
  goes: 'Goes with this',
  goes_about: (n: number) => `Best of ${items(n)}`,
  loading: 'Looking for what goes with it',
  nothing: 'Nothing goes with it here',
  nothing_about: (inStock: boolean): string => (inStock ? 'Choose another kind, or look at what is out of stock too.' : 'Choose another kind.'),
  customer: 'Bought by',
  buy: 'Record as bought',
};

/** The catalogue as a whole. */
import { BOUNDS, type List, type Part } from '../../filters';
import type { Kind, Sort, Standing } from '../../types';
import { f, items, year } from './forms';

const standings: Record<Standing, string> = {
  open: 'Not rated yet',
  wanted: 'Wanted',
  liked: 'Liked',
  disliked: 'Disliked',
  hidden: 'Not interested',
};

const sorts: Record<Sort, string> = {
  added: 'Date added',
  title: 'Title',
  year: 'Year',
  rating: 'Rating',
  popularity: 'Popularity',
  price: 'Price',
  score: 'Fit with you',
  match: 'Match',
};

const within: Record<List, string> = {
  genres: 'Find a genre',
  people: 'Find a name',
  tags: 'Find a tag',
  languages: 'Find a language',
};

const span = ([from, to]: [number, number], told: (end: number) => string): string => {
  if (from <= BOUNDS[0]) return `up to ${told(to)}`;
  if (to >= BOUNDS[1]) return `from ${told(from)}`;
  return from === to ? told(from) : `${told(from)} – ${told(to)}`;
};

/** What is set, in few words. */
const part = (kinds: Record<Kind, { many: string }>) => (one: Part): string => {
  switch (one.part) {
    case 'query':
      return `“${f.apart(one.text)}”`;
    case 'kind':
      return kinds[one.kind].many;
    case 'standing':
      return standings[one.standing];
    case 'languages':
      return f.language(one.name);
    case 'years':
      return span(one.range, year);
    case 'prices':
      return `Price ${span(one.range, (end) => f.number(end, 2))}`;
    case 'in_stock':
      return 'In stock';
    default:
      return one.name;
  }
};

export const browse = (kinds: Record<Kind, { many: string }>) => ({
  title: 'Browse',
  found: (n: number) => items(n),
  loading: 'Looking along the shelves',
  waiting: 'On its way',
  view: 'View',
  grid: 'Covers',
  table: 'Table',
  sort: 'Sort by',
  sorts,
  turn: (descending: boolean): string => (descending ? 'Descending; switch to ascending' : 'Ascending; switch to descending'),
  filters: 'Filters',
  filters_set: (n: number) => (n === 0 ? 'Filters' : `Filters (${f.number(n)})`),
  set: 'What is set',
  part: part(kinds),
  drop: (what: string) => `Remove ${what}`,
  clear: 'Clear all',
  kind: 'Kind',
  standing: 'Your opinion',
  standings,
  genres: 'Genre',
  people: 'People',
  tags: 'Tags',
  languages: 'Language',
  years: 'Year',
  prices: 'Price',
  stock: 'Stock',
  in_stock: 'In stock',
  from: 'from',
  to: 'to',
  within,
  not_among: 'Not among the most frequent here.',
  more: (n: number): string => `Show ${f.number(n)} more`,
  fewer: 'Show fewer',
  counted: (name: string, n: number) => `${f.apart(name)}, ${items(n)}`,
  saved: 'Your filters',
  save: 'Save this filter',
  save_name: 'A name for it',
  save_do: 'Save',
  rename: (name: string) => `Rename the filter ${f.apart(name)}`,
  saved_removed: (name: string) => `The filter ${f.apart(name)} is removed.`,
  saved_remove: (name: string) => `Remove the filter ${f.apart(name)}`,
  none: 'Nothing matches all of these',
  none_about: 'Remove one of them to see more:',
  loosen: (what: string, n: number | null): string => (n === null ? `Without ${f.apart(what)}` : `Without ${f.apart(what)}: ${items(n)}`),
  empty: 'Nothing on the shelves yet',
  empty_about: 'Import a catalogue, or look around in the sample library.',
  columns: { title: 'Title', by: 'By', kind: 'Kind', year: 'Year', rating: 'Rating', popularity: 'Chosen by', price: 'Price', standing: 'Your opinion' },
});

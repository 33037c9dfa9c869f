/** Everything that is known of an item, fact by fact, and in which of them two items differ. */
import type { Messages } from './i18n';
import { type Identifier, identifiers } from './identity';
import type { Figure, ItemView } from './types';

/** `field` is empty where it cannot be changed by hand; `filled` is true where the catalogue did not say. */
export type Fact = { field: string; name: string; text: string; filled: boolean };

/** Who gives identifiers out, as they write themselves; any other is a short form, in capitals. */
const GIVERS = new Map(Object.entries({
  calibre: 'calibre', goodreads: 'Goodreads', imdb: 'IMDb', librarything: 'LibraryThing', mbid: 'MusicBrainz', movielens: 'MovieLens', trakt: 'Trakt',
}));

/** What an identifier is called. */
export const called = ({ namespace }: Identifier, words: Messages): string =>
  namespace === 'id' ? words.item.key : (GIVERS.get(namespace) ?? namespace.toUpperCase());

export function facts(item: ItemView, words: Messages): Fact[] {
  const { format, item: names } = words;
  const fact = (field: string, name: string, text: string, filled = false): Fact => ({ field, name, text, filled });
  const list = (field: string, name: string, all: string[]): Fact[] => (all.length > 0 ? [fact(field, name, format.row(all))] : []);
  const series = (name: string, number: number | null) => (number === null ? name : names.in_series(name, format.number(number)));
  const figure = (field: string, name: string, value: Figure | null, text: (value: number) => string): Fact[] =>
    value ? [fact(field, name, text(value.value), value.filled)] : [];
  return [
    ...figure('year', names.year, item.year, words.card.year),
    ...list('creators', names.by, item.creators),
    ...list('people', names.with, item.people),
    ...list('genres', names.genres, item.genres.map(words.term)),
    ...list('tags', names.tags, item.tags.map(words.term)),
    ...list('languages', names.languages, item.languages.map(format.language)),
    ...list('countries', names.countries, item.countries.map(format.country)),
    ...figure('rating', names.rating, item.rating, (rating) => names.of_five(format.number(rating, 1))),
    ...figure('popularity', names.popularity, item.popularity, (count) => format.number(count)),
    ...figure('price', names.price, item.price, (price) => format.number(price, 2)),
    ...(item.stock === null ? [] : [fact('stock', names.stock, format.number(item.stock))]),
    ...(item.series === null ? [] : [fact('', names.series, series(item.series, item.number))]),
    ...Object.entries(item.extra).map(([name, text]) => fact('', name, text ?? '')),
    ...identifiers(item).map((one) => fact('', called(one, words), one.text)),
  ];
}

/** What tells one item from another, in the order in which it is looked at; opinions of it do not. */
const TELLING = ['year', 'creators', 'people', 'languages', 'countries', 'price', ''];

/** What two items say of the same; null where one of them says nothing. */
export type Difference = { name: string; one: string | null; other: string | null };

export function differences(one: ItemView, other: ItemView, words: Messages): Difference[] {
  const said = (item: ItemView) => facts(item, words).filter(({ field, filled }) => !filled && TELLING.includes(field));
  const [ones, others] = [said(one), said(other)];
  const order = [...ones, ...others].sort((a, b) => TELLING.indexOf(a.field) - TELLING.indexOf(b.field));
  const text = (all: readonly Fact[], name: string) => all.find((fact) => fact.name === name)?.text ?? null;
  return [...new Set(order.map(({ name }) => name))]
    .map((name) => ({ name, one: text(ones, name), other: text(others, name) }))
    .filter((fact) => fact.one !== fact.other);
}

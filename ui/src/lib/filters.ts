/** What narrows a question down, one part at a time: what is set, how it is dropped, and what is worth keeping. */
import type { Browse } from './types';

/** What is asked, without which page of it. */
export type Question = Omit<Browse, 'from' | 'n'>;

/** Everything, in the order in which it came. */
export const everything = (): Question => ({
  query: '', kind: null, genres: [], people: [], tags: [], languages: [], years: null, prices: null,
  in_stock: false, standing: null, sort: 'added', descending: true,
});

type Lists = 'genres' | 'people' | 'tags' | 'languages';
export const LISTS: readonly Lists[] = ['genres', 'people', 'tags', 'languages'];

/** One thing that is set. */
export type Part =
  | { part: 'query'; text: string }
  | { part: 'kind'; kind: NonNullable<Question['kind']> }
  | { part: 'standing'; standing: NonNullable<Question['standing']> }
  | { part: Lists; name: string }
  | { part: 'years' | 'prices'; range: [number, number] }
  | { part: 'in_stock' };

/** Everything that is set, in the order of the panel. */
export function parts(asked: Question): Part[] {
  return [
    ...(asked.query.trim() ? [{ part: 'query' as const, text: asked.query.trim() }] : []),
    ...(asked.kind ? [{ part: 'kind' as const, kind: asked.kind }] : []),
    ...(asked.standing ? [{ part: 'standing' as const, standing: asked.standing }] : []),
    ...LISTS.flatMap((part) => asked[part].map((name) => ({ part, name }))),
    ...(asked.years ? [{ part: 'years' as const, range: asked.years }] : []),
    ...(asked.prices ? [{ part: 'prices' as const, range: asked.prices }] : []),
    ...(asked.in_stock ? [{ part: 'in_stock' as const }] : []),
  ];
}

/** The change that drops a part. */
export function without(asked: Question, part: Part): Partial<Question> {
  const bare = everything();
  if (part.part === 'query') return { query: '', ...(asked.sort === 'match' ? { sort: bare.sort, descending: bare.descending } : {}) };
  if ('name' in part) return { [part.part]: asked[part.part].filter((name) => name !== part.name) };
  return { [part.part]: bare[part.part] };
}

/** The change that sets a name where it was not set, and drops it where it was. */
export const toggled = (asked: Question, list: Lists, name: string): Partial<Question> => ({
  [list]: asked[list].includes(name) ? asked[list].filter((one) => one !== name) : [...asked[list], name],
});

/** A filter that was given a name. */
export type Saved = { name: string; asked: Question };

/** Saved filters with one more, in the place of one with that name. */
export const saved = (all: readonly Saved[], name: string, asked: Question): Saved[] =>
  [...all.filter((one) => one.name !== name), { name, asked }].sort((a, b) => a.name.localeCompare(b.name));

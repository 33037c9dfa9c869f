/** What narrows a question down, one part at a time: what is set, how it is dropped, and what is worth keeping. */
import type { Browse } from './types';

/** What is asked, without which page of it and in which language it is read. */
export type Question = Omit<Browse, 'from' | 'n' | 'reader'>;

/** Everything, the latest first. */
export const everything = (): Question => ({
  query: '', kind: null, genres: [], people: [], tags: [], languages: [], years: null, prices: null,
  in_stock: false, standing: null, sort: 'added', descending: true,
});

export type List = 'genres' | 'people' | 'tags' | 'languages';
export const LISTS: readonly List[] = ['genres', 'people', 'tags', 'languages'];

/** One thing that is set. */
export type Part =
  | { part: 'query'; text: string }
  | { part: 'kind'; kind: NonNullable<Question['kind']> }
  | { part: 'standing'; standing: NonNullable<Question['standing']> }
  | { part: List; name: string }
  | { part: 'years' | 'prices'; range: [number, number] }
  | { part: 'in_stock' };

/** Everything that is set, in the order of the panel. */
export function parts(asked: Question): Part[] {
  return [
    ...(asked.query.trim() ? [{ part: 'query' as const, text: asked.query.trim() }] : []),
    ...(asked.kind ? [{ part: 'kind' as const, kind: asked.kind }] : []),
    ...(asked.standing ? [{ part: 'standing' as const, standing: asked.standing }] : []),
    ...(asked.in_stock ? [{ part: 'in_stock' as const }] : []),
    ...(asked.prices ? [{ part: 'prices' as const, range: asked.prices }] : []),
    ...(asked.years ? [{ part: 'years' as const, range: asked.years }] : []),
    ...LISTS.flatMap((part) => asked[part].map((name) => ({ part, name }))),
  ];
}

/** The change that drops a part. */
export function without(asked: Question, part: Part): Partial<Question> {
  if ('name' in part) return { [part.part]: asked[part.part].filter((name) => name !== part.name) };
  return { [part.part]: everything()[part.part] };
}

/** The change that sets a name where it was not set, and drops it where it was. */
export const toggled = (asked: Question, list: List, name: string): Partial<Question> => ({
  [list]: asked[list].includes(name) ? asked[list].filter((one) => one !== name) : [...asked[list], name],
});

/** Whether two ask for the same, whatever the order in which it was set. */
export function same(one: Question, other: Question): boolean {
  const told = (asked: Question) =>
    JSON.stringify(Object.entries({ ...everything(), ...asked }).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, LISTS.some((list) => list === name) ? [...(value as string[])].sort() : value]));
  return told(one) === told(other);
}

/** The ends of a range without bounds, as far as numbers are told to the engine. */
export const BOUNDS: readonly [number, number] = [-9_999, 999_999_999];

/** A filter that was given a name. */
export type Saved = { name: string; asked: Question };

/** Saved filters with one more, in the place of one with that name. */
export const saved = (all: readonly Saved[], name: string, asked: Question): Saved[] =>
  [...all.filter((one) => one.name !== name), { name, asked }].sort((a, b) => a.name.localeCompare(b.name));

/** A filter as it was found in storage, with whatever it lacks or has of another sort asked for as for everything. */
export function whole({ name, asked }: Saved): Saved {
  const bare = everything();
  const sound = (Object.keys(bare) as (keyof Question)[]).filter((key) => {
    const [value, fallback] = [asked[key], bare[key]];
    return fallback === null ? value !== undefined : Array.isArray(fallback) ? Array.isArray(value) : typeof value === typeof fallback;
  });
  return { name, asked: { ...bare, ...Object.fromEntries(sound.map((key) => [key, asked[key]])) } };
}

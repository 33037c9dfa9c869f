/** The names by which the files of an item know it. */
import { KINDS } from './kinds';
import type { ItemView } from './types';

/** A key that the engine made of kind, title, year and maker, where no file had one: `film:solaris|1972|tarkovsky`. */
const MADE = new RegExp(`^(?:${KINDS.join('|')}):[^|]*\\|-?\\d*\\|[^|]*$`);

/** An identifier, and who gives such ones out: `imdb`; nobody beyond its own file where that is `id`. */
export type Identifier = { namespace: string; text: string };

/** The identifiers that an item's files gave it, each once; a key that was made of what is shown anyway is none. */
export function identifiers({ key, ids }: Pick<ItemView, 'key' | 'ids'>): Identifier[] {
  const elsewhere = Object.entries(ids).map(([namespace, text]) => ({ namespace, text: text ?? '' }));
  const [namespace = '', ...rest] = key.split(':');
  const text = rest.join(':');
  return MADE.test(key) || ids[namespace] === text ? elsewhere : [...elsewhere, { namespace, text }];
}

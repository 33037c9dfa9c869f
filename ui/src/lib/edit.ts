/**
 * An item's fields as they are written into a form: texts, and what is wrong with them.
 *
 * Numbers are read as people write them: full width, with a decimal comma. What was estimated is not
 * the owner's word, so its field is empty. Whether an edit can be is decided by the engine.
 */
import type { Edit, ItemView, Kind } from './types';

/** The years that an item may be of. */
export const YEARS = [-5000, 3000] as const;

export const TEXTS = ['title', 'year', 'price', 'stock', 'description'] as const;
export const LISTS = ['creators', 'people', 'genres', 'tags', 'languages', 'countries'] as const;
export type List = (typeof LISTS)[number];

/** A form as it is filled in. */
export type Draft = { kind: Kind } & Record<(typeof TEXTS)[number], string> & Record<List, string[]>;

/** What is wrong with a field. */
export type Wrong = 'empty' | 'year' | 'price' | 'stock';

/** The fields of an item as they are; what was estimated is none of them. */
export const fieldsOf = (item: ItemView): Edit => ({
  kind: item.kind,
  title: item.title,
  year: item.year && !item.year.filled ? item.year.value : null,
  creators: [...item.creators],
  people: [...item.people],
  genres: [...item.genres],
  tags: [...item.tags],
  languages: [...item.languages],
  countries: [...item.countries],
  description: item.description,
  price: item.price && !item.price.filled ? item.price.value : null,
  stock: item.stock,
});

const told = (value: number | null) => (value === null ? '' : String(value));

/** A form filled in with an item's fields. */
export function drafted(item: ItemView): Draft {
  const edit = fieldsOf(item);
  return { ...edit, year: told(edit.year), price: told(edit.price), stock: told(edit.stock) };
}

/** A number as people write it, or null where it is none. */
function number(text: string): number | null {
  const plain = text.normalize('NFKC').trim().replace('−', '-').replace(/^([^.,]*),([^.,]*)$/, '$1.$2');
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** What the form says, or what is wrong with it. */
export function read(draft: Draft): { edit: Edit } | { wrong: Partial<Record<keyof Draft, Wrong>> } {
  const wrong: Partial<Record<keyof Draft, Wrong>> = {};
  const figure = (name: 'year' | 'price' | 'stock', fits: (value: number) => boolean): number | null => {
    if (draft[name].trim() === '') return null;
    const value = number(draft[name]);
    if (value === null || !fits(value)) wrong[name] = name;
    return value;
  };
  const edit: Edit = {
    ...draft,
    title: draft.title.trim(),
    year: figure('year', (year) => Number.isInteger(year) && year >= YEARS[0] && year <= YEARS[1]),
    price: figure('price', (price) => price >= 0),
    stock: figure('stock', (stock) => Number.isInteger(stock) && stock >= 0),
  };
  if (edit.title === '') wrong.title = 'empty';
  return Object.keys(wrong).length > 0 ? { wrong } : { edit };
}

/** Whether the form says anything else than the item does. */
export const differs = (item: ItemView, draft: Draft): boolean => JSON.stringify(drafted(item)) !== JSON.stringify({ ...drafted(item), ...draft });

/** The parts of a text that was typed or pasted. A comma may be part of a name; of a genre or a tag it is not. */
export const parted = (text: string, commas: boolean): string[] =>
  text.split(commas ? /[;；\n,，、]/ : /[;；\n]/).map((part) => part.trim()).filter((part) => part !== '');

/** Whether a dropped file is a picture that can be a cover. */
export const isPicture = (path: string): boolean => /\.(png|jpe?g|webp)$/i.test(path);
/** The endings of pictures, for a dialog. */
export const PICTURES = ['png', 'jpg', 'jpeg', 'webp'];

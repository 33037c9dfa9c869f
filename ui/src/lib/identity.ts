/** The name by which the files of an item know it. */
import { KINDS } from './kinds';
import type { ItemView } from './types';

/** A key that the engine made of kind, title, year and maker, where no file had one: `film:solaris|1972|tarkovsky`. */
const MADE = new RegExp(`^(?:${KINDS.join('|')}):[^|]*\\|-?\\d*\\|[^|]*$`);

/** The key that an item's file gave it; nothing where it was made of what is shown anyway. */
export const given = ({ key }: Pick<ItemView, 'key'>): string => (MADE.test(key) ? '' : key);

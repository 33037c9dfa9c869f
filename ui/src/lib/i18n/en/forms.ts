/** The forms of English that sentences are built with. */
import { format } from '../format';

export const f = format('en');
export const things = (n: number, one: string, other: string) =>
  `${f.number(n)} ${f.plural(n, { one, other })}`;
export const items = (n: number) => things(n, 'item', 'items');
export const logged = (n: number) => things(n, 'log entry', 'log entries');
/** A year of the common era, or before it. */
export const year = (y: number) => (y < 0 ? `${-Math.round(y)} BC` : `${Math.round(y)}`);
/** With a capital; a name that is set apart begins after its mark. */
export const upper = (text: string) => text.replace(/^\u2068?./u, (first) => first.toUpperCase());
const ends: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
/** A place in a list, from 1. */
export const nth = (n: number) => `${f.number(n)}${ends[f.ordinal(n)] ?? 'th'}`;

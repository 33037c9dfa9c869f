/** The kinds in the order in which they are offered. */
import type { Kind } from './types';

const ORDER: Record<Kind, number> = { film: 0, series: 1, book: 2, music: 3, game: 4, product: 5, other: 6 };

export const KINDS = (Object.keys(ORDER) as Kind[]).sort((a, b) => ORDER[a] - ORDER[b]);

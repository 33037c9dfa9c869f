/** What a list is asked for, as the choices of a person make it. */
import type { Kind, Request } from './types';

/** From and to, both included. */
export type Prices = [number, number] | null;

/** `n` is how long the list may be; variety and surprise are 0 to 1. */
type Choices = { n: number; kind: Kind | null; inStock?: boolean; prices?: Prices; variety?: number; surprise?: number; seed?: number };

export function request({ n, kind, inStock = false, prices = null, variety = 0, surprise = 0, seed = 0 }: Choices): Request {
  return { n, kind, in_stock: inStock, prices, variety, balance: 0, surprise, seed, per_creator: variety > 0 ? 2 : null, per_series: variety > 0 ? 1 : null };
}

/**
 * The licences of all that is shipped, as `scripts/licences` gathered them.
 *
 * A megabyte that few will ever read: it is a file of its own, loaded when somebody asks.
 */
import { sought } from './sought';

export type Part = {
  from: 'crate' | 'package' | 'font' | 'model' | 'runtime';
  name: string;
  version: string;
  licence: string;
  /** Places among the texts. */
  texts: number[];
};

export type Licences = { parts: Part[]; texts: string[] };

export async function licences(): Promise<Licences> {
  const { default: text } = await import('./licences.json?raw');
  return JSON.parse(text) as Licences;
}

/** The parts that a few letters of name or licence may mean. */
export const meant = (parts: readonly Part[], query: string): Part[] => sought(parts, query, ({ name, licence }) => `${name} ${licence}`);

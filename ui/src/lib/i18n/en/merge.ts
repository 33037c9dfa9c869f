/** Records that may be one item, and what their owner says of them. */
import type { Alike } from '../../types';
import { f } from './forms';

const alike: Record<Alike, string> = {
  creator: 'The same title and year',
  year: 'The same title and maker, a year apart',
  edition: 'The same title and maker; perhaps another edition',
  unknown: 'The same title; a year is not known',
  spelling: 'Nearly the same title, by the same maker',
};

const pairs = (n: number) => (n === 1 ? '1 pair' : `${f.number(n)} pairs`);

export const merge = {
  title: 'Are these the same?',
  about: 'They come from different rows or files and look alike, but nothing proves it; what is surely the same was joined as it came in. Once you join a pair, what you did with either counts for both, and it can be undone.',
  loading: 'Comparing what is on the shelves',
  none: 'Nothing here looks like anything else.',
  found: (n: number) => (n === 1 ? '1 possible duplicate' : `${f.number(n)} possible duplicates`),
  open: (n: number) => `Possible duplicates: ${f.number(n)}`,
  alike,
  silent: 'not given',
  same: 'The same',
  same_as: (one: string, other: string) => `${f.apart(one)} and ${f.apart(other)} are the same`,
  apart: 'Not the same',
  apart_from: (one: string, other: string) => `${f.apart(one)} and ${f.apart(other)} are not the same`,
  all: (n: number) => `Merge ${pairs(n)} of the same title and year`,
  all_about: 'In each pair one names its maker and the other does not. You can take any of them apart again.',
  merged: (n: number) => (n === 1 ? 'Merged.' : `${pairs(n)} merged.`),
  parted: 'Kept separate.',
  records: (n: number) => `Merged from ${f.number(n)} records`,
};

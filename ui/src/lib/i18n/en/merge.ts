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
  about: 'They come from different rows or files and look alike. Nothing is joined unless you say so; what you did with either then counts for both, and it can be undone.',
  loading: 'Comparing what is on the shelves',
  none: 'Nothing here looks like anything else.',
  found: (n: number) => `${pairs(n)} may be one`,
  open: (n: number) => `May be the same: ${f.number(n)}`,
  alike,
  same: 'The same',
  same_as: (one: string, other: string) => `${f.apart(one)} and ${f.apart(other)} are the same`,
  apart: 'Not the same',
  apart_from: (one: string, other: string) => `${f.apart(one)} and ${f.apart(other)} are not the same`,
  all: (n: number) => `Join ${pairs(n)} of the same title and year`,
  all_about: 'In each pair one names its maker and the other does not. You can take any of them apart again.',
  merged: (n: number) => (n === 1 ? 'They are one now.' : `${pairs(n)} are one each now.`),
  parted: 'They stay apart.',
  records: (n: number) => `Made of ${f.number(n)} records`,
};

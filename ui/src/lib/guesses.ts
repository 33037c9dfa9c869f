/** What the values of a column look like, where that is worth a question. */
import type { Mapping } from './types';

/** Whether a guess is offered. Titles are words: marks such as `x1` or codes of one stem look like them and are none. */
export function sensible({ guess, samples }: Mapping): boolean {
  if (guess === null || guess !== 'title') return guess !== null;
  const letters = samples.map((sample) => sample.replace(/\P{L}/gu, ''));
  const east = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;
  const worded = letters.every((text) => text.length >= (east.test(text) ? 1 : 3));
  return worded && (samples.length < 2 || new Set(letters.map((text) => text.toLowerCase())).size > 1);
}

/** The map of the library, and how a profile drifts. */
import type { Settled, Steady } from '../../drift';
import type { Shape, Shared } from '../../map';
import { f, items, nth } from './forms';

export const taste = {
  title: 'Map of your library',
  lead: 'Near on the map is near in meaning, and the colour says how high an item stands in your ranking. Where the strong colours gather is where your taste lives.',
  kept: (share: number) =>
    `A page has two directions and meaning has hundreds: these two keep ${f.percent(share)} of what tells your texts apart, so neighbours here are not always near in truth.`,
  sample: (n: number, of: number) => `Shown are ${f.number(n)} of ${items(of)}, evenly taken, with all that you acted on.`,
  loading: 'Laying out your library',
  empty: 'There is nothing to lay out yet.',
  empty_about: 'The map places items by what their texts say. It appears once your library has items that the language model has read.',
  label: (n: number) => `Map of ${items(n)}`,
  hint: 'Point at a dot, or walk with the arrow keys to the nearest one that way; Enter opens it, Home goes to the best.',
  ahead: (place: number) => (place >= 0.9995 ? 'first in your ranking' : `ahead of ${f.percent(Math.min(0.99, place))} in your ranking`),
  scale: 'In your ranking:',
  low: 'last fifth',
  high: 'first fifth',
  shapes: {
    open: 'Not acted on',
    up: 'Liked or chosen',
    down: 'Disliked or hidden',
    seen: 'Looked at',
  } satisfies Record<Shape, string>,
  ten: (n: number) => (n === 1 ? 'The best one' : `The ${f.number(n)} best`),
  common: (parts: readonly Shared[], of: number) =>
    `In common: ${f.list(parts.map(({ name, count }) => `${f.apart(name)} (${f.number(count)} of ${f.number(of)})`))}.`,
  nothing: 'No genre, person or tag is common to several of them; what they share is meaning.',
  comparing: 'Looking for what they have in common',
  at: nth,

  drift: {
    title: 'How you change',
    lead: 'After each entry that counts: how far your mix has gone from its start, and how alike your latest choices are to everything you liked.',
    loading: 'Following your log from the beginning',
    empty: 'Nothing has changed yet. Like, rate or buy something, and this follows it.',
    moved: 'How far your mix has moved',
    moved_about: 'The usual change of a signal’s pull since the start; 0 is the start.',
    moved_step: (at: number, value: string) => `${f.moment(at)}. Moved by ${value} since the start.`,
    settled: {
      few: 'Too few entries to say whether it settles.',
      settled: 'It has settled: your latest entries hardly moved it.',
      moving: 'It is still moving with what you do.',
    } satisfies Record<Settled, string>,
    steady: 'How steady your taste is',
    steady_about: '1 says that your latest choices are just like everything you liked, 0 that they have nothing to do with it.',
    steady_step: (at: number, value: string) => `${f.moment(at)}. Alike by ${value}.`,
    steadied: {
      same: 'Your latest choices are much like what you always liked.',
      leaning: 'Your latest choices lean away from what you liked before.',
      turning: 'Your latest choices go another way than what you liked before.',
    } satisfies Record<Steady, string>,
    figures: 'How wide your list is',
    variety: 'Variety',
    variety_about: 'Of your first ten: 0% are ten alike, 100% ten with nothing in common.',
    breadth: 'Genres',
    breadth_about: 'Of the genres in your library, as many are among your first fifty.',
    coverage: 'Different items',
    coverage_about: (shown: string) => `${shown} stood among the first ten before one of your choices.`,
  },
};

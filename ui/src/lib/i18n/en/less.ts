/** Less of a signal, or of a genre, a person or a tag. */
import type { Signal } from '../../types';
import { f } from './forms';
import { called } from './signals';

export const less = {
  open: 'Less of…',
  of: (name: string) => `Less of ${f.apart(name)}`,
  about: 'From now on, what you liked of it counts half, and it gets one dislike. Your likes are kept, and you can undo this.',
  kept: 'What you liked of it counts half from now on, and it got one dislike.',
  this: 'Less of this',
  /** Where it pulls down, less of its weight is not less of what it looks at. */
  weaken: 'Count this less',
  signal: (signal: Signal, said: string) => `${said}: ${called(signal)}`,
  traits: { genre: 'Genre', person: 'Person', tag: 'Tag' },
  title: 'Less of something',
  lead: 'A signal weighs alike for everything. Here you ask for less of one genre, person or tag; these are what the reasons in your list name most.',
  none: 'The reasons in your list name no genre, person or tag yet. You can ask for less of one wherever an item shows it.',
  asked: 'Asked for',
  undo: (name: string) => `Undo: less of ${f.apart(name)}`,
};

/** The language models: which there are, which serves, and what a change would cost. */
import { f, items, things } from './forms';

export const encoders = {
  title: 'Language model',
  about:
    'A small language model on this machine reads your titles and descriptions, so that Curio knows what is close in meaning. You can change it at any time: until the other one has read everything, nothing about your lists and searches changes.',
  known: {
    multilingual: {
      name: 'Multilingual',
      about: 'Reads about a hundred languages and finds across them: search in one, find what is described in another.',
    },
    english: { name: 'English', about: 'Reads English only, in a little over half the time.' },
  } as Record<string, { name: string; about: string }>,
  size: (bytes: number, licence: string) => `${f.number(bytes / 1e6)} MB on the disk; licence ${licence}.`,
  ready: (name: string, n: number) => `${f.apart(name)} is in use; it has read ${items(n)}.`,
  not_ready: (name: string) => `${f.apart(name)} is not ready. Lists work without it, but do not know what things are about.`,
  unread: 'Meaning is not read yet.',
  unread_about: 'No language model works on this machine, so lists and searches go by words, genres, people and years alone.',
  unread_go: 'See language models',
  loading: 'Loading language models',
  serves: 'In use',
  serves_yet: 'In use until the other is ready',
  whole: 'Has read everything; switching is instant',
  /** What choosing it would cost. */
  cost: (texts: number, perSecond: number | null) => {
    if (texts === 0 || perSecond === null) return 'On this machine';
    const minutes = Math.max(1, Math.round(texts / perSecond / 60));
    return `Would read your ${things(texts, 'text', 'texts')} in about ${things(minutes, 'minute', 'minutes')}`;
  },
  preparing: (done: number, total: number) => `Being prepared, ${f.number(done)} of ${things(total, 'text', 'texts')}`,
  stopped: (done: number, total: number) => `Chosen; has read ${f.number(done)} of ${things(total, 'text', 'texts')}`,
  missing: 'Not on this machine',
  /** What is new in the library, by the model in use. */
  reading: 'Reading new titles and descriptions',
  work: (name: string) => `Preparing ${f.apart(name)}`,
  resume: 'Resume preparing',
};

/** The long work that is under way, whatever screen it was begun on. */
import type { Long } from '../api';
import { type Pace } from '../pace';
import type { Screen } from '../screens';
import { encoders } from './encoders.svelte';
import { folders } from './folders.svelte';
import { importer } from './importer.svelte';
import { insights } from './insights.svelte';
import { prefs } from './prefs.svelte';

/** Work that is under way; what cannot be stopped has no way to. */
export type Task = { work: Long; title: string; pace: Pace | null; screen: Screen; stop: (() => void) | null };

/** The last part of a path. */
export const named = (path: string) => path.split(/[\\/]/).at(-1) ?? path;

function importing(): Task | null {
  const { step } = importer;
  const words = prefs.words.import;
  const stop = () => void importer.cancel();
  const of = (title: string, pace: Pace | null): Task => ({ work: 'import', title, pace, screen: 'import', stop });
  switch (step.at) {
    case 'reading':
      return of(words.reading(named(step.file)), step.pace);
    case 'preview':
      return step.busy ? of(words.reading(named(step.file)), step.pace) : null;
    case 'writing':
      return of(words.writing(named(step.file)), step.pace);
    case 'filling':
      return of(prefs.words.welcome.filling, step.pace);
    case 'undoing':
      return { ...of(words.undoing(step.file), null), stop: null };
    default:
      return null;
  }
}

function scanning(): Task | null {
  if (!folders.running) return null;
  const title = prefs.words.folders.scanning;
  return { work: 'scan', title, pace: folders.pace, screen: 'import', stop: () => void folders.stop() };
}

function encoding(): Task | null {
  if (!encoders.running) return null;
  return { work: 'encode', title: encoders.title(prefs.words.encoders), pace: encoders.pace, screen: 'settings', stop: () => void encoders.stop() };
}

function training(): Task | null {
  if (!insights.running) return null;
  const title = prefs.words.insights.learn.working;
  return { work: 'train', title, pace: insights.pace, screen: 'insights', stop: () => void insights.stop() };
}

/** Everything that runs, in a fixed order. */
export const running = (): Task[] => [importing(), scanning(), encoding(), training()].filter((task) => task !== null);

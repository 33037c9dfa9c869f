/** How the weights came to be: their lines, what caused each step, and what moved most. */
import type { Signal } from '../../types';
import { f, things } from './forms';
import { called } from './signals';

export const past = {
  open: 'History',
  of: (signal: Signal) => `History of ${called(signal)}`,
  loading: 'Looking up every step',
  none: 'It stands where it started. Nothing has moved it yet.',
  hint: 'Point at the line, or walk it with the arrow keys.',
  base: 'The dotted line is where it started.',
  held: 'Thick where it was set by hand, with a mark where that began.',
  start: (weight: string) => `Started at ${weight}.`,
  /** When, what was done as a sentence, and how far that moved the weight. */
  step: (at: number, done: string, by: number, to: string) => {
    const way = by === 0 ? `Stayed at ${to}.` : `${by > 0 ? 'Up' : 'Down'} by ${f.number(Math.abs(by), 3)}, to ${to}.`;
    return `${f.moment(at)}. ${done} ${way}`;
  },
  steps: (n: number, of: number) => `${things(n, 'step', 'steps')} from ${things(of, 'entry', 'entries')}.`,
  table: 'Steps as a table',
  when: 'When',
  what: 'What',
  moved: 'Moved by',
  to: 'Weight',
  more: 'Show earlier steps',

  movers: {
    title: 'What moved most',
    about: 'The signals whose pull on your list has moved furthest from where it started, and the one step that moved each most.',
    show: 'Show',
    hide: 'Hide',
    open: 'Show what moved most',
    close: 'Hide what moved most',
    none: 'Nothing has moved yet. Like, rate or buy something.',
    from: (from: string, to: string) => `from ${from} to ${to}`,
    most: (done: string, by: string) => `${by} by one step. ${done}`,
  },
};

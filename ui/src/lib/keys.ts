/**
 * The shortcuts of the page: which key asks for what.
 *
 * Keys that are typed into a field, pressed with a modifier that is not ours, or used to compose a
 * word are nobody's shortcut; but in an empty field there is nothing of its own to undo, and a slider is
 * not typed into. What a key does is decided where it is handled.
 */
import type { Action } from './types';

export type Wish =
  | { wish: 'search' | 'palette' | 'help' | 'profiles' | 'undo' | 'back' | 'refresh' | 'why' }
  | { wish: 'go'; nth: number }
  | { wish: 'move'; way: 'up' | 'down' | 'left' | 'right' }
  | { wish: 'act'; action: Action };

const PLAIN: Record<string, Wish> = {
  '/': { wish: 'search' },
  '?': { wish: 'help' },
  p: { wish: 'profiles' },
  r: { wish: 'refresh' },
  w: { wish: 'why' },
  z: { wish: 'back' },
  l: { wish: 'act', action: 'like' },
  d: { wish: 'act', action: 'dislike' },
  h: { wish: 'act', action: 'hide' },
  1: { wish: 'act', action: { rate: 1 } },
  2: { wish: 'act', action: { rate: 2 } },
  3: { wish: 'act', action: { rate: 3 } },
  4: { wish: 'act', action: { rate: 4 } },
  5: { wish: 'act', action: { rate: 5 } },
  ArrowUp: { wish: 'move', way: 'up' },
  ArrowDown: { wish: 'move', way: 'down' },
  ArrowLeft: { wish: 'move', way: 'left' },
  ArrowRight: { wish: 'move', way: 'right' },
};

/** Every shortcut as the help page lists it: its keys, and its name in the catalogue. */
export const SHEET = [
  [['/'], 'search'],
  [['↑', '↓', '←', '→'], 'move'],
  [['Enter'], 'open'],
  [['l'], 'like'],
  [['d'], 'dislike'],
  [['h'], 'hide'],
  [['1', '–', '5'], 'rate'],
  [['w'], 'why'],
  [['z'], 'undo'],
  [['Ctrl', 'Z'], 'undo_anywhere'],
  [['r'], 'refresh'],
  [['Ctrl', '1', '–', '9'], 'go'],
  [['Enter'], 'keep'],
  [['p'], 'profiles'],
  [['Ctrl', 'K'], 'palette'],
  [['?'], 'help'],
  [['Esc'], 'close'],
] as const;

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.matches('textarea, select, [contenteditable="true"]') ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)));

/** Whether nothing was typed into it that could be undone there. */
const empty = (target: EventTarget | null) => target instanceof HTMLInputElement && target.value === '';

const choosing = (target: EventTarget | null) =>
  target instanceof HTMLInputElement && ['radio', 'range'].includes(target.type);

/** What a key press asks for, if anything. */
export function wished(event: KeyboardEvent): Wish | null {
  if (event.defaultPrevented || event.isComposing || event.altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    const key = event.key.toLowerCase();
    if (key === 'k') return { wish: 'palette' };
    if (/^[1-9]$/.test(key)) return { wish: 'go', nth: Number(key) };
    return key === 'z' && (!typing(event.target) || empty(event.target)) ? { wish: 'undo' } : null;
  }
  if (typing(event.target) || (event.key.startsWith('Arrow') && choosing(event.target))) return null;
  return PLAIN[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
}

/** A list of places in rows. */
export type Grid = { count: number; columns: number };

/**
 * The index that an arrow leads to among the places of lists that stand one below the other. Down goes on
 * from the last row of a list to the first place of the next, up to the last of the one before; it stays
 * at the edges.
 */
export function stepped(at: number, way: 'up' | 'down' | 'left' | 'right', grids: readonly Grid[]): number {
  const total = grids.reduce((sum, { count }) => sum + count, 0);
  const within = (next: number) => (next >= 0 && next < total ? next : at);
  if (at < 0) return 0;
  if (way === 'left' || way === 'right') return within(at + (way === 'left' ? -1 : 1));
  let first = 0;
  for (const { count, columns } of grids) {
    const end = first + count;
    if (at < end) {
      if (way === 'up') return at - columns >= first ? at - columns : within(first - 1);
      const lasts = first + columns * Math.floor((count - 1) / columns);
      return at >= lasts ? within(end) : Math.min(at + columns, end - 1);
    }
    first = end;
  }
  return at;
}

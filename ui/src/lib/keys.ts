/**
 * The shortcuts of the page: which key asks for what.
 *
 * Keys that are typed into a field, pressed with a modifier that is not ours, or used to compose a
 * word are nobody's shortcut. Undo is never one key alone: a word that misses its field takes nothing
 * back. What a key does is decided where it is handled.
 */
import type { Action } from './types';

export type Wish =
  | { wish: 'search' | 'palette' | 'help' | 'profiles' | 'undo' | 'refresh' | 'why' | 'escape' }
  | { wish: 'go'; nth: number }
  | { wish: 'move'; way: 'up' | 'down' | 'left' | 'right' }
  | { wish: 'act'; action: Action };

const PLAIN: Record<string, Wish> = {
  '/': { wish: 'search' },
  '?': { wish: 'help' },
  p: { wish: 'profiles' },
  r: { wish: 'refresh' },
  w: { wish: 'why' },
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
  Escape: { wish: 'escape' },
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
  [['Ctrl', 'Z'], 'undo'],
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
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)));

const choosing = (target: EventTarget | null) =>
  target instanceof HTMLInputElement && target.type === 'radio';

/** What a key press asks for, if anything. */
export function wished(event: KeyboardEvent): Wish | null {
  if (event.defaultPrevented || event.isComposing || event.altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    const key = event.key.toLowerCase();
    if (key === 'k') return { wish: 'palette' };
    if (/^[1-9]$/.test(key)) return { wish: 'go', nth: Number(key) };
    return key === 'z' && !typing(event.target) ? { wish: 'undo' } : null;
  }
  if (typing(event.target) || (event.key.startsWith('Arrow') && choosing(event.target))) return null;
  return PLAIN[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
}

/** The index that an arrow leads to among `count` places in rows of `columns`; it stays at the edges. */
export function stepped(at: number, way: 'up' | 'down' | 'left' | 'right', count: number, columns: number): number {
  if (at < 0) return 0;
  const by = { up: -columns, down: columns, left: -1, right: 1 }[way];
  const next = at + by;
  return next >= 0 && next < count ? next : at;
}

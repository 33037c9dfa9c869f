/**
 * The signals as they are seen: one colour and one texture each, the same everywhere.
 *
 * No two signals share both a step of lightness and a texture, so each can be told from all others
 * without colour; signals that stand side by side differ in lightness. Their names are in i18n.
 */
import { hex } from './colour';
import type { Signal } from './types';

/** What fills a segment, besides its colour. Diagonal hatching is kept for terms that pull down. */
export type Texture = 'plain' | 'dots' | 'bars' | 'lines' | 'checks' | 'weave';

/** The two grounds that colours are chosen for. */
export type Ground = 'light' | 'dark';

type Look = { hue: number; chroma: number; step: 0 | 1 | 2 | 3 | 4 | 5; texture: Texture };

const look = (hue: number, chroma: number, step: Look['step'], texture: Texture): Look => ({
  hue,
  chroma,
  step,
  texture,
});

const LOOKS: Record<Signal, Look> = {
  meaning: look(285, 0.16, 1, 'plain'),
  meaning_lately: look(285, 0.14, 4, 'dots'),
  nearest_liked: look(310, 0.15, 2, 'bars'),
  nearest_lately: look(318, 0.14, 4, 'checks'),
  nearest_disliked: look(310, 0.05, 0, 'lines'),
  theme: look(265, 0.14, 3, 'lines'),
  genre: look(38, 0.13, 2, 'plain'),
  genre_beyond: look(44, 0.12, 4, 'weave'),
  genre_lately: look(30, 0.12, 0, 'checks'),
  people: look(52, 0.13, 5, 'plain'),
  people_lately: look(55, 0.11, 1, 'checks'),
  creator: look(65, 0.11, 3, 'plain'),
  keyword: look(110, 0.11, 4, 'lines'),
  title_lately: look(122, 0.1, 3, 'checks'),
  language: look(140, 0.12, 1, 'lines'),
  era: look(190, 0.1, 3, 'bars'),
  era_lately: look(190, 0.09, 5, 'dots'),
  era_now: look(182, 0.1, 1, 'weave'),
  popularity: look(245, 0.12, 4, 'plain'),
  popularity_newcomer: look(245, 0.13, 2, 'dots'),
  popularity_lately: look(245, 0.09, 5, 'lines'),
  quality: look(88, 0.13, 4, 'bars'),
  quality_newcomer: look(92, 0.12, 2, 'weave'),
  quality_lately: look(96, 0.11, 5, 'weave'),
  newness: look(160, 0.07, 0, 'plain'),
  fresh: look(160, 0.11, 5, 'checks'),
  upcoming: look(170, 0.05, 0, 'dots'),
  company_item: look(335, 0.09, 3, 'dots'),
  company_ease: look(0, 0.16, 1, 'bars'),
  company_kindred: look(352, 0.14, 2, 'checks'),
  company_follows: look(15, 0.12, 5, 'bars'),
  company_next: look(12, 0.13, 3, 'weave'),
  company_beside: look(20, 0.1, 0, 'bars'),
  company_item_lately: look(345, 0.13, 1, 'dots'),
  company_ease_lately: look(0, 0.13, 2, 'lines'),
  company_seen_lately: look(340, 0.1, 0, 'weave'),
};

const STEPS: Record<Ground, readonly number[]> = {
  light: [0.3, 0.372, 0.444, 0.516, 0.588, 0.645],
  dark: [0.53, 0.6, 0.67, 0.74, 0.81, 0.88],
};

/** Every signal, in the engine's order. */
export const SIGNALS = Object.keys(LOOKS) as Signal[];

/** The signal's colour on a ground, as hex. */
export function colour(signal: Signal, ground: Ground): string {
  const { hue, chroma, step } = LOOKS[signal];
  return hex(STEPS[ground][step] ?? 0.5, chroma, hue);
}

/** The signal's texture. */
export const texture = (signal: Signal): Texture => LOOKS[signal].texture;

/** Sets `--signal-NAME` on the root for a ground; components only name the variable. */
export function paint(root: HTMLElement, ground: Ground): void {
  for (const signal of SIGNALS) root.style.setProperty(`--signal-${signal}`, colour(signal, ground));
}

/** The CSS value of a signal's colour. */
export const ink = (signal: Signal): string => `var(--signal-${signal})`;

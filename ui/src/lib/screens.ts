/** The screens of the window, and what may stand over them. */
import type { ItemId, Ranked } from './types';

/** In the order of the rail. */
export const RAIL = ['for_you', 'browse', 'together', 'basket', 'mix', 'insights', 'activity', 'import', 'settings'] as const;
export const SCREENS = [...RAIL, 'picks'] as const;
export type Screen = (typeof SCREENS)[number];

/** What stands over the page. */
export type Over =
  | { what: 'item'; item: ItemId }
  | { what: 'why'; ranked: Ranked }
  | { what: 'profiles' }
  | { what: 'palette' }
  | { what: 'help' }
  | { what: 'matches' }
  | null;

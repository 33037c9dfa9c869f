/**
 * How this window looks to its reader: language, theme, density, who sat here last, and the filters
 * that were kept.
 *
 * Kept in the webview's own storage; nothing that was done is in it. Applying them to the page is done
 * once, by `dress`, and follows every change.
 */
import { type Saved, whole } from '../filters';
import { catalogues, LANGUAGES, type Language, type Messages, preferred } from '../i18n';
import { type Ground, paint } from '../signals';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

export const VIEWS = ['grid', 'table'] as const;
export type View = (typeof VIEWS)[number];

type Kept = { language: Language; theme: Theme; density: Density; profile: number | null; view: View; filters: Saved[]; unread: boolean };

const PLACE = 'curio.prefs';

function read(): Kept {
  const kept: Kept = {
    language: preferred(navigator.languages),
    theme: 'system',
    density: 'comfortable',
    profile: null,
    view: 'grid',
    filters: [],
    unread: false,
  };
  try {
    const found = JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Partial<Kept>;
    if (LANGUAGES.some((known) => known === found.language)) kept.language = found.language!;
    if (THEMES.some((known) => known === found.theme)) kept.theme = found.theme!;
    if (DENSITIES.some((known) => known === found.density)) kept.density = found.density!;
    if (VIEWS.some((known) => known === found.view)) kept.view = found.view!;
    if (Array.isArray(found.filters)) kept.filters = found.filters.filter((one) => typeof one?.name === 'string' && typeof one.asked === 'object' && one.asked !== null).map(whole);
    kept.unread = found.unread === true;
    if (typeof found.profile === 'number') kept.profile = found.profile;
  } catch {
    // Unreadable preferences are as good as none.
  }
  return kept;
}

class Prefs {
  #kept = $state<Kept>(read());
  #dark = $state(false);

  constructor() {
    const system = matchMedia('(prefers-color-scheme: dark)');
    this.#dark = system.matches;
    system.addEventListener('change', (event) => (this.#dark = event.matches));
  }

  get language() {
    return this.#kept.language;
  }
  set language(language: Language) {
    this.#keep({ language });
  }

  get theme() {
    return this.#kept.theme;
  }
  set theme(theme: Theme) {
    this.#keep({ theme });
  }

  get density() {
    return this.#kept.density;
  }
  set density(density: Density) {
    this.#keep({ density });
  }

  /** The profile that was in use last. */
  get profile() {
    return this.#kept.profile;
  }
  set profile(profile: number | null) {
    this.#keep({ profile });
  }

  /** How the catalogue is looked through. */
  get view() {
    return this.#kept.view;
  }
  set view(view: View) {
    this.#keep({ view });
  }

  /** The filters that were kept, by name. */
  get filters() {
    return this.#kept.filters;
  }
  set filters(filters: Saved[]) {
    this.#keep({ filters });
  }

  /** Whether the person was told that no language model reads, and has closed that. */
  get unread() {
    return this.#kept.unread;
  }
  set unread(unread: boolean) {
    if (unread !== this.unread) this.#keep({ unread });
  }

  /** The ground that the theme comes to. */
  get ground(): Ground {
    if (this.theme === 'system') return this.#dark ? 'dark' : 'light';
    return this.theme;
  }

  /** The words of the language in use. */
  get words(): Messages {
    return catalogues[this.language];
  }

  /** Puts everything on the page's root; call it in an effect. */
  dress(root: HTMLElement): void {
    root.lang = this.words.format.locale;
    root.dataset['theme'] = this.ground;
    root.dataset['density'] = this.density;
    paint(root, this.ground);
  }

  #keep(change: Partial<Kept>) {
    Object.assign(this.#kept, change);
    localStorage.setItem(PLACE, JSON.stringify(this.#kept));
  }
}

export const prefs = new Prefs();

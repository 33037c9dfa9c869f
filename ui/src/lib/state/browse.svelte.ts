/**
 * Browsing: what is asked of the catalogue, and the pages of it that came into sight.
 *
 * What is in sight is fetched, and one page on either side; a page that was passed by before it was
 * asked for is never asked for, and pages far away are let go. A question that was overtaken by another
 * is not answered, and until one is answered, what was found before stays. An act moves nothing: it
 * shows at once in its place, and the order follows at the next visit.
 */
import * as api from '../api';
import { everything, type Question } from '../filters';
import { renewed } from '../list';
import type { Screen } from '../screens';
import type { Action, Facets, ItemView, Placed, ProfileId, Recorded, Sort, Standing } from '../types';
import { marks } from './marks.svelte';
import { Fetched } from './fetched.svelte';
import { page } from './page.svelte';
import { prefs } from './prefs.svelte';
import { session } from './session.svelte';
import { toast } from './toast.svelte';

/** Places fetched at a time, pages fetched at once, and pages kept. */
const PAGE = 60;
const AT_ONCE = 2;
const KEPT = 30;
/** Places that the engine gives at once, where all are asked for. */
const MOST = 1000;
/** How long typing has to rest, in milliseconds. */
const REST = 120;

const pageOf = (place: number) => Math.floor(place / PAGE);
/** Asks for places from one on; titles are in order for whoever reads the window. */
const ask = (profile: ProfileId, asked: Question, from: number, n = PAGE) =>
  api.browse(profile, { ...asked, reader: prefs.words.format.locale, from, n });
const blank = ({ query }: Question) => query.trim() === '';

/** Whether an order begins with the most; a title begins at its beginning. */
export const falls = (sort: Sort): boolean => sort !== 'title';

/** How an item stands after an act, as the engine judges it; nothing where the act says nothing. */
function after(action: Action, before: Standing): Standing {
  if (typeof action === 'object') return action.rate >= 3 ? 'liked' : 'disliked';
  const stands: Partial<Record<typeof action, Standing>> = {
    like: 'liked', buy: 'liked', finish: 'liked', dislike: 'disliked', abandon: 'disliked', hide: 'hidden',
    want: before === 'open' ? 'wanted' : before,
  };
  return stands[action] ?? before;
}

/** A question over what there is now: without a kind that is gone. */
const held = (asked: Question): Question =>
  asked.kind === null || session.status?.kinds[asked.kind] ? asked : { ...asked, kind: null };

class Browser {
  asked = $state.raw<Question>(everything());
  /** How many were found; those in sight are in pages. */
  readonly found = new Fetched<number>(false);
  facets = $state.raw<Facets | null>(null);
  /** Every language there is to choose from; one that is chosen does not hide the others. */
  languages = $state.raw<readonly string[]>([]);
  /** Counts the new questions that were answered; the view goes to its top with each. */
  turn = $state(0);
  /** The first place in sight, and how many pixels of its row are above it. */
  place = { first: 0, inset: 0 };

  #pages = $state.raw<ReadonlyMap<number, Placed[]>>(new Map());
  /** What the pages answer. */
  #answered: Question = everything();
  #of: ProfileId | null = null;
  #sight: [from: number, to: number] = [0, 0];
  /** Pages that are shown until they are here anew. */
  #old = new Set<number>();
  /** Pages that are under way, of the last question that was answered. */
  #fetching = new Set<number>();
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** The order before words were searched for. */
  #order: Pick<Question, 'sort' | 'descending'> = everything();
  /** Where the reader was when they began to type, and what was asked here then. */
  #before: { screen: Screen; asked: Question } | null = null;

  /** The item in a place, if it is here. */
  at(place: number): Placed | null {
    return this.#pages.get(pageOf(place))?.[place % PAGE] ?? null;
  }

  /** All that was found, in its order; of a catalogue that changes meanwhile, what there is. */
  async all(): Promise<ItemView[]> {
    const items: ItemView[] = [];
    const of = this.#of;
    while (of !== null) {
      const found = await ask(of, this.#answered, items.length, MOST);
      items.push(...found.items.map(({ item }) => item));
      if (found.items.length === 0 || items.length >= found.total) break;
    }
    return items;
  }

  /** How an item stands now: as it was found, or as was said of it since. */
  standing(placed: Placed): Standing {
    const said = marks.last(placed.item.id)?.action;
    return said ? after(said, placed.standing) : placed.standing;
  }

  /** Follows what is in sight. */
  see(from: number, to: number): void {
    this.#sight = [from, to];
    this.#fill();
  }

  /** Shows an item as it is now. */
  touch(item: ItemView): void {
    this.#pages = new Map([...this.#pages].map(([nth, places]) => [nth, renewed(places, item)]));
  }

  /** Asks something else; what is given replaces what was asked of it. */
  ask(change: Partial<Question>): void {
    this.#before = null;
    this.#set(change);
    void this.renew();
  }

  /** Puts what is found in an order; asked for again, it is turned. */
  sort(sort: Sort): void {
    const { asked } = this;
    this.ask({ sort, descending: asked.sort === sort ? !asked.descending : falls(sort) });
  }

  /** Words are asked for when the typing rests. */
  type(query: string): void {
    this.#set({ query });
    this.#rest = setTimeout(() => void this.renew(), REST);
  }

  /** Words from the field over every screen: typed elsewhere, they lead here and are looked for in everything. */
  search(query: string): void {
    if (page.screen !== 'browse') {
      if (query.trim() === '') return;
      this.#before = { screen: page.screen, asked: this.asked };
      this.#set(everything());
      page.go('browse');
    }
    this.type(query);
  }

  /** Drops the words, and goes back to where they were begun. */
  leave(): void {
    const before = this.#before;
    this.#before = null;
    if (before === null || page.screen !== 'browse') {
      if (!blank(this.asked)) this.ask({ query: '' });
      return;
    }
    this.#set(before.asked);
    this.found.forget();
    page.go(before.screen);
  }

  /** Comes back to the screen: to the same place, unless another sits here now. */
  async visit(): Promise<void> {
    await this.renew(this.#of === session.profile && this.found.value !== null);
  }

  /** Asks the same again; what is in sight can be kept there. */
  async renew(stay = false): Promise<void> {
    const { profile } = session;
    if (profile === null) return;
    clearTimeout(this.#rest);
    const asked = this.asked;
    const kept = stay ? pageOf(this.place.first) : 0;
    const look = async () => {
      const found = await ask(profile, asked, kept * PAGE);
      if (kept === 0 || found.items.length > 0) return { found, at: kept, stay };
      // There are fewer now than were passed by.
      return { found: await ask(profile, asked, 0), at: 0, stay: false };
    };
    const taken = await this.found.lay(look(), ({ found: { items, total, facets }, at, stay }) => {
      const near = [...this.#pages].filter(([old]) => stay && Math.abs(old - at) <= 2);
      this.#old = new Set(near.map(([old]) => old).filter((old) => old !== at));
      this.#pages = new Map([...near, [at, items]]);
      this.#fetching = new Set();
      this.#answered = asked;
      this.#of = profile;
      this.facets = facets;
      if (asked.languages.length === 0) this.languages = facets.languages.map(({ name }) => name);
      if (!stay) {
        this.place = { first: 0, inset: 0 };
        this.#sight = [0, this.#sight[1] - this.#sight[0]];
        this.turn += 1;
      }
      return total;
    });
    if (taken) this.#fill();
  }

  /** Lets go of what was found. What is asked names no item, and stays, but for a kind that there is no more. */
  restored(): void {
    clearTimeout(this.#rest);
    this.asked = held(this.asked);
    if (this.#before !== null) this.#before.asked = held(this.#before.asked);
    this.#of = null;
    this.#pages = new Map();
    this.#old = new Set();
    this.#fetching = new Set();
    this.found.forget();
    this.facets = null;
    if (this.asked.languages.length === 0) this.languages = [];
    this.place = { first: 0, inset: 0 };
  }

  /** How many there would be without a part of what is asked. */
  async count(change: Partial<Question>): Promise<number> {
    const { profile } = session;
    if (profile === null) return 0;
    return (await ask(profile, { ...this.asked, ...change }, 0, 0)).total;
  }

  /**
   * Follows what was written to a log. An act shows by its mark; what was taken back may have been found
   * as it stood after the act, and is looked up.
   */
  async follow({ profile, what, item }: Recorded): Promise<void> {
    if (profile !== this.#of || what.did !== 'undo' || item === null) return;
    const held = [...this.#pages].find(([, items]) => items.some((placed) => placed.item.id === item.id))?.[0];
    if (held === undefined) return;
    const fetching = this.#fetching;
    try {
      const { items } = await ask(profile, this.#answered, held * PAGE);
      if (fetching !== this.#fetching) return;
      const standing = items.find((placed) => placed.item.id === item.id)?.standing ?? 'open';
      const renewed = this.#pages.get(held)?.map((placed) => (placed.item.id === item.id ? { ...placed, standing } : placed));
      if (renewed) this.#pages = new Map(this.#pages).set(held, renewed);
    } catch (cause) {
      toast.complain(cause);
    }
  }

  /** The best match comes first as long as there are words to match, then the order that was before. */
  #set(change: Partial<Question>): void {
    clearTimeout(this.#rest);
    const asked = { ...this.asked, ...change };
    if (blank(this.asked) && !blank(asked) && !change.sort) {
      this.#order = { sort: this.asked.sort, descending: this.asked.descending };
      Object.assign(asked, { sort: 'match', descending: true });
    }
    if (blank(asked) && asked.sort === 'match') Object.assign(asked, this.#order);
    this.asked = asked;
  }

  /** Fetches what is missing, the nearest to sight first. */
  #fill(): void {
    while (!this.found.busy && this.found.value && this.#fetching.size < AT_ONCE) {
      const missing = this.#missing(this.found.value);
      if (missing === null) return;
      void this.#fetch(missing);
    }
  }

  #missing(total: number): number | null {
    const [first, last] = this.#sight.map(pageOf) as [number, number];
    const near = [...Array.from({ length: last - first + 1 }, (_, n) => first + n), last + 1, first - 1];
    const there = (one: number) => one >= 0 && one <= pageOf(total - 1);
    const here = (one: number) => (this.#pages.has(one) && !this.#old.has(one)) || this.#fetching.has(one);
    return near.find((one) => there(one) && !here(one)) ?? null;
  }

  async #fetch(wanted: number): Promise<void> {
    const { profile } = session;
    if (profile === null) return;
    const fetching = this.#fetching;
    fetching.add(wanted);
    try {
      const { items } = await ask(profile, this.#answered, wanted * PAGE);
      if (fetching !== this.#fetching) return;
      fetching.delete(wanted);
      this.#old.delete(wanted);
      this.#pages = this.#kept(new Map(this.#pages).set(wanted, items));
      this.#fill();
    } catch (cause) {
      // It is asked for again when the reader moves on.
      fetching.delete(wanted);
      if (fetching === this.#fetching) toast.complain(cause);
    }
  }

  /** The pages without the farthest from sight, where there are many. */
  #kept(pages: Map<number, Placed[]>): ReadonlyMap<number, Placed[]> {
    const middle = pageOf((this.#sight[0] + this.#sight[1]) / 2);
    const far = [...pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const one of far.slice(0, Math.max(0, pages.size - KEPT))) pages.delete(one);
    return pages;
  }
}

export const browser = new Browser();
session.whenRestored(() => browser.restored());

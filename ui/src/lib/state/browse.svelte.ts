/**
 * Browsing: what is asked of the catalogue, and the pages of it that came into sight.
 *
 * Pages are fetched when something asks for a place in them and are let go when there are many. A
 * question that was overtaken by another is never answered.
 */
import * as api from '../api';
import type { Failure } from '../api';
import { everything, type Question } from '../filters';
import { renewed } from '../list';
import type { Action, Facets, ItemView, Placed, ProfileId, Standing } from '../types';
import { session } from './session.svelte';

/** Places fetched at a time, and pages kept. */
const PAGE = 60;
const KEPT = 40;
/** How long typing has to rest, in milliseconds. */
const REST = 120;

/** How an item stands after an act. */
function after(action: Action): Standing | null {
  if (typeof action === 'object') return action.rate > 3 ? 'liked' : action.rate < 3 ? 'disliked' : null;
  const stands: Partial<Record<typeof action, Standing>> = {
    like: 'liked', buy: 'liked', finish: 'liked', want: 'wanted', dislike: 'disliked', abandon: 'disliked', hide: 'hidden',
  };
  return stands[action] ?? null;
}

class Browser {
  asked = $state<Question>(everything());
  total = $state<number | null>(null);
  facets = $state.raw<Facets | null>(null);
  failure = $state<Failure | null>(null);
  busy = $state(false);
  /** Counts the answers that a new question brought; the view goes back to its top with each. */
  turn = $state(0);
  /** How far down the reader was when they left. */
  offset = 0;

  #pages = $state.raw(new Map<number, Placed[]>());
  #fetching = new Set<number>();
  #asking = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #of: ProfileId | null = null;

  /** The item in a place, if it is here. */
  at(place: number): Placed | null {
    return this.#pages.get(Math.floor(place / PAGE))?.[place % PAGE] ?? null;
  }

  /** How an item stands now: as it was found, or as it was said since. */
  standing(placed: Placed): Standing {
    const said = session.mark(placed.item.id)?.action;
    return (said && after(said)) ?? placed.standing;
  }

  /** Fetches what is missing of some places. */
  want(from: number, to: number): void {
    for (let page = Math.floor(from / PAGE); page <= Math.floor(to / PAGE); page += 1) {
      if (!this.#pages.has(page) && !this.#fetching.has(page)) void this.#fetch(page);
    }
  }

  /** Shows an item as it is now. */
  touch(item: ItemView): void {
    this.#pages = new Map([...this.#pages].map(([page, places]) => [page, renewed(places, item)]));
  }

  /** Asks something else; what is given replaces what was asked of it. */
  ask(change: Partial<Question>): void {
    this.asked = { ...this.asked, ...change };
    clearTimeout(this.#rest);
    void this.renew();
  }

  /** Words are asked for when the typing rests; the best match comes first as long as there are any. */
  type(query: string): void {
    const begins = this.asked.query.trim() === '' && query.trim() !== '';
    const ends = query.trim() === '' && this.asked.sort === 'match';
    this.asked = { ...this.asked, query, ...(begins ? { sort: 'match', descending: true } : ends ? { sort: 'added', descending: true } : {}) };
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.renew(), REST);
  }

  /** Comes back to the screen: to the same place, unless another sits here now. */
  async visit(): Promise<void> {
    if (this.#of === session.profile && this.total !== null) {
      const turn = this.turn;
      await this.renew();
      this.turn = turn;
    } else await this.renew();
  }

  /** Asks the same again. */
  async renew(): Promise<void> {
    const profile = session.profile;
    if (profile === null) return;
    const asking = ++this.#asking;
    this.#fetching.clear();
    this.busy = true;
    try {
      const found = await api.browse(profile, { ...this.asked, from: 0, n: PAGE });
      if (asking !== this.#asking) return;
      this.#pages = new Map([[0, found.items]]);
      this.total = found.total;
      this.facets = found.facets;
      this.failure = null;
      this.turn += 1;
      this.#of = profile;
    } catch (cause) {
      if (asking !== this.#asking) return;
      this.failure = api.asFailure(cause);
    }
    this.busy = false;
  }

  async #fetch(page: number): Promise<void> {
    const [profile, asking] = [session.profile, this.#asking];
    if (profile === null) return;
    this.#fetching.add(page);
    try {
      const { items } = await api.browse(profile, { ...this.asked, from: page * PAGE, n: PAGE });
      if (asking !== this.#asking) return;
      const pages = new Map(this.#pages).set(page, items);
      for (const old of pages.keys()) if (pages.size > KEPT && old !== page) pages.delete(old);
      this.#pages = pages;
    } catch (cause) {
      if (asking === this.#asking) session.complain(cause);
    }
    if (asking === this.#asking) this.#fetching.delete(page);
  }
}

export const browser = new Browser();

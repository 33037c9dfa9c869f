/**
 * What is recommended to the profile in use, with the weights and the log that it follows from.
 *
 * The three are asked for together, so that they never disagree. What else there is, row by row, nobody
 * waits for.
 */
import * as api from '../api';
import { back, laid, plain, renewed, withKnownItems, type Shown } from '../list';
import { moved, type Way } from '../mix';
import { type Prices, request } from '../request';
import { bring, NEAR, sighted } from '../sight';
import type { Activity, ItemId, ItemView, Kind, Ranked, Recorded, Request, Row, Signal, Weights } from '../types';
import { Fetched } from './fetched.svelte';
import { marks } from './marks.svelte';
import { session } from './session.svelte';
import { toast } from './toast.svelte';

const PAGE = 24;
/** The longest list whose items the rows are kept clear of; a longer one is seen to where they are shown. */
const CLEAR = 96;
/** How much of the log is kept at hand. */
const LOGGED = 100;

class Feed {
  kind = $state<Kind | null>(null);
  inStock = $state(false);
  prices = $state<Prices>(null);
  size = $state(PAGE);
  /** 0 to 1, as {@link Request} says. */
  variety = $state(0);
  surprise = $state(0);
  readonly list = new Fetched<Shown[]>();
  candidates = $state(0);
  /** Whether a fresh list would be in another order than the one that is shown. */
  stale = $state(false);
  /** What else there is, each row for a reason of its own, as of the last visit. */
  rows = $state.raw<Row[]>([]);
  readonly weights = new Fetched<Weights>();
  /** Which way the last act moved the weights. */
  went = $state.raw<Map<Signal, Way>>(new Map());
  readonly log = new Fetched<Activity[]>();
  /** The items that were changed by hand last; whatever shows one of them follows. */
  touched = $state.raw<readonly ItemView[]>([]);

  #filled = 0;
  #fresh = 0;

  /** Fetches list, weights and log as they are now; what was marked is let go. */
  async refresh(): Promise<void> {
    await this.#renew((ranked) => plain(ranked));
    void this.#fill();
  }

  /** A list anew; where surprise is asked for, another one. */
  async freshen(): Promise<void> {
    this.#fresh += 1;
    await this.refresh();
  }

  choose(kind: Kind | null): void {
    this.kind = kind;
    this.size = PAGE;
    void this.refresh();
  }

  stockOnly(inStock: boolean): void {
    this.inStock = inStock;
    void this.refresh();
  }

  within(prices: Prices): void {
    this.prices = prices;
    void this.refresh();
  }

  /** Sets how the list is put together, 0 to 1. */
  shape(what: 'variety' | 'surprise', share: number): void {
    this[what] = share;
    void this.refresh();
  }

  /** Makes the list longer; what is there stays. */
  more(): void {
    this.size = Math.min(1000, this.size + PAGE);
    void this.#renew((ranked, shown) => this.#over(ranked, shown, shown.slice(-1).map(({ item }) => item.id)));
  }

  /**
   * Fetches all anew after something was written to the log. Down to what was acted upon, and as far as one
   * sees, all stays in its place; what an undo was about comes into view.
   */
  async follow({ what, item, changes }: Recorded): Promise<void> {
    const before = this.weights.value?.weights ?? [];
    const undo = what.did === 'undo';
    const about = item ? [item.id] : [];
    // An act holds a little more than is seen, so that its undo, which holds what is seen, leads back to the same.
    await this.#renew((ranked, shown) =>
      undo ? back(this.#over(ranked, shown, sighted())) : this.#over(ranked, shown, [...about, ...sighted(NEAR)]));
    this.went = moved(changes, before, this.weights.value?.weights ?? []);
    if (undo && item) void bring(item.id);
  }

  /** Shows items as they are now wherever the list has them. */
  touch(...items: readonly ItemView[]): void {
    for (const item of items) {
      this.list.change((shown) => renewed(shown, item));
      this.rows = this.rows.map((row) => ({ ...row, items: renewed(row.items, item) }));
    }
    this.touched = items;
  }

  /** Lets go of all that is shown of a profile; answers that are under way come too late. */
  forget(): void {
    this.#filled += 1;
    this.list.forget();
    this.rows = [];
    this.weights.forget();
    this.went = new Map();
    this.log.forget();
  }

  /** Lets go of what was asked of a library that is no more. */
  restored(): void {
    this.touched = [];
    this.prices = null;
    this.inStock = false;
    this.size = PAGE;
  }

  #over(ranked: Ranked[], shown: Shown[], held: readonly ItemId[]): Shown[] {
    return laid(shown, ranked, held, (item) => marks.last(item, session.profile) !== null);
  }

  /** What is asked; of a kind that the library has no more, nothing is. */
  #request(): Request {
    if (this.kind !== null && !session.status?.kinds[this.kind]) this.kind = null;
    const { size: n, kind, inStock, prices, variety, surprise } = this;
    return request({ n, kind, inStock, prices, variety, surprise, seed: this.#fresh });
  }

  async #fill(): Promise<void> {
    const { profile } = session;
    if (profile === null) return;
    const filled = ++this.#filled;
    try {
      const { rows } = await api.rows(profile, { ...this.#request(), n: Math.min(this.size, CLEAR) });
      if (filled === this.#filled && profile === session.profile) this.rows = rows.filter(({ kind }) => kind.row !== 'for_you');
    } catch (cause) {
      if (filled === this.#filled) toast.complain(cause);
    }
  }

  async #renew(lay: (ranked: Ranked[], shown: Shown[]) => Shown[]): Promise<void> {
    const { profile } = session;
    if (profile === null) return;
    const all = Promise.all([
      api.recommend(profile, this.#request()),
      api.weights(profile, false),
      api.activity(profile, { query: '', did: null, item: null, limit: LOGGED }),
    ]);
    await Promise.all([
      this.list.lay(all, ([{ candidates, items, profile: { entries } }]) => {
        this.candidates = candidates;
        session.profiles = session.profiles.map((one) => (one.id === profile ? { ...one, entries } : one));
        const shown = this.list.value ?? [];
        const over = lay(items, shown);
        this.stale = over.some((place, at) => place.item.id !== items[at]?.item.id);
        return withKnownItems(over, shown);
      }),
      this.weights.lay(all, ([, weights]) => weights),
      this.log.lay(all, ([, , log]) => log),
    ]);
  }
}

export const feed = new Feed();
session.whenSwitched({ leave: () => feed.forget(), meet: () => feed.refresh() });
session.whenRestored(() => feed.restored());

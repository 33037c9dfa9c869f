/**
 * The basket of whoever stands at the counter: what is in it, and what goes with it.
 *
 * It is of this sitting alone; what is recorded as bought is in the log of the customer.
 */
import * as api from '../api';
import { laid, plain, renewed, type Shown } from '../list';
import { type Prices, request } from '../request';
import type { Found, ItemId, ItemView, Kind, ProfileId } from '../types';
import { deeds } from './deeds.svelte';
import { Fetched } from './fetched.svelte';
import { Asking } from './finder.svelte';
import { session } from './session.svelte';

const PAGE = 24;
/** How many search results are offered to be put in. */
const FOUND = 6;

class Basket {
  items = $state.raw<ItemView[]>([]);
  kind = $state<Kind | null>(null);
  inStock = $state(false);
  prices = $state<Prices>(null);
  /** 0 to 1. */
  variety = $state(0);
  readonly list = new Fetched<Shown[]>();
  candidates = $state(0);
  /** Who buys, if the person has said so. */
  chosen = $state<ProfileId | null>(null);
  finder = new Asking<Found>((query) => api.search(query, this.kind, FOUND));

  #begun = false;

  /** Who buys. */
  get customer(): ProfileId | null {
    return session.profiles.some(({ id }) => id === this.chosen) ? this.chosen : session.profile;
  }

  /** The price of all, where every price is known. */
  get total(): number | null {
    let sum = 0;
    for (const { price } of this.items) {
      if (!price || price.filled) return null;
      sum += price.value;
    }
    return sum;
  }

  /** Begins with what a shop sells, where the library has that. */
  begin(): void {
    if (!this.#begun && session.status?.kinds.product) this.kind = 'product';
    this.#begun = true;
    if (this.kind !== null && !session.status?.kinds[this.kind]) this.kind = null;
    void this.renew();
  }

  has(item: ItemId): boolean {
    return this.items.some(({ id }) => id === item);
  }

  /** Puts an item in, or takes it out. */
  toggle(item: ItemView): void {
    const { id } = item;
    this.items = this.has(id) ? this.items.filter((other) => other.id !== id) : [...this.items, item];
    void this.renew(id);
  }

  clear(): void {
    this.items = [];
    void this.renew();
  }

  /** Begins anew: what was in it is of a library that is no more. */
  restored(): void {
    this.#begun = false;
    this.kind = this.prices = this.chosen = null;
    this.inStock = false;
    this.finder.type('');
    this.clear();
  }

  of(kind: Kind | null): void {
    this.kind = kind;
    this.finder.again();
    void this.renew();
  }

  stockOnly(inStock: boolean): void {
    this.inStock = inStock;
    void this.renew();
  }

  within(prices: Prices): void {
    this.prices = prices;
    void this.renew();
  }

  /** Shows an item as it is now. */
  touch(item: ItemView): void {
    this.items = this.items.map((one) => (one.id === item.id ? item : one));
    this.list.change((shown) => renewed(shown, item));
  }

  shape(variety: number): void {
    this.variety = variety;
    void this.renew();
  }

  /** Records everything in it as bought by the customer; what could not be recorded stays in it. */
  async buy(): Promise<void> {
    const { customer } = this;
    if (customer === null) return;
    const ids = this.items.map(({ id }) => id);
    const bought = await deeds.actAll(ids, 'buy', 'basket', customer);
    const gone = new Set(bought.map(({ item }) => item?.id));
    this.items = this.items.filter(({ id }) => !gone.has(id));
    if (this.items.length === 0) this.finder.type('');
    await this.renew();
  }

  /** Fetches what goes with it; after an item was put in or taken out, all down to that stays in its place. */
  async renew(acted: ItemId | null = null): Promise<void> {
    if (this.items.length === 0) {
      this.list.forget();
      return;
    }
    const ids = this.items.map(({ id }) => id);
    const { kind, inStock, prices, variety } = this;
    await this.list.lay(api.basket(ids, request({ n: PAGE, kind, inStock, prices, variety })), ({ candidates, items }) => {
      this.candidates = candidates;
      const shown = this.list.value;
      return acted === null || shown === null ? plain(items) : laid(shown, items, [acted], (item) => this.has(item));
    });
  }
}

export const basket = new Basket();
session.whenRestored(() => basket.restored());

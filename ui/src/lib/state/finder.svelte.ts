/** What is asked as one types: it waits for the typing to rest, and lets only the latest answer through. */
import * as api from '../api';
import type { ItemView } from '../types';
import { type Loading, nothing } from './loading';
import { session } from './session.svelte';

/** How long typing has to rest, in milliseconds. */
const REST = 120;

type Asks<T> = (query: string) => Promise<T>;

export class Asking<T> {
  query = $state('');
  found = $state<Loading<T>>(nothing());

  #asked = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** `blank` is what is asked where nothing was typed. */
  constructor(
    readonly ask: Asks<T>,
    readonly blank: Asks<T> | null = null,
  ) {}

  type(query: string): void {
    this.query = query;
    clearTimeout(this.#rest);
    const asked = ++this.#asked;
    const ask = query.trim() === '' ? this.blank : this.ask;
    if (ask === null) {
      this.found = nothing();
      return;
    }
    this.found.busy = true;
    this.#rest = setTimeout(() => void this.#answer(asked, ask), REST);
  }

  /** Lets go of what was typed and found. */
  clear(): void {
    clearTimeout(this.#rest);
    this.#asked += 1;
    this.query = '';
    this.found = nothing();
  }

  /** Asks the same again. */
  again(): void {
    this.type(this.query);
  }

  async #answer(asked: number, ask: Asks<T>): Promise<void> {
    try {
      const value = await ask(this.query.trim());
      if (asked === this.#asked) this.found = { value, busy: false, failure: null };
    } catch (cause) {
      if (asked !== this.#asked) return;
      this.found = { value: null, busy: false, failure: api.asFailure(cause) };
    }
  }
}

/** How many first picks are fetched, of which those that were chosen long ago are left out. */
const PICKS = 60;
const pick: Asks<ItemView[]> = (wish) => api.picks(wish, null, PICKS);
/** The first picks, near to a wish where one is typed. */
export const picker = new Asking(pick, pick);
session.whenRestored(() => picker.clear());

/** What is asked as one types: it waits for the typing to rest, and lets only the latest answer through. */
import * as api from '../api';
import type { ItemView } from '../types';
import { Fetched } from './fetched.svelte';
import { session } from './session.svelte';

/** How long typing has to rest, in milliseconds. */
const REST = 120;

type Asks<T> = (query: string) => Promise<T>;

export class Asking<T> {
  query = $state('');
  readonly found = new Fetched<T>(false);

  #rest: ReturnType<typeof setTimeout> | undefined;

  /** `blank` is what is asked where nothing was typed. */
  constructor(
    readonly ask: Asks<T>,
    readonly blank: Asks<T> | null = null,
  ) {}

  type(query: string): void {
    this.query = query;
    clearTimeout(this.#rest);
    const ask = query.trim() === '' ? this.blank : this.ask;
    if (ask === null) this.found.forget();
    else void this.#answer(ask);
  }

  /** Lets go of what was typed and found. */
  clear(): void {
    clearTimeout(this.#rest);
    this.query = '';
    this.found.forget();
  }

  /** Asks the same again. */
  again(): void {
    this.type(this.query);
  }

  /** What was found before stays until the typing rests and the answer is here. */
  async #answer(ask: Asks<T>): Promise<void> {
    const rested = new Promise<void>((done) => (this.#rest = setTimeout(done, REST)));
    await this.found.ask(rested.then(() => ask(this.query.trim())));
  }
}

/** How many first picks are fetched, of which those that were chosen long ago are left out. */
const PICKS = 60;
const pick: Asks<ItemView[]> = (wish) => api.picks(wish, null, PICKS);
/** The first picks, near to a wish where one is typed. */
export const picker = new Asking(pick, pick);
session.whenRestored(() => picker.clear());

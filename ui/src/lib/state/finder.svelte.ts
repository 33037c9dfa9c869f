/** The search that is under way: asks as one types, and lets only the latest answer through. */
import * as api from '../api';
import type { Found } from '../types';
import { type Loading, nothing } from './loading';

/** How long typing has to rest, in milliseconds. */
const REST = 120;
const LIMIT = 60;

class Finder {
  query = $state('');
  found = $state<Loading<Found>>(nothing());

  #asked = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  type(query: string): void {
    this.query = query;
    clearTimeout(this.#rest);
    const asked = ++this.#asked;
    if (query.trim() === '') {
      this.found = nothing();
      return;
    }
    this.found.busy = true;
    this.#rest = setTimeout(() => void this.#ask(asked), REST);
  }

  /** Asks the same again, after a failure. */
  again(): void {
    this.type(this.query);
  }

  async #ask(asked: number): Promise<void> {
    try {
      const value = await api.search(this.query.trim(), null, LIMIT);
      if (asked === this.#asked) this.found = { value, busy: false, failure: null };
    } catch (cause) {
      if (asked !== this.#asked) return;
      this.found = { value: null, busy: false, failure: api.asFailure(cause) };
    }
  }
}

export const finder = new Finder();

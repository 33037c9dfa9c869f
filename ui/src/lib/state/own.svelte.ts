/**
 * What the engine tells of the profile in use and is asked only where somebody looks: the past of
 * its mix, the map of its taste, its drift.
 *
 * An answer for another profile, or that a later question has overtaken, is dropped; the last one
 * stays while it is asked again.
 */
import * as api from '../api';
import type { Drift, ProfileId, TasteMap, Weights } from '../types';
import { feed } from './feed.svelte';
import { type Loading, nothing } from './loading';
import { session } from './session.svelte';

export class Own<T> {
  told = $state.raw<Loading<T>>(nothing());

  #whose: ProfileId | null = null;
  #since: Weights | null = null;
  #asked = 0;

  constructor(readonly ask: (profile: ProfileId) => Promise<T>) {
    session.whenRestored(() => this.#restored());
  }

  /** Asks again if what was told is of another profile, or from before the mix was told last. */
  async follow(): Promise<void> {
    const { value, busy } = feed.weights;
    if (session.profile !== this.#whose) this.told = nothing();
    if (value === null && busy) return;
    if (session.profile === this.#whose && value === this.#since) return;
    await this.load();
  }

  #restored(): void {
    this.#asked += 1;
    this.#whose = this.#since = null;
    this.told = nothing();
  }

  async load(): Promise<void> {
    this.#since = feed.weights.value;
    const { profile } = session;
    const asked = ++this.#asked;
    const value = profile === this.#whose ? this.told.value : null;
    this.#whose = profile;
    this.told = { value, busy: true, failure: null };
    if (profile === null) return;
    try {
      const told = await this.ask(profile);
      if (asked === this.#asked) this.told = { value: told, busy: false, failure: null };
    } catch (cause) {
      if (asked === this.#asked) this.told = { value, busy: false, failure: api.asFailure(cause) };
    }
  }
}

/** The weights after every entry. */
export const past = new Own<Weights>((profile) => api.weights(profile, true));
export const map = new Own<TasteMap>(api.tasteMap);
export const drift = new Own<Drift>(api.drift);

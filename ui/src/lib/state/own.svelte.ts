/**
 * What the engine tells of the profile in use and is asked only where somebody looks: the past of
 * its mix, the map of its taste, its drift.
 */
import * as api from '../api';
import type { Drift, ProfileId, TasteMap, Weights } from '../types';
import { feed } from './feed.svelte';
import { Fetched } from './fetched.svelte';
import { session } from './session.svelte';

export class Own<T> {
  readonly told = new Fetched<T>();

  #whose: ProfileId | null = null;
  #since: Weights | null = null;

  constructor(readonly ask: (profile: ProfileId) => Promise<T>) {
    session.whenRestored(() => this.#restored());
  }

  /** Asks again if what was told is of another profile, or from before the mix was told last. */
  async follow(): Promise<void> {
    const { value, busy } = feed.weights;
    if (session.profile !== this.#whose) this.told.forget();
    if (value === null && busy) return;
    if (session.profile === this.#whose && value === this.#since) return;
    await this.load();
  }

  #restored(): void {
    this.#whose = this.#since = null;
    this.told.forget();
  }

  async load(): Promise<void> {
    const { profile } = session;
    this.#since = feed.weights.value;
    if (profile !== this.#whose) this.told.forget();
    this.#whose = profile;
    if (profile !== null) await this.told.ask(this.ask(profile));
  }
}

/** The weights after every entry. */
export const past = new Own<Weights>((profile) => api.weights(profile, true));
export const map = new Own<TasteMap>(api.tasteMap);
export const drift = new Own<Drift>(api.drift);

/**
 * The log as it is looked through, and the entries of it that are chosen.
 *
 * Only entries that are shown can be acted upon: what another question hides is let go. What took
 * something back cannot be chosen; it goes with that.
 */
import * as api from '../api';
import type { Did } from '../i18n/en/activity';
import type { Activity, ProfileId } from '../types';
import { deeds } from './deeds.svelte';
import { Fetched } from './fetched.svelte';
import { session } from './session.svelte';

/** Far more than anyone does; the lines out of sight are not in the page. */
const MOST = 100_000;
/** How long typing has to rest, in milliseconds. */
const REST = 120;

class Journal {
  query = $state('');
  did = $state<Did | null>(null);
  readonly log = new Fetched<Activity[]>(false);
  /** Under way is something after which entries are not where they were. */
  working = $state(false);
  /** By sequence. */
  #picked = $state.raw<ReadonlySet<number>>(new Set());
  #anchor: number | null = null;

  #of: ProfileId | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** The entries that are chosen, newest first. */
  chosen = $derived((this.log.value ?? []).filter((entry) => entry.what.did !== 'undo' && this.#picked.has(entry.sequence)));
  /** Those of them that can be taken back. */
  counting = $derived(this.chosen.filter((entry) => !entry.undone));
  /** The entries that can be chosen. */
  open = $derived((this.log.value ?? []).filter((entry) => entry.what.did !== 'undo'));

  get narrowed(): boolean {
    return this.did !== null || this.query.trim() !== '';
  }

  has(sequence: number): boolean {
    return this.#picked.has(sequence);
  }

  type(query: string): void {
    this.query = query;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.renew(), REST);
  }

  of(did: Did | null): void {
    this.did = did;
    void this.renew();
  }

  everything(): void {
    this.query = '';
    this.of(null);
  }

  /** Chooses an entry or lets it go; ranging, all from the one before to it. */
  choose(sequence: number, ranging = false): void {
    const on = !this.has(sequence);
    const [from, to] = [this.#anchor, sequence].map((end) => this.open.findIndex((entry) => entry.sequence === end)) as [number, number];
    const these = ranging && from >= 0 ? this.open.slice(Math.min(from, to), Math.max(from, to) + 1) : this.open.slice(to, to + 1);
    const picked = new Set(this.#picked);
    for (const entry of these) {
      if (on) picked.add(entry.sequence);
      else picked.delete(entry.sequence);
    }
    this.#picked = picked;
    this.#anchor = sequence;
  }

  chooseAll(on: boolean): void {
    this.#picked = new Set(on ? this.open.map((entry) => entry.sequence) : []);
    this.#anchor = null;
  }

  /** Takes back what is chosen and counts. */
  takeBack(): Promise<void> {
    const sequences = this.counting.map((entry) => entry.sequence).reverse();
    return this.#work(() => deeds.undoAll(sequences));
  }

  /** Erases what is chosen for good. */
  forget(): Promise<void> {
    const sequences = this.chosen.map((entry) => entry.sequence).reverse();
    return this.#work(() => deeds.forget(sequences));
  }

  /** Lets go of the log that was read. */
  restored(): void {
    clearTimeout(this.#rest);
    this.#of = this.did = null;
    this.query = '';
    this.log.forget();
    this.chooseAll(false);
  }

  /** Asks for the log as it is now. */
  async renew(): Promise<void> {
    const { profile } = session;
    if (profile === null) return;
    clearTimeout(this.#rest);
    if (profile !== this.#of) {
      this.log.forget();
      this.chooseAll(false);
      this.#of = profile;
    }
    await this.log.ask(api.activity(profile, { query: this.query, did: this.did, item: null, limit: MOST }));
  }

  async #work(what: () => Promise<void>): Promise<void> {
    this.working = true;
    this.chooseAll(false);
    await what();
    await this.renew();
    this.working = false;
  }
}

export const journal = new Journal();
session.whenRestored(() => journal.restored());

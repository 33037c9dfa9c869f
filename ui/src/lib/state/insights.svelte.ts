/**
 * Whether it works: the evaluation of the log of whoever reads, and learning from everyone here.
 *
 * An evaluation takes seconds, so one runs at a time; what was asked meanwhile runs once more after
 * it. A training goes on when another screen is looked at.
 */
import * as api from '../api';
import { type Pace, paced } from '../pace';
import type { Evaluation, ProfileId, Training } from '../types';
import { feed } from './feed.svelte';
import { type Loading, nothing } from './loading';
import { session } from './session.svelte';
import { toast } from './toast.svelte';

class Insights {
  own = $state<Loading<Evaluation>>(nothing());
  running = $state(false);
  pace = $state<Pace | null>(null);
  /** What the last training of this sitting found, until it is forgotten. */
  training = $state.raw<Training | null>(null);
  forgotten = $state(false);
  /** Why learning or forgetting did not happen. */
  failure = $state<api.Failure | null>(null);

  #whose: ProfileId | null = null;
  #asked = false;
  /** Counts the libraries of this sitting. */
  #library = 0;

  /** Evaluates the log as it is now. */
  async load(): Promise<void> {
    const { busy } = this.own;
    if (session.profile !== this.#whose) this.own = nothing();
    this.#whose = session.profile;
    this.#asked = true;
    this.own.busy = true;
    if (busy) return;
    while (this.#asked && this.#whose !== null) {
      this.#asked = false;
      await this.#evaluate(this.#whose);
    }
    this.own.busy = false;
  }

  async #evaluate(profile: ProfileId): Promise<void> {
    const library = this.#library;
    const late = () => profile !== this.#whose || library !== this.#library;
    try {
      const value = await api.evaluateProfile(profile);
      if (!late()) this.own = { value, busy: true, failure: null };
    } catch (cause) {
      if (!late()) this.own = { ...this.own, failure: api.asFailure(cause) };
    }
  }

  /** Lets go of what was judged and learned. */
  restored(): void {
    this.#library += 1;
    // What is under way ends by itself, and is not shown.
    this.own = { ...nothing<Evaluation>(), busy: this.own.busy };
    this.#asked = false;
    this.#whose = null;
    this.#clear();
  }

  async train(): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.#clear();
    try {
      this.training = await api.train((progress) => (this.pace = paced(this.pace, progress, Date.now())));
    } catch (cause) {
      this.failure = api.asFailure(cause);
    }
    this.running = false;
    this.pace = null;
    if (this.training?.adopted) await this.#settle();
  }

  async stop(): Promise<void> {
    try {
      await api.cancel('train');
    } catch (cause) {
      toast.complain(cause);
    }
  }

  /** Goes back to the start that ships with Curio. */
  async forget(): Promise<void> {
    this.#clear();
    try {
      await api.forgetTraining();
      this.forgotten = true;
    } catch (cause) {
      this.failure = api.asFailure(cause);
      return;
    }
    await this.#settle();
  }

  #clear(): void {
    this.pace = null;
    this.training = null;
    this.forgotten = false;
    this.failure = null;
  }

  /** Every mix begins elsewhere now: the list and the evaluation are asked for again. */
  async #settle(): Promise<void> {
    try {
      await session.count();
      await feed.refresh();
    } catch (cause) {
      toast.complain(cause);
    }
    await this.load();
  }
}

export const insights = new Insights();
session.whenRestored(() => insights.restored());

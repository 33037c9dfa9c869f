/**
 * Whether it works: the evaluation of the log of whoever reads, and learning from everyone here.
 *
 * An evaluation takes seconds, so one runs at a time; of what was asked meanwhile, the latest runs after
 * it. A training goes on when another screen is looked at.
 */
import * as api from '../api';
import { type Pace, paced } from '../pace';
import type { Evaluation, ProfileId, Training } from '../types';
import { feed } from './feed.svelte';
import { Fetched } from './fetched.svelte';
import { session } from './session.svelte';
import { toast } from './toast.svelte';

class Insights {
  readonly own = new Fetched<Evaluation>();
  running = $state(false);
  pace = $state<Pace | null>(null);
  /** What the last training of this sitting found, until it is forgotten. */
  training = $state.raw<Training | null>(null);
  forgotten = $state(false);
  /** Why learning or forgetting did not happen. */
  failure = $state<api.Failure | null>(null);

  #whose: ProfileId | null = null;
  #asked = 0;
  /** The evaluation that runs, and those that wait behind it. */
  #queue: Promise<unknown> = Promise.resolve();

  /** Evaluates the log as it is now. */
  async load(): Promise<void> {
    const { profile } = session;
    if (profile !== this.#whose) this.own.forget();
    this.#whose = profile;
    const asked = ++this.#asked;
    if (profile === null) return;
    const turn = this.#queue.then(() => {
      if (asked !== this.#asked) throw new Error('overtaken while it waited');
      return api.evaluateProfile(profile);
    });
    this.#queue = turn.catch(() => null);
    await this.own.ask(turn);
  }

  /** Lets go of what was judged and learned. */
  restored(): void {
    this.#asked += 1;
    this.#whose = null;
    this.own.forget();
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

/**
 * The encoders: which there are, the choice of one, and the work that follows from it.
 *
 * The work runs in the background, by itself where something is left to do, and stops when it is
 * told to. The engine keeps what is done; the list learns of a change at the next visit.
 */
import * as api from '../api';
import type { Messages } from '../i18n';
import { type Pace, paced } from '../pace';
import type { EncoderView } from '../types';
import { Fetched } from './fetched.svelte';
import { session } from './session.svelte';
import { toast } from './toast.svelte';

class Encoders {
  readonly all = new Fetched<EncoderView[]>();
  running = $state(false);
  pace = $state<Pace | null>(null);
  /** An import is writing, which encodes what it brings; what it leaves is for afterwards. */
  held = false;
  /** Why a choice was refused, or the work stopped that was not told to. */
  failure = $state<api.Failure | null>(null);

  /** The one that was chosen. */
  get chosen(): EncoderView | null {
    return this.all.value?.find((one) => one.chosen) ?? null;
  }

  /** What the work is: another is prepared, or the one in use reads what is new. */
  title(words: Messages['encoders']): string {
    const status = session.status?.encoder;
    const name = status?.making?.name ?? this.chosen?.name ?? '';
    return name === status?.name ? words.reading : words.work(words.known[name]?.name ?? name);
  }

  async load(): Promise<void> {
    await this.all.ask(api.encoders());
  }

  /** Chooses an encoder and begins its work; says whether it was accepted. */
  async choose(name: string): Promise<boolean> {
    this.failure = null;
    try {
      this.all.put(await api.chooseEncoder(name));
    } catch (cause) {
      this.failure = api.asFailure(cause);
      return false;
    }
    await this.#count();
    void this.resume();
    return true;
  }

  /** Goes on with what is left, if anything is; work that runs follows the choice by itself. */
  async resume(): Promise<void> {
    if (this.running || this.held || !session.status?.encoder.making) return;
    this.running = true;
    this.pace = null;
    this.failure = null;
    try {
      await api.encode((progress) => (this.pace = paced(this.pace, progress, Date.now())));
    } catch (cause) {
      this.failure = api.asFailure(cause);
    }
    await this.#count();
    if (this.all.value) await this.load();
    this.running = false;
    this.pace = null;
  }

  async stop(): Promise<void> {
    try {
      await api.cancel('encode');
    } catch (cause) {
      toast.complain(cause);
    }
  }

  async #count(): Promise<void> {
    try {
      await session.count();
    } catch (cause) {
      toast.complain(cause);
    }
  }
}

export const encoders = new Encoders();

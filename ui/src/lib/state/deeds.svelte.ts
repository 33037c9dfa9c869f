/**
 * What is written to the logs: acts, their undo, weights set by hand.
 *
 * One deed after another. What it did is told with its way back, and what is recommended follows it.
 */
import * as api from '../api';
import type { Action, ItemId, Preview, ProfileId, Recorded, Signal, Trait, What } from '../types';
import { feed } from './feed.svelte';
import { marks } from './marks.svelte';
import { session } from './session.svelte';
import { toast } from './toast.svelte';

/** What an item is marked with, if that is this act. */
function marked(item: ItemId, action: Action, profile: ProfileId) {
  const mark = marks.last(item, profile);
  return mark && JSON.stringify(mark.action) === JSON.stringify(action) ? mark : null;
}
/** What an undo took back, where the marks or the log at hand still have it. */
function taken({ profile, what }: Recorded): What | null {
  if (what.did !== 'undo') return null;
  const mark = marks.all.find((one) => one.profile === profile && one.entry === what.sequence);
  if (mark) return { did: 'act', action: mark.action };
  const log = profile === session.profile ? feed.log.value : null;
  return log?.find(({ sequence }) => sequence === what.sequence)?.what ?? null;
}

/** The way back from what was written; an undo has none. */
const back = ([first]: readonly Recorded[], take: () => Promise<void>) => (first && first.what.did !== 'undo' ? () => void take() : undefined);

class Deeds {
  /** What was written to any log last; lists of other screens follow it. */
  latest = $state.raw<Recorded | null>(null);

  #queue: Promise<void> = Promise.resolve();

  /** Records an act. The same act on an item that is marked with it takes it back. */
  act(item: ItemId, action: Action, surface: string): Promise<void> {
    return this.#write((profile) => {
      const mark = marked(item, action, profile);
      return mark ? api.undo(profile, mark.entry) : api.record(profile, item, action, surface);
    }, session.actor);
  }

  /** Records an act unless the item is marked with it: what a hurried hand says twice is said once. */
  set(item: ItemId, action: Action, surface: string): Promise<void> {
    return this.#write((profile) => (marked(item, action, profile) ? null : api.record(profile, item, action, surface)), session.actor);
  }

  /** Takes back an entry, the latest that counts when none is named. */
  undo(sequence: number | null = null, profile = session.actor): Promise<void> {
    return this.#write((profile) => api.undo(profile, sequence), profile);
  }

  /** Records the same act on several items; answers those that were recorded before one was refused. */
  actAll(items: readonly ItemId[], action: Action, surface: string, profile: ProfileId): Promise<Recorded[]> {
    return this.#several(profile, async (done) => {
      for (const item of items) done.push(await api.record(profile, item, action, surface));
    });
  }

  /** Takes back several entries of one log at once; all of them or none. */
  async undoAll(sequences: readonly number[], profile = session.profile): Promise<void> {
    if (profile === null || sequences.length === 0) return;
    await this.#several(profile, async (done) => void done.push(...(await api.undoAll(profile, [...sequences]))));
  }

  /** Erases entries of the log in use for good. Later ones move up, so what is marked with one is let go. */
  async forget(sequences: readonly number[]): Promise<void> {
    const { profile } = session;
    if (profile === null || sequences.length === 0) return;
    await this.#turn(async () => {
      const gone = await api.forget(profile, [...sequences]);
      marks.drop(profile);
      this.latest = null;
      toast.shown = { told: (words) => words.activity.forgotten(sequences.length, gone) };
      if (profile === session.profile) await feed.refresh();
    });
  }

  pin(signal: Signal, weight: number): Promise<void> {
    return this.#write((profile) => api.pin(profile, signal, weight));
  }

  /** What setting a weight by hand would do, written nowhere. */
  previewPin(signal: Signal, weight: number): Promise<Preview> {
    if (session.profile === null) return Promise.reject(new Error('no profile is in use'));
    return api.previewPin(session.profile, signal, weight);
  }

  unpin(signal: Signal): Promise<void> {
    return this.#write((profile) => api.unpin(profile, signal));
  }

  reset(): Promise<void> {
    return this.#write((profile) => api.reset(profile));
  }

  /** Asks for less of a genre, a person or a tag; for whom acts count. */
  less(of: Trait): Promise<void> {
    return this.#write((profile) => api.less(profile, of), session.actor);
  }

  /** Waits for its turn; whatever is refused in it is told. */
  #turn(what: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(what).catch((cause: unknown) => toast.complain(cause));
    this.#queue = turn;
    return turn;
  }

  /** Writes one entry, tells of it, and lays the new answers out; there may be nothing to write. */
  async #write(write: (profile: ProfileId) => Promise<Recorded> | null, profile = session.profile): Promise<void> {
    if (profile === null) return;
    const sitting = session.profile;
    await this.#turn(async () => {
      const recorded = await write(profile);
      if (recorded === null || sitting !== session.profile) return;
      toast.shown = { recorded, taken: taken(recorded), back: back([recorded], () => this.undo(recorded.sequence, profile)) };
      this.#note(recorded);
      await (profile === sitting ? feed.follow(recorded) : session.recount());
    });
  }

  /** Writes several entries, tells of them together, and lays the new answers out. */
  async #several(profile: ProfileId, write: (done: Recorded[]) => Promise<void>): Promise<Recorded[]> {
    const done: Recorded[] = [];
    await this.#turn(async () => {
      try {
        await write(done);
        toast.shown = { all: done, back: back(done, () => this.undoAll(done.map(({ sequence }) => sequence), profile)) };
      } catch (cause) {
        toast.complain(cause);
      }
      done.forEach((recorded) => this.#note(recorded));
      await (profile === session.profile ? feed.refresh() : session.recount());
    });
    return done;
  }

  /** Keeps the marks in step with the log, and lets other screens know. */
  #note(recorded: Recorded): void {
    marks.follow(recorded);
    this.latest = recorded;
  }
}

export const deeds = new Deeds();
session.whenRestored(() => (deeds.latest = null));

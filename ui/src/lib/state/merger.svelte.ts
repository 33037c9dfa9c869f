/**
 * Records that may be one item, and the owner's word on them.
 *
 * The pairs are asked for when the catalogue is looked at; what is said of one takes it off the page at
 * once, and its way back is in the note at the foot of the window.
 */
import * as api from '../api';
import type { Messages } from '../i18n';
import type { ItemView, Match, Matches } from '../types';
import { browser } from './browse.svelte';
import { feed } from './feed.svelte';
import { Fetched } from './fetched.svelte';
import { session } from './session.svelte';
import { toast } from './toast.svelte';

/** How many pairs are on the page at most. */
const MOST = 50;

class Merger {
  readonly found = new Fetched<Matches>();
  busy = $state(false);

  /** Asks which pairs there are. */
  async renew(): Promise<void> {
    await this.found.ask(api.matches(MOST));
  }

  /** Lets go of what was found. */
  restored(): void {
    this.found.forget();
  }

  /** Says of pairs that they are one item. */
  async merge(pairs: readonly Match[]): Promise<void> {
    const both = pairs.map(ids);
    await this.#say(() => api.merge(both), (words) => words.merge.merged(both.length), () => api.unsay(both));
  }

  /** Says of a pair that it is not one item. */
  async keep(pair: Match): Promise<void> {
    const both = [ids(pair)];
    await this.#say(() => api.part(both), (words) => words.merge.parted, () => api.unsay(both));
  }

  /** Takes a record out of the item that it was part of; taken back, what had joined it joins it again. */
  async part(item: ItemView, record: ItemView): Promise<void> {
    const pairs: api.Pair[] = [[item.id, record.id]];
    const said = item.same.includes(record.key) || record.same.includes(item.key);
    await this.#say(() => api.part(pairs), (words) => words.merge.parted, () => (said ? api.merge(pairs) : api.unsay(pairs)));
  }

  async #say(say: () => Promise<ItemView[]>, told: (words: Messages) => string, back: () => Promise<ItemView[]>): Promise<void> {
    this.busy = true;
    try {
      await this.#show(await say());
      const undo = async () => {
        try {
          await this.#show(await back());
        } catch (cause) {
          toast.complain(cause);
        }
      };
      toast.shown = { told, back: () => void undo() };
    } catch (cause) {
      toast.complain(cause);
    }
    this.busy = false;
  }

  async #show(after: ItemView[]): Promise<void> {
    feed.touch(...after);
    await Promise.all([this.renew(), feed.refresh(), browser.renew(true)]);
  }
}

const ids = ({ one, other }: Match): api.Pair => [one.id, other.id];

export const merger = new Merger();
session.whenRestored(() => merger.restored());

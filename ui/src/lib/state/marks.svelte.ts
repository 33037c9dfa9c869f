/** What was done with items in this sitting, and the entries of the logs that did it. */
import type { Action, ItemId, ProfileId, Recorded } from '../types';
import { session } from './session.svelte';

/** What a profile did with an item, and the entry of its log that did it. */
export type Mark = { profile: ProfileId; item: ItemId; action: Action; entry: number };

class Marks {
  /** Oldest first, without what was taken back. */
  all = $state<Mark[]>([]);

  /** What a profile did with an item last; the acting one, if none is named. */
  last(item: ItemId, profile = session.actor): Mark | null {
    return this.all.findLast((mark) => mark.item === item && mark.profile === profile) ?? null;
  }

  /** Keeps in step with what was written to a log. */
  follow({ profile, what, item, sequence }: Recorded): void {
    if (what.did === 'undo') this.all = this.all.filter((mark) => mark.profile !== profile || mark.entry !== what.sequence);
    else if (what.did === 'act' && item) this.all.push({ profile, item: item.id, action: what.action, entry: sequence });
  }

  /** Lets go of what a profile did, as its entries are not where they were. */
  drop(profile: ProfileId): void {
    this.all = this.all.filter((mark) => mark.profile !== profile);
  }

  clear(): void {
    this.all = [];
  }
}

export const marks = new Marks();
session.whenSwitched({ leave: () => marks.clear() });

/**
 * The list for several: who is there, for whom acts count, and what all of them may like.
 *
 * It follows every act as the list of one does: what the eye rests on stays. Whoever is chosen is
 * remembered for this sitting.
 */
import * as api from '../api';
import { back, laid, plain, type Placed, renewed } from '../list';
import { request } from '../request';
import { bring, NEAR, sighted } from '../sight';
import type { ItemId, ItemView, Kind, ProfileId, ProfileView, Recorded, Shared } from '../types';
import { Fetched } from './fetched.svelte';
import { marks } from './marks.svelte';
import { session } from './session.svelte';

const PAGE = 24;

class Joint {
  chosen = $state<ProfileId[]>([]);
  kind = $state<Kind | null>(null);
  size = $state(PAGE);
  readonly list = new Fetched<Placed<Shared>[]>();
  candidates = $state(0);
  /** Whom acts count for, if the person has said so. */
  acting = $state<ProfileId | null>(null);
  /** Who was in use when the screen was last come to. */
  #for: ProfileId | null = null;

  /** Those who are there, in the order of the profiles. */
  get members(): ProfileView[] {
    return session.profiles.filter((profile) => this.chosen.includes(profile.id));
  }

  /** For whom acts count: whoever was chosen, else the profile in use, else the first who is there. */
  get actor(): ProfileId | null {
    const there = (profile: ProfileId | null) => this.members.some(({ id }) => id === profile);
    if (there(this.acting)) return this.acting;
    return there(session.profile) ? session.profile : (this.members[0]?.id ?? null);
  }

  /**
   * Chooses the profile in use where nobody is chosen, and with it the other where there are two; one that came
   * into use since is chosen too.
   */
  begin(): void {
    const { profile } = session;
    if (profile !== this.#for && this.#for !== null && profile !== null && this.members.length > 0 && !this.chosen.includes(profile)) this.chosen = [...this.chosen, profile];
    this.#for = profile;
    if (this.members.length === 0) {
      const two = session.profiles.length === 2;
      this.chosen = session.profiles.filter(({ id }) => two || id === session.profile).map(({ id }) => id);
    }
    if (this.kind !== null && !session.status?.kinds[this.kind]) this.kind = null;
  }

  /** Asks anew who is there. */
  restored(): void {
    this.chosen = [];
    this.#for = null;
    this.acting = this.kind = null;
    this.size = PAGE;
    this.list.forget();
  }

  choose(profile: ProfileId, there: boolean): void {
    this.chosen = there ? [...this.chosen, profile] : this.chosen.filter((id) => id !== profile);
  }

  of(kind: Kind | null): void {
    this.kind = kind;
    this.size = PAGE;
    void this.renew();
  }

  more(): void {
    this.size = Math.min(1000, this.size + PAGE);
    void this.renew((shown, items) => laid(shown, items, shown.slice(-1).map(({ item }) => item.id), this.#marked));
  }

  /** Shows an item as it is now. */
  touch(item: ItemView): void {
    this.list.change((shown) => renewed(shown, item));
  }

  /** Fetches the list after something was written to a log; what one sees stays in its place. */
  async follow({ what, item }: Recorded): Promise<void> {
    const undo = what.did === 'undo';
    const about = item ? [item.id] : [];
    await this.renew((shown, items) =>
      undo ? back(laid(shown, items, sighted(), this.#marked)) : laid(shown, items, [...about, ...sighted(NEAR)], this.#marked));
    if (undo && item) void bring(item.id);
  }

  /** Fetches the list, and shows it as it is or as it is laid over what is shown. */
  async renew(lay: (shown: Placed<Shared>[], items: Shared[]) => Placed<Shared>[] = (_, items) => plain(items)): Promise<void> {
    const profiles = this.members.map(({ id }) => id);
    if (profiles.length < 2) {
      this.list.forget();
      return;
    }
    await this.list.lay(api.together(profiles, request({ n: this.size, kind: this.kind })), ({ candidates, items }) => {
      this.candidates = candidates;
      return lay(this.list.value ?? [], items);
    });
  }

  /** Whether somebody who is there did something with an item in this sitting. */
  #marked = (item: ItemId): boolean => marks.all.some((mark) => mark.item === item && this.chosen.includes(mark.profile));
}

export const joint = new Joint();
session.whenRestored(() => joint.restored());

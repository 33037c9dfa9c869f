/**
 * The sitting: who reads, and over which library.
 *
 * Nothing here knows what is on the page. Whoever holds something of a profile, or of the library, says so
 * once, and is told when another takes its place.
 */
import * as api from '../api';
import type { ProfileId, ProfileView, Status } from '../types';
import { prefs } from './prefs.svelte';

/** Lets go of what is held of a profile, and meets the next. */
type Switched = { leave: () => void; meet?: () => Promise<void> };

class Session {
  phase = $state<'starting' | 'welcome' | 'ready' | 'failed'>('starting');
  failure = $state<api.Failure | null>(null);
  status = $state<Status | null>(null);
  profiles = $state<ProfileView[]>([]);
  profile = $state<ProfileId | null>(null);
  /** Whom acts count for, where a screen lets another than the profile in use be chosen. */
  stand = $state<ProfileId | null>(null);

  #switched: Switched[] = [];
  #renewing: (() => void)[] = [];

  /** The profile in use, as its owner sees it. */
  get who(): ProfileView | null {
    return this.profiles.find((profile) => profile.id === this.profile) ?? null;
  }

  /** The profile that acts count for. */
  get actor(): ProfileId | null {
    return this.stand ?? this.profile;
  }

  /** Has something told whenever another profile is used. */
  whenSwitched(switched: Switched): void {
    this.#switched.push(switched);
  }

  /** Has something called whenever another library is put in the place of this one. */
  whenRestored(renew: () => void): void {
    this.#renewing.push(renew);
  }

  /** Opens the library and finds who sat here last. */
  async start(): Promise<void> {
    this.phase = 'starting';
    try {
      [this.status, this.profiles] = await Promise.all([api.status(), api.profiles()]);
    } catch (cause) {
      this.failure = api.asFailure(cause);
      this.phase = 'failed';
      return;
    }
    const last = this.profiles.find((profile) => profile.id === prefs.profile) ?? this.profiles[0];
    if (!last) {
      this.phase = 'welcome';
      return;
    }
    this.phase = 'ready';
    await this.switchTo(last.id);
  }

  /** Asks again how the library stands. */
  async count(): Promise<void> {
    [this.status, this.profiles] = await Promise.all([api.status(), api.profiles()]);
  }

  /** Asks again who there is, and how much each has done. */
  async recount(): Promise<void> {
    this.profiles = await api.profiles();
  }

  /** Meets whatever a restore has put in place: items have other numbers, and nothing that was held is so any more. */
  async restored(): Promise<void> {
    this.stand = null;
    this.#leave();
    await this.count();
    for (const renew of this.#renewing) renew();
    const next = this.who ?? this.profiles[0];
    if (next) await this.switchTo(next.id);
    else this.#empty();
  }

  async switchTo(profile: ProfileId): Promise<void> {
    this.profile = profile;
    prefs.profile = profile;
    this.#leave();
    await Promise.all(this.#switched.map(({ meet }) => meet?.()));
  }

  async addProfile(name: string): Promise<ProfileView> {
    const added = await api.addProfile(name);
    await this.recount();
    return added;
  }

  async renameProfile(profile: ProfileId, name: string): Promise<void> {
    await api.renameProfile(profile, name);
    await this.recount();
  }

  async removeProfile(profile: ProfileId): Promise<void> {
    await api.removeProfile(profile);
    // Whoever is gone is left in the same step, so that nobody sits here who is not there.
    this.profiles = await api.profiles();
    const next = this.profiles[0];
    if (!next) this.#empty();
    else if (profile === this.profile) await this.switchTo(next.id);
  }

  #leave(): void {
    for (const { leave } of this.#switched) leave();
  }

  /** Nobody is left. */
  #empty(): void {
    this.profile = null;
    this.phase = 'welcome';
    this.#leave();
  }
}

export const session = new Session();

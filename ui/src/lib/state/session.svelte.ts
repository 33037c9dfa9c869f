/**
 * The sitting: who reads, what is on the page, and what the last act changed.
 *
 * Data flows one way: a component calls a verb here, the verb asks the engine and puts its answers
 * into the fields, the components follow. Verbs that change the log run one after another; an
 * answer that a later question has overtaken is dropped.
 */
import * as api from '../api';
import type { Messages } from '../i18n';
import { laid, plain, renewed, withKnownItems, type Shown } from '../list';
import { moved, type Way } from '../mix';
import { type Prices, request } from '../request';
import type { Over, Screen } from '../screens';
import type {
  Action,
  Activity,
  ItemId,
  ItemView,
  Kind,
  Preview,
  ProfileId,
  ProfileView,
  Ranked,
  Recorded,
  Request,
  Row,
  Signal,
  Status,
  Trait,
  Weights,
} from '../types';
import { Fetched } from './fetched.svelte';
import { Marks, type Mark } from './marks.svelte';
import { prefs } from './prefs.svelte';

/** What the last act did, what several at once did, what else was done and its way back, or why it did not. */
export type Toast =
  | { recorded: Recorded }
  | { all: Recorded[] }
  | { told: (words: Messages) => string; back?: () => void }
  | { failure: api.Failure };

const PAGE = 24;
/** The longest list whose items the rows are kept clear of; a longer one is seen to where they are shown. */
const CLEAR = 96;
/** How much of the log is kept at hand. */
const LOGGED = 100;

const same = (one: Action, other: Action) => JSON.stringify(one) === JSON.stringify(other);

class Session {
  phase = $state<'starting' | 'welcome' | 'ready' | 'failed'>('starting');
  failure = $state<api.Failure | null>(null);
  status = $state<Status | null>(null);
  profiles = $state<ProfileView[]>([]);
  profile = $state<ProfileId | null>(null);

  screen = $state<Screen>('for_you');
  over = $state<Over>(null);
  toast = $state<Toast | null>(null);

  kind = $state<Kind | null>(null);
  inStock = $state(false);
  prices = $state<Prices>(null);
  size = $state(PAGE);
  /** 0 to 1, as {@link Request} says. */
  variety = $state(0);
  surprise = $state(0);
  readonly list = new Fetched<Shown[]>();
  candidates = $state(0);
  /** What else there is, each row for a reason of its own, as of the last visit. */
  rows = $state.raw<Row[]>([]);
  readonly weights = new Fetched<Weights>();
  /** Which way the last act moved the weights. */
  went = $state.raw<Map<Signal, Way>>(new Map());
  readonly log = new Fetched<Activity[]>();
  readonly marks = new Marks();

  /** Whom acts count for, where a screen lets another than the profile in use be chosen. */
  stand = $state<ProfileId | null>(null);
  /** What was written to any log last; lists of other screens follow it. */
  latest = $state.raw<Recorded | null>(null);
  /** The item that was changed by hand last; whatever shows it follows. */
  touched = $state.raw<ItemView | null>(null);

  /** Who lets go of what they hold of the library, when another is put in its place. */
  #renewing: (() => void)[] = [];
  #asked = 0;
  #filled = 0;
  #fresh = 0;
  #queue: Promise<void> = Promise.resolve();

  /** The profile in use, as its owner sees it. */
  get who(): ProfileView | null {
    return this.profiles.find((profile) => profile.id === this.profile) ?? null;
  }

  /** The profile that acts count for. */
  get actor(): ProfileId | null {
    return this.stand ?? this.profile;
  }

  /** What the acting profile did with an item last. */
  mark(item: ItemId, profile = this.actor): Mark | null {
    return this.marks.last(item, profile);
  }

  /** Lays something over the page. */
  lay(over: Over): void {
    this.over = over;
  }

  /** Lays over the page what speaks for an item that may be in no list that is here. */
  async why(item: ItemId): Promise<void> {
    if (this.profile === null) return;
    try {
      const { ranked } = await api.explain(this.profile, item);
      this.lay({ what: 'why', ranked });
    } catch (cause) {
      this.complain(cause);
    }
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

  /** Leaves the welcome for the first picks, or for the list where there is nothing to pick from. */
  async begin(profile: ProfileId): Promise<void> {
    await Promise.all([this.count(), this.switchTo(profile)]);
    this.screen = this.status?.items && this.who?.entries === 0 ? 'picks' : 'for_you';
    this.phase = 'ready';
  }

  /** Asks again how the library stands. */
  async count(): Promise<void> {
    [this.status, this.profiles] = await Promise.all([api.status(), api.profiles()]);
    if (this.kind !== null && !this.status.kinds[this.kind]) this.kind = null;
  }

  /** Has something called whenever another library is put in the place of this one. */
  whenRestored(renew: () => void): void {
    this.#renewing.push(renew);
  }

  /** Meets whatever a restore has put in place: items have other numbers, and nothing that was held is so any more. */
  async restored(): Promise<void> {
    this.over = this.stand = this.latest = this.touched = null;
    this.prices = null;
    this.inStock = false;
    this.size = PAGE;
    this.#forget();
    await this.count();
    for (const renew of this.#renewing) renew();
    const next = this.who ?? this.profiles[0];
    if (next) {
      await this.switchTo(next.id);
      return;
    }
    this.profile = null;
    this.phase = 'welcome';
  }

  async switchTo(profile: ProfileId): Promise<void> {
    this.profile = profile;
    prefs.profile = profile;
    this.#forget();
    await this.refresh();
  }

  /** Fetches list, weights and log as they are now; what was marked is let go. */
  async refresh(): Promise<void> {
    await this.#renew((ranked) => plain(ranked));
    void this.#fill();
  }

  /** A list anew; where surprise is asked for, another one. */
  async freshen(): Promise<void> {
    this.#fresh += 1;
    await this.refresh();
  }

  /** Goes to a screen; coming back to the list is the next visit, on which it may move. */
  go(screen: Screen): void {
    const back = screen === 'for_you' && this.screen !== 'for_you';
    this.screen = screen;
    if (back) void this.refresh();
    if (screen === 'settings') this.count().catch((cause: unknown) => this.complain(cause));
  }

  choose(kind: Kind | null): void {
    this.kind = kind;
    this.size = PAGE;
    void this.refresh();
  }

  stockOnly(inStock: boolean): void {
    this.inStock = inStock;
    void this.refresh();
  }

  within(prices: Prices): void {
    this.prices = prices;
    void this.refresh();
  }

  /** Shows an item as it is now wherever the list has it. */
  touch(item: ItemView): void {
    if (this.list.value) this.list.value = renewed(this.list.value, item);
    this.rows = this.rows.map((row) => ({ ...row, items: renewed(row.items, item) }));
    this.touched = item;
  }

  /** Sets how the list is put together, 0 to 1. */
  shape(what: 'variety' | 'surprise', share: number): void {
    this[what] = share;
    void this.refresh();
  }

  /** Makes the list longer; what is there stays. */
  more(): void {
    this.size = Math.min(1000, this.size + PAGE);
    void this.#renew((ranked, shown) => this.#over(ranked, shown, shown.at(-1)?.item.id ?? null));
  }

  /** Records an act. The same act on an item that is marked with it takes it back. */
  act(item: ItemId, action: Action, surface: string): Promise<void> {
    return this.#change((profile) => {
      const mark = this.mark(item, profile);
      if (mark && same(mark.action, action)) return api.undo(profile, mark.entry);
      return api.record(profile, item, action, surface);
    }, this.actor);
  }

  /** Takes back an entry, the latest that counts when none is named. */
  undo(sequence: number | null = null, profile = this.actor): Promise<void> {
    return this.#change((profile) => api.undo(profile, sequence), profile);
  }

  /** Takes back what was told last, where that can be; says whether it can. It is told no more: once is enough. */
  back(): boolean {
    const { toast } = this;
    const back = toast && this.#wayBack(toast);
    if (!back) return false;
    this.toast = null;
    back();
    return true;
  }

  /** Records the same act on several items; answers those that were recorded before one was refused. */
  actAll(items: readonly ItemId[], action: Action, surface: string, profile: ProfileId): Promise<Recorded[]> {
    return this.#several(profile, async (done) => {
      for (const item of items) done.push(await api.record(profile, item, action, surface));
    });
  }

  /** Takes back several entries of one log at once; all of them or none. */
  async undoAll(sequences: readonly number[], profile = this.profile): Promise<void> {
    if (profile === null || sequences.length === 0) return;
    await this.#several(profile, async (done) => void done.push(...(await api.undoAll(profile, [...sequences]))));
  }

  /** Erases entries of the log in use for good. Later ones move up, so what is marked with one is let go. */
  forget(sequences: readonly number[]): Promise<void> {
    const { profile } = this;
    if (profile === null || sequences.length === 0) return Promise.resolve();
    const turn = this.#queue.then(async () => {
      try {
        const gone = await api.forget(profile, [...sequences]);
        this.marks.drop(profile);
        this.latest = null;
        this.toast = { told: (words) => words.activity.forgotten(gone) };
        if (profile === this.profile) await this.refresh();
      } catch (cause) {
        this.complain(cause);
      }
    });
    this.#queue = turn;
    return turn;
  }

  pin(signal: Signal, weight: number): Promise<void> {
    return this.#change((profile) => api.pin(profile, signal, weight));
  }

  /** What setting a weight by hand would do, written nowhere. */
  previewPin(signal: Signal, weight: number): Promise<Preview> {
    if (this.profile === null) return Promise.reject(new Error('no profile is in use'));
    return api.previewPin(this.profile, signal, weight);
  }

  unpin(signal: Signal): Promise<void> {
    return this.#change((profile) => api.unpin(profile, signal));
  }

  reset(): Promise<void> {
    return this.#change((profile) => api.reset(profile));
  }

  /** Asks for less of a genre, a person or a tag; for whom acts count. */
  less(of: Trait): Promise<void> {
    return this.#change((profile) => api.less(profile, of), this.actor);
  }

  async addProfile(name: string): Promise<ProfileView> {
    const added = await api.addProfile(name);
    this.profiles = await api.profiles();
    return added;
  }

  async renameProfile(profile: ProfileId, name: string): Promise<void> {
    await api.renameProfile(profile, name);
    this.profiles = await api.profiles();
  }

  async removeProfile(profile: ProfileId): Promise<void> {
    await api.removeProfile(profile);
    this.profiles = await api.profiles();
    const next = this.profiles[0];
    if (!next) {
      this.profile = null;
      this.over = null;
      this.phase = 'welcome';
    } else if (profile === this.profile) {
      await this.switchTo(next.id);
    }
  }

  /** Says why something did not happen, where the last act would be told. */
  complain(cause: unknown): void {
    const failure = api.asFailure(cause);
    if (failure.kind !== 'cancelled') this.toast = { failure };
  }

  /** What takes back what is told, if anything does. */
  #wayBack(toast: Toast): (() => void) | undefined {
    if ('failure' in toast) return undefined;
    if ('told' in toast) return toast.back;
    const entries = 'all' in toast ? toast.all : [toast.recorded];
    const [first] = entries;
    if (!first || first.what.did === 'undo') return undefined;
    if ('all' in toast) return () => void this.undoAll(entries.map(({ sequence }) => sequence), first.profile);
    return () => void this.undo(first.sequence, first.profile);
  }

  /** Writes several entries, tells of them together, and lays the new answers out. */
  #several(profile: ProfileId, write: (done: Recorded[]) => Promise<void>): Promise<Recorded[]> {
    const done: Recorded[] = [];
    const turn = this.#queue.then(async () => {
      try {
        await write(done);
        this.toast = { all: done };
      } catch (cause) {
        this.complain(cause);
      }
      done.forEach((recorded) => this.#note(recorded));
      if (profile === this.profile) await this.refresh();
      else await this.#recount();
    });
    this.#queue = turn;
    return turn.then(() => done);
  }

  /** Writes to the log, tells what it did, and lays the new answers out. */
  #change(write: (profile: ProfileId) => Promise<Recorded>, profile = this.profile): Promise<void> {
    if (profile === null) return Promise.resolve();
    const [own, sitting] = [profile === this.profile, this.profile];
    const turn = this.#queue.then(async () => {
      const before = this.weights.value?.weights ?? [];
      try {
        const recorded = await write(profile);
        if (sitting !== this.profile) return;
        this.toast = { recorded };
        this.#note(recorded);
        if (!own) {
          await this.#recount();
          return;
        }
        const acted = recorded.what.did === 'act' ? recorded.item : null;
        await this.#renew((ranked, shown) => (acted ? this.#over(ranked, shown, acted.id) : plain(ranked)));
        this.went = moved(recorded.changes, before, this.weights.value?.weights ?? []);
      } catch (cause) {
        this.complain(cause);
      }
    });
    this.#queue = turn;
    return turn;
  }

  /** Keeps the marks in step with the log, and lets other screens know. */
  #note(recorded: Recorded): void {
    this.marks.follow(recorded);
    this.latest = recorded;
  }

  /** Lets go of all that is shown of a profile; answers that are under way come too late. */
  #forget(): void {
    this.#asked += 1;
    this.#filled += 1;
    this.toast = null;
    this.marks.clear();
    this.list.forget();
    this.rows = [];
    this.weights.forget();
    this.went = new Map();
    this.log.forget();
  }

  /** Counts the entries of the profiles again. */
  async #recount(): Promise<void> {
    try {
      this.profiles = await api.profiles();
    } catch (cause) {
      this.complain(cause);
    }
  }

  #over(ranked: Ranked[], shown: Shown[], acted: ItemId | null): Shown[] {
    return laid(shown, ranked, acted, (item) => this.mark(item, this.profile) !== null);
  }

  #request(): Request {
    const { size: n, kind, inStock, prices, variety, surprise } = this;
    return request({ n, kind, inStock, prices, variety, surprise, seed: this.#fresh });
  }

  /** Fetches the rows, which nobody waits for. */
  async #fill(): Promise<void> {
    const profile = this.profile;
    if (profile === null) return;
    const filled = ++this.#filled;
    try {
      const { rows } = await api.rows(profile, { ...this.#request(), n: Math.min(this.size, CLEAR) });
      if (filled === this.#filled && profile === this.profile) this.rows = rows.filter(({ kind }) => kind.row !== 'for_you');
    } catch (cause) {
      if (filled === this.#filled) this.complain(cause);
    }
  }

  async #renew(lay: (ranked: Ranked[], shown: Shown[]) => Shown[]): Promise<void> {
    const profile = this.profile;
    if (profile === null) return;
    const asked = ++this.#asked;
    this.list.busy = this.weights.busy = this.log.busy = true;
    const request = this.#request();
    try {
      const [recommended, weights, log] = await Promise.all([
        api.recommend(profile, request),
        api.weights(profile, false),
        api.activity(profile, { query: '', did: null, item: null, limit: LOGGED }),
      ]);
      if (asked !== this.#asked) return;
      this.candidates = recommended.candidates;
      const { entries } = recommended.profile;
      this.profiles = this.profiles.map((one) => (one.id === profile ? { ...one, entries } : one));
      const shown = this.list.value ?? [];
      this.list.came(withKnownItems(lay(recommended.items, shown), shown));
      this.weights.came(weights);
      this.log.came(log);
    } catch (cause) {
      if (asked !== this.#asked) return;
      const failure = api.asFailure(cause);
      for (const one of [this.list, this.weights, this.log]) one.refused(failure);
    }
  }
}

export const session = new Session();

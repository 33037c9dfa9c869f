/**
 * The media folders: which there are, and their scans, those that a person asks for and those that follow
 * from a change in a folder.
 *
 * A folder is read for the first time only after its dry run was seen. From then on what changes in it is
 * read in the background; that is said only where it brought something.
 */
import * as api from '../api';
import { type Pace, paced } from '../pace';
import type { FolderView, Imported, Unnoticed } from '../types';
import { encoders } from './encoders.svelte';
import { feed } from './feed.svelte';
import { Fetched } from './fetched.svelte';
import { session } from './session.svelte';
import { toast } from './toast.svelte';

class Folders {
  readonly all = new Fetched<FolderView[]>();
  /** The folders in which changes are not noticed, by path. */
  unwatched = $state.raw<ReadonlyMap<string, Unnoticed>>(new Map());
  running = $state(false);
  pace = $state<Pace | null>(null);
  /** What the last scan would do or did, a folder each. */
  scans = $state<Imported[]>([]);
  /** Why the last change or scan did not happen. */
  failure = $state<api.Failure | null>(null);
  /** Something changed while a scan was running. */
  #again = false;

  async load(): Promise<void> {
    if (await this.all.ask(api.folders())) await this.#watch();
  }

  /** Meets what changed while the program was closed. */
  async start(): Promise<void> {
    await this.load();
    await this.follow();
  }

  /** Meets the folders of another library; what was told of those before is let go. */
  restored(): void {
    this.all.forget();
    this.scans = [];
    this.failure = null;
    void this.load();
  }

  /** Asks for a folder, puts it on the list and looks what is in it. */
  async choose(): Promise<void> {
    try {
      const path = await api.chooseFolder();
      if (path === null) return;
      const before = new Set(this.all.value?.map((one) => one.path));
      const added = (await this.#write(api.addFolder(path))).filter((one) => !before.has(one.path));
      if (added.length > 0) await this.scan(added.map((one) => one.path), true);
    } catch (cause) {
      toast.complain(cause);
    }
  }

  async remove(path: string): Promise<void> {
    if (this.running) return;
    this.scans = this.scans.filter((one) => one.file !== path);
    await this.#write(api.removeFolder(path));
  }

  /** Scans the folders that were scanned before. */
  async follow(): Promise<void> {
    if (this.running) {
      this.#again = true;
      return;
    }
    const paths = this.all.value?.filter((one) => one.scanned !== null).map((one) => one.path) ?? [];
    if (paths.length > 0) await this.#run(paths, false, true);
  }

  async scan(paths: string[], dryRun: boolean): Promise<void> {
    if (!this.running) await this.#run(paths, dryRun, false);
  }

  async stop(): Promise<void> {
    this.#again = false;
    try {
      await api.cancel('scan');
    } catch (cause) {
      toast.complain(cause);
    }
  }

  async #run(paths: string[], dryRun: boolean, quiet: boolean): Promise<void> {
    this.running = true;
    this.pace = null;
    this.failure = null;
    if (!quiet) this.scans = [];
    encoders.held ||= !dryRun;
    try {
      const scans = await api.scanFolders(paths, dryRun, (progress) => (this.pace = paced(this.pace, progress, Date.now())));
      const changed = scans.some((one) => one.stored + one.updated > 0);
      // What was looked at and not decided on stays before the person.
      if (!quiet || (changed && !this.scans.some((one) => one.dry_run))) this.scans = scans;
      if (!dryRun) {
        await this.load();
        await session.count();
        if (changed && session.phase === 'ready') await feed.refresh();
      }
    } catch (cause) {
      this.failure = api.asFailure(cause);
    }
    this.running = false;
    this.pace = null;
    if (!dryRun) {
      encoders.held = false;
      void encoders.resume();
    }
    if (this.#again) {
      this.#again = false;
      await this.follow();
    }
  }

  /** Takes the list as a change leaves it; nothing where the change is refused. */
  async #write(change: Promise<FolderView[]>): Promise<FolderView[]> {
    this.failure = null;
    try {
      const all = await change;
      this.all.put(all);
      await this.#watch();
      return all;
    } catch (cause) {
      this.failure = api.asFailure(cause);
      return [];
    }
  }

  /** Asks where changes are not noticed. */
  async #watch(): Promise<void> {
    try {
      this.unwatched = new Map((await api.unwatched()).map(({ path, why }) => [path, why]));
    } catch (cause) {
      toast.complain(cause);
    }
  }
}

export const folders = new Folders();
session.whenRestored(() => folders.restored());

/**
 * The import that is under way: file by file, first a dry run, then the writing, then what came of it.
 *
 * One at a time; files that are dropped meanwhile wait. Nothing is written before the person has
 * seen the dry run of that file and said so.
 */
import * as api from '../api';
import { type Pace, paced } from '../pace';
import type { Imported, Progress } from '../types';
import { encoders } from './encoders.svelte';
import { session } from './session.svelte';

export type Step =
  | { at: 'idle' }
  | { at: 'reading'; file: string; pace: Pace | null }
  | { at: 'writing'; file: string; pace: Pace | null }
  | { at: 'preview'; file: string; imported: Imported }
  | { at: 'done'; file: string; imported: Imported }
  | { at: 'filling'; pace: Pace | null }
  | { at: 'filled'; items: number }
  | { at: 'failed'; file: string | null; failure: api.Failure };

class Importer {
  step = $state<Step>({ at: 'idle' });
  hovering = $state(false);
  #waiting: string[] = [];

  get busy(): boolean {
    return ['reading', 'writing', 'filling'].includes(this.step.at);
  }

  /** How many files wait behind this one. */
  waiting = $state(0);

  async choose(): Promise<void> {
    try {
      this.take(await api.chooseTables());
    } catch (cause) {
      session.complain(cause);
    }
  }

  /** Takes the files that the program was opened with; until there is a window to show them in, they wait. */
  async open(): Promise<void> {
    if (session.phase !== 'ready') return;
    try {
      this.take(await api.opened());
    } catch (cause) {
      session.complain(cause);
    }
  }

  /** Takes files, from a dialog or a drop, and reads the first. */
  take(paths: readonly string[]): void {
    if (paths.length === 0) return;
    this.#waiting.push(...paths);
    this.waiting = this.#waiting.length;
    if (session.phase === 'ready') session.screen = 'import';
    if (!this.busy && this.step.at !== 'preview') void this.next();
  }

  /** Reads the next waiting file, or rests. */
  async next(): Promise<void> {
    const file = this.#waiting.shift();
    this.waiting = this.#waiting.length;
    if (file === undefined) {
      this.step = { at: 'idle' };
      return;
    }
    await this.#run(file, true);
  }

  async write(): Promise<void> {
    if (this.step.at === 'preview') await this.#run(this.step.file, false);
  }

  async sample(): Promise<void> {
    this.step = { at: 'filling', pace: null };
    encoders.held = true;
    try {
      const imported = await api.importSample((progress) => this.#note(progress));
      const items = imported
        .filter((one) => one.content === 'catalogue')
        .reduce((sum, one) => sum + one.stored + one.updated + one.duplicates, 0);
      this.step = { at: 'filled', items };
    } catch (cause) {
      this.#fail(null, cause);
    }
    await this.#settle();
  }

  async cancel(): Promise<void> {
    try {
      await api.cancel('import');
    } catch (cause) {
      session.complain(cause);
    }
  }

  async #run(file: string, dryRun: boolean): Promise<void> {
    this.step = { at: dryRun ? 'reading' : 'writing', file, pace: null };
    encoders.held = !dryRun;
    try {
      const profile = session.who?.name ?? null;
      const note = (progress: Progress) => this.#note(progress);
      const imported = await api.importFile(file, profile, dryRun, note);
      if (dryRun && imported.cancelled) await this.next();
      else this.step = { at: dryRun ? 'preview' : 'done', file, imported };
    } catch (cause) {
      this.#fail(file, cause);
    }
    if (!dryRun) await this.#settle();
  }

  #fail(file: string | null, cause: unknown): void {
    const failure = api.asFailure(cause);
    this.step = failure.kind === 'cancelled' ? { at: 'idle' } : { at: 'failed', file, failure };
  }

  async #settle(): Promise<void> {
    try {
      await session.count();
      await session.refresh();
    } catch (cause) {
      session.complain(cause);
    }
    // What was stopped, or came while another encoder is being prepared, is left to the background.
    encoders.held = false;
    void encoders.resume();
  }

  #note(progress: Progress): void {
    if (!('pace' in this.step)) return;
    this.step.pace = paced(this.step.pace, progress, Date.now());
  }
}

export const importer = new Importer();

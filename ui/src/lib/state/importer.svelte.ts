/**
 * The import that is under way: file by file, first a dry run, then the writing, then what came of it,
 * and perhaps its undoing.
 *
 * One at a time; files that are dropped meanwhile wait. Nothing is written before the person has
 * seen the dry run of that file and said so. What a column becomes can be changed on the dry run,
 * which then runs again; the report before it stays until the next is there.
 */
import * as api from '../api';
import { type Pace, paced } from '../pace';
import type { Content, Imported, ImportUndone, Kind, Progress } from '../types';
import { encoders } from './encoders.svelte';
import { feed } from './feed.svelte';
import { page } from './page.svelte';
import { session } from './session.svelte';
import { toast } from './toast.svelte';

/** What a person said of how a file is to be read: what columns become, and how the file is written. */
export type Choice = { content: Content | null; map: [name: string, value: string][] };

/** A dry run, and the one that may be running in its place. */
export type Preview = {
  at: 'preview';
  file: string;
  imported: Imported;
  choice: Choice;
  busy: boolean;
  pace: Pace | null;
  /** Why the last choice could not be followed. */
  failure: api.Failure | null;
};

export type Step =
  | { at: 'idle' }
  | { at: 'reading'; file: string; pace: Pace | null }
  | { at: 'writing'; file: string; pace: Pace | null }
  | Preview
  | { at: 'done'; file: string; imported: Imported }
  | { at: 'filling'; pace: Pace | null }
  | { at: 'filled'; items: number }
  | { at: 'undoing'; file: string; pace: null }
  | { at: 'undone'; undone: ImportUndone }
  | { at: 'failed'; file: string | null; failure: api.Failure };

/** What is told of how a file is written, and not of a column. */
const WRITTEN = ['encoding', 'delimiter', 'decimals', 'dates', 'lists', 'scale', 'rows'];

/** What a column is told to become that is no field of anything. */
export const KEPT = 'kept';
export const IGNORED = 'ignored';

const recognised = (): Choice => ({ content: null, map: [] });

/** The choice by which a file was read: what was asked, or else the mapping that was kept for it. */
const followed = (asked: Choice, { saved }: Imported): Choice =>
  asked.map.length > 0 || asked.content !== null || saved === null ? asked : { content: saved.content, map: [...saved.map] };

class Importer {
  step = $state<Step>({ at: 'idle' });
  hovering = $state(false);
  #waiting: string[] = [];
  /** How the file before the person is to be read, which a dry run may not have followed yet. */
  #wanted = recognised();
  /** Whether the person stopped the dry run, and not another choice. */
  #stopped = false;

  get busy(): boolean {
    return ['reading', 'writing', 'filling', 'undoing'].includes(this.step.at);
  }

  /** The name under which the choices for this file were kept just now. */
  remembered = $state<string | null>(null);

  /** How many files wait behind this one. */
  waiting = $state(0);

  async choose(): Promise<void> {
    try {
      this.take(await api.chooseTables());
    } catch (cause) {
      toast.complain(cause);
    }
  }

  /** Takes the files that the program was opened with; until there is a window to show them in, they wait. */
  async open(): Promise<void> {
    if (session.phase !== 'ready') return;
    try {
      this.take(await api.opened());
    } catch (cause) {
      toast.complain(cause);
    }
  }

  /** Takes files, from a dialog or a drop, and reads the first. */
  take(paths: readonly string[]): void {
    if (paths.length === 0) return;
    this.#waiting.push(...paths);
    this.waiting = this.#waiting.length;
    if (session.phase === 'ready') page.screen = 'import';
    if (!this.busy && this.step.at !== 'preview') void this.next();
  }

  /** Reads the next waiting file, or rests. */
  async next(): Promise<void> {
    if (this.step.at === 'preview' && this.step.busy) await this.cancel();
    const file = this.#waiting.shift();
    this.waiting = this.#waiting.length;
    if (file === undefined) {
      this.step = { at: 'idle' };
      return;
    }
    await this.#read(file);
  }

  /** Says what a column becomes; a field has one column, unless the file itself says more. */
  assign(column: string, field: string): void {
    if (this.step.at !== 'preview') return;
    const before = this.#wanted;
    const free = [KEPT, IGNORED].includes(field);
    const map = before.map.filter(([other, of]) => WRITTEN.includes(other) || (of !== column && (free || other !== field)));
    void this.#again({ ...before, map: [...map, [field, column]] });
  }

  /** Says of what kind every item is, where no column says it. */
  everything(kind: Kind | null): void {
    const { content, map } = this.#wanted;
    const rest = map.filter(([field]) => field !== 'kind');
    if (this.step.at === 'preview') void this.#again({ content, map: kind === null ? rest : [...rest, ['kind', kind]] });
  }

  /** Says how the file is written in one respect; nothing, to have it found again. */
  written(name: string, value: string | null): void {
    const { content, map } = this.#wanted;
    const rest = map.filter(([other]) => other !== name);
    const next: Choice['map'] = value === null ? rest : [...rest, [name, value]];
    if (this.step.at === 'preview') void this.#again({ content, map: next });
  }

  /** Keeps the choices for files of the same columns. */
  async remember(name: string): Promise<void> {
    const { step } = this;
    if (step.at !== 'preview') return;
    const { content, map } = $state.snapshot(this.#wanted);
    try {
      const saved = await api.saveMapping(name, step.imported.mapping.map(({ column }) => column), content, map);
      this.remembered = saved.name;
    } catch (cause) {
      step.failure = api.asFailure(cause);
    }
  }

  /** Forgets the mapping by which the file was read, and reads it without. */
  async forget(name: string): Promise<void> {
    const { step } = this;
    if (step.at !== 'preview') return;
    try {
      await api.forgetMapping(name);
      this.remembered = null;
      void this.#again(recognised());
    } catch (cause) {
      step.failure = api.asFailure(cause);
    }
  }

  /** Says what the file holds. */
  hold(content: Content): void {
    if (this.step.at === 'preview') void this.#again({ ...this.#wanted, content });
  }

  async write(): Promise<void> {
    if (this.step.at !== 'preview' || this.step.busy) return;
    const { file, choice } = this.step;
    this.step = { at: 'writing', file, pace: null };
    encoders.held = true;
    try {
      const imported = await this.#run(file, choice, false);
      this.step = { at: 'done', file, imported };
    } catch (cause) {
      this.#fail(file, cause);
    }
    await this.#settle(() => feed.refresh());
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
    await this.#settle(() => feed.refresh());
  }

  /** Undoes the last import. */
  async undo(): Promise<void> {
    const file = session.status?.last_import?.file;
    if (file === undefined || this.busy) return;
    this.step = { at: 'undoing', file, pace: null };
    encoders.held = true;
    try {
      const undone = await api.undoImport();
      // What stays may have another number.
      await this.#settle(() => session.restored());
      this.step = { at: 'undone', undone };
    } catch (cause) {
      this.#fail(null, cause);
      await this.#settle(() => feed.refresh());
    }
  }

  /** Meets another library: what came of an import is not so any more, and a dry run is run again. */
  restored(): void {
    if (this.step.at === 'preview') void this.#again(this.#wanted);
    else if (!this.busy) this.step = { at: 'idle' };
  }

  async cancel(): Promise<void> {
    this.#stopped = true;
    await this.#halt();
  }

  async #halt(): Promise<void> {
    try {
      await api.cancel('import');
    } catch (cause) {
      toast.complain(cause);
    }
  }

  async #read(file: string): Promise<void> {
    this.step = { at: 'reading', file, pace: null };
    this.#wanted = recognised();
    this.remembered = null;
    try {
      const imported = await this.#run(file, this.#wanted, true);
      this.#wanted = followed(this.#wanted, imported);
      if (imported.cancelled) await this.next();
      else this.step = { at: 'preview', file, imported, choice: this.#wanted, busy: false, pace: null, failure: null };
    } catch (cause) {
      this.#fail(file, cause);
    }
  }

  /** Reads the file anew by another choice; the run that one overtakes gives way. */
  async #again(choice: Choice): Promise<void> {
    const { step } = this;
    if (step.at !== 'preview') return;
    this.#wanted = choice;
    if (step.busy) {
      await this.#halt();
      return;
    }
    step.busy = true;
    step.failure = null;
    let asked: Choice | null = null;
    while (this.step === step && asked !== this.#wanted) {
      asked = this.#wanted;
      this.#stopped = false;
      step.pace = null;
      try {
        const imported = await this.#run(step.file, asked, true);
        if (!imported.cancelled) [step.imported, step.choice] = [imported, asked];
        else if (this.#stopped) this.#wanted = asked = step.choice;
        else asked = null;
      } catch (cause) {
        step.failure = api.asFailure(cause);
        if (asked === this.#wanted) this.#wanted = asked = step.choice;
      }
    }
    step.busy = false;
  }

  #run(file: string, choice: Choice, dryRun: boolean): Promise<Imported> {
    const profile = session.who?.name ?? null;
    const { content, map } = $state.snapshot(choice);
    return api.importFile(file, { profile, content, map, dryRun }, (progress) => this.#note(progress));
  }

  #fail(file: string | null, cause: unknown): void {
    const failure = api.asFailure(cause);
    this.step = failure.kind === 'cancelled' ? { at: 'idle' } : { at: 'failed', file, failure };
  }

  async #settle(meet: () => Promise<void>): Promise<void> {
    try {
      await session.count();
      await meet();
    } catch (cause) {
      toast.complain(cause);
    }
    // What was stopped, or came while another encoder is being prepared, is left to the background.
    encoders.held = false;
    void encoders.resume();
  }

  #note(progress: Progress): void {
    if (!('pace' in this.step) || this.step.at === 'undoing') return;
    this.step.pace = paced(this.step.pace, progress, Date.now());
  }
}

export const importer = new Importer();
session.whenRestored(() => importer.restored());

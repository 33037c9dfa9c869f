/** Toy media folders: listed, scanned into nothing, and left. */
import type { FolderView, Imported, Unwatched } from '../lib/types';
import type { Handlers } from './engine';
import { refuse } from './refusal';

type Scan = Parameters<Handlers['scan_folders']>[0];

/** The media folders of a bench of its own; `pause` waits so many milliseconds. */
export function watching(pause: (ms: number) => Promise<unknown>) {
  let all: FolderView[] = [];
  let stopped = false;

  async function scan({ paths, dryRun, onProgress }: Scan): Promise<Imported[]> {
    stopped = false;
    for (let done = 0; done <= 200 && !stopped; done += 50) {
      await pause(10);
      onProgress.onmessage({ stage: 'store', done, total: 200 });
    }
    const chosen = all.filter(({ path }) => paths.length === 0 || paths.includes(path));
    const answers = chosen.map(({ path, scanned }) => answer(path, dryRun, scanned !== null));
    const at = Date.UTC(2026, 1, 3, 9, 30);
    if (!dryRun) all = all.map((one) => (chosen.includes(one) ? { ...one, scanned: at, items: 97, files: 212, gone: 0, rejected: 1 } : one));
    return answers;
  }

  function answer(path: string, dryRun: boolean, known: boolean): Imported {
    return {
      file: path, format: 'media folder', content: 'catalogue', dry_run: dryRun, cancelled: stopped, mapping: [], parts: [],
      read: known ? 1 : 98, stored: known ? 0 : 97, updated: 0, duplicates: 0, rejected: 1,
      rejects: [{ line: 1, column: null, reason: 'Books/broken.epub: it is no archive that can be read' }],
      rejected_file: dryRun ? null : '/home/ada/.local/share/curio/rejected/media.rejected.csv',
      notes: ['212 files of music, video, books and comics'],
      filled: {}, encoded: 0, unencoded: 0, fields: [], examples: null, problem: null, habits: [], saved: null,
    };
  }

  return {
    scan,
    stop: () => (stopped = true),
    list: () => all,
    unwatched: (): Unwatched[] => [],
    add: (path: string) => {
      if (path === '') refuse('cannot read the folder');
      if (!all.some((one) => one.path === path)) all = [...all, { path, scanned: null, items: 0, files: 0, gone: 0, rejected: 0 }];
      return all;
    },
    remove: (path: string) => (all = all.filter((one) => one.path !== path)),
  };
}

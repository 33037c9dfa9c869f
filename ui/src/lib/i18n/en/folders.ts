/** Media folders: the list, scans, and what they found. */
import type { Unnoticed } from '../../types';
import { f, items, things } from './forms';

const unwatched: Record<Unnoticed, string> = {
  full: 'Changes in it are not noticed: the system lets no more folders be watched.',
  remote: 'Changes in it are not noticed: it lies on another machine, which does not tell of them.',
  away: 'Changes in it are not noticed: it is not there now, or cannot be opened.',
  partly: 'Not all changes in it are noticed: a folder in it cannot be opened.',
  refused: 'Changes in it are not noticed: the system does not let it be watched.',
};

export const folders = {
  title: 'Media folders',
  loading: 'Loading folders',
  about: 'Choose a folder of music, films, series, books or comics. Curio reads the files’ own details and covers, and never moves or changes a file. Later changes are picked up automatically.',
  unwatched,
  unwatched_next: 'It is read whenever Curio starts; to see changes sooner, read it again.',
  add: 'Choose a folder',
  unscanned: 'Not read yet.',
  scanned: (when: string, n: number, files: number) => `Read ${when}: ${items(n)} in ${things(files, 'file', 'files')}.`,
  rejected: (n: number) => `${things(n, 'file', 'files')} could not be read.`,
  gone: (n: number) => `${n === 1 ? '1 file is missing; its item stays' : `${f.number(n)} files are missing; their items stay`} in the library.`,
  look: 'See what is in it',
  rescan: 'Read it again',
  scan_one: (path: string) => `Read ${f.apart(path)}`,
  leave: 'Stop watching',
  leave_one: (path: string) => `Stop watching ${f.apart(path)}`,
  leave_sure: (path: string) => `Stop watching ${f.apart(path)}?`,
  leave_about: 'It goes off this list. What was read of it stays in the library, and nothing in the folder changes.',
  scanning: 'Reading media folders',
  would: (path: string) => `What is in ${f.apart(path)}`,
  did: (path: string) => `Read: ${f.apart(path)}`,
  stopped: (path: string) => `Stopped: ${f.apart(path)}`,
  stopped_about: 'What is counted here is stored. Read the folder again to go on from there.',
  nothing_yet: 'Nothing has been written yet.',
  nothing: 'There is nothing new in it yet. Import it all the same to have it watched.',
  go: 'Import it and watch it',
};

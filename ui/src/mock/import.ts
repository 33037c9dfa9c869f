/** A toy file of films: read as its columns say, imported into nothing, and undone. */
import type { Habit, Imported, ImportUndone, LastImport, Mapping, SavedMapping } from '../lib/types';
import type { Handlers } from './engine';
import { refuse } from './refusal';

const FIELDS = [
  'id', 'kind', 'title', 'year', 'creators', 'people', 'genres', 'tags', 'languages', 'countries', 'description', 'popularity', 'rating',
  'price', 'stock', 'profile', 'item', 'action', 'stars', 'at', 'note', 'quantity', 'basket',
];
const COLUMNS: Mapping[] = [
  { column: 'movieId', field: 'id', samples: ['1', '2', '3'], guess: null },
  { column: 'title', field: 'title', samples: ['Toy Story (1995)', 'باران (2001)', 'Birdman or (The Unexpected Virtue of Ignorance) and some more wor…'], guess: null },
  { column: 'genres', field: 'genres', samples: ['Adventure|Animation|Children', 'Drama'], guess: null },
  { column: 'vote_average', field: 'rating', samples: ['7.7', '6.9', '6.5'], guess: null },
  { column: 'shelfmark', field: null, samples: ['A 12', 'B 3'], guess: 'genres' },
  { column: 'remarks', field: null, samples: [], guess: null },
];

const HABITS: Habit[] = [
  { name: 'encoding', value: 'UTF-8', told: false, choices: ['UTF-8', 'Windows-1252', 'GB18030'] },
  { name: 'delimiter', value: 'comma', told: false, choices: ['comma', 'semicolon', 'tab'] },
  { name: 'lists', value: '|', told: false, choices: ['|', ';', ',', '/', '、', '|;'] },
];

type Given = Parameters<Handlers['import']>[0];

/** The import of a bench of its own; `pause` waits so many milliseconds. */
export function importing(pause: (ms: number) => Promise<unknown>) {
  let stopped = false;
  let last: LastImport | null = null;
  let kept: SavedMapping[] = [];

  /** The columns as a person has mapped them. */
  function mapped(map: Given['map']): Mapping[] {
    return map.reduce(
      (columns, [field, column]) =>
        columns.map((one) => {
          if (one.column === column) return { ...one, field: field === 'kept' ? null : field };
          return one.field === field && field !== 'ignored' ? { ...one, field: null } : one;
        }),
      COLUMNS,
    );
  }

  async function read({ path, content, map, dryRun, onProgress }: Given): Promise<Imported> {
    stopped = false;
    const saved = map.length === 0 && content === null ? (kept.find(({ columns }) => columns.length === COLUMNS.length) ?? null) : null;
    const told = saved?.map ?? map;
    const mapping = mapped(told).map((one) => (one.field === null ? one : { ...one, guess: null }));
    const habits = HABITS.map((habit) => {
      const value = told.find(([name]) => name === habit.name)?.[1];
      return value === undefined ? habit : { ...habit, value, told: true };
    });
    const problem = mapping.some(({ field }) => field === 'title') ? null : 'no column holds a title';
    if (problem && !dryRun) refuse(`cannot import ${path}: ${problem}`);
    const total = dryRun ? 400 : 9000;
    let done = 0;
    while (done < total && !stopped && !problem) {
      await pause(dryRun ? 5 : 60);
      done = Math.min(total, done + 150);
      onProgress.onmessage({ stage: done < total / 2 ? 'store' : 'encode', done, total });
    }
    if (!dryRun) last = { file: path.split('/').at(-1) ?? path, at: Date.UTC(2026, 1, 3, 9, 30) };
    const counted = problem ? 0 : 1;
    const year = mapping.some(({ column, field }) => column === 'shelfmark' && field === null) ? [{ field: 'shelfmark', before: '', after: 'A 12' }] : [];
    return {
      file: path, format: 'movielens', content: content ?? 'catalogue', dry_run: dryRun, cancelled: stopped, mapping,
      read: 9125 * counted, stored: 9090 * counted, updated: 12 * counted, duplicates: 20 * counted, rejected: 3 * counted,
      rejects: problem ? [] : [
        { line: 214, column: 'year', reason: '"MCMXCIV" is not a year' },
        { line: 3871, column: null, reason: 'the row has 9 fields where the header has 7' },
        { line: 8020, column: 'title', reason: 'the title is empty' },
      ],
      rejected_file: dryRun || problem ? null : `${path}.rejected.csv`,
      notes: ['UTF-8 with a byte-order mark', 'fields are separated by commas'],
      filled: dryRun ? {} : { year: 14, rating: 211 }, encoded: dryRun ? 0 : 9102, unencoded: 0,
      parts: [],
      fields: dryRun ? FIELDS : [],
      examples: dryRun
        ? {
            added: ['Toy Story', 'باران', 'Birdman or (The Unexpected Virtue of Ignorance)', '花样年华'],
            changed: [{ title: 'Solaris', changes: [{ field: 'genres', before: 'Science Fiction', after: 'Science Fiction, Drama' }, ...year] }],
            noted: [],
          }
        : null,
      problem, habits, saved,
    };
  }

  function save(mapping: SavedMapping): SavedMapping {
    kept = [...kept.filter(({ name }) => name !== mapping.name), mapping];
    return mapping;
  }

  function forget(name: string): null {
    kept = kept.filter((mapping) => mapping.name !== name);
    return null;
  }

  function undo(): ImportUndone {
    if (!last) refuse('there is no import that could be undone');
    const { file } = last;
    last = null;
    return { file, removed: 9089, restored: 12, kept: 1, entries: 0, profiles: 0, friends: 0, backup: '/home/ada/curio/backups/before-undo-import.zip' };
  }

  return { read, undo, save, forget, kept: () => kept, last: () => last, stop: () => (stopped = true) };
}

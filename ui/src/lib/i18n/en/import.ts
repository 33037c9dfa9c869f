/** Bringing files in: what is asked, what is under way, and what came of it. */
import type { Stage } from '../../types';
import { f, items, things } from './forms';

export const importing = {
  title: 'Import',
  lead: 'A catalogue of things, or a list of what you or your customers chose, as a CSV file. Nothing is written before you have seen what would happen.',
  choose: 'Choose a file',
  drop: 'or drop it anywhere in this window',
  drop_here: 'Drop it to see what is in it',
  sample: 'Add the sample library',
  reading: (file: string) => `Reading ${f.apart(file)}`,
  writing: (file: string) => `Importing ${f.apart(file)}`,
  preview: 'What is in the file',
  preview_about: 'Nothing has been written yet.',
  done: 'Imported',
  stopped: 'Stopped',
  stopped_about: 'What is counted here is stored. Import the file again to go on from there.',
  format: 'Recognised as',
  content: { catalogue: 'a catalogue of things', interactions: 'a list of choices' },
  column: 'Column in the file',
  field: 'Becomes',
  kept: 'kept as it is',
  notes: 'How it was read',
  counts: {
    read: 'Rows read',
    stored: 'New',
    updated: 'Updated',
    duplicates: 'Already here',
    rejected: 'Rejected',
  },
  filled: (field: string, n: number) =>
    `${f.apart(field)} was missing in ${things(n, 'row', 'rows')} and is estimated for the ranking only.`,
  encoded: (n: number) => `${things(n, 'text was', 'texts were')} understood by the encoder.`,
  unencoded: (n: number) => `${things(n, 'text waits', 'texts wait')} for the encoder.`,
  go: 'Import it',
  again: 'Import another file',
  to_list: 'Go to your list',
  stage: { store: 'Cleaning and storing', index: 'Indexing for search', encode: 'Reading the texts', train: 'Learning from the profiles' } satisfies Record<Stage, string>,
  progress: (done: number, total: number | null, stage: Stage) =>
    total === null ? (stage === 'train' ? things(done, 'step', 'steps') : things(done, 'row', 'rows')) : `${f.number(done)} of ${f.number(total)}`,
  left: (seconds: number) =>
    seconds < 60
      ? `about ${things(Math.max(1, Math.round(seconds)), 'second', 'seconds')} left`
      : `about ${things(Math.round(seconds / 60), 'minute', 'minutes')} left`,
  cancel: 'Stop',
  rejects: (n: number) => things(n, 'row was rejected', 'rows were rejected'),
  rejects_more: (shown: number) => `The first ${f.number(shown)} are shown.`,
  rejected_file: 'All of them, with reasons, are in',
  line: 'Line',
  reason: 'Reason',
  whole_row: 'whole row',
  sample_done: (n: number) => `${items(n)} added from the sample library`,
};

/** Settings: how it looks, what is kept, and what leaves the machine. */
import type { BackedUp } from '../../types';
import { f, items, logged, things } from './forms';

export const settings = {
  title: 'Settings',
  look: 'Appearance',
  language: 'Language',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  density: 'Density',
  densities: { comfortable: 'Comfortable', compact: 'Compact' },
  data: 'Your data',
  folder: 'Data folder: ',
  holds: (n: number, profiles: number, entries: number) =>
    `${items(n)}, ${things(profiles, 'profile', 'profiles')}, and ${logged(entries)}${entries > 0 ? ', undone ones included' : ''}`,
  backup: 'Back up',
  backup_about: 'Everything in one file that you can read and keep.',
  restore: 'Restore',
  restore_about: 'Replaces everything here with a backup. What is here now is saved first.',
  restore_sure: 'Replace everything here with this backup?',
  restore_sure_about: (file: string, held: BackedUp) =>
    `${f.apart(file)} was written on ${f.moment(held.at)} and holds ${f.list([items(held.items), things(held.profiles, 'profile', 'profiles'), logged(held.entries), ...(held.friends > 0 ? [things(held.friends, 'friend', 'friends')] : [])])}. All of it could be read. What is here now is saved first, in the folder “backups” of your data folder.`,
  export: 'Export',
  export_as: 'Export as',
  export_formats: { csv: 'CSV', jsonl: 'JSON Lines', letterboxd: 'Letterboxd', goodreads: 'Goodreads' },
  export_abouts: {
    csv: 'Your catalogue and logs as CSV files, for any other program.',
    jsonl: 'Everything there is in one file of JSON Lines, which imports to the same again.',
    letterboxd: 'The films of the profile in use, as Letterboxd imports them.',
    goodreads: 'The books of the profile in use, as Goodreads imports them.',
  },
  written: (path: string, n: number, entries: number) =>
    `Written to ${f.apart(path)}: ${items(n)}, ${logged(entries)}.`,
  restored: (n: number, entries: number, before: string | null) =>
    `Restored: ${items(n)}, ${logged(entries)}.${before === null ? '' : ` What was here before is in ${f.apart(before)}.`}`,
  privacy: 'Privacy',
  privacy_points: [
    'Your likes, logs, mixes and searches are stored in the data folder on this machine, and nowhere else, unless you write a backup, an export or a taste file.',
    'This window loads nothing from a network and has no permission to open a connection.',
    'There is no account, no telemetry and no update check.',
    'The data folder is not encrypted: whoever can read your files can read it. Backups and exports are plain files too.',
  ],
};

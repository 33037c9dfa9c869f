/**
 * Why the engine did not do something, told apart: what a person meets in the first hours has a sort of its
 * own. The rarer ones stay as they are.
 */
import { cell, CELL, type Rule } from './quoted';

/** What a file is that was taken for a table. */
const OTHERS = {
  'a PNG image': 'picture', 'a JPEG image': 'picture', 'a GIF image': 'picture', 'a RIFF media file': 'media', 'a PDF document': 'pdf', 'a database': 'database', 'a web page': 'web',
} as const;
/** What is no table as it is, and could be made one. */
const UNFIT = {
  'a ZIP archive or workbook': 'zip', 'an old Excel workbook': 'excel', 'a gzip archive': 'gzip', XML: 'xml', 'a binary workbook': 'xlsb', 'protected by a password': 'locked', 'a backup of Curio': 'backup',
  'a folder': 'folder', 'no regular file': 'irregular',
} as const;
/** What the system says of a file. */
const DISK = {
  'No such file or directory': 'absent', 'The system cannot find the (?:file|path) specified\\.': 'absent', 'Permission denied': 'denied', 'Access is denied\\.': 'denied',
  'Operation not permitted': 'denied', 'No space left on device': 'full', 'There is not enough space on the disk\\.': 'full', 'Read-only file system': 'readonly', 'Is a directory': 'directory',
  'Input/output error': 'broken', 'File name too long': 'long', 'Too many open files': 'many',
} as const;

export type Other = (typeof OTHERS)[keyof typeof OTHERS];
export type Unfit = (typeof UNFIT)[keyof typeof UNFIT];
export type Disk = (typeof DISK)[keyof typeof DISK];

export type Refusal =
  | { said: 'called'; name: string }
  | { said: 'nameless' | 'untitled' | 'empty' | 'binary' | 'busy' | 'nothing_undone' | 'unimported_yet' | 'tasteless' | 'newer' }
  | { said: 'unknown'; what: 'profile' | 'item' | 'friend' | 'encoder'; name: string }
  | { said: 'other'; what: Other }
  | { said: 'unfit'; what: Unfit }
  | { said: 'no_backup' | 'in_the_way'; file: string }
  /** What a file that was to be a backup is instead. */
  | { said: 'foreign' | 'unsound' }
  | { said: 'unmanaged' }
  | { said: 'unshown'; file: string; why: string }
  /** A file of rejected rows that stays, and where they are now; empty where they are nowhere else. */
  | { said: 'stays'; file: string; changed: boolean; now: string }
  | { said: 'unclosed'; line: number }
  | { said: 'no_picture' | 'too_large' }
  | { said: 'disk'; what: Disk }
  /** `why` is a remark in its own right, known or not; empty where there is none. */
  | { said: 'untabled' | 'store'; why: string }
  | { said: 'unimported'; file: string; why: string }
  | { said: 'file'; doing: 'read' | 'write' | 'remove'; file: string; why: string };

const DOING: Record<string, 'read' | 'write' | 'remove'> = { open: 'read', read: 'read', map: 'read', lock: 'read', remove: 'remove' };
/** The name of a file, without the folders that it is in. */
const name = (path: string | undefined) => path?.split(/[\\/]/).at(-1) ?? '';
const either = (table: object) => Object.keys(table).join('|');

export const REFUSALS: readonly Rule<Refusal>[] = [
  [new RegExp(`^there is already a profile called ${CELL}$`, 's'), ([, quoted]) => ({ said: 'called', name: cell(quoted!) })],
  [/^a profile needs a name$/, () => ({ said: 'nameless' })],
  [/^an item needs a title$/, () => ({ said: 'untitled' })],
  [new RegExp(`^no (profile|item|friend|encoder) called ${CELL}`, 's'), ([, what, quoted]) => ({ said: 'unknown', what: what as 'profile', name: cell(quoted!) })],
  [/^cannot import (.+?): (.+)$/s, ([, file, why]) => ({ said: 'unimported', file: name(file), why: why! })],
  [/^the file is empty$/, () => ({ said: 'empty' })],
  [/^it holds binary data, not text$/, () => ({ said: 'binary' })],
  [new RegExp(`^it is (${either(OTHERS)}), not a CSV file$`), ([, what]) => ({ said: 'other', what: OTHERS[what as keyof typeof OTHERS] })],
  [new RegExp(`^it is (${either(UNFIT)})(?:[;,]|$)`), ([, what]) => ({ said: 'unfit', what: UNFIT[what as keyof typeof UNFIT] })],
  [/^the archive holds no table that could be read(?:: (.+))?$/s, ([, why]) => ({ said: 'untabled', why: why ?? '' })],
  [/^(.+) is there already and is no backup of Curio; /s, ([, file]) => ({ said: 'in_the_way', file: name(file) })],
  [/^(.+) is no backup of Curio, or is damaged$/s, ([, file]) => ({ said: 'no_backup', file: name(file) })],
  [/^(?:it holds .+, which no backup has|its .+ is not a plain file|specified file not found in archive|its manifest does not name .+|line \d+ of its .+ (?:cannot be read: .+|belongs elsewhere))$/s, () => ({ said: 'foreign' })],
  [/^(?:its .+ (?:does not match its checksum|has not the size that it states)|it does not hold what its manifest says|its .+ would unpack to an absurd size|it would unpack to more than a backup may hold)$/s, () => ({ said: 'unsound' })],
  [/^no file manager answers$/, () => ({ said: 'unmanaged' })],
  [/^cannot show (.+?) in its folder: (.+)$/s, ([, file, why]) => ({ said: 'unshown', file: name(file), why: why! })],
  [/^this data was written by a newer version of Curio /, () => ({ said: 'newer' })],
  [/^the data folder .+ is open in another window or program$/s, () => ({ said: 'busy' })],
  [
    /^(.+?) (may have been changed since it was written, and stays as it is|is there already and holds no rejected rows)(?:; the rejected rows are (?:in (.+)|nowhere but in the file))?$/s,
    ([, file, why, now]) => ({ said: 'stays', file: name(file), changed: why!.startsWith('may'), now: now ?? '' }),
  ],
  [/^the quote opened on line (\d+) is never closed$/, ([, line]) => ({ said: 'unclosed', line: Number(line) })],
  [/^there is nothing to undo$/, () => ({ said: 'nothing_undone' })],
  [/^there is no import that could be undone$/, () => ({ said: 'unimported_yet' })],
  [/^this profile has liked or disliked nothing yet, /, () => ({ said: 'tasteless' })],
  [/^it is no picture that can be read /, () => ({ said: 'no_picture' })],
  [/^the picture is larger than /, () => ({ said: 'too_large' })],
  [/^cannot [a-z ]+ the (?:store|search index): (.+)$/s, ([, why]) => ({ said: 'store', why: why! })],
  [/^cannot (open|read|map|lock|remove|create|cut|rename|replace|shorten|sync|write) (.+?): (.+)$/s, ([, doing, file, why]) => ({ said: 'file', doing: DOING[doing!] ?? 'write', file: name(file), why: why! })],
  ...Object.entries(DISK).map(([said, what]): Rule<Refusal> => [new RegExp(`^${said} \\(os error \\d+\\)$`), () => ({ said: 'disk', what })]),
];

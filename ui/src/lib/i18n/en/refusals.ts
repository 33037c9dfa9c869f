/** Why the engine did not do something, where it is of a known sort. */
import type { Disk, Other, Refusal, Unfit } from '../../refusals';
import { f } from './forms';

const quoted = (name: string) => `“${f.apart(name)}”`;
const others: Record<Other, string> = { picture: 'a picture', media: 'sound or film', pdf: 'a PDF document', database: 'a database', web: 'a web page' };
const unfit: Record<Unfit, string> = {
  zip: 'It is an archive or a workbook that cannot be read in parts. Import it whole.',
  excel: 'It is an old Excel workbook, or one with a password. Save it as .xlsx or CSV first.',
  gzip: 'It is a gzip archive. Unpack it first.',
  xml: 'It is XML, which Curio does not read. Most programs can export CSV or JSON too.',
  xlsb: 'It is a binary workbook. Save it as .xlsx or CSV first.',
  locked: 'It is protected by a password.',
  backup: 'It is a backup of Curio. Restore it in Settings instead.',
  folder: 'It is a folder. A folder of media is added below, under Media folders.',
  irregular: 'It is not a file of the usual sort.',
};
const disk: Record<Disk, string> = {
  absent: 'It is not there, or is not there any more.',
  denied: 'Permission to do so is missing.',
  full: 'The disk is full.',
  readonly: 'The disk can only be read.',
  directory: 'It is a folder.',
  broken: 'The disk answers with an error.',
  long: 'Its name is too long.',
  many: 'Too many files are open.',
};
const doing = { read: 'cannot be read', write: 'cannot be written', remove: 'cannot be removed' };
const whats = { profile: 'profile', item: 'item', friend: 'friend', encoder: 'language model' };

export function refusal(told: Refusal): string {
  switch (told.said) {
    case 'called':
      return `There is already a profile called ${quoted(told.name)}.`;
    case 'nameless':
      return 'A profile needs a name.';
    case 'untitled':
      return 'An item needs a title.';
    case 'unknown':
      return `There is no ${whats[told.what]} called ${quoted(told.name)}.`;
    case 'unimported':
      return `${f.apart(told.file)} cannot be imported.`;
    case 'empty':
      return 'The file is empty.';
    case 'binary':
      return 'It holds no text that could be read.';
    case 'other':
      return `It is ${others[told.what]}, and no table.`;
    case 'unfit':
      return unfit[told.what];
    case 'untabled':
      return 'The archive holds no table that could be read.';
    case 'no_backup':
      return `${f.apart(told.file)} is no backup of Curio, or is damaged. Nothing has been changed.`;
    case 'foreign':
      return 'It is no backup of Curio. Nothing has been changed.';
    case 'unsound':
      return 'It is damaged. Nothing has been changed.';
    case 'unmanaged':
      return 'No file manager on this desktop answers.';
    case 'unshown':
      return `${f.apart(told.file)} cannot be shown in its folder.`;
    case 'in_the_way':
      return `${f.apart(told.file)} is there already and is no backup of Curio. Choose another name.`;
    case 'newer':
      return 'This was written by a newer version of Curio than this one.';
    case 'busy':
      return 'Your data is open in another window or program.';
    case 'stays': {
      const why = told.changed ? 'may have been changed since it was written, and stays as it is' : 'is there already, and stays as it is';
      return `${f.apart(told.file)} ${why}. ${told.now === '' ? 'The rejected rows are only in the file itself.' : `The rejected rows are in ${f.apart(told.now)}.`}`;
    }
    case 'unclosed':
      return `The quotation mark opened on line ${f.number(told.line)} is never closed.`;
    case 'nothing_undone':
      return 'There is nothing to undo.';
    case 'unimported_yet':
      return 'There is no import that could be undone.';
    case 'tasteless':
      return 'This profile has not liked or disliked anything yet, so there is no taste to share.';
    case 'no_picture':
      return 'It is no picture that can be read. PNG, JPEG and WebP can.';
    case 'too_large':
      return 'The picture is too large; a smaller one will do.';
    case 'store':
      return 'Your data cannot be read or written.';
    case 'file':
      return `${f.apart(told.file)} ${doing[told.doing]}.`;
    case 'disk':
      return disk[told.what];
  }
}

/** An item: what is known of it, what was done with it, and changes by hand. */
import type { Wrong } from '../../edit';
import { f } from './forms';

const wrong: Record<Wrong, string> = {
  empty: 'An item needs a title.',
  year: 'A year is a whole number from −5000 to 3000; leave it empty where it is not known.',
  price: 'A price is a number from 0 up, without a currency; leave it empty where there is none.',
  stock: 'A stock is a whole number from 0 up; leave it empty where it is not counted.',
};

export const item = {
  kind: 'Kind',
  title: 'Title',
  description: 'Description',
  by: 'By',
  with: 'With',
  genres: 'Genres',
  tags: 'Tags',
  languages: 'Languages',
  countries: 'Countries',
  year: 'Year',
  popularity: 'Chosen by',
  rating: 'Rating',
  price: 'Price',
  stock: 'In stock',
  key: 'Identifier',
  similar: 'Close to it',
  no_similar: 'Nothing close to it was found.',
  no_description: 'Your catalogue does not describe it.',
  of_five: (value: string) => `${value} of 5`,
  filled: 'estimated',
  loading: 'Fetching it from the shelf',
  closeness: (share: number) => `${f.percent(share)} close`,

  edit: 'Edit',
  edit_about: 'What you change here stays as you wrote it; a later import leaves it alone.',
  edited: 'edited by you',
  title_edited: 'Title edited by you',
  save: 'Save',
  saving: 'Saving',
  changed: (title: string) => `Changed: ${f.apart(title)}.`,
  wrong,
  unsaved: 'Leave without saving?',
  unsaved_about: 'What you changed in this form is not saved yet.',
  discard: 'Leave it',
  add: (list: string) => `Add to ${list.toLowerCase()}`,
  add_hint: 'Type and press Enter',
  remove: (name: string) => `Remove ${f.apart(name)}`,

  cover: 'Cover',
  cover_choose: 'Choose cover',
  cover_change: 'Change cover',
  cover_remove: 'Remove cover',
  cover_hint: 'Or drop a picture anywhere in this window: PNG, JPEG or WebP.',
  cover_drop: 'Drop a picture to make it the cover',
  cover_busy: 'Making the cover',
  covered: (title: string) => `${f.apart(title)} has a new cover.`,
  bared: (title: string) => `The cover of ${f.apart(title)} was removed.`,

  history: 'Your history with it',
  no_history: 'You have not done anything with it yet.',
  history_loading: 'Opening the log',
};

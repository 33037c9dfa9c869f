/** What the engine remarks of a file and its rows, where it is of a known sort. */
import type { Remark, Sort } from '../../remarks';
import type { Kind } from '../../types';
import { f, things } from './forms';
import { importing } from './import';
import { refusal } from './refusals';

const sorts: Record<Sort, string> = { number: 'a number', year: 'a year', date: 'a date', action: 'anything that is known to be done with a thing' };
const whats: Record<string, string> = { title: 'title', key: 'identifier', item: 'item', user: 'person', rating: 'rating', action: 'word for what was done', comment: 'text', date: 'date' };
const quoted = (cell: string) => `“${f.apart(cell)}”`;
const way = (name: string) => importing.written[name] ?? name;

export function remark(told: Remark, kinds: Record<Kind, { one: string }>): string {
  switch (told.said) {
    case 'missing':
      return `The ${whats[told.what] ?? told.what} is missing.`;
    case 'not':
      return `${quoted(told.cell)} is not ${sorts[told.sort]}.`;
    case 'below':
      return `${quoted(told.cell)} is below zero.`;
    case 'rating':
      return `${quoted(told.cell)} is not a rating from ${told.from} to ${told.to}.`;
    case 'years':
      return `${quoted(told.cell)} is outside the years ${told.from.replace('-', '−')} to ${told.to}.`;
    case 'cells':
      return `${things(told.cells, 'cell', 'cells')} where the header has ${f.number(told.header)}.`;
    case 'return':
      return `${quoted(told.cell)} is a return, which is no purchase.`;
    case 'unbought':
      return `${quoted(told.cell)} is not a quantity that was bought.`;
    case 'off':
      return `${quoted(told.cell)} says that nothing was bought.`;
    case 'nobody':
      return 'The row does not say whose it is.';
    case 'unmapped':
      return 'No column is known to hold titles or items.';
    case 'commas':
      return 'Decimals are written with a comma.';
    case 'finished':
      return 'No column says what was done, so every row counts as finished.';
    case 'headless':
      return 'The file has no header; it is read as plays, by artist, album, track and date.';
    case 'encoding':
      return `Encoding: ${told.name}`;
    case 'delimiter':
      return `Column separator: ${way(told.name)}`;
    case 'mapping':
      return `Read by the mapping that was remembered as ${f.apart(told.name)}.`;
    case 'bytes':
      return `${things(told.count, 'place', 'places')} in the file cannot be read as ${told.name} and show as \ufffd.`;
    case 'header':
      return `The header is on line ${f.number(told.line)}.`;
    case 'short':
      return `${things(told.count, 'row has', 'rows have')} fewer cells than the header; the missing ones count as empty.`;
    case 'absent':
      return `There is no item ${quoted(told.item)} in the catalogue.${told.first ? ' Import the catalogue first.' : ''}`;
    case 'likes':
      return `${quoted(told.column)} holds likes: 1 is one, ${told.three ? '−1 the opposite, 0 nothing' : '0 the opposite'}.`;
    case 'dates':
      return `Dates in ${quoted(told.column)} are read ${way(told.order)}${told.sure ? '' : ', though nothing in the column tells'}.`;
    case 'scale':
      return `Ratings in ${quoted(told.column)} are of ${told.of}.`;
    case 'kind':
      return `Everything in it counts as: ${kinds[told.kind as Kind]?.one ?? told.kind}.`;
    case 'counted':
      return `Rows that do not say what was done count as: ${way(told.as)}.`;
    case 'kinds':
      return `${things(told.count, 'row has a kind', 'rows have kinds')} that Curio does not know: ${f.row(told.words.map((word) => quoted(word)))}.`;
    case 'states':
      return `${things(told.count, 'row tells a state', 'rows tell states')} that Curio does not know, and only the item counts: ${f.row(told.words.map((word) => quoted(word)))}.`;
    case 'withdrawn':
      return `${things(told.count, 'product is not for sale and counts', 'products are not for sale and count')} as out of stock.`;
    case 'joined':
      return `${things(told.count, 'new row is of an item that was here already, and joined with it', 'new rows are of items that were here already, and joined with them')}.`;
    case 'again':
      return `${things(told.count, 'row names an item that a row above tells otherwise; the first counts', 'rows name items that a row above tells otherwise; the first counts')}.`;
    case 'shortened':
      return `${things(told.count, 'number', 'numbers')} in ${quoted(told.column)} lost digits to a spreadsheet and can name nothing. Export the file anew.`;
    case 'unpriced':
      return 'No column was read as price or stock.';
    case 'list':
      return `The numbers in the file count for the list ${quoted(told.list)} alone: in others they stand for other things.`;
    case 'taken':
      return `${quoted(told.key)} is ${quoted(told.already)} already, and ${quoted(told.here)} in this row; nothing was changed.`;
    case 'cancelled':
      return `The order was cancelled on ${f.apart(told.on)}; nothing was bought.`;
    case 'profiles':
      return `${things(told.count, 'new profile', 'new profiles')}: ${f.row(told.names.map((name) => f.apart(name)))}${told.names.length < told.count ? ' …' : ''}`;
    case 'files':
      return `${things(told.count, 'file', 'files')} of music, video, books and comics.`;
    case 'unchanged':
      return `${things(told.count, 'of them is as it was and was not opened', 'of them are as they were and were not opened')}.`;
    case 'moved':
      return `${things(told.count, 'of them was moved', 'of them were moved')}.`;
    case 'gone':
      return `${things(told.count, 'that was here is gone; its item stays', 'that were here are gone; their items stay')}.`;
    case 'untold':
      return `${things(told.count, 'of them says too little of what it is and is passed over', 'of them say too little of what they are and are passed over')}.`;
    case 'others':
      return `${things(told.count, 'other file is passed over', 'other files are passed over')}.`;
    case 'links':
      return `${things(told.count, 'link is not followed', 'links are not followed')}.`;
    case 'pictures':
      return `${things(told.count, 'picture cannot be read; its item has none', 'pictures cannot be read; their items have none')}.`;
    case 'archive':
      return `${f.apart(told.file)} is damaged, or no book or comic.`;
    case 'audio':
      return `${f.apart(told.file)} is damaged, or no music.`;
    case 'out':
      return `${f.apart(told.name)} is left out.`;
    default:
      return refusal(told);
  }
}

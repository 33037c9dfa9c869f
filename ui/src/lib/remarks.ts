/**
 * What the engine says of a file, of its rows, and of what it did not do, told apart: those that come often have a sort of their
 * own, and are said in the language of the window.
 *
 * The engine speaks English; a text that is not known here stays as it is. `tests/fixtures/remarks.json`
 * holds what it says of real files, and both sides are tested against that.
 */
import { cell, CELL, cells, type Rule } from './quoted';
import { type Refusal, REFUSALS } from './refusals';

/** What a cell was to be. */
export type Sort = 'number' | 'year' | 'date' | 'action';

export type Remark =
  | { said: 'missing'; what: string }
  | { said: 'not'; cell: string; sort: Sort }
  | { said: 'below'; cell: string }
  | { said: 'rating'; cell: string; from: string; to: string }
  | { said: 'years'; cell: string; from: string; to: string }
  | { said: 'cells'; cells: number; header: number }
  | { said: 'return' | 'unbought' | 'off'; cell: string }
  | { said: 'nobody' | 'unmapped' | 'commas' | 'finished' | 'headless' }
  | { said: 'encoding' | 'delimiter' | 'mapping'; name: string }
  | { said: 'bytes'; count: number; name: string }
  | { said: 'header'; line: number }
  | { said: 'short'; count: number }
  /** `first`: the catalogue is not here yet. */
  | { said: 'absent'; item: string; first: boolean }
  /** Words that are not known, the most frequent first, and how often they stand in all. */
  | { said: 'kinds' | 'states'; count: number; words: string[] }
  | { said: 'withdrawn' | 'again' | 'joined'; count: number }
  | { said: 'shortened'; count: number; column: string }
  | { said: 'unpriced' }
  | { said: 'list'; list: string }
  /** What a number is already, and what it is in the file. */
  | { said: 'taken'; key: string; already: string; here: string }
  | { said: 'cancelled'; on: string }
  | { said: 'likes'; column: string; three: boolean }
  | { said: 'dates'; column: string; order: string; sure: boolean }
  | { said: 'scale'; column: string; of: string }
  | { said: 'kind'; kind: string }
  /** What rows count as that do not say it. */
  | { said: 'counted'; as: string }
  | { said: 'files' | 'unchanged' | 'moved' | 'gone' | 'untold' | 'others' | 'links' | 'pictures'; count: number }
  /** Those that are named are the first of as many. */
  | { said: 'profiles'; count: number; names: string[] }
  /** `why` is a remark in its own right, known or not; empty where there is none. */
  | { said: 'archive' | 'audio'; file: string; why: string }
  | { said: 'out'; name: string; why: string }
  | Refusal;

const whole = (text: string | undefined) => Number(text ?? 0);
const of = (rest: string) => new RegExp(`^${CELL} ${rest}$`, 's');

const RULES: readonly Rule<Remark>[] = [
  ...REFUSALS,
  [/^the (title|key|item|user|rating|action|comment|date) is missing$/, ([, what]) => ({ said: 'missing', what: what! })],
  [of('is not a (number|year|date|known action)'), ([, quoted, sort]) => ({ said: 'not', cell: cell(quoted!), sort: (sort === 'known action' ? 'action' : sort) as Sort })],
  [of('is below zero'), ([, quoted]) => ({ said: 'below', cell: cell(quoted!) })],
  [of('is not a rating from ([\\d.]+) to ([\\d.]+)'), ([, quoted, from, to]) => ({ said: 'rating', cell: cell(quoted!), from: from!, to: to! })],
  [of('is outside the years (-?\\d+) to (\\d+)'), ([, quoted, from, to]) => ({ said: 'years', cell: cell(quoted!), from: from!, to: to! })],
  [of('is a return, which is no purchase'), ([, quoted]) => ({ said: 'return', cell: cell(quoted!) })],
  [of('is not a quantity that was bought'), ([, quoted]) => ({ said: 'unbought', cell: cell(quoted!) })],
  [of('says that nothing was bought'), ([, quoted]) => ({ said: 'off', cell: cell(quoted!) })],
  [/^(\d+) cells where the header has (\d+)$/, ([, cells, header]) => ({ said: 'cells', cells: whole(cells), header: whole(header) })],
  [/^the row names no profile; /, () => ({ said: 'nobody' })],
  [/^no column(s say what was done with which item| holds a title( or an item)?)(;|$)/, () => ({ said: 'unmapped' })],
  [/^encoding (\S+)$/, ([, name]) => ({ said: 'encoding', name: name! })],
  [/^delimiter (.+)$/, ([, name]) => ({ said: 'delimiter', name: name! })],
  [/^(\d+) byte sequences? (?:is|are) not (\S+) and shown as/, ([, count, name]) => ({ said: 'bytes', count: whole(count), name: name! })],
  [/^(\d+) new rows? (?:is|are) of (?:an )?items? that (?:was|were) here already, and joined with/, ([, count]) => ({ said: 'joined', count: whole(count) })],
  [/^no header: /, () => ({ said: 'headless' })],
  [/^header on line (\d+)$/, ([, line]) => ({ said: 'header', line: whole(line) })],
  [/^rows with fewer cells than the header: (\d+);/, ([, count]) => ({ said: 'short', count: whole(count) })],
  [new RegExp(`^no item ${CELL} in the catalogue(; .+)?$`, 's'), ([, quoted, first]) => ({ said: 'absent', item: cell(quoted!), first: first !== undefined })],
  [/^(.+) holds likes: 1 is one, (-1|0) the opposite/s, ([, column, low]) => ({ said: 'likes', column: column!, three: low === '-1' })],
  [/^commas part decimals$/, () => ({ said: 'commas' })],
  [/^dates in (.+) read (day-first|month-first): (.+)$/s, ([, column, order, why]) => ({ said: 'dates', column: column!, order: order!, sure: !why!.startsWith('nothing') })],
  [/^(.+) is of (\d+(?:\.\d+)?)$/s, ([, column, top]) => ({ said: 'scale', column: column!, of: top! })],
  [/^kind (\w+) for every item( \(|$)/, ([, kind]) => ({ said: 'kind', kind: kind! })],
  [/^rows that do not say what was done count as (\w+)( \(|$)/, ([, as]) => ({ said: 'counted', as: as! })],
  [/^no column says what was done: /, () => ({ said: 'finished' })],
  [new RegExp(`^read by the saved mapping ${CELL}$`, 's'), ([, quoted]) => ({ said: 'mapping', name: cell(quoted!) })],
  [/^new profiles: (\d+) \((.+)\)$/s, ([, count, names]) => ({ said: 'profiles', count: whole(count), names: cells(names!) })],
  [/^(\d+) rows? ha(?:s a kind|ve kinds) that Curio does not know, [^:]+: (.+)$/s, ([, count, words]) => ({ said: 'kinds', count: whole(count), words: cells(words!) })],
  [/^(\d+) rows? tells? (?:a state|states) that Curio does not know, [^:]+: (.+)$/s, ([, count, words]) => ({ said: 'states', count: whole(count), words: cells(words!) })],
  [/^(\d+) products? (?:is|are) not for sale /, ([, count]) => ({ said: 'withdrawn', count: whole(count) })],
  [/^(\d+) rows? names? an item that a row above tells otherwise; /, ([, count]) => ({ said: 'again', count: whole(count) })],
  [/^(\d+) numbers? in (.+) lost digits to a spreadsheet /s, ([, count, column]) => ({ said: 'shortened', count: whole(count), column: column! })],
  [/^no column was read as price or stock /, () => ({ said: 'unpriced' })],
  [new RegExp(`^its numbers (?:count for it alone, as|are those of) the list ${CELL}`, 's'), ([, list]) => ({ said: 'list', list: cell(list!) })],
  [new RegExp(`^(.+) is ${CELL}(?: \\(-?\\d+\\))? already and ${CELL}(?: \\(-?\\d+\\))? here; `, 's'), ([, key, already, here]) => ({ said: 'taken', key: key!, already: cell(already!), here: cell(here!) })],
  [/^the order was cancelled on (.+): nothing was bought$/s, ([, on]) => ({ said: 'cancelled', on: on! })],
  [/^(\d+) files? of music, video, books and comics$/, ([, count]) => ({ said: 'files', count: whole(count) })],
  [/^(\d+) of them are as they were and were not opened$/, ([, count]) => ({ said: 'unchanged', count: whole(count) })],
  [/^(\d+) of them were moved$/, ([, count]) => ({ said: 'moved', count: whole(count) })],
  [/^(\d+) that were here are gone; their items stay$/, ([, count]) => ({ said: 'gone', count: whole(count) })],
  [/^(\d+) of them say too little of what they are and are passed over$/, ([, count]) => ({ said: 'untold', count: whole(count) })],
  [/^(\d+) other files are passed over$/, ([, count]) => ({ said: 'others', count: whole(count) })],
  [/^(\d+) links are not followed$/, ([, count]) => ({ said: 'links', count: whole(count) })],
  [/^(\d+) pictures cannot be read; their items have none$/, ([, count]) => ({ said: 'pictures', count: whole(count) })],
  [/^(.+?): it is no archive that can be read(?:: (.+))?$/s, ([, file, why]) => ({ said: 'archive', file: file!, why: why ?? '' })],
  [/^(.+?): it is no audio file that can be read(?:: (.+))?$/s, ([, file, why]) => ({ said: 'audio', file: file!, why: why ?? '' })],
  [/^(.+?) is left out: (.+)$/s, ([, name, why]) => ({ said: 'out', name: name!, why: why! })],
];

/** The sort of a remark; nothing where it is none that is known. */
export function remark(text: string): Remark | null {
  for (const [pattern, read] of RULES) {
    const parts = pattern.exec(text);
    if (parts) return read([...parts]);
  }
  return null;
}

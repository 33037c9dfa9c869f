/** What the engine says of files and rows is said in the window's language; what is rare stays as it is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { catalogues } from '../src/lib/i18n';
import { remark } from '../src/lib/remarks';

/** What the engine says of real files, as its own tests hold it to. */
const SAID = JSON.parse(readFileSync(join(import.meta.dirname, '../../tests/fixtures/remarks.json'), 'utf8')) as string[];

describe('remarks', () => {
  it.each(SAID)('%s', (text) => {
    const known = remark(text);
    expect(known).not.toBeNull();
    for (const { remark: say, kinds } of Object.values(catalogues)) expect(say(known!, kinds)).toMatch(/\S/);
    // Nothing of it is left in English, but names, titles and what stood in a cell.
    expect(catalogues.zh.remark(known!, catalogues.zh.kinds)).toMatch(/\p{Script=Han}/u);
  });

  it('that are not known stay as they are', () => {
    expect(remark('the moon is in the wrong place')).toBeNull();
  });

  it('keep why something is left out, which is a remark of its own', () => {
    expect(remark('Wishlist.csv is left out: no column holds a title; say which does')).toEqual({ said: 'out', name: 'Wishlist.csv', why: 'no column holds a title; say which does' });
    expect(remark('no column holds a title; say which does')).toEqual({ said: 'unmapped' });
    expect(remark('a.epub: it is no archive that can be read: it ends: too soon')).toEqual({ said: 'archive', file: 'a.epub', why: 'it ends: too soon' });
  });

  it('show a cell as it stood in the file', () => {
    expect(remark('"say \\"no\\"" is not a number')).toEqual({ said: 'not', cell: 'say "no"', sort: 'number' });
  });
});

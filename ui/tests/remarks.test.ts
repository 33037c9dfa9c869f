/** What the engine says of files and rows is said in the window's language; what is rare stays as it is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { catalogues } from '../src/lib/i18n';
import { sentence } from '../src/lib/quoted';
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

/** What it says of what it did not do, by the sort that is told. */
const REFUSED: [string, string][] = [
  ['there is already a profile called "小明"', '已经有一份叫“\u2068小明\u2069”的档案。'],
  ['cannot import /a/b/films.csv: it is a PNG image, not a CSV file', '无法导入 \u2068films.csv\u2069。'],
  ['it is a PNG image, not a CSV file', '这是图片，不是表格。'],
  ['it is a PDF document, not a CSV file', '这是 PDF 文档，不是表格。'],
  ['it is a gzip archive; unpack it first', '这是 gzip 压缩包，请先解压。'],
  ['it is a backup of Curio; restore it instead', '这是 Curio 的备份，请到“设置”中恢复。'],
  ['the file is empty', '文件是空的。'],
  ['it holds binary data, not text', '其中没有可以读取的文字。'],
  ['/a/b.zip is no backup of Curio, or is damaged', '\u2068b.zip\u2069 不是 Curio 的备份，或者已经损坏。现有内容没有改动。'],
  ['the quote opened on line 8 is never closed', '第 8 行开始的引号没有结束。'],
  ['/tmp/a.csv.rejected.csv may have been changed since it was written, and stays as it is; the rejected rows are in /data/a.csv', '\u2068a.csv.rejected.csv\u2069 写出后可能改动过，因此保持原样。未采用的行另存于 \u2068/data/a.csv\u2069。'],
  ['cannot open /usr/lib/films.csv: No such file or directory (os error 2)', '\u2068films.csv\u2069 无法读取。'],
  ['No space left on device (os error 28)', '磁盘空间不足。'],
];

describe('refusals', () => {
  it.each(REFUSED)('%s', (text, chinese) => {
    const known = remark(text);
    expect(known && catalogues.zh.remark(known, catalogues.zh.kinds)).toBe(chinese);
    expect(catalogues.en.remark(known!, catalogues.en.kinds)).toMatch(/^\P{Ll}.*\.$/su);
  });

  it('carry why, which is said in its own right', () => {
    expect(remark('cannot import /a/b.csv: the file is empty')).toEqual({ said: 'unimported', file: 'b.csv', why: 'the file is empty' });
    expect(remark('cannot write the store: No space left on device (os error 28)')).toEqual({ said: 'store', why: 'No space left on device (os error 28)' });
  });

  it('that are not known are sentences, without the numbers of errors', () => {
    expect(sentence('nothing here has "a \\"b\\"": strange (os error 5)')).toBe('Nothing here has “a "b"”: strange.');
  });
});

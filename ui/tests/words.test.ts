import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { catalogues, LANGUAGES, preferred } from '../src/lib/i18n';
import { SIGNALS } from '../src/lib/signals';
import type { Activity, Recorded, Reason } from '../src/lib/types';
import { ITEMS } from '../src/mock/catalogue';
import { engine } from '../src/mock/engine';

const item = { id: 1, title: 'Solaris' };
const REASONS: Reason[] = [
  { because: 'liked', item },
  { because: 'creator', name: 'Lem' },
  { because: 'person', name: 'Banionis' },
  { because: 'genre', name: 'Fantasy' },
  { because: 'tags', names: ['space', 'grief'] },
  { because: 'language', name: 'ru' },
  { because: 'meaning' },
  { because: 'lately' },
  { because: 'era', year: 1972 },
  { because: 'popular' },
  { because: 'well_rated' },
  { because: 'new' },
  { because: 'company' },
  { because: 'went_on' },
  { because: 'most', signal: 'popularity' },
];

/** Every key of a catalogue, by path; the formats are code, not words. */
function paths(words: object, above = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) => {
    const path = `${above}${key}`;
    if (path === 'format') return [];
    return typeof value === 'object' && value !== null ? paths(value, `${path}.`) : [path];
  });
}

function texts(words: object): string[] {
  return Object.entries(words).flatMap(([key, value]) => {
    if (key === 'format') return [];
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? texts(value) : [];
  });
}

const plain = (text: string) => text.replace(/[\u2068\u2069]/g, '');

describe.each(LANGUAGES)('the catalogue %s', (language) => {
  const words = catalogues[language];

  it('has the same keys as English, and says something for each', () => {
    expect(paths(words).sort()).toEqual(paths(catalogues.en).sort());
    for (const text of texts(words)) expect(text.trim()).not.toBe('');
  });

  it('names every signal once', () => {
    expect(new Set(SIGNALS.map((signal) => words.signals[signal].name)).size).toBe(SIGNALS.length);
  });

  it('makes a whole sentence of every reason, first or second', () => {
    const ends = language === 'zh' ? /。$/ : /\.$/;
    for (const reason of REASONS) {
      expect(words.reason([reason])).toMatch(ends);
      expect(words.reason([{ because: 'popular' }, reason])).toMatch(ends);
      expect(words.reason([reason])).not.toContain('undefined');
    }
    expect(words.reason([{ because: 'start' }])).toMatch(ends);
    // It is as true of whoever has chosen a lot as of whoever has not begun.
    expect(words.reason([{ because: 'start' }])).not.toMatch(/start|开始|know|了解/);
    expect(words.reason([])).toBe('');
  });
});

describe('what the engine tells of each deed', () => {
  // A test of the engine holds it to this very file.
  const told = JSON.parse(readFileSync('../tests/golden/deeds.json', 'utf8')) as { recorded: Recorded[]; activity: Activity[] };

  it('is said in words, in every language', () => {
    const said = LANGUAGES.map((language) => told.recorded.map(({ what }) => catalogues[language].deed(what)));
    expect(said.map((all) => all.map(plain))).toEqual([
      ['Liked', 'Rated 4.5 of 5', 'Set the weight of “Genre” to 2.00 by hand', 'Left “Genre” to learning again', 'Mix reset', 'Undid', 'Undid', 'Less of Drama'],
      ['喜欢', '评 4.5 星', '手动将“类型”的权重设为 2.00', '“类型”恢复自动学习', '重置配比', '撤销了', '撤销了', '少推荐“剧情”'],
    ]);
  });

  it('is what the toy engine tells', async () => {
    const { record, pin, unpin, reset, undo, less, activity } = engine(['Ann'], ITEMS);
    const here = { profile: 0 };
    const recorded = [
      await record({ ...here, item: 0, action: 'like', surface: 'list' }),
      await record({ ...here, item: 1, action: { rate: 4.5 }, surface: 'list' }),
      await pin({ ...here, signal: 'genre', weight: 2 }),
      await unpin({ ...here, signal: 'genre' }),
      await reset(here),
      await undo({ ...here, sequence: null }),
      await undo({ ...here, sequence: 0 }),
      await less({ ...here, of: { trait: 'genre', name: 'Drama' } }),
    ];
    expect(recorded.map((one) => ({ ...one, changes: [] }))).toEqual(told.recorded);
    const log = await activity({ ...here, look: { query: '', did: null, item: null, limit: 10 } });
    expect(log.map((one) => ({ ...one, at: 0 }))).toEqual(told.activity.map((one) => ({ ...one, at: 0 })));
  });
});

describe('sentences', () => {
  it('follow the order of their language', () => {
    const reasons: Reason[] = [{ because: 'liked', item }, { because: 'creator', name: 'Lem' }];
    expect(plain(catalogues.en.reason(reasons))).toBe('Because you liked Solaris, and it is by Lem, whose work you liked.');
    const whole: Reason[] = [...reasons, { because: 'popular' }];
    expect(catalogues.en.reason(whole)).toBe(catalogues.en.reason(reasons));
    expect(plain(catalogues.en.reason(whole, 3))).toBe('Because you liked Solaris, it is by Lem, whose work you liked, and many people choose it.');
    expect(catalogues.zh.reason(whole, 3)).toMatch(/^因为.+，.+，而且.+。$/);
    expect(plain(catalogues.zh.reason(reasons))).toBe('因为你喜欢《Solaris》，而且它出自你喜欢的 Lem。');
  });

  it('say what counts more and what less', () => {
    const moves = [
      { signals: ['genre' as const, 'era' as const], up: true, much: false },
      { signals: ['popularity' as const], up: false, much: false },
    ];
    expect(catalogues.en.toast.changes(moves)).toBe('“Genre” and “From years you like” count a little more, “Popularity” a little less.');
    expect(catalogues.zh.toast.changes(moves)).toBe('“类型”和“你喜欢的年代”的分量略微增加，“受欢迎程度”的分量略微减少。');
  });

  it('count by the rules of the language', () => {
    expect(catalogues.en.browse.found(1)).toBe('1 item');
    expect(catalogues.en.browse.found(1234)).toBe('1,234 items');
    expect(catalogues.zh.browse.found(1)).toBe('1 件藏品');
  });

  it('write the years before our era as people do', () => {
    expect(catalogues.en.card.year(-500)).toBe('500 BC');
    expect(catalogues.zh.card.year(-500)).toBe('公元前 500 年');
    expect(catalogues.zh.card.year(1972)).toBe('1972');
  });

  it('name the signs that part lists', () => {
    const plain = (text: string) => text.replace(/[\u2068\u2069]/g, '');
    expect(plain(catalogues.en.import.signs([';', '-', '#']))).toBe('; semicolon · - hyphen · #');
    expect(plain(catalogues.zh.import.signs(['、', '|']))).toBe('、 顿号 · | 竖线');
  });

  it('write a true minus and no signed nothing', () => {
    expect(catalogues.en.format.signed(-0.5, 2)).toBe('−0.50');
    expect(catalogues.en.format.signed(-0.001, 2)).toBe('0.00');
    expect(catalogues.en.format.percent(-0.05)).toBe('−5%');
  });

  it('name every genre and tag of the samples in Chinese', () => {
    const cells = (line: string) => [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map((cell) => cell[1]!);
    const words = ['books', 'films', 'games', 'music'].flatMap((sample) => {
      const [head, ...rows] = readFileSync(`../samples/${sample}.csv`, 'utf8').trim().split(/\r?\n/).map(cells);
      return rows.flatMap((row) => ['genres', 'tags'].flatMap((column) => row[head!.indexOf(column)]!.split(';').filter((word) => word !== '')));
    });
    expect(words.length).toBeGreaterThan(1000);
    expect([...new Set(words)].filter((word) => !/\p{Script=Han}/u.test(catalogues.zh.term(word)))).toEqual([]);
  });

  it('fit what the system prefers', () => {
    expect(preferred(['fr-FR', 'zh-Hant-TW', 'en'])).toBe('zh');
    expect(preferred(['fr'])).toBe('en');
  });
});

describe('a list of names in Chinese', () => {
  it('sets western names apart from the word between them, and no others', () => {
    const { format } = catalogues.zh;
    expect(format.list(['Walt Disney', 'Ub Iwerks'])).toBe('Walt Disney 和 Ub Iwerks');
    expect(format.list(['巴金', '老舍'])).toBe('巴金和老舍');
    expect(format.list(['老舍', 'Ub Iwerks'])).toBe('老舍和 Ub Iwerks');
  });
});

import { describe, expect, it } from 'vitest';

import { catalogues, LANGUAGES, preferred } from '../src/lib/i18n';
import { SIGNALS } from '../src/lib/signals';
import type { Reason } from '../src/lib/types';

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
    expect(words.reason([])).toBe('');
  });
});

describe('sentences', () => {
  it('follow the order of their language', () => {
    const reasons: Reason[] = [{ because: 'liked', item }, { because: 'creator', name: 'Lem' }];
    expect(plain(catalogues.en.reason(reasons))).toBe('Because you liked Solaris, and it is by Lem, whose work you liked.');
    expect(plain(catalogues.zh.reason(reasons))).toBe('因为你喜欢《Solaris》，而且它出自你喜欢的Lem。');
  });

  it('say what counts more and what less', () => {
    const moves = [
      { signals: ['genre' as const, 'era' as const], up: true, much: false },
      { signals: ['popularity' as const], up: false, much: false },
    ];
    expect(catalogues.en.toast.changes(moves)).toBe('Genre and era count a little more, popularity a little less.');
    expect(catalogues.zh.toast.changes(moves)).toBe('类型和年代的分量略微增加，受欢迎程度的分量略微减少。');
  });

  it('count by the rules of the language', () => {
    expect(catalogues.en.search.count(1)).toBe('1 result');
    expect(catalogues.en.search.count(1234)).toBe('1,234 results');
    expect(catalogues.zh.search.count(1)).toBe('1 个结果');
  });

  it('write a true minus and no signed nothing', () => {
    expect(catalogues.en.format.signed(-0.5, 2)).toBe('−0.50');
    expect(catalogues.en.format.signed(-0.001, 2)).toBe('0.00');
    expect(catalogues.en.format.percent(-0.05)).toBe('−5%');
  });

  it('fit what the system prefers', () => {
    expect(preferred(['fr-FR', 'zh-Hant-TW', 'en'])).toBe('zh');
    expect(preferred(['fr'])).toBe('en');
  });
});

/** Numbers, dates, lists and plurals of one locale, by Intl; nothing here is a word of its own. */

export type Format = ReturnType<typeof format>;

/** Languages without a code of two letters that catalogues name. */
const LONGER = ['akk', 'ang', 'enm', 'fil', 'gez', 'grc', 'haw', 'nap', 'non', 'sco', 'sux', 'yue'];
/** Letters that need no space beside a Chinese word. */
const EAST = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** The space between a Chinese word and the end of a name that is beside it. */
const off = (name: { value: string } | undefined, end: 0 | -1) => {
  const letters = [...(name?.value.replace(/[\u2068\u2069]/g, '') ?? '')];
  return /[\p{L}\p{N}]/u.test(letters.at(end) ?? '') && !EAST.test(letters.at(end)!) ? ' ' : '';
};
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** Codes by the names that catalogues in the window's languages write, such as `English` or `英语`. */
function codes(type: 'language' | 'region'): Map<string, string> {
  const pairs = LETTERS.flatMap((one) => LETTERS.map((other) => one + other));
  const all = type === 'language' ? [...pairs, ...LONGER] : pairs.map((code) => code.toUpperCase());
  const found = new Map<string, string>();
  for (const locale of ['en', 'zh-CN']) {
    const names = new Intl.DisplayNames(locale, { type, fallback: 'none' });
    for (const code of all) {
      const name = names.of(code)?.toLowerCase();
      if (name !== undefined && !found.has(name)) found.set(name, code);
    }
  }
  return found;
}

const known: { language?: Map<string, string>; region?: Map<string, string> } = {};
const code = (type: 'language' | 'region', word: string) => (known[type] ??= codes(type)).get(word.toLowerCase());


/** The formats of a locale. */
export function format(locale: string) {
  const rules = new Intl.PluralRules(locale);
  const ordinals = new Intl.PluralRules(locale, { type: 'ordinal' });
  const conjunction = new Intl.ListFormat(locale, { type: 'conjunction' });
  const comma = conjunction.formatToParts(['1', '2', '3'])[1]?.value ?? ', ';
  const languages = new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' });
  const regions = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const gap = locale.startsWith('zh') ? '' : ' ';
  const decimals = new Map<number, Intl.NumberFormat>();

  const number = (value: number, digits = 0) => {
    let form = decimals.get(digits);
    if (!form) {
      form = new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });
      decimals.set(digits, form);
    }
    return form.format(value).replace('-', '−');
  };

  return {
    locale,
    number,
    /** A number whose sign is always written, with a true minus. */
    signed: (value: number, digits: number) => {
      const text = number(Math.abs(value), digits);
      const nothing = Number(Math.abs(value).toFixed(digits)) === 0;
      return nothing ? text : `${value < 0 ? '−' : '+'}${text}`;
    },
    /** A share of one as whole percents, with a true minus. */
    percent: (share: number) => {
      const whole = Math.round(Math.abs(share) * 100);
      return `${share < 0 && whole > 0 ? '−' : ''}${number(whole)}%`;
    },
    /** Words in a sentence, the last after an "and"; beside a Chinese one, names in other letters stand off. */
    list: (words: readonly string[]) =>
      conjunction
        .formatToParts(words)
        .map(({ type, value }, at, all) => (gap === '' && type === 'literal' && EAST.test(value) ? `${off(all[at - 1], -1)}${value}${off(all[at + 1], 0)}` : value))
        .join(''),
    /** What stands between two sentences. */
    gap,
    /** Sentences one after the other; those that say nothing are left out. */
    sentences: (...all: readonly string[]) => all.filter((one) => one !== '').join(gap),
    /** Words beside each other, in no sentence. */
    row: (words: readonly string[]) => words.join(comma),
    moment: (at: number) => moment.format(at),
    day: (at: number) => day.format(at),
    plural: (count: number, forms: { one: string; other: string }) =>
      rules.select(count) === 'one' ? forms.one : forms.other,
    /** Which ending a place from 1 has, where places have endings. */
    ordinal: (place: number) => ordinals.select(place),
    /** The name of a language given as a code or by a name that is known; any other word stays as it is. */
    language: (word: string) => {
      const given = /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(word) ? word : code('language', word);
      try {
        return given === undefined ? word : (languages.of(given) ?? word);
      } catch {
        return word;
      }
    },
    /** The name of a country given by a name that is known; any other word stays as it is. */
    country: (word: string) => {
      const given = code('region', word);
      return given === undefined ? word : (regions.of(given) ?? word);
    },
    /** A title or name kept apart from the direction of the sentence around it. */
    apart: (name: string) => `\u2068${name}\u2069`,
    /** A sign, and what it is called where it has a name. */
    sign: (sign: string, names: Readonly<Record<string, string>>) => [`\u2068${sign}\u2069`, names[sign] ?? ''].join(' ').trim(),
  };
}

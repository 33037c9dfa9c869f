/** Finding by name what is at hand. */
import { describe, expect, it } from 'vitest';

import { alike, sought } from '../src/lib/sought';

const found = (all: string[], typed: string) => sought(all, typed, (one) => one);

describe('what is sought by name', () => {
  it('holds every word, in any order, whatever the capitals and the width', () => {
    expect(found(['Ada Lovelace', 'Ada Byron', '小林', 'ＡＤＡ'], 'lovelace ADA')).toEqual(['Ada Lovelace']);
    expect(found(['Ada Lovelace', 'ＡＤＡ'], ' ada ')).toEqual(['ＡＤＡ', 'Ada Lovelace']);
    expect(found(['ليلى حسن', '小林'], 'حسن')).toEqual(['ليلى حسن']);
    expect(found(['Ada'], 'Bo')).toEqual([]);
  });

  it('comes as called so, beginning so, then the rest, in their order', () => {
    expect(found(['Joanna', 'Anna', 'Hannah', 'Ann'], 'ann')).toEqual(['Ann', 'Anna', 'Joanna', 'Hannah']);
    expect(found(['b', 'a', 'c'], '  ')).toEqual(['b', 'a', 'c']);
  });

  it('tells names apart by more than capitals', () => {
    expect(alike('ada', 'Ada')).toBe(true);
    expect(alike('Ada', 'Adá')).toBe(false);
  });
});

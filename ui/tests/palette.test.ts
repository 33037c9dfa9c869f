import { describe, expect, it } from 'vitest';

import { contrast, distance, EYES, grey, light, through } from '../src/lib/colour';
import { colour, type Ground, SIGNALS, texture } from '../src/lib/signals';

const PAPER: Record<Ground, string> = { light: '#fefbf4', dark: '#201d19' };
const pairs = SIGNALS.flatMap((one, at) => SIGNALS.slice(at + 1).map((other) => [one, other] as const));

describe.each(['light', 'dark'] as const)('the palette on %s ground', (ground) => {
  const of = (signal: (typeof SIGNALS)[number]) => light(colour(signal, ground));

  it('stands out from the paper', () => {
    for (const signal of SIGNALS) expect(contrast(colour(signal, ground), PAPER[ground]), signal).toBeGreaterThanOrEqual(3);
  });

  it('tells any two signals apart in greyscale, by lightness or by texture', () => {
    for (const [one, other] of pairs) {
      const apart = texture(one) !== texture(other) || Math.abs(grey(of(one)) - grey(of(other))) >= 4;
      expect(apart, `${one} and ${other}`).toBe(true);
    }
  });

  it('sets neighbours off from each other in greyscale', () => {
    SIGNALS.slice(1).forEach((signal, at) => {
      const before = SIGNALS[at]!;
      expect(Math.abs(grey(of(signal)) - grey(of(before))), `${before} and ${signal}`).toBeGreaterThanOrEqual(5);
    });
  });

  it.each(Object.entries(EYES))('tells any two signals apart through %s eyes', (_, eyes) => {
    for (const [one, other] of pairs) {
      const seen = distance(through(eyes, of(one)), through(eyes, of(other)));
      expect(texture(one) !== texture(other) || seen >= 4, `${one} and ${other}: ${seen}`).toBe(true);
    }
  });
});

/** The past of the weights: what moved each and when, as a line that can be walked and as a table. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { line, movers, nearest, stop, thinned } from '../src/lib/past';
import { SIGNALS } from '../src/lib/signals';
import type { Weights, WeightStep, WeightView, What } from '../src/lib/types';
import { ITEMS } from '../src/mock/catalogue';
import { engine, type Handlers } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' ').trim();
const K = SIGNALS.indexOf('genre');
const LIKE: What = { did: 'act', action: 'like' };

/** A history in which the weight of genre goes through these values, all by likes unless said otherwise. */
function weights(values: readonly number[], deeds: Record<number, What> = {}, title = 'Solaris'): Weights {
  const history = values.map((value, sequence): WeightStep => ({
    sequence, at: Date.UTC(2026, 0, 1 + sequence), what: deeds[sequence] ?? LIKE, item: deeds[sequence] ? null : { id: 0, title },
    weights: SIGNALS.map((_, k) => (k === K ? value : 0)),
  }));
  const genre: WeightView = { signal: 'genre', weight: values.at(-1) ?? 1, prior: 1, deviation: 0.1, spread: 0.5, pinned: false };
  return { profile: { id: 0, name: 'Ada', entries: values.length }, scope: 'alone', weights: [genre], history };
}

describe('a weight’s line', () => {
  it('begins at its start and names what moved it, and what did not is no cause', () => {
    const told = weights([1.1, 1.1, 0.9]);
    const { values, causes } = line(told, told.weights[0]!);
    expect(values).toEqual([1, 1.1, 1.1, 0.9]);
    expect(causes.map(({ nth, before, after }) => [nth, before, after])).toEqual([[1, 1, 1.1], [3, 1.1, 0.9]]);
  });

  it('knows where it was held by hand, till it was let go, reset or goes on', () => {
    const pin: What = { did: 'pin', signal: 'genre', weight: 2 };
    const told = weights([2, 2, 2, 2.1, 2, 2, 1], { 0: pin, 2: { did: 'unpin', signal: 'genre' }, 4: pin, 6: { did: 'reset' } });
    const own = line(told, told.weights[0]!);
    expect(own.held).toEqual([{ from: 1, to: 3 }, { from: 5, to: 7 }]);
    expect(own.causes.map(({ what }) => what.did), 'a pin is told even where nothing moves').toContain('unpin');
    const on = weights([1.2, 2, 2], { 1: pin });
    expect(line(on, on.weights[0]!).held).toEqual([{ from: 2, to: 4 }]);
    const other = weights([1, 1], { 0: { did: 'pin', signal: 'era', weight: 2 } });
    expect(line(other, other.weights[0]!)).toMatchObject({ held: [], causes: [] });
  });

  it('of five thousand entries is drawn by few, with its ends and its peaks', () => {
    const values = Array.from({ length: 5001 }, (_, n) => Math.sin(n / 40) + (n === 3210 ? 9 : n === 77 ? -9 : 0));
    const kept = thinned(values, 700);
    expect(kept.length).toBeLessThanOrEqual(700);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
    for (const place of [0, 5000, 3210, 77]) expect(kept).toContain(place);
    expect(thinned([1, 2, 3], 700)).toEqual([0, 1, 2]);
  });

  it('is walked by keys that stay at its ends, and by the nearest stop', () => {
    expect(['ArrowLeft', 'ArrowRight', 'PageUp', 'Home', 'End', 'a'].map((name) => stop(name, 1, 5))).toEqual([0, 2, 4, 0, 4, null]);
    expect([stop('ArrowLeft', 0, 1), stop('ArrowRight', 0, 1)]).toEqual([0, 0]);
    expect([-3, 0, 2, 4.4, 99].map((place) => nearest([0, 1, 5, 8], place))).toEqual([0, 0, 1, 2, 3]);
  });

  it('that moved furthest in pull comes first, with the step that moved it most', () => {
    const told = weights([1.1, 1.6, 1.5]);
    const era: WeightView = { ...told.weights[0]!, signal: 'era', weight: 9, spread: 0 };
    const [first, ...rest] = movers({ ...told, weights: [era, ...told.weights] }, 5);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ weight: { signal: 'genre' }, most: { nth: 2 } });
    expect(first!.by, 'in the unit of pulls').toBeCloseTo(0.25);
    expect([first!.from, first!.to]).toEqual([0.5, 0.75]);
  });
});

/** The mix after some likes, told as given where that is asked for. */
async function mix(history: Weights | null, own: Partial<Handlers> = {}, prefs: object = { language: 'en' }) {
  const whole = engine();
  for (const { id } of ITEMS.slice(0, 6)) await whole.record({ profile: 0, item: id, action: 'like', surface: 'list' });
  const answer = async (args: { profile: number; history: boolean }) => {
    if (args.history && history) return history;
    const told = await whole.weights(args);
    return history ? { ...told, weights: told.weights.map((one) => (one.signal === 'genre' ? { ...one, prior: 1 } : one)) } : told;
  };
  const asked = vi.fn(own.weights ?? answer);
  await open({ ...whole, ...own, weights: asked }, prefs);
  await seen('card');
  await press('go-mix');
  await seen('weight-genre');
  return { whole, asked, histories: () => asked.mock.calls.filter(([args]) => args.history).length };
}

describe('the history of a weight', () => {
  it('is asked for when it is opened, and once for all that are open', async () => {
    const { histories } = await mix(null);
    expect(histories()).toBe(0);
    await press('past-genre');
    await seen('walk-genre');
    await press('past-meaning');
    await seen('walk-meaning');
    expect(histories()).toBe(1);
    expect(at('past-genre')!.getAttribute('aria-expanded')).toBe('true');
    await press('past-genre');
    await waitFor(() => expect(at('walk-genre')).toBeNull());
  });

  it('is walked with the arrows, each step told with its date, deed, item and how far it moved', async () => {
    await mix(weights([1.1, 1.1, 0.9, 2], { 3: { did: 'pin', signal: 'genre', weight: 2 } }));
    await press('past-genre');
    const walk = await seen('walk-genre');
    const told = () => plain(walk.getAttribute('aria-valuetext'));
    expect(told()).toMatch(/^Jan 4, 2026, .*\. Set the weight of “Genre” to 2\.00 by hand\. Up by 1\.100, to 2\.00\.$/);
    expect(all('held')).toHaveLength(1);
    walk.focus();
    await key('ArrowLeft');
    expect(told()).toMatch(/^Jan 3, 2026, .*\. Liked: Solaris\. Down by 0\.200, to 0\.90\.$/);
    expect(plain(at('walk-genre-said')!.textContent)).toBe(told());
    await key('Home');
    expect(told()).toBe('Started at 1.00.');
    await key('ArrowLeft');
    expect(walk.getAttribute('aria-valuenow')).toBe('0');
    await key('End');
    expect(walk.getAttribute('aria-valuenow')).toBe(walk.getAttribute('aria-valuemax'));
    expect(document.activeElement, 'the arrows did not lead away').toBe(walk);
  });

  it('follows the pointer', async () => {
    await mix(weights([1.1, 1.2, 1.3, 1.4]));
    await press('past-genre');
    const walk = await seen('walk-genre');
    walk.getBoundingClientRect = () => ({ left: 100, top: 0, width: 500, height: 100 }) as DOMRect;
    await fireEvent(walk, new MouseEvent('pointermove', { clientX: 100 + 250, bubbles: true }));
    expect(walk.getAttribute('aria-valuenow')).toBe('2');
  });

  it('is a table too, newest first, a page at a time', async () => {
    await mix(weights(Array.from({ length: 120 }, (_, n) => 1 + (n + 1) / 100)));
    await press('past-genre');
    await press('steps-genre');
    await waitFor(() => expect(all('step')).toHaveLength(50));
    expect([...all('step')[0]!.children].map((cell) => plain(cell.textContent)).slice(1)).toEqual(['Liked: Solaris.', '+0.010', '2.20']);
    await press('steps-more');
    await press('steps-more');
    expect(all('step')).toHaveLength(120);
    expect(at('steps-more')).toBeNull();
  });

  it('of five thousand entries is there, and of one', async () => {
    await mix(weights(Array.from({ length: 5000 }, (_, n) => 1.1 + (n % 7) / 10)));
    await press('past-genre');
    const walk = await seen('walk-genre');
    expect(Number(walk.getAttribute('aria-valuemax'))).toBe(5000);
    walk.focus();
    await key('PageDown');
    expect(walk.getAttribute('aria-valuenow')).toBe('4990');
    const drawn = at('history-genre')!.querySelector('path')!.getAttribute('d')!;
    expect(drawn.match(/H/g)!.length).toBeLessThanOrEqual(701);
  });

  it('of one entry has a start and a step', async () => {
    await mix(weights([1.2]));
    await press('past-genre');
    expect((await seen('walk-genre')).getAttribute('aria-valuemax')).toBe('1');
  });

  it('says where nothing has moved yet', async () => {
    await mix(weights([1, 1]));
    await press('past-genre');
    expect(plain((await seen('unmoved')).textContent)).toBe('It stands where it started. Nothing has moved it yet.');
    await press('movers-open');
    await seen('movers-none');
  });

  it('waits, fails in the engine’s words, and can be tried again', async () => {
    const whole = engine();
    let broken = true;
    let answer = () => undefined as void;
    await mix(null, {
      weights: async (args) => {
        if (!args.history) return whole.weights(args);
        await new Promise<void>((done) => (answer = done));
        if (broken) throw { kind: 'internal', message: 'the log cannot be read' };
        return weights([1.2]);
      },
    });
    await press('past-genre');
    expect(plain((await seen('waiting')).textContent)).toContain('Looking up every step');
    answer();
    expect(plain((await seen('failure')).textContent)).toContain('The log cannot be read.');
    broken = false;
    await press('retry');
    await waitFor(() => expect(at('failure')).toBeNull());
    answer();
    await seen('walk-genre');
  });

  it('follows what is done while it is open', async () => {
    await mix(null);
    await press('past-genre');
    const walk = await seen('walk-genre');
    const before = Number(walk.getAttribute('aria-valuemax'));
    await fireEvent.input(await seen('slider-genre'), { target: { value: 2.5 } });
    await press('keep-genre');
    await waitFor(() => expect(Number(at('walk-genre')!.getAttribute('aria-valuemax'))).toBe(before + 1));
    expect(all('held')).toHaveLength(1);
  });

  it('takes long titles and those that run from right to left', async () => {
    const title = `ألف ليلة وليلة ${'و'.repeat(300)}`;
    await mix(weights([1.2], {}, title));
    await press('past-genre');
    const said = await seen('walk-genre-said');
    expect(said.getAttribute('dir')).toBe('auto');
    expect(said.textContent).toContain(`\u2068${title}\u2069`);
  });

  it('speaks Chinese', async () => {
    await mix(weights([1.1, 0.9]), {}, { language: 'zh' });
    await press('past-genre');
    expect(plain((await seen('walk-genre')).getAttribute('aria-valuetext'))).toMatch(/^2026年1月2日.*，喜欢：《Solaris》。下降 0\.200，到 0\.90。$/);
  });
});

describe('the signals that moved most', () => {
  it('stand in the order of what is printed of them', () => {
    const told = weights([1.1]);
    const of = (signal: WeightView['signal'], prior: number, weight: number, spread: number): WeightView => ({ ...told.weights[0]!, signal, prior, weight, spread });
    const found = movers({ ...told, weights: [of('genre', 4.7, 8.22, 0.02), of('genre', 0.42, 0.72, 1), of('genre', 1, 1.01, 0.3)] }, 5);
    expect(found.map(({ from, to }) => Number((to - from).toFixed(2)))).toEqual([0.3, 0.07]);
  });
});

describe('what moved most', () => {
  it('is named with the step that did it, and leads to its history', async () => {
    const { histories } = await mix(weights([1.1, 1.6, 1.5]));
    await press('movers-open');
    const mover = await seen('mover');
    expect(plain(mover.textContent)).toContain('from +0.50 to +0.75');
    expect(plain(mover.textContent)).toContain('+0.25 by one step. Liked: Solaris.');
    await press('mover-go');
    await seen('walk-genre');
    expect(document.activeElement).toBe(at('past-genre'));
    expect(histories()).toBe(1);
  });
});

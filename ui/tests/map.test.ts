/** The map of the library and the drift of a profile: what they show, say and do for eyes, ears and keys. */
import { readFileSync } from 'node:fs';

import { waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { contrast, EYES, grey, light, through } from '../src/lib/colour';
import { settled, steady } from '../src/lib/drift';
import { catalogues, LANGUAGES } from '../src/lib/i18n';
import { best, near, scale, shape, shared, step, STEPS, tones, towards } from '../src/lib/map';
import type { Drift, DriftStep, MapPoint, TasteMap } from '../src/lib/types';
import { ITEMS } from '../src/mock/catalogue';
import { engine, type Handlers } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' ').trim();

const point = (id: number, x: number, y: number, place: number, action: MapPoint['action'] = null): MapPoint => ({
  item: { id, title: ITEMS[id]?.title ?? `Item ${id}` }, kind: 'film', x, y, place, action,
});

/** A cross: the best in the middle, one in each direction. */
const CROSS: TasteMap = {
  kept: 0.42,
  points: [point(0, 0, 0, 1), point(1, -1, 0, 0.8), point(2, 1, 0.1, 0.6, 'like'), point(3, 0, 1, 0.4), point(4, 0.1, -1, 0.2, 'dislike')],
};

const walked = (moved: readonly number[], steady = 0.8): DriftStep[] => moved.map((value, sequence) => ({ sequence, at: Date.UTC(2026, 0, 1 + sequence), moved: value, steady }));

async function insights(own: Partial<Handlers> = {}, prefs: object = { language: 'en' }, likes = 12) {
  const whole = engine();
  for (const { id } of ITEMS.slice(0, likes)) await whole.record({ profile: 0, item: id, action: 'like', surface: 'list' });
  await open({ ...whole, ...own }, prefs);
  await seen('card');
  await press('go-insights');
  await seen('insights');
  return whole;
}

describe('the map’s arithmetic', () => {
  it('goes to the nearest that way, rather straight than aside, and stays at the edge', () => {
    const spots = [{ x: 0, y: 0 }, { x: 10, y: 2 }, { x: 4, y: 9 }, { x: -6, y: 0 }, { x: 20, y: 0 }];
    expect(towards(spots, 0, 'right')).toBe(1);
    expect(towards(spots, 0, 'down')).toBe(2);
    expect(towards(spots, 0, 'left')).toBe(3);
    expect(towards(spots, 0, 'up')).toBeNull();
    expect(towards(spots, 4, 'right')).toBeNull();
    expect(towards(spots, 4, 'down'), 'aside where nothing is straight').toBe(1);
  });

  it('reaches every point that shares its place with others', () => {
    const spots = [{ x: 1, y: 1 }, { x: 1, y: 1 }, { x: 1, y: 1 }];
    expect([towards(spots, 0, 'right'), towards(spots, 1, 'right'), towards(spots, 2, 'right')]).toEqual([1, 2, null]);
    expect([towards(spots, 2, 'left'), towards(spots, 0, 'left')]).toEqual([1, null]);
  });

  it('finds what is under the pointer, within reach', () => {
    const spots = [{ x: 10, y: 10 }, { x: 16, y: 10 }];
    expect(near(spots, { x: 14, y: 10 }, 24)).toBe(1);
    expect(near(spots, { x: 99, y: 10 }, 24)).toBeNull();
  });

  it('tells what was done by shape, and the best from what is open', () => {
    expect([null, 'like', 'buy', { rate: 4 }, 'dislike', 'hide', { rate: 1 }, 'view', { rate: 3 }].map((one) => shape(one as never))).toEqual([
      'open', 'up', 'up', 'up', 'down', 'down', 'down', 'seen', 'seen',
    ]);
    expect(best(CROSS.points, 2).map(({ item }) => item.id)).toEqual([0, 1]);
    expect([0, 0.2, 0.99, 1].map(step)).toEqual([0, 1, 4, 4]);
  });

  it('counts what several have in common, once an item', () => {
    const items = [0, 1, 2].map((id) => ITEMS[id]!);
    expect(shared(items, 2, 9)).toEqual([{ name: 'Science fiction', count: 3 }, { name: 'Drama', count: 2 }, { name: 'Andrei Tarkovsky', count: 2 }]);
    expect(shared([{ ...ITEMS[0]!, people: ITEMS[0]!.creators }], 2, 9)).toEqual([]);
  });

  it('has colours that stand off their ground and keep their order in greyscale and to the colour-blind', () => {
    for (const [ground, way] of [['light', -1], ['dark', 1]] as const) {
      const { sheet } = tones[ground];
      const colours = scale(ground);
      expect(colours).toHaveLength(STEPS);
      for (const colour of colours) expect(contrast(colour, sheet), colour).toBeGreaterThanOrEqual(3);
      for (const eyes of [null, ...Object.values(EYES)]) {
        const greys = colours.map((colour) => grey(eyes ? through(eyes, light(colour)) : light(colour)));
        for (let at = 1; at < STEPS; at += 1) expect(way * (greys[at]! - greys[at - 1]!), `${ground} ${at}`).toBeGreaterThan(5);
      }
    }
  });
});

describe('what a drift says', () => {
  it('is settled when its latest quarter hardly moved', () => {
    expect(settled(walked([0, 0.1]))).toBe('few');
    expect(settled(walked([...Array(12).keys()].map((n) => n / 10)))).toBe('moving');
    expect(settled(walked([0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1, 0.99, 1, 1.01]))).toBe('settled');
    expect([steady(walked([1])), steady(walked([1, 1], 0.8)), steady(walked([1, 1], 0.5)), steady(walked([1, 1], -0.2))]).toEqual([null, 'same', 'leaning', 'turning']);
  });
});

it('draws with the ink and the sheet of the page', () => {
  const [light, dark] = readFileSync('src/styles/tokens.css', 'utf8').split("[data-theme='dark']");
  for (const [ground, css] of [['light', light], ['dark', dark]] as const) {
    for (const [name, colour] of Object.entries(tones[ground])) expect(css).toContain(`--${name}: ${colour};`);
  }
});

describe('the map', () => {
  it('says what it shows: the best, how honest it is, what is drawn by shape', async () => {
    await insights({ taste_map: () => CROSS });
    expect(plain((await seen('map-said')).textContent)).toBe('Solaris first in your ranking');
    expect(plain(at('kept')!.textContent)).toContain('these two keep 42% of what tells your texts apart');
    expect(plain(at('legend')!.textContent)).toContain('Liked or chosen');
    expect(plain(at('legend')!.textContent)).not.toContain('Looked at');
    expect(plain(at('taste-map')!.textContent)).toContain('Shown are 5 of 32 items');
    await waitFor(() => expect(all('best').map((one) => one.textContent)).toEqual(['Solaris', 'Stalker', '七人の侍']));
    await waitFor(() => expect(plain(at('common')?.textContent)).toBe('In common: Drama (3 of 3).'));
  });

  it('is walked with the arrows, and Enter opens what one stands at', async () => {
    await insights({ taste_map: () => CROSS });
    const map = await seen('map');
    map.focus();
    expect(map.dataset['at']).toBe('0');
    await key('ArrowLeft');
    expect(map.dataset['at']).toBe('1');
    expect(plain(at('map-said')!.textContent)).toBe('Stalker ahead of 80% in your ranking');
    await key('ArrowLeft');
    expect(map.dataset['at'], 'the edge').toBe('1');
    await key('ArrowRight');
    await key('ArrowDown');
    expect(map.dataset['at'], 'down is down as it is seen').toBe('4');
    expect(plain(at('map-said')!.textContent)).toBe('2001: A Space Odyssey ahead of 20% in your ranking · Disliked');
    await key('Home');
    expect(map.dataset['at']).toBe('0');
    await key('Enter');
    await waitFor(() => expect(at('item-sheet')?.getAttribute('aria-label')).toBe('Solaris'));
  });

  it('of thousands is there, and takes long titles and those from right to left', async () => {
    const points = Array.from({ length: 3000 }, (_, n) => ({ ...point(n, Math.cos(n), Math.sin(n * 1.7), n / 2999), item: { id: n, title: n === 2999 ? `ألف ليلة ${'و'.repeat(300)}` : `Item ${n}` } }));
    await insights({ taste_map: () => ({ kept: 0.2, points }), show: () => ITEMS[0]! });
    const map = await seen('map');
    expect(plain(map.getAttribute('aria-label'))).toBe('Map of 3,000 items');
    expect(map.querySelector('b')!.getAttribute('dir')).toBe('auto');
    map.focus();
    await key('ArrowLeft');
    expect(map.dataset['at']).not.toBe('2999');
  });

  it('says what it needs where there is nothing to lay out', async () => {
    await insights({ taste_map: () => ({ kept: 0, points: [] }) });
    expect(plain((await seen('map-empty')).textContent)).toContain('once your library has items that the language model has read');
    expect(at('map')).toBeNull();
  });

  it('waits, fails in the engine’s words alone, and can be tried again', async () => {
    let broken = true;
    let answer = () => undefined as void;
    await insights({
      taste_map: async () => {
        await new Promise<void>((done) => (answer = done));
        if (broken) throw { kind: 'internal', message: 'the vectors cannot be read' };
        return CROSS;
      },
    });
    await seen('verdict');
    expect(plain(at('taste-map')!.textContent)).toContain('Laying out your library');
    answer();
    await waitFor(() => expect(plain(at('taste-map')!.textContent)).toContain('The vectors cannot be read.'));
    expect(at('scoreboard'), 'the rest stands').not.toBeNull();
    broken = false;
    at('taste-map')!.querySelector<HTMLElement>('[data-testid=retry]')!.click();
    await waitFor(() => expect(plain(at('taste-map')!.textContent)).toContain('Laying out your library'));
    answer();
    await seen('map');
  });

  it('of one profile is not shown to another', async () => {
    const ben = vi.fn();
    const two = engine(['Ada', 'Ben']);
    let answer = () => undefined as void;
    await open({
      ...two,
      taste_map: async ({ profile }) => {
        if (profile === 0) return CROSS;
        ben();
        await new Promise<void>((done) => (answer = done));
        return { ...CROSS, points: CROSS.points.slice(3) };
      },
    });
    await seen('card');
    await press('go-insights');
    await seen('map');
    await press('profile');
    await waitFor(() => expect(all('profile-choose').length).toBeGreaterThan(0));
    all('profile-row').find((row) => row.dataset['profile'] === '1')!.querySelector<HTMLElement>('[data-testid=profile-choose]')!.click();
    await waitFor(() => expect(ben).toHaveBeenCalled());
    expect(at('map')).toBeNull();
    answer();
    await waitFor(() => expect(at('map')?.dataset['at']).toBe('3'));
  });

  it('is asked again after something is done, and stays where one stood', async () => {
    const taste_map = vi.fn(() => CROSS);
    await insights({ taste_map });
    const map = await seen('map');
    map.focus();
    await key('ArrowLeft');
    const before = taste_map.mock.calls.length;
    await key('z', { ctrlKey: true });
    await waitFor(() => expect(taste_map.mock.calls.length).toBe(before + 1));
    expect(at('map')!.dataset['at']).toBe('1');
  });
});

describe('the drift', () => {
  it('is told in words and figures, and each line can be walked', async () => {
    const drift: Drift = { steps: walked([0.1, 0.2, 0.25], 0.55), variety: 0.624, breadth: 0.4 };
    await insights({ drift: () => drift });
    expect(plain((await seen('settled')).textContent)).toBe('Too few entries to say whether it settles.');
    expect(plain(at('steadied')!.textContent)).toBe('Your latest choices lean away from what you liked before.');
    expect(plain(at('variety')!.textContent)).toContain('Variety62%');
    expect(plain(at('breadth')!.textContent)).toContain('Genres40%');
    expect(plain((await seen('coverage')).textContent)).toMatch(/Different items \d+%\d+ of 32 items stood among the first ten/);
    const walk = at('drift-moved')!;
    expect(plain(walk.getAttribute('aria-valuetext'))).toMatch(/^Jan 3, 2026, .*\. Moved by 0\.250 since the start\.$/);
    walk.focus();
    await key('ArrowLeft');
    expect(plain(walk.getAttribute('aria-valuetext'))).toMatch(/Moved by 0\.200/);
    expect(plain(at('drift-steady')!.getAttribute('aria-valuetext'))).toMatch(/Alike by 0\.55\.$/);
  });

  it('of one step is drawn, and of none says so', async () => {
    await insights({ drift: () => ({ steps: walked([0]), variety: 0, breadth: 0 }) });
    expect((await seen('drift-moved')).getAttribute('aria-valuemax')).toBe('0');
  });

  it('of none says so', async () => {
    await insights({ drift: () => ({ steps: [], variety: 0, breadth: 0 }) });
    expect(plain((await seen('drift-empty')).textContent)).toContain('Nothing has changed yet.');
  });

  it('that fails says why', async () => {
    await insights({
      drift: () => {
        throw { kind: 'internal', message: 'the log cannot be read' };
      },
    });
    await waitFor(() => expect(plain(at('drift')?.textContent)).toContain('The log cannot be read.'));
  });

  it('has a sentence for every case, in every language, and speaks Chinese', async () => {
    for (const language of LANGUAGES) {
      const { settled, steadied } = catalogues[language].taste.drift;
      for (const sentences of [settled, steadied]) expect(new Set(Object.values(sentences)).size).toBe(3);
    }
    await insights({ taste_map: () => CROSS }, { language: 'zh' });
    expect(plain((await seen('map-said')).textContent)).toBe('Solaris 在你的排序中居首');
    await waitFor(() => expect(plain(at('common')?.textContent)).toBe('共同之处：“剧情”（3 件中 3 件）。'));
  });
});

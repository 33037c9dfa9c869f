/** Whether it works: what the screen says of a log in each case and state, and learning from everyone. */
import { waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { catalogues, LANGUAGES } from '../src/lib/i18n';
import { outcome, reach, type Range, sure, verdict, type Verdict } from '../src/lib/insights';
import { placed } from '../src/lib/mix';
import type { Evaluation, Gain, Scored, Training } from '../src/lib/types';
import { ITEMS } from '../src/mock/catalogue';
import { engine, type Handlers } from '../src/mock/engine';
import { training } from '../src/mock/trial';
import { all, at, key, open, press, seen } from './page';

const WON: Range = [0.01, 0.05];
const CHANCE: Range = [-0.02, 0.03];
const LOST: Range = [-0.06, -0.01];

function scored(name: string, ndcg: number, gain: Gain | null): Scored {
  const by_history = [0, 1, 6, 21, 101].map((from, n) => ({ from, choices: 4 - n, 'ndcg@10': ndcg + n / 100, gain }));
  return { name, 'ndcg@10': ndcg, 'ndcg@10 95%': null, 'hr@10': 0.3, mrr: 0.1, 'hr@50': 0.5, 'recall@50': 0.5, coverage: 0.12, gain, by_history };
}

const gain = (by: number, range: Range | null): Gain => ({
  over: '',
  'ndcg@10': by,
  'ndcg@10 95%': range && [...range],
  log_likelihood: null,
  'log_likelihood 95%': null,
});

/** An evaluation in which the start gains on popularity, and one's own weights on the start, like that. */
const evaluated = (start: Range | null, own: Range | null, unencoded = 0): Evaluation => ({
  choices: 10, users: 1, items: 400, skipped: 0, unencoded,
  rankers: [scored('popularity', 0.031, null), scored('a', 0.06, gain(0.029, start)), scored('b', 0.072, gain(0.012, own))],
});

const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' ').trim();

async function insights(handlers: Handlers, prefs: object = { language: 'en' }) {
  await open(handlers, prefs);
  await seen('card');
  await press('go-insights');
  await seen('insights');
}

/** The toy engine after so many likes of Ada's. */
async function liked(count: number, names = ['Ada']) {
  const whole = engine(names);
  for (const { id } of ITEMS.slice(0, count)) await whole.record({ profile: 0, item: id, action: 'like', surface: 'list' });
  return whole;
}

describe('what an evaluation says', () => {
  it('is a verdict on both steps, as on the command line, and why neither wins', () => {
    const cases: [Range | null, Range | null, Verdict][] = [
      [WON, WON, 'both'], [WON, CHANCE, 'start'], [WON, LOST, 'start'], [CHANCE, WON, 'own'], [LOST, WON, 'own'],
      [null, null, 'few'], [CHANCE, CHANCE, 'even'], [LOST, CHANCE, 'behind'],
    ];
    for (const [start, own, expected] of cases) expect(verdict(evaluated(start, own)), `${start} ${own}`).toBe(expected);
    expect([WON, CHANCE, LOST, null, [0, 1] as Range].map(sure)).toEqual(['wins', 'chance', 'loses', 'few', 'chance']);
  });

  it('is drawn in a frame that holds every whisker, with zero inside', () => {
    for (const ranges of [[WON, CHANCE], [LOST, null], [null, null]] as (Range | null)[][]) {
      const won = ranges.map((range) => gain(range ? (range[0] + range[1]) / 2 : 0, range));
      const frame = reach(won);
      for (const end of [0, ...won.flatMap((one) => one['ndcg@10 95%'] ?? [])]) {
        expect(placed(end, frame)).toBe((end + frame.left) / (frame.left + frame.right));
      }
      expect(placed(0, frame)).toBeGreaterThan(0.1);
      expect(placed(0, frame)).toBeLessThan(0.9);
    }
  });

  it('of a training is that it was adopted, or why not', () => {
    const of = (adopted: boolean, ...ranges: (Range | null)[]): Training => {
      const whole = training(50);
      return { ...whole, adopted, scopes: ranges.map((range, n) => ({ ...whole.scopes[n]!, saved_interval: range && [...range] })) };
    };
    expect(outcome(of(true, WON, CHANCE))).toBe('adopted');
    expect(outcome(of(false, null, null))).toBe('few');
    expect(outcome(of(false, CHANCE, CHANCE))).toBe('chance');
    expect(outcome(of(false, WON, LOST))).toBe('worse');
  });

  it('has a sentence of its own for every case, in every language', () => {
    for (const language of LANGUAGES) {
      const { verdict, sure, learn } = catalogues[language].insights;
      for (const sentences of [verdict, sure, learn.outcome]) expect(new Set(Object.values(sentences)).size).toBe(Object.keys(sentences).length);
    }
  });
});

describe('the scoreboard', () => {
  it('says in plain words how each ranking did, what is gained, and how sure that is', async () => {
    await insights({ ...engine(), evaluate_profile: () => evaluated(WON, CHANCE, 2) });
    expect((await seen('verdict')).dataset['verdict']).toBe('start');
    expect(plain(at('verdict')!.textContent)).toBe('Curio ranks better for you than popularity. Learning your own weights is not winning yet.');
    expect(plain(at('insights')!.textContent)).toContain('10 choices of yours, each looked for among 400 items. 2 items could not be compared by meaning');
    const row = [...at('ranking-own')!.children].map((cell) => plain(cell.textContent));
    expect(row.slice(1)).toEqual(['0.072', '3 of 10 times', '48 of 400 items']);
    expect(at('gain-start')!.dataset['sure']).toBe('wins');
    expect(plain(at('gain-start')!.textContent)).toBe('Starting weights, over popularity Ranks higher+0.029, 95% sure: +0.010 to +0.050');
    expect(plain(at('gain-own')!.textContent)).toContain('May be chance+0.012, 95% sure: −0.020 to +0.030');
    expect(all('whisker').map((svg) => svg.querySelectorAll('line').length), 'zero, range and two ends').toEqual([4, 4]);
    const [head, ...rows] = [...at('history')!.querySelectorAll('tr')].map((line) => [...line.children].map((cell) => plain(cell.textContent)));
    expect(head).toEqual(['Done before', '0', '1–5', '6–20', '21–100', '101 or more']);
    expect(rows[2]).toEqual(['Your own weights', '0.072', '0.082', '0.092', '0.102', '–no choice']);
    expect(rows[3]).toEqual(['Choices', '4', '3', '2', '1', '0']);
  });

  it('draws no whiskers where too few choices have none', async () => {
    await insights({ ...engine(), evaluate_profile: () => evaluated(null, null) });
    expect((await seen('verdict')).dataset['verdict']).toBe('few');
    expect(plain(at('gain-own')!.textContent)).toContain('Too few choices to tell+0.012');
    expect(plain(at('gain-own')!.textContent)).not.toContain('95%');
    expect(all('whisker').map((svg) => svg.querySelectorAll('line').length)).toEqual([1, 1]);
  });

  it('is of the toy engine what its log gives, and follows what is taken back', async () => {
    const whole = await liked(14);
    const evaluate_profile = vi.fn(whole.evaluate_profile);
    await insights({ ...whole, evaluate_profile });
    await seen('verdict');
    expect(at('ranking-popularity')!.dataset['ndcg']).toBe(String((await whole.evaluate_profile({ profile: 0 })).rankers[0]!['ndcg@10']));
    expect(plain(at('insights')!.textContent)).toContain('14 choices of yours');
    await key('z', { ctrlKey: true });
    await waitFor(() => expect(plain(at('insights')!.textContent)).toContain('13 choices of yours'));
    expect(evaluate_profile).toHaveBeenCalledTimes(2);
  });

  it('is of whoever reads, and one evaluation runs at a time', async () => {
    const whole = await liked(14, ['Ada', 'Ben']);
    const waiting: (() => void)[] = [];
    const evaluate_profile = vi.fn(async (args: { profile: number }) => {
      await new Promise<void>((done) => waiting.push(done));
      return whole.evaluate_profile(args);
    });
    await insights({ ...whole, evaluate_profile });
    expect(plain((await seen('waiting')).textContent)).toContain('Going through your log from the beginning');
    await press('profile');
    await waitFor(() => expect(all('profile-choose').length).toBeGreaterThan(0));
    all('profile-row').find((row) => row.dataset['profile'] === '1')!.querySelector<HTMLElement>('[data-testid=profile-choose]')!.click();
    await waitFor(() => expect(at('profile')!.dataset['profile']).toBe('1'));
    expect(evaluate_profile, 'the first still runs').toHaveBeenCalledTimes(1);
    waiting.shift()!();
    await waitFor(() => expect(evaluate_profile).toHaveBeenCalledTimes(2));
    expect(at('verdict'), 'what was found of Ada is not shown to Ben').toBeNull();
    waiting.shift()!();
    await seen('insights-empty');
    expect(evaluate_profile.mock.calls.map(([{ profile }]) => profile)).toEqual([0, 1]);
  });
});

describe('the states of the screen', () => {
  it('without a choice it says what to do, and leads there', async () => {
    await insights(engine());
    expect(plain((await seen('insights-empty')).textContent)).toContain('From ten choices on');
    expect(at('scoreboard')).toBeNull();
    expect(at('learning')).not.toBeNull();
    await press('to-picks');
    await seen('picks');
  });

  it('a failure is told in the engine’s words, and can be tried again', async () => {
    const whole = await liked(3);
    let broken = true;
    await insights({
      ...whole,
      evaluate_profile: (args) => {
        if (broken) throw { kind: 'internal', message: 'the store cannot be read: no space' };
        return whole.evaluate_profile(args);
      },
    });
    expect(plain((await seen('failure')).textContent)).toContain('The store cannot be read: no space.');
    broken = false;
    await press('retry');
    await seen('verdict');
    expect(at('failure')).toBeNull();
  });

  it('is reached by its key, and by name', async () => {
    await open(await liked(1));
    await seen('card');
    await key('6', { ctrlKey: true });
    await seen('insights');
    await key('9', { ctrlKey: true });
    await seen('settings');
    await key('?');
    expect(plain((await seen('help-sheet')).textContent)).toContain('Ctrl1–9');
    await press('close');
    await key('k', { ctrlKey: true });
    await waitFor(() => expect(all('command').map((command) => command.textContent)).toContain('Go to Insights'));
  });

  it('speaks Chinese', async () => {
    await insights({ ...engine(), evaluate_profile: () => evaluated(WON, WON) }, { language: 'zh' });
    expect((await seen('verdict')).textContent).toContain('个性化排序胜出');
    expect(plain(at('ranking-start')!.textContent)).toContain('10 次中 3 次');
    expect(plain(at('gain-own')!.textContent)).toContain('排得更靠前+0.012，95% 的把握在 +0.010 与 +0.050 之间');
  });
});

describe('learning from everyone', () => {
  it('is adopted with its figures in words, the list follows, and it can be forgotten', async () => {
    const whole = await liked(14);
    const [recommend, evaluate_profile, forget_training] = [vi.fn(whole.recommend), vi.fn(whole.evaluate_profile), vi.fn(whole.forget_training)];
    await insights({ ...whole, recommend, evaluate_profile, forget_training });
    await seen('verdict');
    expect(at('learning')!.dataset['trained']).toBe('false');
    expect(at('forget-training')).toBeNull();
    expect(at('seen')).toBeNull();
    recommend.mockClear();
    evaluate_profile.mockClear();
    await press('train');
    expect(plain((await seen('work')).textContent)).toMatch(/Learning from everyone here/);
    await waitFor(() => expect(plain(at('work-count')?.textContent)).toMatch(/^[1-9]\d* steps?$/));
    expect(at('work')!.querySelector('progress')!.hasAttribute('value'), 'nobody knows how many there will be').toBe(false);
    await waitFor(() => expect(at('trained')!.dataset['outcome']).toBe('adopted'));
    const told = plain(at('trained')!.textContent);
    expect(told).toContain('Adopted: it predicts choices better');
    expect(told).toContain('Learned from 12 choices, judged by 1 kept aside, and checked with 1 more.');
    expect(told).toContain('What was chosen became 13% more likely (95% sure: +5% to +21%); in the check, 6% more likely.');
    expect(told).toContain('1 setting of how fast the past fades');
    await waitFor(() => expect(at('learning')!.dataset['trained']).toBe('true'));
    await waitFor(() => expect(evaluate_profile).toHaveBeenCalledTimes(1));
    expect(recommend).toHaveBeenCalledTimes(1);
    expect(plain(at('seen')?.textContent)).toContain('learned from logs here');
    await press('forget-training');
    await waitFor(() => expect(plain(at('trained')!.textContent)).toContain('Forgotten.'));
    await waitFor(() => expect(at('learning')!.dataset['trained']).toBe('false'));
    expect(at('seen')).toBeNull();
    expect(forget_training).toHaveBeenCalledTimes(1);
  });

  it('is refused with the reason where it may be noise, and nothing is fetched anew', async () => {
    const whole = await liked(4);
    const recommend = vi.fn(whole.recommend);
    await insights({ ...whole, recommend });
    await seen('verdict');
    recommend.mockClear();
    await press('train');
    await waitFor(() => expect(at('trained')!.dataset['outcome']).toBe('few'));
    expect(plain(at('trained')!.textContent)).toContain('Not adopted: too few choices were kept aside');
    expect(plain(at('trained')!.textContent)).toContain('too few choices to be sure');
    expect(at('learning')!.dataset['trained']).toBe('false');
    expect(recommend).not.toHaveBeenCalled();
  });

  it('stops when it is told to, and goes on while another screen is looked at', async () => {
    await insights(await liked(14));
    await press('train');
    await press('cancel');
    await waitFor(() => expect(plain(at('trained')!.textContent)).toBe('Stopped. Nothing has changed.'));
    await press('train');
    await seen('work');
    await press('go-for_you');
    await press('go-insights');
    await waitFor(() => expect(at('trained')!.dataset['outcome']).toBe('adopted'));
  });

  it('says why there is nothing to learn from', async () => {
    await insights(engine());
    await press('train');
    expect(plain((await seen('train-failure')).textContent)).toBe('There is no choice to learn from.');
  });
});

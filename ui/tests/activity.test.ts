/** The log: looked through, chosen from, taken back and forgotten by the many, and its states. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import type { ItemView } from '../src/lib/types';
import { ITEMS, many } from '../src/mock/catalogue';
import { engine, type Handlers } from '../src/mock/engine';
import { all, at, key, open, press, scores, seen } from './page';

const plain = (element: Element | null) => element?.textContent?.replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' ').trim() ?? '';
const lines = () => all('entry').map((entry) => Number(entry.dataset['sequence']));
const boxes = () => all('entry-choose') as HTMLInputElement[];
const chosen = () => lines().filter((_, at) => boxes()[at]!.checked);
const status = () => plain(at('entry-chosen'));

/** Ada's log of so many likes, and a rating at its end. */
function logged(items: ItemView[] = ITEMS.slice(0, 8)): Handlers {
  const whole = engine(['Ada', 'Ben'], items);
  for (const { id } of items.slice(0, 5)) void whole.record({ profile: 0, item: id, action: 'like', surface: 'test' });
  void whole.record({ profile: 0, item: items[5]!.id, action: { rate: 2 }, surface: 'test' });
  return whole;
}

async function activity(handlers: Handlers = logged()) {
  await open(handlers);
  await seen('card');
  await press('go-activity');
  await seen('entry');
}

describe('looking through the log', () => {
  it('finds by title as one types, and by what was done', async () => {
    const whole = logged();
    const asked = vi.fn(whole.activity);
    await activity({ ...whole, activity: asked });
    expect(lines()).toEqual([5, 4, 3, 2, 1, 0]);
    expect(plain(at('entry-count'))).toBe('6 entries');
    await fireEvent.input(at('entry-find')!, { target: { value: 'STALK' } });
    await waitFor(() => expect(lines()).toEqual([1]));
    expect(asked.mock.lastCall![0]).toMatchObject({ profile: 0, look: { query: 'STALK', did: null, item: null } });
    await fireEvent.input(at('entry-find')!, { target: { value: '' } });
    await fireEvent.change(at('entry-did')!, { target: { value: 'rate' } });
    await waitFor(() => expect(lines()).toEqual([5]));
    await fireEvent.input(at('entry-find')!, { target: { value: 'zzzz' } });
    expect(plain(await seen('entry-nothing'))).toContain('No matching entries');
    await press('entry-everything');
    await waitFor(() => expect(lines()).toHaveLength(6));
    expect((at('entry-find') as HTMLInputElement).value).toBe('');
  });

  it('has in the page only what is in sight of a long log', async () => {
    const whole = engine(['Ada'], ITEMS);
    const log = Array.from({ length: 20_000 }, (_, sequence) => ({ sequence, at: 0, what: { did: 'act' as const, action: 'like' as const }, took_back: null, item: { id: 0, title: `${sequence}` }, undone: false })).reverse();
    await activity({ ...whole, activity: () => log });
    expect(plain(at('entry-count'))).toBe('20,000 entries');
    expect(all('entry').length).toBeLessThan(100);
    expect(all('entry')[0]!.closest('[role=listitem]')!.getAttribute('aria-setsize')).toBe('20000');
    await press('entry-all');
    expect(status()).toBe('20,000 entries selected');
  });

  it('follows what is written elsewhere, and is that of whoever sits here', async () => {
    await activity();
    await fireEvent.click(at('entry')!.querySelector('.what button')!);
    await seen('facts');
    await key('l');
    await waitFor(() => expect(lines()[0]).toBe(6));
    await press('close');
    await press('entry-all');
    await press('profile');
    await fireEvent.click(all('profile-choose')[1]!);
    expect(plain(await seen('empty'))).toContain('Nothing here yet');
    expect(at('entry-bar')).toBeNull();
  });
});

describe('choosing', () => {
  it('takes one, a range, all that are shown, and lets them go', async () => {
    await activity();
    expect(status()).toBe('None selected');
    await fireEvent.click(boxes()[1]!);
    await fireEvent.click(boxes()[4]!, { shiftKey: true });
    await waitFor(() => expect(chosen()).toEqual([4, 3, 2, 1]));
    expect(status()).toBe('4 entries selected');
    expect((at('entry-all') as HTMLInputElement).indeterminate).toBe(true);
    await fireEvent.click(boxes()[2]!, { shiftKey: true });
    await waitFor(() => expect(chosen()).toEqual([4]));
    await press('entry-all');
    await waitFor(() => expect(chosen()).toHaveLength(6));
    await press('entry-none');
    await waitFor(() => expect(chosen()).toEqual([]));
  });

  it('acts upon nothing that is not shown', async () => {
    const whole = logged();
    const undo_all = vi.fn(whole.undo_all);
    await activity({ ...whole, undo_all });
    await press('entry-all');
    await fireEvent.change(at('entry-did')!, { target: { value: 'rate' } });
    await waitFor(() => expect(status()).toBe('1 entry selected'));
    await press('take-back');
    await waitFor(() => expect(undo_all.mock.calls.map(([asked]) => asked)).toEqual([{ profile: 0, sequences: [5] }]));
  });

  it('goes by keyboard: arrows, Shift, Ctrl+A, Escape', async () => {
    await activity();
    boxes()[0]!.focus();
    await key('ArrowDown');
    await waitFor(() => expect(document.activeElement).toBe(boxes()[1]));
    await key('ArrowDown', { shiftKey: true });
    await waitFor(() => expect(chosen()).toEqual([3]));
    expect(document.activeElement).toBe(boxes()[2]);
    await key('a', { ctrlKey: true });
    await waitFor(() => expect(chosen()).toHaveLength(6));
    await key('Escape');
    await waitFor(() => expect(chosen()).toEqual([]));
    expect(at('activity'), 'it let go of what was chosen, and stayed').not.toBeNull();
    await key('Escape');
    expect(at('activity')).not.toBeNull();
  });

  it('passes over what took something back', async () => {
    await activity();
    await press('entry-undo');
    await waitFor(() => expect(lines()[0]).toBe(6));
    expect(all('entry')[0]!.querySelector('[data-testid=entry-choose]')).toBeNull();
    boxes()[1]!.focus();
    await key('ArrowUp');
    await waitFor(() => expect(document.activeElement).toBe(boxes()[0]));
    await key('ArrowUp');
    expect(document.activeElement).toBe(boxes()[0]);
  });
});

describe('taking back many', () => {
  it('is one step, after which list and weights are those of a log without them', async () => {
    const bare = engine(['Ada', 'Ben'], ITEMS.slice(0, 8));
    for (const id of [0, 1, 2]) await bare.record({ profile: 0, item: id, action: 'like', surface: 'test' });
    const request = { n: 24, kind: null, in_stock: false, prices: null, variety: 0, balance: 0, surprise: 0, seed: 0, per_creator: null, per_series: null };
    const { items } = await bare.recommend({ profile: 0, request });
    const whole = logged();
    const undo_all = vi.fn(whole.undo_all);
    await activity({ ...whole, undo_all });
    await fireEvent.click(boxes()[0]!);
    await fireEvent.click(boxes()[2]!, { shiftKey: true });
    (await seen('take-back')).focus();
    await press('take-back');
    await waitFor(() => expect(plain(at('toast'))).toContain('Undone: 3 entries'));
    expect(undo_all.mock.calls.map(([asked]) => asked)).toEqual([{ profile: 0, sequences: [3, 4, 5] }]);
    await waitFor(() => expect(all('entry').filter((entry) => entry.dataset['undone'] === 'true')).toHaveLength(3));
    await waitFor(() => expect(document.activeElement).toBe(at('entry-all')));
    await press('go-for_you');
    await waitFor(() => expect(scores()).toEqual(items.map(({ item, score }) => `${item.id} ${score}`)));
  });

  it('offers nothing where all that is chosen is taken back already', async () => {
    await activity();
    await press('entry-undo');
    await waitFor(() => expect(lines()[0]).toBe(6));
    await fireEvent.click(boxes()[0]!);
    expect((await seen('take-back') as HTMLButtonElement).disabled).toBe(true);
    expect((at('forget') as HTMLButtonElement).disabled).toBe(false);
  });

  it('leaves all as it was when it is refused, and says why', async () => {
    await activity({ ...logged(), undo_all: () => { throw { kind: 'user', message: 'the disk is full' }; } });
    await press('entry-all');
    await press('take-back');
    await waitFor(() => expect(plain(at('toast'))).toContain('The disk is full.'));
    expect(all('entry').every((entry) => entry.dataset['undone'] === 'false')).toBe(true);
  });
});

describe('forgetting for good', () => {
  it('asks first, says what it means, and then shows a log that never had them', async () => {
    const whole = logged();
    const forget = vi.fn(whole.forget);
    await activity({ ...whole, forget });
    await press('entry-undo');
    await waitFor(() => expect(lines()).toHaveLength(7));
    await fireEvent.click(boxes()[0]!);
    await fireEvent.click(boxes()[4]!);
    await press('forget');
    const words = plain(await seen('confirm'));
    expect(words).toContain('Forget 2 entries for good?');
    expect(words).toContain('Backups and exports made earlier still have them.');
    expect(document.activeElement).toBe(at('confirm-no'));
    await press('confirm-no');
    expect(forget).not.toHaveBeenCalled();
    await press('forget');
    await press('confirm-yes');
    await waitFor(() => expect(plain(at('toast'))).toContain('Forgotten for good: 2 log entries, and 1 that took some back.'));
    expect(forget.mock.calls.map(([asked]) => asked)).toEqual([{ profile: 0, sequences: [1, 5] }]);
    await waitFor(() => expect(lines()).toEqual([3, 2, 1, 0]));
    expect(plain(at('activity'))).not.toContain('Stalker');
    expect(status()).toBe('None selected');
    expect(at('undo'), 'there is no way back').toBeNull();
  });

  it('lets no old number take back something else', async () => {
    const whole = engine(['Ada'], ITEMS.slice(0, 8));
    await open(whole);
    await seen('card');
    await press('like');
    await seen('toast');
    await fireEvent.click(all('like')[1]!);
    await waitFor(() => expect(all('mark')).toHaveLength(2));
    await press('go-activity');
    await seen('entry');
    await fireEvent.click(boxes()[1]!);
    await press('forget');
    await press('confirm-yes');
    await waitFor(() => expect(lines()).toEqual([0]));
    await press('go-for_you');
    await seen('card');
    expect(at('mark'), 'marks that name entries by number are gone').toBeNull();
  });

  it('says why it could not', async () => {
    await activity({ ...logged(), forget: () => { throw { kind: 'internal', message: 'cannot write the store' }; } });
    await fireEvent.click(boxes()[0]!);
    await press('forget');
    await press('confirm-yes');
    await waitFor(() => expect(plain(at('toast'))).toContain('Cannot write the store.'));
    expect(lines()).toHaveLength(6);
  });
});

describe('the states of the log', () => {
  it('are waiting, refused and tried again', async () => {
    let answer: 'never' | 'no' | 'yes' = 'never';
    const whole = logged();
    await open({
      ...whole,
      activity: async (args) => {
        if (answer === 'yes' || args.look.limit < 1000) return whole.activity(args);
        if (answer === 'never') return new Promise(() => undefined);
        throw { kind: 'internal', message: 'the log cannot be read' };
      },
    });
    await press('go-activity');
    expect(plain(await seen('waiting'))).toContain('Opening the log');
    await press('go-for_you');
    answer = 'no';
    await press('go-activity');
    expect(plain(await seen('failure'))).toContain('The log cannot be read.');
    answer = 'yes';
    await press('retry');
    await seen('entry');
  });

  it('hold long and right-to-left titles as they are', async () => {
    const odd = many(8).map((item, n) => ({ ...item, title: n === 4 ? 'ألف ليلة وليلة' : `${n} ${'W'.repeat(300)}` }));
    await activity(logged(odd));
    const titles = all('entry').map((entry) => entry.querySelector<HTMLElement>('.what button')!);
    expect(titles.map((title) => title.dir)).toEqual(Array(6).fill('auto'));
    expect(titles[1]!.textContent).toBe('ألف ليلة وليلة');
    expect(titles[0]!.textContent).toBe(odd[5]!.title);
  });
});

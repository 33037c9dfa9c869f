/** The first picks: pressing, keys, a wish, the list that follows, and their states. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { ITEMS } from '../src/mock/catalogue';
import { engine, type Handlers } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

const item = (pick: HTMLElement) => pick.closest<HTMLElement>('[data-item]')!.dataset['item'];
const picks = () => all('pick').map(item);
const lines = () => all('first-line').map((line) => line.dataset['item']);
const pressed = () => all('pick').filter((pick) => pick.getAttribute('aria-pressed') === 'true').map(item);

/** Opens the picks of a profile that has shown nothing yet. */
async function picking(handlers: Handlers = engine(), ready = 'pick') {
  await open(handlers);
  await press('to-picks');
  await seen(ready);
}

describe('the first picks', () => {
  it('spread out covers, record a like for each that is pressed, and lead to the list', async () => {
    const whole = engine();
    const record = vi.fn(whole.record);
    await picking({ ...whole, record });
    expect(picks()).toHaveLength(24);
    expect(at('picks-done')!.textContent!.trim()).toBe('Skip for now');
    await waitFor(() => expect(lines()).toHaveLength(8));
    const before = lines();
    const [first, , , second] = picks() as [string, string, string, string];
    await fireEvent.click(all('pick')[0]!);
    await waitFor(() => expect(pressed()).toEqual([first]));
    await fireEvent.click(all('pick')[3]!);
    await waitFor(() => expect(pressed()).toEqual([first, second]));
    expect(record.mock.calls.map(([{ item, action, surface }]) => [item, action, surface])).toEqual([
      [Number(first), 'like', 'picks'],
      [Number(second), 'like', 'picks'],
    ]);
    await waitFor(() => expect(lines()).not.toEqual(before));
    expect(lines()).not.toContain(second);
    expect(at('picked')!.textContent).toBe('2 items picked');
    expect(at('picks-done')!.textContent!.trim()).toBe('Done');
    await press('picks-done');
    await seen('for-you');
    await waitFor(() => expect(all('card').every((card) => card.dataset['item'] !== first)).toBe(true));
    expect(at('to-picks'), 'it is offered while nothing is known').toBeNull();
  });

  it('take a pick back when it is pressed again, to the last digit', async () => {
    await picking();
    await waitFor(() => expect(lines()).toHaveLength(8));
    const before = lines();
    await press('pick');
    await waitFor(() => expect(pressed()).toHaveLength(1));
    await press('pick');
    await waitFor(() => expect(pressed()).toHaveLength(0));
    await waitFor(() => expect(lines()).toEqual(before));
    expect(at('picked')!.textContent).toBe('Nothing picked yet');
  });

  it('are walked by the arrows with one stop for Tab', async () => {
    await picking();
    expect(document.activeElement).toBe(at('wish'));
    await key('ArrowDown');
    expect(document.activeElement).toBe(all('pick')[0]);
    await key('ArrowRight');
    expect(document.activeElement).toBe(all('pick')[1]);
    await waitFor(() => expect(all('pick').map((pick) => pick.tabIndex).filter((stop) => stop === 0)).toHaveLength(1));
    expect(all('pick')[1]!.tabIndex).toBe(0);
    await key('l');
    await waitFor(() => expect(pressed()).toEqual([picks()[1]]));
    await key('z', { ctrlKey: true });
    await waitFor(() => expect(pressed()).toEqual([]));
    await key('Escape');
    expect(at('picks-done')).not.toBeNull();
    await press('picks-done');
    await seen('for-you');
  });

  it('come near to a wish and keep what was picked in reach', async () => {
    await picking();
    const [first] = picks() as [string];
    await press('pick');
    await waitFor(() => expect(pressed()).toEqual([first]));
    await fireEvent.input(at('wish')!, { target: { value: 'jazz' } });
    await waitFor(() => expect(picks()).toEqual([first, ...picks().slice(1)]));
    await waitFor(() => expect(all('pick').length).toBeLessThan(10));
    for (const pick of all('pick').slice(1)) expect(ITEMS[Number(item(pick))]!.genres).toContain('Jazz');
    expect(pressed()).toEqual([first]);
  });

  it('say when nothing comes near, and the way back', async () => {
    await picking();
    await fireEvent.input(at('wish')!, { target: { value: 'zzzz' } });
    expect((await seen('picks-none')).textContent).toContain('zzzz');
    await press('wish-clear');
    await waitFor(() => expect(picks()).toHaveLength(24));
  });

  it('leave out what was chosen before', async () => {
    const whole = engine();
    const offered = (await whole.picks({ wish: '', kind: null, n: 1 }))[0]!;
    await whole.record({ profile: 0, item: offered.id, action: { rate: 4 }, surface: '' });
    await open(whole);
    await seen('card');
    await key('k', { ctrlKey: true });
    await fireEvent.input(await seen('palette-query'), { target: { value: 'first picks' } });
    await fireEvent.keyDown(at('palette-query')!, { key: 'Enter' });
    await seen('pick');
    expect(picks()).not.toContain(String(offered.id));
  });

  it('wait, and say when they cannot be had', async () => {
    let broken = true;
    const whole = engine();
    await picking(
      {
        ...whole,
        picks: (args) => {
          if (broken) throw { kind: 'internal', message: 'the index cannot be read' };
          return whole.picks(args);
        },
      },
      'failure',
    );
    expect(at('failure')!.textContent).toContain('The index cannot be read.');
    broken = false;
    await press('retry');
    await seen('pick');
  });

  it('wait in words', async () => {
    await picking({ ...engine(), picks: () => new Promise(() => undefined) }, 'waiting');
    expect(at('waiting')!.textContent).toContain('Laying out a choice');
  });

  it('say what to do without a library', async () => {
    await open(engine(['Ada'], []));
    await seen('empty');
    await key('k', { ctrlKey: true });
    await fireEvent.input(await seen('palette-query'), { target: { value: 'first picks' } });
    await fireEvent.keyDown(at('palette-query')!, { key: 'Enter' });
    expect((await seen('picks-empty')).textContent).toContain('Nothing to pick from yet');
  });

  it('set long and right-to-left titles as they are', async () => {
    const long = 'The Personal History, Adventures, Experience and Observation of David Copperfield '.repeat(4).trim();
    await picking(engine(['Ada'], [{ ...ITEMS[0]!, title: long }, { ...ITEMS[1]!, title: 'ألف ليلة وليلة' }]));
    const titles = [...document.querySelectorAll('[data-testid=pick] b')];
    expect(titles.map((title) => title.textContent).sort()).toEqual([long, 'ألف ليلة وليلة'].sort());
    for (const title of titles) expect(title.getAttribute('dir')).toBe('auto');
  });
});

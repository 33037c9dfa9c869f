/** What stays where it is while the list follows what is done: what one sees, what has the focus, what was set. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { ItemView } from '../src/lib/types';
import { ITEMS } from '../src/mock/catalogue';
import { engine } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

const items = () => all('card').map((card) => Number(card.dataset['item']));
const states = () => all('card').map((card) => card.dataset['state']);
const focused = () => Number(document.activeElement?.closest<HTMLElement>('[data-item]')?.dataset['item'] ?? NaN);
const rests = () => waitFor(() => expect(at('for-you')!.getAttribute('aria-busy')).toBe('false'));

/** Cards one below the other, each so high that the window shows `sight` of them. */
function window_shows(sight: number) {
  const height = window.innerHeight / sight;
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    const place = all('card').findIndex((card) => card === this);
    return place < 0 ? new DOMRect() : new DOMRect(0, place * height, 400, height);
  });
}

/** A ranking that every act turns round, so that nothing would stay where it was by chance. */
function turning(whole = engine()) {
  let turns = 0;
  const deed = <A, R>(act: (args: A) => R) => (args: A) => {
    turns += 1;
    return act(args);
  };
  return {
    ...whole,
    record: deed(whole.record),
    recommend: async (args: Parameters<typeof whole.recommend>[0]) => {
      const told = await whole.recommend(args);
      return turns % 2 === 0 ? told : { ...told, items: told.items.toReversed() };
    },
  };
}

afterEach(() => void vi.restoreAllMocks());

describe('a list that one looks at', () => {
  it('keeps every place in sight after an act, and lets the rest follow', async () => {
    await open(turning());
    await seen('card');
    window_shows(8);
    const before = items();
    await press('like');
    await waitFor(() => expect(states()[0]).toBe('like'));
    await rests();
    expect(items().slice(0, 8)).toEqual(before.slice(0, 8));
    expect(items()).not.toEqual(before);
    const { textContent } = await seen('stale');
    expect(textContent).toBe('The order has changed');
    await press('refresh');
    await waitFor(() => expect(at('stale')).toBeNull());
  });

  it('keeps the focus, and the places down to it, after an act on another card', async () => {
    await open(turning());
    await seen('card');
    const before = items();
    all('open')[4]!.focus();
    await fireEvent.click(all('like')[1]!);
    await waitFor(() => expect(states()[1]).toBe('like'));
    await rests();
    expect(focused()).toBe(before[4]);
    expect(items().slice(0, 5)).toEqual(before.slice(0, 5));
  });

  it('takes back where it is: what one sees stays, nothing is marked as new, and the card has the focus', async () => {
    const shown = vi.spyOn(Element.prototype, 'scrollIntoView');
    await open(engine());
    await seen('card');
    window_shows(4);
    const before = items();
    await fireEvent.click(all('like')[2]!);
    await waitFor(() => expect(states()[2]).toBe('like'));
    await rests();
    (document.activeElement as HTMLElement).blur();
    await key('z', { ctrlKey: true });
    await waitFor(() => expect(focused()).toBe(before[2]));
    expect(shown.mock.contexts.at(-1)).toBe(all('card')[2]);
    expect(items()).toEqual(before);
    expect(new Set(states())).toEqual(new Set(['listed']));
  });

  it('gives the focus to what stands there now when a fresh list has dropped the card', async () => {
    await open(engine());
    await seen('card');
    all('open')[1]!.focus();
    await key('h');
    await waitFor(() => expect(states()[1]).toBe('hide'));
    await key('r');
    await waitFor(() => expect(states()).not.toContain('hide'));
    await waitFor(() => expect(focused()).toBe(items()[1]));
  });
});

describe('a hurried hand', () => {
  it('hits the card with the ring at every press, and takes nothing back', async () => {
    const whole = turning();
    const [record, undo] = [vi.fn(whole.record), vi.fn(whole.undo)];
    await open({ ...whole, record, undo });
    await seen('card');
    window_shows(6);
    await key('ArrowDown');
    const meant: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      meant.push(focused());
      await key('l');
      await key('l');
      await key('ArrowRight');
      if (n % 2) await new Promise((done) => setTimeout(done, 5));
    }
    await waitFor(() => expect(record).toHaveBeenCalledTimes(6));
    await rests();
    expect(new Set(meant).size).toBe(6);
    expect(record.mock.calls.map(([{ item }]) => item)).toEqual(meant);
    expect(undo).not.toHaveBeenCalled();
  });

  it('takes back with z, and with the pressed button', async () => {
    await open(engine());
    await seen('card');
    await key('ArrowDown');
    await key('l');
    await waitFor(() => expect(states()[0]).toBe('like'));
    await key('z');
    await waitFor(() => expect(states()[0]).toBe('listed'));
    await key('d');
    await waitFor(() => expect(states()[0]).toBe('dislike'));
    await rests();
    await fireEvent.click(all('dislike')[0]!);
    await waitFor(() => expect(states()[0]).toBe('listed'));
  });
});

describe('the arrows', () => {
  it('visit every card, whatever stands below the list', async () => {
    const whole = engine(['Ada'], ITEMS as ItemView[]);
    const four = <A extends { request: { n: number } }>(args: A) => ({ ...args, request: { ...args.request, n: 4 } });
    await open({ ...whole, recommend: (args) => whole.recommend(four(args)), rows: (args) => whole.rows(four(args)) });
    await seen('row');
    // Two columns of cards; the rows below begin at another edge.
    vi.spyOn(HTMLElement.prototype, 'offsetLeft', 'get').mockImplementation(function (this: HTMLElement) {
      const card = all('card').findIndex((one) => this.contains(one));
      return card < 0 ? 7 : 40 + 400 * (card % 2);
    });
    const places = [...document.querySelectorAll('main [data-open]')];
    const path: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      await key('ArrowDown');
      path.push(places.indexOf(document.activeElement!));
    }
    expect(path).toEqual([0, 2, 4, 5]);
  });

  it('go on from where the focus was', async () => {
    await open(engine());
    await seen('card');
    all('open')[2]!.focus();
    (document.activeElement as HTMLElement).blur();
    await key('ArrowRight');
    expect(document.activeElement).toBe(all('open')[3]);
  });
});

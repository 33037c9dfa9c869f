/** What the last act is told by, and what an item is marked with. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { engine } from '../src/mock/engine';
import { all, at, open, press, seen } from './page';

describe('the toast', () => {
  beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
  afterEach(() => void vi.useRealTimers());
  const later = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  it('stays with its way back until the next act, in few words after a while', async () => {
    await open(engine());
    await press('like');
    await waitFor(() => expect(at('toast')!.textContent).toMatch(/counts? (a little|clearly)/));
    await later(60_000);
    expect(at('toast')!.textContent).toContain('Liked');
    expect(at('toast')!.textContent).not.toMatch(/counts? (a little|clearly)/);
    await press('undo');
    await waitFor(() => expect(at('toast')!.textContent).toContain('Undone'));
  });

  it('leaves by itself where nothing can be taken back, but not while somebody is at it', async () => {
    await open(engine());
    await press('like');
    await press('undo');
    await waitFor(() => expect(at('toast')!.textContent).toContain('Undone'));
    const toast = at('toast')!;
    expect(toast.parentElement!.getAttribute('role')).toBe('status');
    await fireEvent.mouseEnter(toast);
    await later(20_000);
    expect(at('toast')).not.toBeNull();
    toast.querySelector('button')!.focus();
    await fireEvent.mouseLeave(toast);
    await later(20_000);
    expect(at('toast')).not.toBeNull();
    toast.querySelector('button')!.blur();
    await later(7_000);
    expect(at('toast')).not.toBeNull();
    await later(1_500);
    expect(at('toast')).toBeNull();
  });

  it('gives a new one its own time, and what failed as long as it takes', async () => {
    const whole = engine();
    await open({ ...whole, undo: () => { throw { kind: 'user', message: 'the disk is full' }; } });
    await press('like');
    await seen('toast');
    await later(6_000);
    await fireEvent.click(all('dislike')[1]!);
    await waitFor(() => expect(at('toast')!.textContent).toContain('Disliked'));
    await later(6_000);
    expect(at('toast')!.textContent).toContain('Disliked');
    await press('undo');
    await waitFor(() => expect(at('toast')!.textContent).toContain('The disk is full'));
    await later(20_000);
    expect(at('toast')).not.toBeNull();
  });
});

describe('a mark', () => {
  const find = async (query: string) => {
    await fireEvent.input(at('search')!, { target: { value: query } });
    await waitFor(() => expect(all('hit')).toHaveLength(1));
    const hit = await seen('hit');
    // What one can say of it is there where one points.
    hit.querySelector<HTMLElement>('[data-open]')!.focus();
    await seen('like');
    return hit;
  };
  const pressed = (where: HTMLElement) => where.querySelector('[data-testid="like"]')!.getAttribute('aria-pressed');

  it('is not there when the act was refused', async () => {
    await open({ ...engine(), record: () => { throw { kind: 'user', message: 'the disk is full' }; } });
    await seen('card');
    const hit = await find('solaris');
    await press('like');
    await seen('toast');
    expect(pressed(hit)).toBe('false');
    expect(at('mark')).toBeNull();
  });

  it('is the same on every surface, and goes when it is pressed again', async () => {
    await open(engine());
    await seen('card');
    const hit = await find('solaris');
    await press('like');
    await waitFor(() => expect(pressed(hit)).toBe('true'));
    await press('open');
    const sheet = await seen('similar').then(() => at('item-sheet')!);
    expect(pressed(sheet)).toBe('true');
    await fireEvent.click(sheet.querySelector('[data-testid="like"]')!);
    await waitFor(() => expect(pressed(sheet)).toBe('false'));
    expect(at('toast')!.textContent).toContain('Undone');
  });

  it('does not follow to another profile, and gives way to what it replaced', async () => {
    await open(engine(['Ada', 'Ben']));
    await seen('card');
    const hit = await find('solaris');
    await press('like');
    await waitFor(() => expect(at('mark')?.textContent).toBe('Liked'));
    await press('dislike');
    await waitFor(() => expect(at('mark')?.textContent).toBe('Disliked'));
    await press('undo');
    await waitFor(() => expect(at('mark')?.textContent).toBe('Liked'));
    await press('profile');
    await fireEvent.click(all('profile-choose')[1]!);
    await waitFor(() => expect(pressed(hit)).toBe('false'));
  });
});

describe('a note', () => {
  it('says what was taken back, and stands in no one’s way', async () => {
    await open(engine());
    await press('dislike');
    await press('undo');
    await waitFor(() => expect(at('toast')!.textContent).toMatch(/Undone: .+ \(Disliked\)\./));
  });

  it('has no space between two sentences in Chinese', async () => {
    await open(engine(), { language: 'zh' });
    await press('like');
    expect((await seen('toast')).textContent).toMatch(/。[^\s]/);
    expect(at('toast')!.querySelector('p')!.textContent).not.toMatch(/。\s+\S/);
  });

  it('lifts what stands at the foot of a dialog', async () => {
    vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(function (this: HTMLElement) {
      return this.getAttribute('role') === 'status' && this.childElementCount > 0 ? 60 : 0;
    });
    const sized: [ResizeObserverCallback, Element][] = [];
    class Observer {
      constructor(readonly tell: ResizeObserverCallback) {}
      observe = (target: Element) => void sized.push([this.tell, target]);
      unobserve = () => undefined;
      disconnect = () => undefined;
    }
    vi.stubGlobal('ResizeObserver', Observer);
    await open(engine());
    await press('open');
    const sheet = await seen('item-sheet');
    await seen('similar');
    await waitFor(() => expect(sheet.style.getPropertyValue('--note')).toBe('0px'));
    await fireEvent.click(sheet.querySelector('[data-testid="like"]')!);
    await seen('toast');
    const place = at('toast')!.parentElement!;
    expect(place.parentElement, 'in the flow of the sheet').toBe(sheet);
    for (const [tell, target] of sized) if (target === place) tell([{ target } as unknown as ResizeObserverEntry], new Observer(tell));
    await waitFor(() => expect(sheet.style.getPropertyValue('--note')).toBe('72px'));
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
});

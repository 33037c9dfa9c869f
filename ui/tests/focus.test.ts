/** Where the focus is after what had it has gone: never nowhere. */
import { fireEvent } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { ITEMS } from '../src/mock/catalogue';
import { engine } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

const focused = (what: () => Element | null | undefined) => vi.waitFor(() => expect(document.activeElement).toBe(what()), 4_000);
/** Presses as a person does: with the focus on it. */
async function hit(id: string, nth = 0) {
  await seen(id);
  all(id)[nth]!.focus();
  all(id)[nth]!.click();
}

describe('the focus', () => {
  it('goes to the heading of the page that one goes to', async () => {
    await open(engine());
    await seen('card');
    await hit('go-mix');
    await focused(() => document.querySelector('main h1'));
    key('7', { ctrlKey: true });
    await seen('activity');
    await focused(() => at('activity')!.querySelector('h1'));
  });

  it('stays in the search field, which Esc clears first and leaves then', async () => {
    await open(engine());
    await seen('card');
    at('search')!.focus();
    await fireEvent.input(at('search')!, { target: { value: 'solaris' } });
    await seen('hit');
    expect(document.activeElement).toBe(at('search'));
    key('Escape');
    await seen('card');
    expect(document.activeElement).toBe(at('search'));
    key('Escape');
    await focused(() => document.querySelector('main h1'));
  });

  it('goes to each step of an import, and asks before it is undone', async () => {
    await open(engine());
    await press('go-import');
    await hit('import');
    await seen('preview');
    await focused(() => at('preview')!.querySelector('h2'));
    await hit('import-go');
    await seen('imported');
    await focused(() => at('imported')!.querySelector('h2'));
    await hit('undo-import');
    await hit('confirm-yes');
    await seen('undone');
    await focused(() => at('undone')!.querySelector('h2'));
    await hit('to-list');
    await focused(() => document.querySelector('main h1'));
  });

  it('stays at a column whose change makes the file readable', async () => {
    const whole = engine();
    let broken = true;
    await open({ ...whole, import: async (args) => ({ ...(await whole.import(args)), problem: broken ? 'no column holds a title' : null }) });
    await press('go-import');
    await press('import');
    await seen('problem');
    const field = all('field')[4]!;
    field.focus();
    broken = false;
    await fireEvent.change(field, { target: { value: 'tags' } });
    await seen('counts');
    expect(document.activeElement).toBe(field);
  });

  it('goes to the next pair that looks alike', async () => {
    const whole = engine();
    const pair = (id: number) => ({ one: ITEMS[id]!, other: ITEMS[id + 1]!, alike: 'edition' as const });
    let left = [pair(0), pair(2), pair(4)];
    const say = ({ pairs }: { pairs: [number, number][] }) => {
      left = left.filter(({ one }) => !pairs.some(([a]) => a === one.id));
      return [];
    };
    await open({ ...whole, matches: () => ({ total: left.length, pairs: left }), merge: say, part: say });
    await press('go-browse');
    await press('alike');
    await hit('merge', 1);
    await vi.waitFor(() => expect(all('match')).toHaveLength(2));
    await focused(() => all('merge')[1]);
    await hit('part', 1);
    await vi.waitFor(() => expect(all('match')).toHaveLength(1));
    await focused(() => all('part')[0]);
    await hit('part');
    await focused(() => at('matches')!.querySelector('[data-testid=close]'));
  });

  it('goes to the slider of a weight that is left to learning', async () => {
    const whole = engine();
    await whole.pin({ profile: 0, signal: 'genre', weight: 2, ...({} as object) } as Parameters<typeof whole.pin>[0]);
    await open(whole);
    await press('go-mix');
    await hit('unpin-genre');
    await vi.waitFor(() => expect(at('unpin-genre')).toBeNull());
    expect(document.activeElement).toBe(at('slider-genre'));
  });

  it('goes to what a like would change, when that is asked', async () => {
    await open(engine());
    await press('open');
    await hit('try-like');
    await focused(() => at('forecast')!.querySelector('.head'));
  });

  it('goes to the next profile when one is removed, and that is said', async () => {
    await open(engine(['Ada', 'Bob', 'Cy']));
    await press('profile');
    await hit('profile-remove', 1);
    await hit('confirm-yes');
    await vi.waitFor(() => expect(all('profile-row')).toHaveLength(2));
    await focused(() => all('profile-choose')[1]);
    expect(at('toast')!.textContent).toContain('Bob');
  });

  it('goes back to Restore, answered or not', async () => {
    await open(engine());
    await press('go-settings');
    await hit('restore');
    expect((await seen('confirm')).textContent).toMatch(/2026.*holds.*12 log entries.*saved first/);
    await hit('confirm-no');
    await focused(() => at('restore'));
    await hit('restore');
    await hit('confirm-yes');
    await vi.waitFor(() => expect(at('told')?.textContent).toContain('Restored'));
    await focused(() => at('restore'));
  });

  it('goes to the shelves’ order when all filters are cleared', async () => {
    await open(engine());
    await press('go-browse');
    await press('facet-film');
    await hit('clear');
    await vi.waitFor(() => expect(at('clear')).toBeNull());
    await focused(() => document.querySelector('main select'));
  });

  it('goes to the pick that comes in the place of one that is let go', async () => {
    await open(engine());
    await press('to-picks');
    await seen('pick');
    await hit('pick');
    await vi.waitFor(() => expect(all('pick')[0]!.getAttribute('aria-pressed')).toBe('true'));
    const title = all('pick')[0]!.querySelector('b')!.textContent;
    const other = ITEMS.find((one) => one.title !== title)!;
    await fireEvent.input(at('wish')!, { target: { value: other.title } });
    await vi.waitFor(() => expect(all('pick').length).toBeLessThan(5));
    expect(all('pick')[0]!.querySelector('b')!.textContent, 'what was picked stays').toBe(title);
    await hit('pick');
    await vi.waitFor(() => expect(all('pick')[0]!.querySelector('b')!.textContent).not.toBe(title));
    await focused(() => all('pick')[0]);
  });

  it('goes to the field that looks through the log, when all of it is forgotten', async () => {
    const whole = engine();
    await whole.record({ profile: 0, item: 0, action: 'like', surface: '' });
    await open(whole);
    await press('go-activity');
    await hit('entry-all');
    await hit('forget');
    await hit('confirm-yes');
    await vi.waitFor(() => expect(at('entry-bar')).toBeNull());
    await focused(() => at('entry-find'));
  });
});

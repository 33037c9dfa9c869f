/** What is told in words that fit: of names, of files, of work that ends, of what was taken away. */
import { fireEvent } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { sensible } from '../src/lib/guesses';
import { catalogues } from '../src/lib/i18n';
import { ending, left } from '../src/lib/pace';
import type { ItemView, Progress } from '../src/lib/types';
import { ITEMS } from '../src/mock/catalogue';
import { engine } from '../src/mock/engine';
import { all, at, open, press, seen } from './page';

const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' ').trim();
const CHINESE = { language: 'zh' };

describe('work whose stage is counted to its end', () => {
  it('has no time left, and says that it ends', async () => {
    const pace = (done: number): Parameters<typeof left>[0] => ({ progress: { stage: 'index', done, total: 208 } as Progress, since: 0, from: 0 });
    expect(left(pace(100), 10_000)).toBeCloseTo(10.8);
    expect(left(pace(208), 10_000)).toBeNull();
    expect([ending(pace(100)), ending(pace(208))]).toEqual([false, true]);
    const whole = engine();
    await open({
      ...whole,
      import: async (args) => {
        if (args.dryRun) return whole.import(args);
        args.onProgress.onmessage({ stage: 'index', done: 208, total: 208 });
        return new Promise(() => undefined);
      },
    });
    await press('go-import');
    await press('import');
    await press('import-go');
    await vi.waitFor(() => expect(at('work')!.textContent).toContain('finishing this step'));
    expect(at('work')!.textContent).not.toContain('left');
    expect(at('work')!.querySelector('progress')!.hasAttribute('value')).toBe(false);
  });
});

describe('what is said of long work', () => {
  it('is no end where it failed', async () => {
    await open({ ...engine(), import: async () => { await new Promise((done) => setTimeout(done, 60)); throw { kind: 'user', message: 'the file is empty' }; } });
    await press('go-import');
    await press('import');
    await seen('failure');
    await new Promise((done) => setTimeout(done, 30));
    expect(at('tray-said')!.textContent).not.toContain('Ended');
  });

  it('names what is read, where no other model is prepared', async () => {
    const whole = engine();
    const status = async () => {
      const told = await whole.status({});
      return { ...told, encoder: { ...told.encoder, making: { name: told.encoder.name, done: 2, total: 9 } } };
    };
    await open({ ...whole, status, encode: () => new Promise(() => undefined) });
    await vi.waitFor(() => expect(plain(at('task-encode')?.textContent)).toContain('Reading new titles and descriptions'));
  });
});

describe('a record that is taken out of an item', () => {
  it('is gone from the sheet at once', async () => {
    const both = { ...ITEMS[0]!, records: 2 };
    const [own, other] = [{ ...ITEMS[0]!, records: 1 }, { ...ITEMS[1]!, id: 900 }];
    const whole = engine(['Ada'], [both]);
    await open({ ...whole, records: () => [own, other] as ItemView[], part: () => [own, other] });
    await press('open');
    await seen('records');
    await press('part');
    await vi.waitFor(() => expect(at('records')).toBeNull());
    await vi.waitFor(() => expect(document.activeElement).toBe(at('item-sheet')!.querySelector('h2')));
  });
});

describe('a filter that was kept', () => {
  it('comes back where it stood', async () => {
    const filters = ['A', 'B', 'C'].map((name) => ({ name, asked: { kind: 'film' } }));
    await open(engine(), { language: 'en', filters });
    await press('go-browse');
    await seen('kept');
    await fireEvent.click(all('kept-remove')[1]!);
    await vi.waitFor(() => expect(all('kept').map((one) => plain(one.textContent))).toEqual(['A', 'C']));
    expect(plain(at('toast')!.textContent)).toContain('The filter B is removed.');
    await press('undo');
    await vi.waitFor(() => expect(all('kept').map((one) => plain(one.textContent))).toEqual(['A', 'B', 'C']));
  });
});

describe('a guess', () => {
  const of = (guess: string | null, samples: string[]) => sensible({ column: 'a', field: null, guess, samples } as Parameters<typeof sensible>[0]);
  it('is offered where it makes sense, and each by itself', async () => {
    expect(of('title', ['x1', 'x2', 'x3'])).toBe(false);
    expect(of('title', ['item 1', 'item 2'])).toBe(false);
    expect(of('title', ['Emma', 'Heat'])).toBe(true);
    expect(of('title', ['红楼梦', '活着'])).toBe(true);
    expect(of('genres', ['x1'])).toBe(true);
    expect(of(null, ['Emma'])).toBe(false);
    await open(engine());
    await press('go-import');
    await press('import');
    expect(plain((await seen('take-guess')).closest('p')!.textContent)).toContain('looks like “Genres”');
  });
});

describe('profiles', () => {
  it('whose names differ by capitals alone are said to', async () => {
    await open(engine(['Ada']));
    await press('profile');
    await fireEvent.input(await seen('profile-name'), { target: { value: 'ada' } });
    await vi.waitFor(() => expect(plain(at('profile-alike')!.textContent)).toContain('a profile called Ada already'));
    await fireEvent.input(at('profile-name')!, { target: { value: 'Bob' } });
    await vi.waitFor(() => expect(at('profile-alike')!.textContent).toBe(''));
  });

  it('that are added say whose the window is now, with the way back; and are there together', async () => {
    await open(engine(['Ada', 'Cy', 'Di']));
    await press('go-together');
    await vi.waitFor(() => expect(all('member').filter((one) => (one as HTMLInputElement).checked)).toHaveLength(1));
    await press('go-for_you');
    await press('profile');
    await fireEvent.input(await seen('profile-name'), { target: { value: 'Bob' } });
    await fireEvent.submit(at('profile-name')!.closest('form')!);
    await vi.waitFor(() => expect(plain(at('toast')?.textContent)).toContain('You are now Bob.'));
    await press('go-together');
    await vi.waitFor(() => expect(all('member').filter((one) => (one as HTMLInputElement).checked)).toHaveLength(2));
    expect(plain(at('undo')!.textContent)).toBe('Back to Ada');
    await press('undo');
    await vi.waitFor(() => expect(at('profile')!.dataset['profile']).toBe('0'));
  });
});

describe('in a Chinese window', () => {
  it('the words of a catalogue are Chinese in the form, and kept as they were', async () => {
    const item = { ...ITEMS[4]!, genres: ['Adventure', 'Puzzle'], tags: [] };
    const whole = engine(['Ada'], [item]);
    const edit = vi.fn(whole.edit);
    await open({ ...whole, edit }, CHINESE);
    await press('open');
    await press('item-edit');
    await seen('item-form');
    const genres = () => [...at('edit-genres')!.querySelectorAll('[data-testid=token]')].map((one) => plain(one.textContent));
    expect(genres()).toEqual(['冒险', '解谜']);
    const field = at('edit-genres-add')!;
    await fireEvent.input(field, { target: { value: '冒险；' } });
    await fireEvent.input(field, { target: { value: '恐怖；' } });
    await vi.waitFor(() => expect(genres()).toEqual(['冒险', '解谜', '恐怖']));
    await fireEvent.submit(at('item-form')!);
    await vi.waitFor(() => expect(edit).toHaveBeenCalled());
    expect(edit.mock.calls[0]![0]).toMatchObject({ edit: { genres: ['Adventure', 'Puzzle', 'horror'] } });
  });

  it('a note has no space after a full stop, and an import has a colon of full width', async () => {
    await open(engine(), CHINESE);
    await press('like');
    expect((await seen('toast')).querySelector('p')!.textContent).not.toMatch(/。\s/);
    await press('go-import');
    await press('import');
    await press('import-go');
    expect(plain((await seen('imported')).querySelector('h2')!.textContent)).toBe('已导入：movies.csv');
  });

  it('names in other letters stand off from the words around them', () => {
    const { format } = catalogues.zh;
    expect(format.list(['Walt Disney', 'Ub Iwerks'])).toBe('Walt Disney 和 Ub Iwerks');
    expect(format.list(['类型', '人物'])).toBe('类型和人物');
    expect(catalogues.en.format.list(['A', 'B'])).toBe('A and B');
  });
});

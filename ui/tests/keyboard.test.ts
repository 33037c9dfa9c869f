/** The window by its keys alone. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { engine } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

describe('the keyboard', () => {
  it('moves, likes, rates and takes back', async () => {
    await open(engine());
    await seen('card');
    await key('ArrowRight');
    await key('l');
    await waitFor(() => expect(all('card')[0]!.dataset['state']).toBe('like'));
    await key('ArrowDown');
    await key('4');
    await waitFor(() => expect(at('toast')!.textContent).toContain('Rated 4 of 5'));
    await key('z', { ctrlKey: true });
    await waitFor(() => expect(at('toast')!.textContent).toContain('Undone'));
  });

  it('does nothing for letters that miss their field', async () => {
    const undo = vi.fn();
    const record = vi.fn();
    await open({ ...engine(), undo, record });
    await seen('card');
    (document.activeElement as HTMLElement).blur();
    for (const letter of 'zzqqxxlpr') await key(letter);
    await new Promise((done) => setTimeout(done, 50));
    expect(undo).not.toHaveBeenCalled();
    expect(record).not.toHaveBeenCalled();
    expect(document.querySelector('dialog')).toBeNull();
  });

  it('leaves the page alone while something stands over it', async () => {
    const undo = vi.fn();
    await open({ ...engine(), undo });
    await press('like');
    await seen('toast');
    await press('profile');
    await press('profile-remove');
    await seen('confirm');
    await key('z', { ctrlKey: true });
    await key('l');
    await press('confirm-no');
    await new Promise((done) => setTimeout(done, 50));
    expect(undo).not.toHaveBeenCalled();
    expect(at('toast')!.textContent).toContain('Liked');
  });

  it('undoes from an empty field and from a slider, and leaves what is typed its own undo', async () => {
    const whole = engine();
    const undo = vi.fn(whole.undo);
    await open({ ...whole, undo });
    await press('like');
    await seen('toast');
    at('search')!.focus();
    await fireEvent.input(at('search')!, { target: { value: 'so' } });
    await seen('browse');
    expect(await key('z', { ctrlKey: true }), 'not prevented').toBe(true);
    expect(undo).not.toHaveBeenCalled();
    await fireEvent.input(at('search')!, { target: { value: '' } });
    await key('z', { ctrlKey: true });
    await waitFor(() => expect(undo).toHaveBeenCalledTimes(1));
    await press('go-mix');
    (await seen('slider-genre')).focus();
    await key('z', { ctrlKey: true });
    await waitFor(() => expect(undo).toHaveBeenCalledTimes(2));
    expect(await key('ArrowRight'), 'the slider’s own').toBe(true);
    await key('?');
    expect((await seen('help-sheet')).textContent).toMatch(/Undo z.*Undo, in any place CtrlZ/);
  });

  it('closes a chart by Escape, and leaves no page by it', async () => {
    await open(engine());
    await press('like');
    await press('go-mix');
    await press('past-popularity');
    (await seen('walk-popularity')).focus();
    await key('Escape');
    await waitFor(() => expect(at('history-popularity')).toBeNull());
    expect(document.activeElement).toBe(at('past-popularity'));
    await key('Escape');
    (document.activeElement as HTMLElement).blur();
    await key('Escape');
    expect(at('mix')).not.toBeNull();
  });

  it('fills no star before one is pointed at or chosen', async () => {
    await open(engine());
    await press('rate');
    const star = await seen('rate-1');
    await waitFor(() => expect(document.activeElement).toBe(star));
    expect(star.classList.contains('lit')).toBe(false);
    await fireEvent.mouseEnter(at('rate-2')!);
    await waitFor(() => expect(star.classList.contains('lit')).toBe(true));
  });

  it('exports as what was chosen, for the profile in use', async () => {
    const whole = engine();
    const asked: unknown[] = [];
    await open({
      ...whole,
      export: (args) => {
        asked.push([args.format, typeof args.profile]);
        return whole.export(args);
      },
    });
    await press('go-settings');
    await press('export');
    await waitFor(() => expect(at('told')!.textContent).toContain('Written to'));
    await press('export-as-letterboxd');
    expect((await seen('export-about')).textContent).toContain('as Letterboxd imports them');
    await press('export');
    await waitFor(() => expect(asked).toEqual([['csv', 'number'], ['letterboxd', 'number']]));
  });

  it('leaves the arrows to a choice of settings', async () => {
    await open(engine());
    await press('go-settings');
    const dark = (await seen('theme-dark')) as HTMLInputElement;
    expect([dark.type, dark.name]).toEqual(['radio', 'theme']);
    await fireEvent.click(dark);
    expect(document.documentElement.dataset['theme']).toBe('dark');
    dark.focus();
    expect(await key('ArrowRight'), 'not prevented').toBe(true);
  });

  it('points at no command when none fits', async () => {
    await open(engine());
    await seen('card');
    await key('k', { ctrlKey: true });
    const query = await seen('palette-query');
    expect(query.getAttribute('aria-activedescendant')).toBe('command-0');
    await fireEvent.input(query, { target: { value: 'zzzz' } });
    await waitFor(() => expect(query.hasAttribute('aria-activedescendant')).toBe(false));
    expect(document.getElementById('commands')!.children).toHaveLength(0);
    expect(at('palette')!.textContent).toContain('No such command');
  });

  it('opens search, commands and help, and leaves what is typed alone', async () => {
    await open(engine());
    await seen('card');
    await key('/');
    expect(document.activeElement).toBe(at('search'));
    await key('l');
    expect(at('toast')).toBeNull();
    (document.activeElement as HTMLElement).blur();
    await key('k', { ctrlKey: true });
    await seen('palette');
    await key('k', { ctrlKey: true });
    await waitFor(() => expect(at('palette')).toBeNull());
    await key('?');
    await seen('help-sheet');
  });
});

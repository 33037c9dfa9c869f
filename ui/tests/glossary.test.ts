/** What words mean, for whoever asks: reached by key, read out with the button, closed by Esc without leaving the page. */
import { fireEvent } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { catalogues } from '../src/lib/i18n';
import { SIGNALS } from '../src/lib/signals';
import { engine } from '../src/mock/engine';
import { at, key, open, press, seen } from './page';

describe('the meaning of words', () => {
  it('opens beside a signal of the mix, and Esc closes it and nothing else', async () => {
    await open(engine(['Ada']));
    await seen('card');
    const word = document.querySelector<HTMLElement>('[data-testid=mix-panel] [data-testid=term]')!;
    const about = document.getElementById(word.getAttribute('aria-describedby')!)!.textContent!;
    expect(Object.values(catalogues.en.signals).map((signal) => signal.about)).toContain(about);
    word.focus();
    fireEvent.click(word);
    expect((await seen('term-note')).textContent).toBe(about);
    expect(word.getAttribute('aria-expanded')).toBe('true');
    await press('go-mix');
    await seen('mix');
    const ask = document.querySelector<HTMLElement>('[data-testid=mix] [data-testid=term]')!;
    ask.focus();
    fireEvent.click(ask);
    await seen('term-note');
    key('Escape');
    await vi.waitFor(() => expect(at('term-note')).toBeNull());
    expect(at('mix')).not.toBeNull();
    expect(document.activeElement).toBe(ask);
  });

  it('is there in every language, of every signal and word', () => {
    for (const { glossary, signals } of Object.values(catalogues)) {
      for (const text of [...Object.values(glossary.terms), ...Object.values(glossary.scope)]) expect(text.length).toBeGreaterThan(15);
      for (const signal of SIGNALS) expect(signals[signal].about.length).toBeGreaterThan(3);
    }
  });
});

/** What would change a place, and what a like would change. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { engine } from '../src/mock/engine';
import { all, at, open, press, seen } from './page';

const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u2068\u2069]/g, '');

async function liked() {
  const whole = engine();
  for (const item of [0, 20]) await whole.record({ profile: 0, item, action: 'like', surface: '' });
  return whole;
}

describe('why this', () => {
  it('says what would change the place, from where to where', async () => {
    const whole = await liked();
    await open(whole);
    await seen('card');
    const item = Number(all('card')[1]!.dataset['item']);
    const told = await whole.explain({ profile: 0, item });
    await fireEvent.click(all('why')[1]!);
    await waitFor(() => expect(at('effects')!.querySelector('li')).not.toBeNull());
    const effects = plain(at('effects')!.textContent);
    expect(effects).toContain(`By score alone it stands 2nd of ${told.candidates}.`);
    const signals = [...at('effects')!.querySelectorAll<HTMLElement>('[data-rank]')];
    const expected = [...told.without_signals.slice(0, 4), ...told.without_entries.slice(0, 4)];
    expect(signals.map((line) => Number(line.dataset['rank']))).toEqual(expected.map(({ rank }) => rank));
    expect(plain(at('without-entry')!.textContent)).toMatch(/Without “Liked: .+”.*2nd → \d+(st|nd|rd|th)it would (fall|rise) from 2nd to/);
  });

  it('says that nothing would change it once it is done with', async () => {
    const whole = await liked();
    const explain = vi.fn(whole.explain);
    await open({ ...whole, explain });
    await press('like');
    await seen('mark');
    await press('why');
    expect((await seen('effects')).textContent).toContain('You are done with it');
    expect(explain).not.toHaveBeenCalled();
  });

  it('waits, and tells a refusal in words', async () => {
    const whole = await liked();
    let broken = true;
    await open({
      ...whole,
      explain: async (args) => {
        await new Promise((done) => setTimeout(done, 60));
        if (broken) throw { kind: 'internal', message: 'the log cannot be read' };
        return { ...(await whole.explain(args)), without_signals: [], without_entries: [] };
      },
    });
    await press('why');
    expect((await seen('effects')).textContent).toContain('Ranking everything again');
    await waitFor(() => expect(at('effects')!.textContent).toContain('The log cannot be read.'));
    broken = false;
    await press('retry');
    await waitFor(() => expect(at('effects')!.textContent).toContain('in the same place'));
  });
});

describe('what a like would change', () => {
  it('is told in the sheet of an item and written nowhere', async () => {
    const whole = await liked();
    const [record, preview] = [vi.fn(whole.record), vi.fn(whole.preview)];
    await open({ ...whole, record, preview });
    await press('open');
    const item = Number(at('card')!.dataset['item']);
    await press('try-like');
    await waitFor(() => expect(at('forecast')!.querySelector('dl')).not.toBeNull());
    expect(preview).toHaveBeenCalledWith({ profile: 0, item, action: 'like' });
    expect(at('forecast')!.textContent).toMatch(/counts? (a little|clearly) (more|less)/);
    expect(all('leaves').map((line) => line.textContent)).not.toContain(at('card')!.querySelector('[data-open]')!.textContent);
    expect(record).not.toHaveBeenCalled();
    await fireEvent.click(at('item-sheet')!.querySelector('[data-testid=like]')!);
    await waitFor(() => expect(at('forecast')).toBeNull());
  });

  it('says when it cannot be known', async () => {
    await open({ ...(await liked()), preview: () => { throw { kind: 'user', message: 'no such item' }; } });
    await press('open');
    await press('try-like');
    expect((await seen('failure')).textContent).toContain('No such item.');
  });
});

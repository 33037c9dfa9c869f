/** The first minute: from a language and a name to a list. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';

import { engine } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

describe('the first minute', () => {
  it('goes from a language and a name over first picks to a list', async () => {
    await open(engine([], []));
    await press('language-zh');
    expect((await seen('welcome')).textContent).toContain('怎么称呼你');
    expect(document.documentElement.lang).toBe('zh-CN');
    await fireEvent.input(at('welcome-name')!, { target: { value: '小林' } });
    await press('welcome-next');
    await press('welcome-sample');
    await press('pick');
    await waitFor(() => expect(at('picked')!.textContent).toBe('已选 1 件'));
    await press('picks-done');
    await waitFor(() => expect(all('card').length).toBeGreaterThan(10), { timeout: 3000 });
    expect(at('profile')!.textContent).toContain('小林');
  });
});

describe('the first minute on a slow machine', () => {
  it('comes to the first picks though the list is asked for again before it is there', async () => {
    const whole = engine([], []);
    await open({
      ...whole,
      recommend: async (args) => {
        await new Promise((done) => setTimeout(done, 80));
        return whole.recommend(args);
      },
    });
    await fireEvent.input(await seen('welcome-name'), { target: { value: 'Ada' } });
    await press('welcome-next');
    await press('welcome-sample');
    await seen('pick');
    await seen('first-line');
  });
});

describe('the first minute with a library', () => {
  it('is walked with Enter alone, starts with what is there, and says at once that it is at work', async () => {
    let arrive = () => undefined as void;
    const whole = engine([]);
    await open({
      ...whole,
      recommend: async (args) => {
        await new Promise<void>((done) => (arrive = done));
        return whole.recommend(args);
      },
    });
    const name = await seen('welcome-name');
    await waitFor(() => expect(document.activeElement).toBe(name));
    await fireEvent.input(name, { target: { value: 'Ada' } });
    await press('welcome-next');
    const ready = await seen('welcome-ready');
    await waitFor(() => expect(document.activeElement).toBe(ready));
    expect(at('welcome-sample')).toBeNull();
    await press('welcome-ready');
    await seen('entering');
    await waitFor(() => arrive());
    const wish = await seen('wish');
    await waitFor(() => expect(document.activeElement).toBe(wish));
    await seen('pick');
    await key('Enter');
    expect(document.activeElement).toBe(at('pick'));
    await press('picks-done');
    await waitFor(() => arrive());
    await waitFor(() => expect(at('card')).not.toBeNull());
  });
});

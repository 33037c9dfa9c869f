/** The language model in the settings: chosen, prepared in the background, stopped, gone on with. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { ITEMS } from '../src/mock/catalogue';
import { engine } from '../src/mock/engine';
import { all, at, open, press, seen } from './page';

describe('the language model', () => {
  const states = () => all('encoder-state').map((state) => state.textContent);
  const pick = async (name: string) => fireEvent.click(await seen(`encoder-${name}`));

  it('is one of those that are offered, each with what it is good for and what it would cost', async () => {
    await open(engine());
    await press('go-settings');
    const texts = ITEMS.length * 2;
    await waitFor(() => expect(states()).toEqual([`Would read your ${texts} texts in about 1 minute`, 'In use']));
    expect(at('encoder-multilingual')).toHaveProperty('checked', true);
    const about = document.getElementById(at('encoder-english')!.getAttribute('aria-describedby')!)!;
    expect(about.textContent).toMatch(/English only.+24 MB.+Apache-2\.0/s);
    expect(at('encoder-english-full'), 'only there to measure against').toBeNull();
    expect(at('encoder')!.dataset['name']).toBe('multilingual');
  });

  it('is prepared in the background while the old one serves, can be stopped, and goes on', async () => {
    await open(engine());
    await press('go-settings');
    await pick('english');
    await waitFor(() => expect(states()).toEqual([expect.stringMatching(/^Being prepared, [1-9]\d* of/), 'In use until the other is ready']));
    expect(at('encoder')!.dataset['name']).toBe('multilingual');
    expect((await seen('task-encode')).getAttribute('aria-label')).toMatch(/Preparing .English..: \d+%/);
    await press('cancel');
    await seen('encode');
    expect(states()[0]).toMatch(/^Chosen; has read [1-9]\d* of/);
    expect(at('task-encode')).toBeNull();
    await press('encode');
    await waitFor(() => expect(at('encoder')!.dataset['name']).toBe('english'));
    await waitFor(() => expect(states()).toEqual(['In use', 'Has read everything; switching is instant']));
    await waitFor(() => expect(at('work')).toBeNull());
    await pick('multilingual');
    await waitFor(() => expect(at('encoder')!.dataset['name']).toBe('multilingual'));
    expect(at('work'), 'going back takes no time').toBeNull();
  });

  it('goes on by itself when the window opens', async () => {
    const whole = engine();
    whole.choose_encoder({ name: 'english' });
    const encode = vi.fn(whole.encode);
    await open({ ...whole, encode });
    await press('task-encode');
    await seen('settings');
    await waitFor(() => expect(at('encoder')!.dataset['name']).toBe('english'));
    expect(encode).toHaveBeenCalledTimes(1);
    await waitFor(() => expect(at('task-encode')).toBeNull());
  });

  it('leaves nothing to do where all is read', async () => {
    const whole = engine();
    const encode = vi.fn(whole.encode);
    await open({ ...whole, encode });
    await seen('card');
    expect(encode).not.toHaveBeenCalled();
    expect(at('task-encode')).toBeNull();
  });

  it('says why the preparation failed, and tries again when asked', async () => {
    let broken = true;
    const whole = engine();
    await open({
      ...whole,
      encode: (args) => {
        if (broken) throw { kind: 'internal', message: 'cannot encode: the disk is full' };
        return whole.encode(args);
      },
    });
    await press('go-settings');
    await pick('english');
    expect((await seen('failure')).textContent).toContain('Cannot encode: the disk is full.');
    expect(at('encoder')!.dataset['name']).toBe('multilingual');
    broken = false;
    await press('encode');
    await waitFor(() => expect(at('encoder')!.dataset['name']).toBe('english'));
    expect(at('failure')).toBeNull();
  });

  it('cannot be one that is not on this machine, and says how to get it', async () => {
    const whole = engine();
    const problem = 'cannot encode: model.onnx is missing; `python3 models/fetch.py` fetches it';
    const encoders = async () => (await whole.encoders({})).map((one) => (one.name === 'english' ? { ...one, installed: false, problem } : one));
    await open({ ...whole, encoders });
    await press('go-settings');
    expect(await seen('encoder-english')).toHaveProperty('disabled', true);
    expect(states()).toEqual(['Not on this machine', 'In use']);
    expect(at('encoders')!.textContent).toContain('fetch.py');
  });

  it('keeps the choice that was made when another is refused', async () => {
    const whole = engine();
    const refused = () => { throw { kind: 'user', message: 'the encoder "english" is not on this machine' }; };
    await open({ ...whole, choose_encoder: refused });
    await press('go-settings');
    await pick('english');
    expect((await seen('failure')).textContent).toContain('not on this machine');
    expect(at('encoder-multilingual')).toHaveProperty('checked', true);
    expect(at('encoder-english')).toHaveProperty('checked', false);
  });

  it('is spoken of in Chinese too', async () => {
    await open(engine(), { language: 'zh' });
    await press('go-settings');
    await pick('english');
    await waitFor(() => expect(states()).toEqual([expect.stringMatching(/^准备中，已读 \d+ \/ \d+ 段文字$/), '使用中，直到另一个就绪']));
    await press('cancel');
    expect((await seen('encode')).textContent).toBe('继续准备');
  });
});

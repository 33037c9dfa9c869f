/** The sliders of the mix: what a weight would do is told before it is kept. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { engine, type Handlers } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

describe('a slider of the mix', () => {
  const slide = (slider: HTMLInputElement, value: number) => fireEvent.input(slider, { target: { value } });
  /** Opens the mix after two likes, with a slider and notes of what it asks and sets. */
  async function sliding(own: Partial<Handlers> = {}) {
    const whole = engine();
    for (const item of [0, 20]) await whole.record({ profile: 0, item, action: 'like', surface: '' });
    const pin = vi.fn(whole.pin);
    const tried = vi.fn(own.preview_pin ?? whole.preview_pin);
    await open({ ...whole, pin, preview_pin: tried });
    await press('go-mix');
    return { slider: (await seen('slider-genre')) as HTMLInputElement, pin, tried };
  }

  it('says what its weight would do, keeps it when told, and lets it go', async () => {
    const { slider, pin } = await sliding();
    await slide(slider, 3);
    await seen('moves');
    const text = at('forecast')!.textContent!;
    expect(text).toContain('With the weight of “Genre” at 3.00');
    expect(text).toMatch(/\d(st|nd|rd|th) → \d+(st|nd|rd|th)/);
    expect(pin).not.toHaveBeenCalled();
    await press('keep-genre');
    await waitFor(() => expect(at('weight-genre')!.dataset).toMatchObject({ pinned: 'true', weight: '3' }));
    await waitFor(() => expect(at('forecast')).toBeNull());
    expect(at('toast')!.textContent).toMatch(/to 3\.00 by hand\.\s*Undo/);
    await press('unpin-genre');
    await waitFor(() => expect(at('weight-genre')!.dataset['pinned']).toBe('false'));
  });

  it('tells the list that keeping it then brings', async () => {
    const { slider, tried } = await sliding();
    await slide(slider, 3);
    await seen('moves');
    const told = await tried.mock.results[0]!.value;
    await press('keep-genre');
    await seen('toast');
    await press('go-for_you');
    await waitFor(() => expect(all('card').slice(0, 20).map((card) => Number(card.dataset['item']))).toEqual(told.list.map((place: { item: { id: number } }) => place.item.id)));
  });

  it('goes back to where it was, and nothing is written', async () => {
    const { slider, pin } = await sliding();
    const before = slider.value;
    await slide(slider, 3);
    await press('let-go-genre');
    expect(slider.value).toBe(before);
    expect(at('forecast')).toBeNull();
    expect(pin).not.toHaveBeenCalled();
  });

  it('adds up quick steps and asks once, when it rests; Enter keeps and Escape lets go', async () => {
    const { slider, pin, tried } = await sliding();
    slider.focus();
    for (const value of [1, 1.05, 1.1]) await slide(slider, value);
    expect(slider.value).toBe('1.1');
    await waitFor(() => expect(tried).toHaveBeenCalledTimes(1));
    await key('Escape');
    expect(at('forecast')).toBeNull();
    expect(at('mix'), 'Escape lets go of the slider, not of the page').not.toBeNull();
    await slide(slider, 1.2);
    await key('Enter');
    await waitFor(() => expect(at('weight-genre')!.dataset['weight']).toBe('1.2'));
    expect(pin).toHaveBeenCalledTimes(1);
  });

  it('asks nothing while the pointer holds it, and at once when it lets go', async () => {
    const { slider, pin, tried } = await sliding();
    await fireEvent.pointerDown(slider);
    await slide(slider, 1.5);
    await new Promise((done) => setTimeout(done, 500));
    expect(tried).not.toHaveBeenCalled();
    await fireEvent.pointerUp(slider);
    expect(tried).toHaveBeenCalledTimes(1);
    expect(pin).not.toHaveBeenCalled();
  });

  it('drops an answer that a later position has overtaken', async () => {
    let first = () => undefined as void;
    const whole = engine();
    const { slider } = await sliding({
      preview_pin: async (args) => {
        if (args.weight === 2) await new Promise<void>((done) => (first = done));
        return { ...(await whole.preview_pin(args)), left: [{ id: 1, title: `at ${args.weight}` }] };
      },
    });
    await slide(slider, 2);
    await waitFor(() => expect(at('forecast')!.getAttribute('aria-busy')).toBe('true'));
    await new Promise((done) => setTimeout(done, 300));
    await slide(slider, 3);
    await waitFor(() => expect(at('leaves')!.textContent).toBe('at 3'));
    first();
    await new Promise((done) => setTimeout(done, 50));
    expect(at('leaves')!.textContent).toBe('at 3');
  });

  it('says when it cannot be known, and tries again', async () => {
    let broken = true;
    const whole = engine();
    const { slider } = await sliding({
      preview_pin: (args) => {
        if (broken) throw { kind: 'user', message: 'the log cannot be read' };
        return whole.preview_pin(args);
      },
    });
    await slide(slider, 3);
    expect((await seen('failure')).textContent).toContain('The log cannot be read.');
    broken = false;
    await press('retry');
    await waitFor(() => expect(at('failure')).toBeNull());
  });
});

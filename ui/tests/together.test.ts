/** The list for several: who is there, what each thinks, for whom acts count, and its states. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { ITEMS } from '../src/mock/catalogue';
import { engine, type Handlers } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

const items = () => all('shared').map((line) => Number(line.dataset['item']));
const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u2068\u2069]/g, '');

async function together(handlers: Handlers = engine(['Ann', 'Ben']), ready = 'shared') {
  await open(handlers);
  await seen('card');
  await press('go-together');
  await seen(ready);
}

describe('a list together', () => {
  it('says of each thing what each thinks of it, and why', async () => {
    const whole = engine(['Ann', 'Ben']);
    await whole.record({ profile: 0, item: 0, action: 'like', surface: '' });
    await together(whole);
    const told = await whole.together({ profiles: [0, 1], request: { n: 24, kind: null, in_stock: false, prices: null, variety: 0, balance: 0, surprise: 0, seed: 0, per_creator: null, per_series: null } });
    expect(items()).toEqual(told.items.map(({ item }) => item.id));
    expect(items()).not.toContain(0);
    const first = all('shared')[0]!;
    const shares = [...first.querySelectorAll<HTMLElement>('[data-testid=share]')];
    expect(shares.map((share) => share.dataset)).toMatchObject(told.items[0]!.shares.map(({ profile, place }) => ({ profile: String(profile), place: String(place) })));
    expect(plain(shares[0]!.textContent)).toMatch(/^Ann: \d+(st|nd|rd|th) of 31/);
    expect(plain(shares[1]!.textContent)).toMatch(/^Ben: \d+(st|nd|rd|th) of 31.*Something to try$/);
    expect(plain(first.textContent)).not.toContain('you liked');
  });

  it('counts an act for whom it is told to, keeps what was there, and takes it back', async () => {
    const whole = engine(['Ann', 'Ben']);
    const [record, undo] = [vi.fn(whole.record), vi.fn(whole.undo)];
    await together({ ...whole, record, undo });
    const before = items();
    const at2 = all('shared')[2]!;
    await fireEvent.click(at('actor-1')!);
    await fireEvent.click(at2.querySelector('[data-testid=like]')!);
    await waitFor(() => expect(record).toHaveBeenCalledWith({ profile: 1, item: before[2], action: 'like', surface: 'together' }));
    expect(plain((await seen('toast')).textContent)).toContain('For Ben.');
    await waitFor(() => expect(at2.querySelector('[data-testid=mark]')?.textContent).toBe('Liked'));
    await waitFor(() => expect(items()).not.toEqual(before));
    expect(items().slice(0, 3), 'what the eye rests on stays').toEqual(before.slice(0, 3));
    await press('undo');
    await waitFor(() => expect(undo).toHaveBeenCalledWith({ profile: 1, sequence: 0 }));
    await waitFor(() => expect(items()).toEqual(before));
  });

  it('gives the letters to whom acts count for, and back to the profile in use elsewhere', async () => {
    const whole = engine(['Ann', 'Ben']);
    const record = vi.fn(whole.record);
    await together({ ...whole, record });
    await fireEvent.click(at('actor-1')!);
    (all('shared')[0]!.querySelector('[data-open]') as HTMLElement).focus();
    await key('d');
    await waitFor(() => expect(record.mock.lastCall![0]).toMatchObject({ profile: 1, action: 'dislike' }));
    await press('go-for_you');
    await seen('card');
    await press('like');
    await waitFor(() => expect(record.mock.lastCall![0]).toMatchObject({ profile: 0, action: 'like' }));
  });

  it('asks for one more, follows who is ticked, and knows a kind', async () => {
    await together(engine(['Ann', 'Ben', 'Cem']), 'together-few');
    expect(all('member').map((box) => (box as HTMLInputElement).checked)).toEqual([true, false, false]);
    await fireEvent.click(all('member')[2]!);
    await seen('shared');
    expect(all('share').slice(0, 2).map((share) => share.dataset['profile'])).toEqual(['0', '2']);
    await press('kind-music');
    await waitFor(() => expect(items().every((id) => ITEMS[id]!.kind === 'music')).toBe(true));
    await fireEvent.click(all('member')[2]!);
    await seen('together-few');
  });

  it('leaves out a profile that is removed', async () => {
    await together(engine(['Ann', 'Ben', 'Cem']), 'together-few');
    for (const member of all('member').slice(1)) await fireEvent.click(member);
    await waitFor(() => expect(at('shares')!.children).toHaveLength(3));
    await press('profile');
    await fireEvent.click(all('profile-remove')[2]!);
    await press('confirm-yes');
    await waitFor(() => expect(at('shares')!.children).toHaveLength(2));
    expect(all('member')).toHaveLength(2);
  });

  it('finds a profile among many, and keeps who is ticked in sight', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `Customer ${at + 1}`);
    await together(engine(names), 'together-few');
    expect(all('member')).toHaveLength(12);
    expect(at('together')!.textContent).toContain('and 28 more');
    await fireEvent.input(at('together-find')!, { target: { value: 'customer 37' } });
    await waitFor(() => expect(all('member').map((box) => box.dataset['profile'])).toEqual(['0', '36']));
    await fireEvent.click(all('member')[1]!);
    await seen('shared');
    await fireEvent.input(at('together-find')!, { target: { value: 'nobody' } });
    await waitFor(() => expect(all('member').map((box) => box.dataset['profile'])).toEqual(['0', '36']));
    expect(at('together')!.textContent).toContain('No profile of that name');
  });

  it('says what to do with one profile', async () => {
    await together(engine(['Ann']), 'together-alone');
    await press('together-add');
    await seen('profiles');
  });

  it('waits, and says when it cannot be had', async () => {
    let answer: 'never' | 'no' | 'yes' = 'never';
    const whole = engine(['Ann', 'Ben']);
    await together(
      {
        ...whole,
        together: (args) => {
          if (answer === 'never') return new Promise(() => undefined);
          if (answer === 'no') throw { kind: 'internal', message: 'the store cannot be read' };
          return whole.together(args);
        },
      },
      'waiting',
    );
    expect(at('waiting')!.textContent).toContain('Bringing your lists together');
    answer = 'no';
    await press('kind-film');
    expect((await seen('failure')).textContent).toContain('The store cannot be read.');
    answer = 'yes';
    await press('retry');
    await seen('shared');
  });

  it('says when nothing is left', async () => {
    const whole = engine(['Ann', 'Ben'], ITEMS.slice(0, 1));
    await whole.record({ profile: 1, item: 0, action: 'like', surface: '' });
    await together(whole, 'empty');
    expect(at('empty')!.textContent).toContain('Nothing is left');
  });

  it('sets long names and titles as they are, marked as such', async () => {
    const long = 'Maximiliane Friederike von und zu Hohenlohe-Waldenburg-Schillingsfürst '.repeat(3).trim();
    await together(engine([long, 'ليلى'], [{ ...ITEMS[0]!, title: long }]));
    expect(at('shared')!.textContent).toContain(long);
    const names = [...document.querySelectorAll('[data-testid=together] fieldset label span')];
    expect(names.map((name) => name.textContent)).toEqual([long, 'ليلى']);
    for (const name of names) expect(name.getAttribute('dir')).toBe('auto');
  });
});

/** Friends in the settings: a taste is shared, a friend added and removed, and the list follows. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { serve, type Dialogs } from '../src/mock/bridge';
import { engine, type Handlers } from '../src/mock/engine';

const at = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
const plain = (id: string) => at(id)!.textContent!.replace(/[\u2068\u2069]/g, '');

async function seen(id: string): Promise<HTMLElement> {
  await waitFor(() => expect(at(id), id).not.toBeNull());
  return at(id)!;
}

const press = async (id: string) => fireEvent.click(await seen(id));
let close = () => undefined as void;

/** Opens the settings of the window over an engine. */
async function open(handlers: Handlers, dialogs: Dialogs = { open: '/home/ada/mira.json', save: '/home/ada/taste.json' }, language = 'en') {
  localStorage.setItem('curio.prefs', JSON.stringify({ language }));
  serve(handlers, dialogs);
  vi.resetModules();
  const [{ mount, unmount }, { default: App }] = await Promise.all([import('svelte'), import('../src/App.svelte')]);
  const app = mount(App, { target: document.body });
  close = () => void unmount(app);
  await seen('card');
  await press('go-settings');
  await seen('friends');
}

beforeEach(() => localStorage.clear());
afterEach(() => close());

describe('sharing a taste', () => {
  it('is of the profile that is chosen, under the name that is written, and is told in numbers', async () => {
    const whole = engine(['Ada', 'Ben']);
    const share_taste = vi.fn(whole.share_taste);
    await whole.record({ profile: 1, item: 0, action: 'like', surface: 'list' });
    await whole.record({ profile: 1, item: 1, action: { rate: 4 }, surface: 'list' });
    await open({ ...whole, share_taste });
    const [name, profile] = [at('share-name') as HTMLInputElement, at('share-profile') as HTMLSelectElement];
    expect(name.value).toBe('Ada');
    await fireEvent.change(profile, { target: { value: '1' } });
    await waitFor(() => expect(name.value).toBe('Ben'));
    await fireEvent.input(name, { target: { value: ' B. ' } });
    await press('share');
    await waitFor(() => expect(plain('friends-told')).toBe('Written to /home/ada/taste.json: 1 loved, 1 liked, 0 disliked.'));
    expect(share_taste).toHaveBeenCalledExactlyOnceWith({ profile: 1, name: 'B.', file: '/home/ada/taste.json' });
  });

  it('says why it did not happen, and does nothing when the dialog is closed', async () => {
    await open(engine());
    await press('share');
    expect((await seen('toast')).textContent).toContain('there is no taste to share');
    close();
    const share_taste = vi.fn();
    await open({ ...engine(), share_taste }, { open: null, save: null });
    await press('share');
    await waitFor(() => expect((at('share') as HTMLButtonElement).disabled).toBe(false));
    expect(share_taste).not.toHaveBeenCalled();
  });

  it('says in the window exactly what the file holds', async () => {
    await open(engine());
    expect(at('friends')!.textContent).toMatch(/does not hold dates, order, stars or notes/);
    expect(at('friends')!.textContent).toMatch(/identifier, title, year, kind and makers/);
  });
});

describe('a friend', () => {
  it('is added from a file, counted, and moves the list', async () => {
    const whole = engine(['Ada', 'Ben']);
    const recommend = vi.fn(whole.recommend);
    const add_friend = vi.fn(whole.add_friend);
    await open({ ...whole, recommend, add_friend });
    await seen('friends-none');
    recommend.mockClear();
    await press('friend-add');
    await seen('friend');
    expect(add_friend).toHaveBeenCalledExactlyOnceWith({ file: '/home/ada/mira.json' });
    expect(recommend).toHaveBeenCalled();
    await waitFor(() => expect(plain('friends-told')).toBe('Mira was added. Found here: 30 by identifier, 11 by title, year and maker. 23 not here; kept until your catalogue has them.'));
    expect(plain('friend')).toContain('64 items, 41 of them in your catalogue');
    const ties = [...document.querySelectorAll('[data-testid="tie"]')].map((tie) => tie.textContent!.replace(/[\u2068\u2069]/g, ''));
    expect(ties).toEqual(['Ada: agreement +0.83 over 12 items that both have judged', 'Ben: agreement −0.37 over 7 items that both have judged']);
    await press('friend-add');
    await waitFor(() => expect(plain('friends-told')).toContain('Mira was here and has been replaced.'));
  });

  it('is told of with the profiles that have most in common, where there are many', async () => {
    const whole = engine(['Ada']);
    const ties = Array.from({ length: 40 }, (_, n) => ({ profile: n, name: `Customer ${n}`, common: n, agreement: 0.5 }));
    await open({ ...whole, friends: () => [{ name: 'Mira', items: 64, known: 41, ties }] });
    await seen('friend');
    const told = [...document.querySelectorAll('[data-testid="tie"]')].map((tie) => /Customer \d+/.exec(tie.textContent!)![0]);
    expect(told).toEqual([35, 36, 37, 38, 39].map((n) => `Customer ${n}`));
    expect(plain('ties-more')).toBe('and 35 more profiles with no more in common');
  });

  it('is removed only when one is sure', async () => {
    const whole = engine();
    const remove_friend = vi.fn(whole.remove_friend);
    await open({ ...whole, remove_friend });
    await press('friend-add');
    await press('friend-remove');
    expect((await seen('confirm')).textContent).toContain('as if they had never been added');
    await press('confirm-no');
    expect(at('friend')).not.toBeNull();
    await press('friend-remove');
    await press('confirm-yes');
    await seen('friends-none');
    expect(remove_friend).toHaveBeenCalledExactlyOnceWith({ name: 'Mira' });
    await waitFor(() => expect(plain('friends-told')).toBe('Mira was removed.'));
  });

  it('whose file is none is refused in the words of the engine', async () => {
    await open({ ...engine(), add_friend: () => { throw { kind: 'user', message: 'x.json is not a taste file of Curio: EOF at line 1 column 0' }; } });
    await press('friend-add');
    expect((await seen('toast')).textContent).toContain('is not a taste file of Curio: EOF at line 1 column 0');
    expect(at('friend')).toBeNull();
  });

  it('is spoken of in Chinese too', async () => {
    await open(engine(), undefined, 'zh');
    await press('friend-add');
    await waitFor(() => expect(plain('friends-told')).toContain('已添加 Mira。在这里找到：按标识 30 件'));
    expect(plain('tie')).toContain('Ada：一致程度 +0.83');
  });
});

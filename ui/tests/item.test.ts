/** The sheet of an item: edited by hand, covered by a picture, its history, and its states. */
import { emit } from '@tauri-apps/api/event';
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { differs, drafted, parted, read } from '../src/lib/edit';
import { ITEMS, SHOP } from '../src/mock/catalogue';
import { engine, type Handlers } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

const plain = (element: Element | null) => element?.textContent?.replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' ').trim() ?? '';
const type = async (id: string, value: string) => fireEvent.input(await seen(id), { target: { value } });
const tokens = (list: string) => [...at(`edit-${list}`)!.querySelectorAll('[data-testid=token]')].map(plain);
const drop = (...paths: string[]) => emit('tauri://drag-drop', { paths, position: { x: 0, y: 0 } });
const inSheet = (id: string) => at('item-sheet')!.querySelector(`[data-testid=${id}]`);

/** Opens the sheet of the only item. */
async function sheet(handlers: Handlers = engine(['Ada'], [ITEMS[4]!])) {
  await open(handlers);
  await press('open');
  await seen('facts');
}

async function form(handlers?: Handlers) {
  await sheet(handlers);
  await press('item-edit');
  await seen('item-form');
}

describe('the fields of an item', () => {
  it('are read as people write them, and say what is wrong', () => {
    const draft = drafted(SHOP[0]!);
    expect(draft).toMatchObject({ title: 'Misty Terrace Green', year: '', price: '9.8', stock: '42', genres: ['Tea'] });
    expect(read({ ...draft, year: ' −５００ ', price: '12,50', stock: '' })).toMatchObject({ edit: { year: -500, price: 12.5, stock: null } });
    expect(read({ ...draft, title: ' ', year: '1999.5', price: '-1', stock: 'some' })).toEqual({ wrong: { title: 'empty', year: 'year', price: 'price', stock: 'stock' } });
    expect(read({ ...draft, year: '3001', price: '1,000.5' })).toEqual({ wrong: { year: 'year', price: 'price' } });
  });

  it('leave an estimate out, and differ only where something was changed', () => {
    const estimated = { ...ITEMS[4]!, year: { value: 1970, filled: true } };
    expect(drafted(estimated).year).toBe('');
    expect(differs(estimated, drafted(estimated))).toBe(false);
    expect(differs(estimated, { ...drafted(estimated), tags: [] })).toBe(true);
  });

  it('are parted at semicolons, and at commas where no name can have one', () => {
    expect(parted('Lewis, C. S.； Tolkien, J. R. R.;', false)).toEqual(['Lewis, C. S.', 'Tolkien, J. R. R.']);
    expect(parted('space, 科幻、悬疑;;sea', true)).toEqual(['space', '科幻', '悬疑', 'sea']);
  });
});

describe('editing', () => {
  it('saves what was changed, marks it, shows it everywhere, and is taken back', async () => {
    const whole = engine(['Ada'], [ITEMS[4]!]);
    const edit = vi.fn(whole.edit);
    await form({ ...whole, edit });
    expect(document.activeElement).toBe(at('edit-title'));
    await type('edit-title', '2001');
    await fireEvent.change(at('edit-kind')!, { target: { value: 'book' } });
    await type('edit-tags-add', 'sea; light;');
    expect(tokens('tags')).toEqual(['space', 'evolution', 'machines', 'sea', 'light']);
    await fireEvent.click(at('edit-tags')!.querySelector('[data-drop]')!);
    expect(tokens('tags')[0]).toBe('evolution');
    await type('edit-people-add', 'Clarke, Arthur C.');
    at('edit-people-add')!.focus();
    await press('edit-save');
    await seen('facts');
    expect(edit).toHaveBeenCalledTimes(1);
    expect(edit.mock.lastCall![0].edit).toMatchObject({ title: '2001', kind: 'book', people: ['Keir Dullea', 'Clarke, Arthur C.'], tags: ['evolution', 'machines', 'sea', 'light'], year: 1968, price: null });
    expect(plain(at('item-sheet'))).toContain('2001');
    expect(all('edited').map(plain)).toEqual(['Title edited by you', '· edited by you', '· edited by you']);
    expect(plain(at('card'))).toContain('2001');
    expect(document.activeElement).toBe(at('item-edit'));
    expect(plain(inSheet('toast'))).toContain('Changed: 2001.');
    await press('undo');
    await waitFor(() => expect(plain(at('card'))).toContain('2001: A Space Odyssey'));
    expect(plain(at('facts'))).toContain('space, evolution, machines');
  });

  it('says what is wrong at the field, and keeps what was typed', async () => {
    const whole = engine(['Ada'], [ITEMS[4]!]);
    const edit = vi.fn(whole.edit);
    await form({ ...whole, edit });
    await type('edit-year', 'long ago');
    await type('edit-stock', '1.5');
    await press('edit-save');
    expect(plain(await seen('wrong-year'))).toContain('whole number from −5000 to 3000');
    expect(at('edit-year')!.getAttribute('aria-describedby')).toBe(at('wrong-year')!.id);
    expect(at('wrong-stock')).not.toBeNull();
    expect(document.activeElement).toBe(at('edit-year'));
    expect((at('edit-year') as HTMLInputElement).value).toBe('long ago');
    expect(edit).not.toHaveBeenCalled();
  });

  it('tells what the engine refuses, and can be tried again', async () => {
    let full = true;
    const whole = engine(['Ada'], [ITEMS[4]!]);
    await form({ ...whole, edit: (args) => { if (full) throw { kind: 'user', message: 'the disk is full' }; return whole.edit(args); } });
    await type('edit-title', 'Odyssey');
    await press('edit-save');
    expect(plain(await seen('edit-failure'))).toContain('The disk is full.');
    full = false;
    await press('edit-save');
    await waitFor(() => expect(at('item-form')).toBeNull());
    expect(plain(at('card'))).toContain('Odyssey');
  });

  it('asks before it lets go of what is not saved, and writes nothing where nothing was changed', async () => {
    const whole = engine(['Ada'], [ITEMS[4]!]);
    const edit = vi.fn(whole.edit);
    await form({ ...whole, edit });
    await type('edit-title', 'Odyssey');
    await fireEvent(at('item-sheet')!, new Event('cancel', { cancelable: true }));
    await seen('confirm');
    await press('confirm-no');
    expect((at('edit-title') as HTMLInputElement).value).toBe('Odyssey');
    await press('edit-cancel');
    await press('confirm-yes');
    await waitFor(() => expect(at('item-form')).toBeNull());
    expect(plain(at('item-sheet'))).toContain('A Space Odyssey');
    await press('item-edit');
    await press('edit-save');
    await waitFor(() => expect(at('item-form')).toBeNull());
    expect(edit).not.toHaveBeenCalled();
  });

  it('walks its lists by keyboard, and letters there like nothing', async () => {
    const whole = engine(['Ada'], [ITEMS[4]!]);
    const record = vi.fn(whole.record);
    await form({ ...whole, record });
    const add = at('edit-genres-add') as HTMLInputElement;
    add.focus();
    await fireEvent.input(add, { target: { value: 'Drama' } });
    await key('Enter');
    await waitFor(() => expect(tokens('genres')).toEqual(['Science fiction', 'Drama']));
    expect(at('item-form'), 'Enter added a word and saved nothing').not.toBeNull();
    await key('Backspace');
    await waitFor(() => expect(tokens('genres')).toEqual(['Science fiction']));
    expect(add.value).toBe('Drama');
    at('edit-genres')!.querySelector<HTMLElement>('[data-drop]')!.focus();
    await key('l');
    await key('3');
    expect(record).not.toHaveBeenCalled();
  });

  it('sets long and right-to-left titles as they are', async () => {
    const long = { ...ITEMS[17]!, id: 0, title: `ألف ليلة وليلة ${'W'.repeat(300)}` };
    await form(engine(['Ada'], [long]));
    expect(at('edit-title')!.dir).toBe('auto');
    expect((at('edit-title') as HTMLInputElement).value).toBe(long.title);
    expect((at('edit-year') as HTMLInputElement).value, 'an estimate is not the word of its owner').toBe('');
  });
});

describe('a cover', () => {
  it('is chosen, shown wherever the item is, and taken away', async () => {
    const whole = engine(['Ada'], [ITEMS[4]!]);
    const set_cover = vi.fn(whole.set_cover);
    await sheet({ ...whole, set_cover });
    expect(at('picture')).toBeNull();
    await press('cover-choose');
    await waitFor(() => expect(all('picture')).toHaveLength(2));
    expect(set_cover.mock.lastCall![0]).toEqual({ item: 4, file: '/home/ada/cover.png' });
    expect(all('picture').every((picture) => picture.getAttribute('alt') === '')).toBe(true);
    await press('cover-remove');
    await waitFor(() => expect(all('picture')).toHaveLength(0));
    expect(set_cover.mock.lastCall![0].file).toBeNull();
    expect(plain(inSheet('toast'))).toContain('The cover of 2001: A Space Odyssey was removed.');
  });

  it('is drawn where its picture cannot be shown', async () => {
    await open(engine(['Ada'], [{ ...ITEMS[4]!, cover: '/gone.jpg' }]));
    const picture = await seen('picture');
    await fireEvent.error(picture);
    await waitFor(() => expect(at('picture')).toBeNull());
    expect(at('card')!.querySelector('svg text')!.textContent).toContain('2001');
  });

  it('comes from a picture that is dropped while the sheet is open; what else is dropped is imported', async () => {
    const whole = engine(['Ada'], [ITEMS[4]!]);
    const set_cover = vi.fn(whole.set_cover);
    await sheet({ ...whole, set_cover });
    await drop('/home/ada/poster.JPG');
    await waitFor(() => expect(set_cover).toHaveBeenCalledWith({ item: 4, file: '/home/ada/poster.JPG' }));
    expect(at('item-sheet')).not.toBeNull();
    expect(at('importing')).toBeNull();
    await drop('/home/ada/films.csv');
    await seen('importing');
    expect(at('item-sheet')).toBeNull();
    await drop('/home/ada/other.png');
    await new Promise((done) => setTimeout(done, 30));
    expect(set_cover).toHaveBeenCalledTimes(1);
  });

  it('says why a picture cannot be one', async () => {
    await sheet({ ...engine(['Ada'], [ITEMS[4]!]), set_cover: () => { throw { kind: 'user', message: 'cover.png is no picture that can be read' }; } });
    await press('cover-choose');
    await waitFor(() => expect(plain(inSheet('toast'))).toContain('Cover.png is no picture that can be read.'));
    expect(at('picture')).toBeNull();
  });
});

describe('the history with an item', () => {
  const did = () => [...at('item-history')!.querySelectorAll<HTMLElement>('[data-testid=entry]')].map((entry) => `${entry.dataset['did']} ${entry.dataset['undone']}`);

  it('is of this item and this profile alone, and any of it can be taken back', async () => {
    const whole = engine(['Ada', 'Ben'], ITEMS.slice(0, 6));
    await whole.record({ profile: 0, item: 3, action: 'like', surface: 'test' });
    await whole.record({ profile: 1, item: 4, action: 'like', surface: 'test' });
    await open(whole);
    await seen('card');
    await fireEvent.click(document.querySelector('[data-testid=card][data-item="4"] [data-testid=open]')!);
    await waitFor(() => expect(plain(at('item-history'))).toContain('You have not done anything with it yet.'));
    await key('l');
    await waitFor(() => expect(did()).toEqual(['act false']));
    await press('entry-undo');
    await waitFor(() => expect(did()).toEqual(['undo false', 'act true']));
  });

  it('waits, and says when it cannot be had', async () => {
    let answer: 'never' | 'no' | 'yes' = 'never';
    const whole = engine(['Ada'], [ITEMS[4]!]);
    await sheet({
      ...whole,
      activity: async (args) => {
        if (args.look.item === null || answer === 'yes') return whole.activity(args);
        if (answer === 'never') return new Promise(() => undefined);
        throw { kind: 'internal', message: 'the log cannot be read' };
      },
    });
    expect(plain(at('item-history'))).toContain('Opening the log');
    answer = 'no';
    await key('l');
    await waitFor(() => expect(plain(at('item-history'))).toContain('The log cannot be read.'));
    answer = 'yes';
    await fireEvent.click(at('item-history')!.querySelector('[data-testid=retry]')!);
    await waitFor(() => expect(did()).toEqual(['act false']));
  });
});

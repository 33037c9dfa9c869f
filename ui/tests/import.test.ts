/** A file on its way in: looked at, mapped by hand, written, undone. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import type { Handlers } from '../src/mock/engine';
import { engine } from '../src/mock/engine';
import { all, at, open, press, seen } from './page';
import { chosen, found } from './shelf';

type Given = Parameters<Handlers['import']>[0];

/** The window with the dry run of the toy file before it, and what was asked of the engine. */
async function previewed(own: (whole: Handlers) => Partial<Handlers> = () => ({}), prefs?: object) {
  const whole = engine();
  const asked: Given[] = [];
  const { import: reads = whole.import, ...rest } = own(whole);
  await open(
    {
      ...whole,
      ...rest,
      import: (args) => {
        asked.push(args);
        return reads(args);
      },
    },
    prefs ?? { language: 'en' },
  );
  await press('go-import');
  await press('import');
  return { asked, whole };
}

const fields = () => all('column').map((row) => row.dataset['field']);
const pick = (index: number, value: string) => fireEvent.change(all('field')[index]!, { target: { value } });
const settled = () => waitFor(() => expect(at('rereading')).toBeNull());

describe('the dry run', () => {
  it('says what the file is, what its columns hold and become, and what would be done', async () => {
    const { asked } = await previewed();
    const preview = await seen('preview');
    expect(preview.textContent).toContain('Recognised as films from MovieLens.');
    expect(at('content')).toHaveProperty('value', 'catalogue');
    expect(fields()).toEqual(['id', 'title', 'genres', 'rating', 'kept', 'kept']);
    expect(all('samples')[1]!.textContent).toContain('Toy Story (1995)');
    expect(all('samples')[5]!.textContent).toContain('empty');
    expect(at('examples-added')!.textContent).toContain('花样年华');
    expect(at('examples-changed')!.textContent).toMatch(/Solaris.*Genres.*Science Fiction.*→.*Science Fiction, Drama/s);
    expect(at('examples-noted'), 'a catalogue notes nothing').toBeNull();
    expect(at('count-stored')!.textContent).toMatch(/To add\s*9,090/);
    expect(at('rejects')!.textContent).toMatch(/214.*year.*MCMXCIV/s);
    expect(asked.map(({ dryRun, map, content }) => [dryRun, map, content])).toEqual([[true, [], null]]);
  });

  it('sets cells and titles of any direction apart', async () => {
    await previewed();
    await seen('preview');
    const arabic = [...at('mapping')!.querySelectorAll('bdi')].find((cell) => cell.textContent === 'باران (2001)');
    expect(arabic).toBeDefined();
    const title = [...at('examples-added')!.querySelectorAll('li')].find((one) => one.textContent === 'باران');
    expect(title!.dir).toBe('auto');
  });

  it('runs again when a column is told to become something else, and that is how the file is written', async () => {
    const { asked } = await previewed();
    await seen('preview');
    await pick(4, 'tags');
    await waitFor(() => expect(fields()).toEqual(['id', 'title', 'genres', 'rating', 'tags', 'kept']));
    await settled();
    await pick(3, 'ignored');
    await waitFor(() => expect(fields()[3]).toBe('ignored'));
    await settled();
    await pick(5, 'tags');
    await waitFor(() => expect(fields()).toEqual(['id', 'title', 'genres', 'ignored', 'kept', 'tags']));
    await settled();
    expect(asked.every(({ dryRun }) => dryRun)).toBe(true);
    await press('import-go');
    await waitFor(() => expect(asked.at(-1)!.dryRun).toBe(false));
    expect(asked.at(-1)!.map).toEqual([['ignored', 'vote_average'], ['tags', 'remarks']]);
  });

  it('follows the last of several choices that come at once', async () => {
    const { asked } = await previewed();
    await seen('preview');
    await pick(4, 'tags');
    await pick(4, 'people');
    await pick(2, 'ignored');
    await waitFor(() => expect(fields()).toEqual(['id', 'title', 'ignored', 'rating', 'people', 'kept']));
    await settled();
    expect(asked.at(-1)!.map).toEqual([['people', 'shelfmark'], ['ignored', 'genres']]);
  });

  it('can be told what the file holds', async () => {
    const { asked } = await previewed();
    await fireEvent.change(await seen('content'), { target: { value: 'interactions' } });
    await waitFor(() => expect(at('content')).toHaveProperty('value', 'interactions'));
    expect(asked.at(-1)).toMatchObject({ content: 'interactions', dryRun: true });
  });

  it('can be told of what kind everything is, where no column says it', async () => {
    const { asked } = await previewed();
    await fireEvent.change(await seen('every'), { target: { value: 'film' } });
    await waitFor(() => expect(at('every')).toHaveProperty('value', 'film'));
    await settled();
    expect(asked.at(-1)!.map).toEqual([['kind', 'film']]);
    await pick(4, 'kind');
    await waitFor(() => expect(fields()[4]).toBe('kind'));
    await settled();
    expect(at('every'), 'a column says it').toBeNull();
    expect(asked.at(-1)!.map, 'one or the other').toEqual([['kind', 'shelfmark']]);
  });

  it('shows how the file is written, and has it read otherwise', async () => {
    const { asked } = await previewed();
    expect(await seen('habit-delimiter')).toHaveProperty('value', 'comma');
    await fireEvent.change(at('habit-delimiter')!, { target: { value: 'semicolon' } });
    await waitFor(() => expect(at('habit-delimiter')!.dataset['told']).toBe('true'));
    await settled();
    await pick(4, 'tags');
    await waitFor(() => expect(fields()[4]).toBe('tags'));
    await settled();
    expect(asked.at(-1)!.map).toEqual([['delimiter', 'semicolon'], ['tags', 'shelfmark']]);
    await fireEvent.change(at('habit-delimiter')!, { target: { value: '' } });
    await waitFor(() => expect(at('habit-delimiter')).toHaveProperty('value', 'comma'));
    await settled();
    expect(asked.at(-1)!.map).toEqual([['tags', 'shelfmark']]);
    const lists = [...at('habit-lists')!.querySelectorAll('option')].map(({ textContent }) => textContent.replace(/[\u2068\u2069]/g, ''));
    expect(lists).toEqual(['| vertical bar', '; semicolon', ', comma', '/ slash', '、 Chinese list comma', '| vertical bar · ; semicolon']);
  });

  it('takes what the values look like only when it is told to', async () => {
    const { asked } = await previewed();
    await seen('preview');
    expect(fields()[4]).toBe('kept');
    await press('take-guess');
    await waitFor(() => expect(fields()[4]).toBe('genres'));
    await settled();
    expect(asked.at(-1)!.map).toEqual([['genres', 'shelfmark']]);
    expect(at('take-guess')).toBeNull();
  });

  it('remembers a mapping for the next file, and forgets it', async () => {
    const { asked, whole } = await previewed();
    await seen('preview');
    expect(at('mapping-name'), 'nothing to remember').toBeNull();
    await pick(4, 'tags');
    await fireEvent.input(await seen('mapping-name'), { target: { value: 'shelves' } });
    await settled();
    await press('remember-mapping');
    expect((await seen('kept-mapping')).textContent).toContain('shelves');
    expect(await whole.mappings({})).toMatchObject([{ name: 'shelves', map: [['tags', 'shelfmark']] }]);
    await press('import-back');
    await press('import');
    await waitFor(() => expect(at('kept-mapping')!.textContent).toContain('shelves'));
    await press('import-go');
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ dryRun: false, map: [['tags', 'shelfmark']] }));
    await press('import');
    await press('forget-mapping');
    await waitFor(() => expect(at('kept-mapping')).toBeNull());
    expect(await whole.mappings({})).toEqual([]);
  });

  it('lets nothing be written from what cannot be read, and says how to mend that', async () => {
    await previewed();
    await seen('preview');
    await pick(1, 'kept');
    expect((await seen('problem')).textContent).toContain('Say below which column holds the title');
    expect(at('import-go')).toHaveProperty('disabled', true);
    expect(at('counts'), 'nothing was counted').toBeNull();
    await pick(4, 'title');
    await waitFor(() => expect(at('problem')).toBeNull());
    await settled();
    expect(at('import-go')).toHaveProperty('disabled', false);
  });

  it('keeps the choice that stood when another is refused', async () => {
    const { asked } = await previewed((whole) => ({
      import: (args) => {
        if (args.map.length > 0) throw { kind: 'user', message: 'no field called "tags"' };
        return whole.import(args);
      },
    }));
    await seen('preview');
    await pick(4, 'tags');
    expect((await seen('failure')).textContent).toContain('No field called “tags”.');
    expect(fields()[4]).toBe('kept');
    expect(all('field')[4]).toHaveProperty('value', 'kept');
    await press('import-go');
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ dryRun: false, map: [] }));
  });

  it('has nothing to import where everything is here already', async () => {
    await previewed((whole) => ({ import: async (args) => ({ ...(await whole.import(args)), stored: 0, updated: 0 }) }));
    await seen('import-nothing');
    expect(at('import-go')).toHaveProperty('disabled', true);
  });

  it('names what it cannot tell apart only once', async () => {
    const column = { column: 'date', field: null, samples: ['1'], guess: null };
    await previewed((whole) => ({ import: async (args) => ({ ...(await whole.import(args)), mapping: [column, { ...column, samples: ['2'] }] }) }));
    await seen('preview');
    expect(all('field').map((field) => field.matches(':disabled'))).toEqual([false, true]);
  });

  it('can be stopped while it reads, and then nothing has happened', async () => {
    let stop = () => undefined as void;
    const stopped = new Promise<void>((done) => (stop = () => done()));
    await previewed((whole) => ({
      import: async (args) => {
        await stopped;
        return { ...(await whole.import(args)), cancelled: true };
      },
      cancel: () => {
        stop();
        return null;
      },
    }));
    await seen('work');
    await press('cancel');
    await waitFor(() => expect(at('importing')!.dataset['step']).toBe('idle'));
    expect(at('preview')).toBeNull();
  });

  it('says why a file could not be read at all', async () => {
    await previewed(() => ({ import: () => { throw { kind: 'user', message: 'cannot import movies.csv: it is empty' }; } }));
    expect((await seen('failure')).textContent).toMatch(/movies\.csv.? cannot be imported\. It is empty\./);
    expect(at('import'), 'another can be chosen').not.toBeNull();
  });

  it('is told in Chinese too', async () => {
    await previewed(undefined, { language: 'zh' });
    const preview = await seen('preview');
    expect(preview.textContent).toContain('识别为 MovieLens 的电影。');
    expect(all('field')[4]!.textContent).toContain('作为附加列保留');
    expect(preview.textContent).toContain('将会新增');
  });
});

describe('undoing an import', () => {
  it('is offered where it is done, and says what came of it', async () => {
    const status = vi.fn();
    const { whole } = await previewed((whole) => ({ status: (args) => { status(); return whole.status(args); } }));
    await press('import-go');
    await seen('imported');
    await press('undo-import');
    expect(at('undone'), 'it asks first, as everywhere').toBeNull();
    await press('confirm-yes');
    const undone = await seen('undone');
    expect(undone.textContent).toContain('The import of \u2068movies.csv\u2069 is undone');
    expect(at('undone-removed')!.dataset['count']).toBe('9089');
    expect(at('undone-kept')!.textContent).toContain('you have done something with it since');
    expect(at('undone-profiles'), 'it had made none').toBeNull();
    expect((await whole.status({})).last_import).toBeNull();
    await press('go-for_you');
    await seen('card');
  });

  it('is offered later too, to whoever is sure', async () => {
    const { whole } = await previewed();
    await press('import-go');
    await seen('imported');
    await press('to-list');
    await press('go-import');
    expect((await seen('last-import')).textContent).toContain('movies.csv');
    await press('undo-import');
    expect((await seen('confirm')).textContent).toContain('What you did yourself since then stays');
    await press('confirm-no');
    expect((await whole.status({})).last_import).not.toBeNull();
    await press('undo-import');
    await press('confirm-yes');
    await seen('undone');
  });

  it('leaves what is asked of Browse as it was', async () => {
    await previewed();
    await press('import-go');
    await press('go-browse');
    await press('facet-film');
    await fireEvent.input(at('search')!, { target: { value: 'space' } });
    await fireEvent.change(at('sort')!, { target: { value: 'title' } });
    await waitFor(() => expect([chosen().length, at('browse')!.getAttribute('aria-busy')]).toEqual([2, 'false']));
    const before = found();
    await press('go-import');
    await press('undo-import');
    await press('confirm-yes');
    await seen('undone');
    await press('go-browse');
    await waitFor(() => expect(found()).toBe(before));
    expect(chosen()).toHaveLength(2);
    expect((at('search') as HTMLInputElement).value).toBe('space');
    expect((at('sort') as HTMLSelectElement).value).toBe('title');
  });

  it('says why it did not happen', async () => {
    await previewed(() => ({ undo_import: () => { throw { kind: 'user', message: 'there is no import that could be undone' }; } }));
    await press('import-go');
    await seen('imported');
    await press('undo-import');
    await press('confirm-yes');
    expect((await seen('failure')).textContent).toContain('There is no import that could be undone.');
  });

  it('is not offered where nothing was imported', async () => {
    await open(engine());
    await press('go-import');
    await seen('import');
    expect(at('last-import')).toBeNull();
    expect(at('undo-import')).toBeNull();
  });
});

describe('a file of several tables', () => {
  it('says of one that is left out why, in words that are known or as they are', async () => {
    const notes = ['Things.csv is left out: no column holds a title or an item', 'Wishlist.csv is left out: it is no table: line 3 has the names; delete what stands above that line'];
    await previewed((whole) => ({ import: async (args) => ({ ...(await whole.import(args)), notes }) }));
    const told = [...(await seen('preview')).querySelectorAll('.notes li')].map((one) => one.textContent!.replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' ').trim());
    expect(told).toContain('Things.csv is left out. No column is known to hold titles or items.');
    expect(told).toContain('Wishlist.csv is left out. It is no table: line 3 has the names; delete what stands above that line.');
  });

  it('says what came of each, and whose rows were refused', async () => {
    await previewed((whole) => ({
      import: async (args) => {
        const one = await whole.import(args);
        const part = (file: string) => ({ ...one, file: `${one.file}/${file}`, notes: [] });
        return { ...one, format: 'several', mapping: [], rejects: [], parts: [part('watched.csv'), { ...part('likes/films.csv'), rejects: [] }] };
      },
    }));
    const preview = await seen('preview');
    expect(preview.textContent).toContain('Recognised as several tables.');
    const parts = [...at('parts')!.querySelectorAll('li')].map((one) => one.textContent!.replace(/[\u2068\u2069]/g, ''));
    expect(parts).toEqual(['watched.csv: films from MovieLens, 9,125 rows, 3 refused', 'likes/films.csv: films from MovieLens, 9,125 rows, 3 refused']);
    expect(all('rejects')).toHaveLength(1);
    expect(at('mapping'), 'no columns of all of them').toBeNull();
    expect(at('content')).toBeNull();
  });
});

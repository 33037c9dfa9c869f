/** The whole window over the toy engine: the main journey, and the states of its screens. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ItemView } from '../src/lib/types';
import { ITEMS } from '../src/mock/catalogue';
import { engine } from '../src/mock/engine';
import { all, at, key, open, press, scores, seen, weights } from './page';


describe('the list', () => {
  it('follows a like, says what changed, and is the same to the last digit after undo', async () => {
    await open(engine());
    await seen('card');
    const [list, mix] = [scores(), weights()];
    await press('like');
    await waitFor(() => expect(weights()).not.toEqual(mix));
    const moved = weights();
    expect(all('card')[0]!.dataset['state']).toBe('like');
    expect(at('mark')!.textContent).toBe('Liked');
    expect(at('toast')!.textContent).toMatch(/counts? (a little|clearly) (more|less)/);
    await press('undo');
    await waitFor(() => expect(weights()).not.toEqual(moved));
    expect(weights()).toEqual(mix);
    expect(scores()).toEqual(list);
  });

  it('shows a sum whose terms add up to the score of the card', async () => {
    await open(engine());
    await seen('card');
    const score = Number(all('card')[0]!.dataset['score']);
    await press('why');
    await seen('why-sheet');
    const terms = [...document.querySelectorAll<HTMLElement>('[data-testid^="term-"]')];
    const sum = terms.reduce((total, term) => total + Number(term.dataset['value']), 0);
    expect(sum).toBeCloseTo(score, 10);
    expect(Number(at('total')!.dataset['value'])).toBe(score);
    expect(at('ribbon')!.getAttribute('aria-label')).toMatch(/^What speaks for it: .+\d+%/);
  });

  it('waits in its own shape', async () => {
    await open({ ...engine(), recommend: () => new Promise(() => undefined) });
    expect((await seen('waiting')).getAttribute('aria-label')).toBe('Putting your list in order');
  });

  it('offers the kinds that the library has, and no other', async () => {
    await open(engine(['Ada'], ITEMS.filter(({ kind }) => kind === 'film' || kind === 'book')));
    await seen('card');
    const kinds = [...document.querySelectorAll<HTMLElement>('[data-testid^="kind-"]')];
    expect(kinds.map((kind) => kind.dataset['testid'])).toEqual(['kind-all', 'kind-film', 'kind-book']);
  });

  it('counts an act without asking for every profile again', async () => {
    const whole = engine(['Ada', 'Ben']);
    const profiles = vi.fn(whole.profiles);
    await open({ ...whole, profiles });
    await press('like');
    await seen('toast');
    await waitFor(() => expect(at('for-you')!.getAttribute('aria-busy')).toBe('false'));
    expect(profiles).toHaveBeenCalledTimes(1);
    await press('profile');
    expect(all('profile-choose').map((row) => row.textContent)).toEqual([expect.stringContaining('1 entry'), expect.stringContaining('0 entries')]);
  });

  it('says what to do when there is nothing', async () => {
    await open(engine(['Ada'], []));
    expect((await seen('empty')).textContent).toContain('Nothing on the shelves yet');
  });

  it('tells a failure in words and tries again', async () => {
    let broken = true;
    const whole = engine();
    await open({
      ...whole,
      recommend: (args) => {
        if (broken) throw { kind: 'internal', message: 'cannot read the store' };
        return whole.recommend(args);
      },
    });
    expect((await seen('failure')).textContent).toContain('Cannot read the store.');
    broken = false;
    await press('retry');
    await seen('card');
    expect(at('failure')).toBeNull();
  });

  it('keeps what was there when an act is refused, and says so', async () => {
    await open({ ...engine(), record: () => { throw { kind: 'user', message: 'the disk is full' }; } });
    await seen('card');
    const list = scores();
    await press('like');
    expect((await seen('toast')).textContent).toContain('The disk is full.');
    expect(scores()).toEqual(list);
    expect(at('undo')).toBeNull();
  });

  it('leaves the words of the engine in their language', async () => {
    await open({ ...engine(), record: () => { throw { kind: 'internal', message: 'cannot write the store' }; } }, { language: 'zh' });
    await press('like');
    const said = (await seen('toast')).querySelector('[lang="en"]')!;
    expect(said.textContent).toBe('Cannot write the store.');
    expect(at('toast')!.textContent).toContain('Curio 内部出了问题。');
  });

  it('opens at the second try', async () => {
    let held = true;
    const whole = engine();
    await open({
      ...whole,
      status: (args) => {
        if (held) throw { kind: 'user', message: 'the data folder is open in another window or program' };
        return whole.status(args);
      },
    });
    expect((await seen('failed')).textContent).toContain('is open in another window');
    held = false;
    await press('retry');
    await seen('card');
  });

  it('shows what people wrote twice, twice', async () => {
    const odd: ItemView = { ...ITEMS[0]!, stock: 3, extra: { 'In stock': 'upstairs', Identifier: 'mine' } };
    const whole = engine(['Ada'], [odd]);
    const note = 'rows 3 and 4 are the same';
    await open({
      ...whole,
      status: async (args) => ({ ...(await whole.status(args)), notices: [note, note] }),
      import: async (args) => ({ ...(await whole.import({ ...args, dryRun: true })), notes: [note, note] }),
    });
    await press('open');
    await waitFor(() => expect(at('item-sheet')!.textContent).toContain('upstairs'));
    expect(at('item-sheet')!.textContent).toMatch(/In stock\s*3.*In stock\s*upstairs/s);
    await press('close');
    await press('go-settings');
    expect((await seen('settings')).textContent!.split('Rows 3 and 4')).toHaveLength(3);
    await press('go-import');
    await press('import');
    expect((await seen('preview')).textContent!.split(note)).toHaveLength(3);
  });

  it('sets long and right-to-left titles as they are, marked as such', async () => {
    const odd: ItemView[] = [
      { ...ITEMS[0]!, id: 0, key: 'a', title: 'W'.repeat(400), creators: ['X'.repeat(200)] },
      { ...ITEMS[17]!, id: 1, key: 'b' },
    ];
    await open(engine(['ليلى'], odd));
    await seen('card');
    const titles = all('open');
    expect(titles.map((title) => title.dir)).toEqual(['auto', 'auto']);
    expect(titles.map((title) => title.textContent).sort()).toEqual([odd[0]!.title, odd[1]!.title].sort());
    expect(document.querySelector('svg [direction="rtl"]')).not.toBeNull();
    // A year that was only estimated is no fact, and stands in the item's sheet alone.
    expect(document.body.textContent).not.toMatch(/≈|estimated/);
  });
});

describe('the shape of the list', () => {
  const slide = async (name: string, value: number) => fireEvent.change(await seen(name), { target: { value } });

  it('asks for variety with a bound by creator, and for another surprise with every fresh list', async () => {
    const whole = engine();
    const recommend = vi.fn(whole.recommend);
    await open({ ...whole, recommend });
    await seen('card');
    const asked = () => recommend.mock.lastCall![0].request;
    expect(asked()).toMatchObject({ variety: 0, surprise: 0, per_creator: null });
    await slide('variety', 0.5);
    await waitFor(() => expect(asked()).toMatchObject({ variety: 0.5, per_creator: 2, per_series: 1 }));
    await slide('surprise', 1);
    await waitFor(() => expect(asked()).toMatchObject({ variety: 0.5, surprise: 1 }));
    const { seed } = asked();
    await press('refresh');
    await waitFor(() => expect(asked().seed).not.toBe(seed));
  });
});

describe('the rows', () => {
  const rows = () => all('row').map((row) => row.querySelector('h2')!.textContent.replace(/[\u2068\u2069]/g, ''));
  const items = (id: string) => all(id).map((place) => place.dataset['item']);

  it('follow the list, say why they are there, and repeat nothing', async () => {
    const whole = engine();
    const liked = whole.record({ profile: 0, item: ITEMS[0]!.id, action: 'like', surface: 'test' });
    await open({ ...whole, recommend: (args) => whole.recommend({ ...args, request: { ...args.request, n: 4 } }), rows: (args) => whole.rows({ ...args, request: { ...args.request, n: 4 } }) });
    await seen('row');
    const { item } = await liked;
    expect(rows()).toEqual([`Because you liked ${item!.title}`, 'From the latest years']);
    const shown = [...items('card'), ...items('row-item')];
    expect(new Set(shown).size).toBe(shown.length);
    expect(items('card')).toHaveLength(4);
  });

  it('keep their places when something in them is acted upon, and mark it', async () => {
    const whole = engine();
    await open({ ...whole, recommend: (args) => whole.recommend({ ...args, request: { ...args.request, n: 4 } }), rows: (args) => whole.rows({ ...args, request: { ...args.request, n: 4 } }) });
    const row = await seen('row');
    const before = items('row-item');
    await fireEvent.click(row.querySelector('[data-testid="like"]')!);
    await waitFor(() => expect(row.querySelector('[data-testid="mark"]')!.textContent).toBe('Liked'));
    expect(items('row-item')).toEqual(before);
  });

  it('are no reason to lose the list when they cannot be had', async () => {
    await open({ ...engine(), rows: () => { throw { kind: 'internal', message: 'no rows today' }; } });
    await seen('card');
    expect((await seen('toast')).textContent).toContain('No rows today.');
    expect(at('row')).toBeNull();
  });
});

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
    await waitFor(() => expect(at('toast')!.textContent).toContain('Taken back'));
  });

  it('does nothing for letters that miss their field', async () => {
    const undo = vi.fn();
    const record = vi.fn();
    await open({ ...engine(), undo, record });
    await seen('card');
    (document.activeElement as HTMLElement).blur();
    for (const letter of 'zzqqxxlpr') await key(letter);
    at('open')!.focus();
    await key('z');
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

describe('the toast', () => {
  beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
  afterEach(() => void vi.useRealTimers());
  const later = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  it('leaves by itself, but not while somebody is at it', async () => {
    await open(engine());
    await press('like');
    const toast = await seen('toast');
    expect(toast.parentElement!.getAttribute('role')).toBe('status');
    await fireEvent.mouseEnter(toast);
    await later(20_000);
    expect(at('toast')).not.toBeNull();
    at('undo')!.focus();
    await fireEvent.mouseLeave(toast);
    await later(20_000);
    expect(at('toast')).not.toBeNull();
    at('undo')!.blur();
    await later(7_000);
    expect(at('toast')).not.toBeNull();
    await later(1_500);
    expect(at('toast')).toBeNull();
  });

  it('gives a new one its own time, and what failed as long as it takes', async () => {
    const whole = engine();
    await open({ ...whole, undo: () => { throw { kind: 'user', message: 'the disk is full' }; } });
    await press('like');
    await seen('toast');
    await later(6_000);
    await fireEvent.click(all('dislike')[1]!);
    await waitFor(() => expect(at('toast')!.textContent).toContain('Disliked'));
    await later(6_000);
    expect(at('toast')!.textContent).toContain('Disliked');
    await press('undo');
    await waitFor(() => expect(at('toast')!.textContent).toContain('The disk is full'));
    await later(20_000);
    expect(at('toast')).not.toBeNull();
  });
});

describe('search', () => {
  it('answers as one types, says why, and drops what is stale', async () => {
    const asked: string[] = [];
    const whole = engine();
    await open({
      ...whole,
      browse: async (args) => {
        const { query } = args.browse;
        if (query !== '') asked.push(query);
        const answer = await whole.browse(args);
        await new Promise((done) => setTimeout(done, query === 'jazz' ? 150 : 0));
        return answer;
      },
    });
    await seen('card');
    await fireEvent.input(at('search')!, { target: { value: 'jazz' } });
    await waitFor(() => expect(asked).toEqual(['jazz']));
    await fireEvent.input(at('search')!, { target: { value: 'solaris' } });
    await waitFor(() => expect(at('hit')?.textContent).toContain('Matched in the title'));
    await new Promise((done) => setTimeout(done, 250));
    expect(all('hit').map((one) => one.dataset['item'])).toEqual(['0']);
  });
});

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
    await key('Escape');
    await waitFor(() => arrive());
    await waitFor(() => expect(at('card')).not.toBeNull());
  });
});

describe('import', () => {
  it('shows what would happen before it writes, then what came of it', async () => {
    const dry: boolean[] = [];
    const whose = new Set<string | null>();
    const whole = engine();
    await open({
      ...whole,
      import: async (args) => {
        const { profile, dryRun, onProgress } = args;
        dry.push(dryRun);
        whose.add(profile);
        onProgress.onmessage({ stage: 'store', done: 1, total: 2 });
        return { ...(await whole.import({ ...args, dryRun: true })), dry_run: dryRun, rejected_file: dryRun ? null : 'movies.csv.rejected.csv' };
      },
    });
    await press('go-import');
    await press('import');
    await seen('preview');
    expect(dry).toEqual([true]);
    expect(all('column').map((row) => row.dataset['field'])).toContain('kept');
    await press('import-go');
    await seen('imported');
    expect(dry).toEqual([true, false]);
    expect([...whose]).toEqual([at('profile')!.textContent!.trim()]);
    expect(at('count-rejected')!.dataset['count']).toBe('3');
    expect(at('rejects')!.textContent).toContain('is not a year');
    expect(at('rejected-file')!.textContent).toBe('movies.csv.rejected.csv');
  });
});

describe('profiles', () => {
  it('keep their lists apart, and are removed only when one is sure', async () => {
    await open(engine(['Ada', 'Ben']));
    await seen('card');
    await press('like');
    await seen('toast');
    await press('profile');
    await fireEvent.click(all('profile-choose')[1]!);
    await waitFor(() => expect(at('profile')!.textContent).toContain('Ben'));
    await waitFor(() => expect(all('card').every((card) => card.dataset['state'] === 'listed')).toBe(true));
    await press('profile');
    await fireEvent.click(all('profile-remove')[1]!);
    await press('confirm-no');
    expect(all('profile-row')).toHaveLength(2);
    await fireEvent.click(all('profile-remove')[1]!);
    await press('confirm-yes');
    await waitFor(() => expect(all('profile-row')).toHaveLength(1));
    expect(at('profile')!.textContent).toContain('Ada');
  });
});

describe('activity', () => {
  it('takes back any entry, and offers no way to take that back', async () => {
    await open(engine());
    await press('like');
    await seen('toast');
    const title = all('open')[0]!.textContent!;
    await press('go-activity');
    await press('entry-undo');
    await waitFor(() => expect(all('entry').map((entry) => entry.dataset['did'])).toEqual(['undo', 'act']));
    expect(all('entry')[1]!.dataset['undone']).toBe('true');
    expect(at('entry')!.textContent).toContain(title);
    expect(at('toast')!.textContent).toContain('Taken back: \u2068' + title);
    expect(at('entry-undo')).toBeNull();
  });
});

describe('a mark', () => {
  const find = async (query: string) => {
    await fireEvent.input(at('search')!, { target: { value: query } });
    await waitFor(() => expect(all('hit')).toHaveLength(1));
    const hit = await seen('hit');
    // What one can say of it is there where one points.
    hit.querySelector<HTMLElement>('[data-open]')!.focus();
    await seen('like');
    return hit;
  };
  const pressed = (where: HTMLElement) => where.querySelector('[data-testid="like"]')!.getAttribute('aria-pressed');

  it('is not there when the act was refused', async () => {
    await open({ ...engine(), record: () => { throw { kind: 'user', message: 'the disk is full' }; } });
    await seen('card');
    const hit = await find('solaris');
    await press('like');
    await seen('toast');
    expect(pressed(hit)).toBe('false');
    expect(at('mark')).toBeNull();
  });

  it('is the same on every surface, and goes when it is pressed again', async () => {
    await open(engine());
    await seen('card');
    const hit = await find('solaris');
    await press('like');
    await waitFor(() => expect(pressed(hit)).toBe('true'));
    await press('open');
    const sheet = await seen('similar').then(() => at('item-sheet')!);
    expect(pressed(sheet)).toBe('true');
    await key('l');
    await waitFor(() => expect(pressed(sheet)).toBe('false'));
    expect(at('toast')!.textContent).toContain('Taken back');
  });

  it('does not follow to another profile, and gives way to what it replaced', async () => {
    await open(engine(['Ada', 'Ben']));
    await seen('card');
    const hit = await find('solaris');
    await press('like');
    await waitFor(() => expect(at('mark')?.textContent).toBe('Liked'));
    await press('dislike');
    await waitFor(() => expect(at('mark')?.textContent).toBe('Disliked'));
    await press('undo');
    await waitFor(() => expect(at('mark')?.textContent).toBe('Liked'));
    await press('profile');
    await fireEvent.click(all('profile-choose')[1]!);
    await waitFor(() => expect(pressed(hit)).toBe('false'));
  });
});

/** The whole window over the toy engine: what a sitting goes through from screen to screen. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';

import { engine } from '../src/mock/engine';
import { all, at, open, press, seen } from './page';

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
    expect(at('toast')!.textContent).toContain('Undone: \u2068' + title);
    expect(at('entry-undo')).toBeNull();
  });
});

/** Media folders on the import screen: looked at, imported, followed, left. */
import { emit } from '@tauri-apps/api/event';
import { waitFor } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';

import { engine, type Handlers } from '../src/mock/engine';
import { all, at, open, press, seen } from './page';

/** The toy engine, with every scan that is asked of it. */
function watched(whole: Handlers = engine()) {
  const asked: { paths: string[]; dryRun: boolean }[] = [];
  const handlers: Handlers = {
    ...whole,
    scan_folders: (args) => {
      asked.push({ paths: args.paths, dryRun: args.dryRun });
      return whole.scan_folders(args);
    },
  };
  return { handlers, asked };
}

const PATH = '/home/ada/media';

/** Opens the window on the screen that they are on; the folder dialog answers with the folder. */
async function opened(handlers: Handlers, prefs?: object) {
  await open(handlers, prefs);
  await press('go-import');
  await seen('folders');
}

describe('media folders', () => {
  it('are looked at before anything is written, and watched once they were read', async () => {
    const { handlers, asked } = watched();
    await opened(handlers);
    await press('folder-add');
    await seen('scan-go');
    expect(asked).toEqual([{ paths: [PATH], dryRun: true }]);
    expect(at('scan')!.dataset['dry']).toBe('true');
    expect(at('folder-standing')!.textContent).toContain('Not read yet');
    expect(at('count-stored')!.dataset['count']).toBe('97');
    await press('scan-go');
    await waitFor(() => expect(at('scan')?.dataset['dry']).toBe('false'));
    expect(asked.at(-1)).toEqual({ paths: [PATH], dryRun: false });
    expect(at('folder-standing')!.textContent).toMatch(/97 items in 212 files\.\s+1 file could not be read/);
    expect(at('rejects')!.textContent).toContain('Books/broken.epub');
  });

  it('that cannot be watched are named, with what to do', async () => {
    const whole = engine();
    const { handlers } = watched({ ...whole, unwatched: () => [{ path: PATH, why: 'full' }] });
    await opened(handlers);
    await press('folder-add');
    await press('scan-go');
    expect((await seen('folder-unwatched')).textContent).toMatch(/no more folders be watched.*read it again/s);
    expect(at('folder-unwatched')!.closest('li')!.querySelector('[data-testid=folder-scan]')).not.toBeNull();
  });

  it('are scanned as a task that can be stopped', async () => {
    const whole = engine();
    let stopped: string | null = null;
    let go = () => undefined as void;
    const gate = new Promise<void>((done) => (go = () => done()));
    const handlers: Handlers = {
      ...whole,
      scan_folders: async (args) => {
        args.onProgress.onmessage({ stage: 'store', done: 50, total: 200 });
        await gate;
        return whole.scan_folders(args);
      },
      cancel: (args) => {
        stopped = args.work;
        go();
        return whole.cancel(args);
      },
    };
    await opened(handlers);
    await press('folder-add');
    await waitFor(() => expect(at('task-scan')!.getAttribute('aria-label')).toContain('25%'));
    await press('task-stop-scan');
    await waitFor(() => expect(at('tray')).toBeNull());
    expect(stopped).toBe('scan');
  });

  it('are read again by themselves when something in them changes, those alone that were read before', async () => {
    const whole = engine();
    await whole.add_folder({ path: '/home/ada/new' });
    await whole.add_folder({ path: PATH });
    const silent = { onmessage: () => undefined } as unknown as Parameters<Handlers['scan_folders']>[0]['onProgress'];
    await whole.scan_folders({ paths: [PATH], dryRun: false, onProgress: silent });
    const { handlers, asked } = watched(whole);
    await opened(handlers);
    await waitFor(() => expect(asked).toEqual([{ paths: [PATH], dryRun: false }]));
    await waitFor(() => expect(at('tray')).toBeNull());
    await emit('folders-changed');
    await waitFor(() => expect(asked).toHaveLength(2));
    expect(asked[1]).toEqual({ paths: [PATH], dryRun: false });
    await waitFor(() => expect(at('tray')).toBeNull());
    expect(at('scan'), 'nothing new is not worth a word').toBeNull();
  });

  it('are left only by who is sure, and refusals are told', async () => {
    const whole = engine();
    let refused = false;
    const handlers: Handlers = {
      ...whole,
      add_folder: (args) => {
        if (refused) throw { kind: 'user', message: 'it lies in the data folder' };
        return whole.add_folder(args);
      },
    };
    await opened(handlers, { language: 'zh' });
    await press('folder-add');
    await seen('scan-go');
    expect(at('folder-standing')!.textContent).toContain('尚未读取');
    await press('folder-leave');
    await press('confirm-yes');
    await waitFor(() => expect(all('folder')).toHaveLength(0));
    refused = true;
    await press('folder-add');
    expect((await seen('folders-failure')).textContent).toContain('It lies in the data folder');
  });
});

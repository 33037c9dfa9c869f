/** Files that the program is opened with lead to the importer, once there is a window to show them in. */
import { emit } from '@tauri-apps/api/event';
import { waitFor } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';

import { engine } from '../src/mock/engine';
import { at, open, press, seen } from './page';

/** An engine whose program was opened with files, and what it was asked to read. */
function opened(names: readonly string[], files: string[]) {
  const read: string[] = [];
  const whole = engine(names);
  const handlers = {
    ...whole,
    opened: () => files.splice(0),
    import: (args: Parameters<typeof whole.import>[0]) => {
      read.push(`${args.dryRun ? 'dry' : 'wet'} ${args.path}`);
      return whole.import(args);
    },
  };
  return { handlers, read };
}

describe('a file that the program is opened with', () => {
  it('is shown in the importer before anything of it is written', async () => {
    const { handlers, read } = opened(['Ada'], ['/home/ada/films.csv']);
    await open(handlers);
    await seen('preview');
    expect(at('importing')!.dataset['step']).toBe('preview');
    expect(read).toEqual(['dry /home/ada/films.csv']);
  });

  it('comes to the window that is open, and one after another', async () => {
    const files: string[] = [];
    const { handlers, read } = opened(['Ada'], files);
    await open(handlers);
    await seen('card');
    expect(at('importing')).toBeNull();
    files.push('/tmp/books.csv', '/tmp/games.csv');
    await emit('opened');
    await seen('preview');
    expect(read).toEqual(['dry /tmp/books.csv']);
    await press('import-back');
    await waitFor(() => expect(read).toEqual(['dry /tmp/books.csv', 'dry /tmp/games.csv']));
  });

  it('waits while there is nobody whose it could be', async () => {
    const files = ['/tmp/books.csv'];
    const { handlers, read } = opened([], files);
    await open(handlers);
    await seen('welcome');
    await emit('opened');
    expect(files).toEqual(['/tmp/books.csv']);
    expect(read).toEqual([]);
  });
});

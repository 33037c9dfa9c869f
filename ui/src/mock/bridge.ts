/**
 * Puts a mocked bridge where Tauri's would be, so that api.ts runs unchanged over it.
 *
 * Development and tests only. `?scene=first` starts without profiles, `?scene=empty` without items,
 * `?scene=log` with a log to judge by, `?scene=many` with 100,000 items, `?scene=shop` with 300 customers.
 */
import { mockIPC, mockWindows } from '@tauri-apps/api/mocks';

import type { Commands } from '../lib/api';
import { ITEMS, many, SHOP } from './catalogue';
import { engine, type Handlers } from './engine';

/** What the file dialogs answer. */
export type Dialogs = { open: string | string[] | null; save: string | null; picture?: string | null; folder?: string | null };

/** Serves the commands with these handlers; drag and drop and file dialogs are served too. */
export function serve(
  handlers: Handlers,
  dialogs: Dialogs = { open: ['/home/ada/movies.csv'], save: '/home/ada/curio-backup.zip', folder: '/home/ada/media' },
): void {
  mockWindows('main');
  // Every picture that is given becomes this one.
  (window as unknown as { __TAURI_INTERNALS__: object }).__TAURI_INTERNALS__ = {
    ...(window as unknown as { __TAURI_INTERNALS__: object }).__TAURI_INTERNALS__,
    convertFileSrc: () => new URL('./cover.svg', import.meta.url).href,
  };
  mockIPC(
    (command, args) => {
      if (command === 'plugin:dialog|open') {
        const { filters, directory } = (args as { options?: { filters?: { extensions: string[] }[]; directory?: boolean } }).options ?? {};
        if (directory === true && dialogs.folder !== undefined) return dialogs.folder;
        if (filters?.[0]?.extensions.includes('png')) return dialogs.picture === undefined ? '/home/ada/cover.png' : dialogs.picture;
        const many = (args as { options?: { multiple?: boolean } }).options?.multiple === true;
        return many || !Array.isArray(dialogs.open) ? dialogs.open : (dialogs.open[0] ?? null);
      }
      if (command === 'plugin:dialog|save') return dialogs.save;
      const handler = handlers[command as keyof Commands] as ((args: unknown) => unknown) | undefined;
      if (!handler) throw { kind: 'internal', message: `no command called ${command}` };
      return handler(args ?? {});
    },
    { shouldMockEvents: true },
  );
}

/** Serves the toy engine, as the page's address asks. */
export function install(): void {
  const scene = new URLSearchParams(location.search).get('scene');
  if (scene === 'first') serve(engine([], []));
  else if (scene === 'empty') serve(engine(['Ada'], []));
  else if (scene === 'many') serve(engine(['Ada'], [...ITEMS, ...SHOP], many(100_000)));
  else if (scene === 'shop') serve(engine(customers(300), [...ITEMS, ...SHOP]));
  else if (scene === 'log') serve(logged());
  else serve(engine(['Ada', '小林', 'ليلى'], [...ITEMS, ...SHOP]));
}

/** Names as a shop has them, some in other scripts and one that is long. */
function customers(n: number): string[] {
  const some = ['Ada', '小林', 'ليلى حسن', 'Donaudampfschifffahrtsgesellschaftskapitänswitwe von und zu Hohenlohe-Waldenburg'];
  return Array.from({ length: n }, (_, nth) => some[nth] ?? `Customer ${nth + 1}`);
}

/** The toy engine, when Ada has chosen two dozen things and disliked some. */
function logged(): Handlers {
  const handlers = engine(['Ada', '小林'], ITEMS);
  for (const { id, genres } of ITEMS.slice(0, 27)) {
    void handlers.record({ profile: 0, item: id, action: genres.includes('Romance') ? 'dislike' : 'like', surface: 'list' });
  }
  return handlers;
}

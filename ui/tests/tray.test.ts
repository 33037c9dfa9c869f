/** The long work in the rail's foot. */
import { waitFor } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';

import { type Handlers, engine } from '../src/mock/engine';
import { all, at, open, press, seen } from './page';

/** The toy engine, whose imports report once and then wait until they are let go. */
function held(whole: Handlers = engine()) {
  let go = () => undefined as void;
  const gate = new Promise<void>((done) => (go = () => done()));
  const handlers: Handlers = {
    ...whole,
    import: async (args) => {
      if (args.dryRun) return whole.import(args);
      args.onProgress.onmessage({ stage: 'store', done: 25, total: 100 });
      await gate;
      return { ...(await whole.import({ ...args, dryRun: true })), dry_run: false };
    },
  };
  return { handlers, go };
}

async function importing(handlers: Handlers, prefs?: object) {
  await open(handlers, prefs ?? { language: 'en' });
  await press('go-import');
  await press('import');
  await press('import-go');
  return seen('task-import');
}

describe('the task tray', () => {
  it('is not there when nothing runs', async () => {
    await open(engine());
    await seen('card');
    expect(at('tray')).toBeNull();
    expect(at('tray-said')!.textContent).toBe('');
  });

  it('says what runs and how far it is, on every screen, and leads to where it belongs', async () => {
    const { handlers, go } = held();
    await importing(handlers);
    await waitFor(() => expect(at('task-import')!.getAttribute('aria-label')).toBe('\u2068Importing \u2068movies.csv\u2069\u2069: 25%. Open'));
    for (const screen of ['for_you', 'settings', 'activity']) {
      await press(`go-${screen}`);
      expect(at('task-import'), screen).not.toBeNull();
    }
    await press('task-import');
    await seen('work');
    expect(at('importing')!.dataset['step']).toBe('writing');
    go();
    await seen('imported');
    await waitFor(() => expect(at('tray')).toBeNull());
  });

  it('stops what runs', async () => {
    const whole = engine();
    let stopped: string | null = null;
    const { handlers, go } = held(whole);
    await importing({ ...handlers, cancel: (args) => { stopped = args.work; go(); return whole.cancel(args); } });
    await press('go-for_you');
    await press('task-stop-import');
    await waitFor(() => expect(at('tray')).toBeNull());
    expect(stopped).toBe('import');
  });

  it('tells a screen reader what began and what ended, not every step between', async () => {
    const { handlers, go } = held();
    await open(handlers);
    const heard: string[] = [];
    await seen('card');
    new MutationObserver(() => heard.push(at('tray-said')!.textContent)).observe(at('tray-said')!, { childList: true, characterData: true, subtree: true });
    await press('go-import');
    await press('import');
    await press('import-go');
    await seen('task-import');
    go();
    await seen('imported');
    await waitFor(() => expect(heard.at(-1)).toMatch(/^Ended: .*Importing .*movies\.csv/));
    expect(heard.length).toBeLessThanOrEqual(4);
    expect(at('tray-said')!.getAttribute('aria-live')).toBe('polite');
  });

  it('lists several at once, each with its own stop', async () => {
    const whole = engine(['Ada']);
    for (const id of [0, 1, 2]) await whole.record({ profile: 0, item: id, action: 'like', surface: 'list' });
    const { handlers, go } = held(whole);
    await importing(handlers);
    await press('go-insights');
    await press('train');
    await seen('task-train');
    expect(all('task').map((task) => task.dataset['work'])).toEqual(['import', 'train']);
    expect(at('task-train')!.getAttribute('aria-label'), 'of unknown length').not.toContain('%');
    expect(at('task-stop-train')!.getAttribute('aria-label')).toBe('Stop: \u2068Learning from everyone here\u2069');
    go();
    await waitFor(() => expect(at('tray')).toBeNull());
  });

  it('speaks Chinese', async () => {
    const { handlers, go } = held();
    const task = await importing(handlers, { language: 'zh' });
    await waitFor(() => expect(task.getAttribute('aria-label')).toContain('25%。打开'));
    go();
    await waitFor(() => expect(at('tray')).toBeNull());
  });
});

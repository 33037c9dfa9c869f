/** After a backup was restored, all of the window is of what is there now. */
import { fireEvent } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { ITEMS } from '../src/mock/catalogue';
import { engine, type Handlers } from '../src/mock/engine';
import { all, at, open, press, seen } from './page';
import { chosen, found } from './shelf';

/** An engine that is another one after a restore. */
function replaced(before: Handlers, after: Handlers): Handlers {
  let now = before;
  const restore: Handlers['restore'] = ({ file }) => {
    now = after;
    return { path: file, items: 3, entries: 0 } as ReturnType<Handlers['restore']>;
  };
  return new Proxy(before, { get: (_, name) => (name === 'restore' ? restore : now[name as keyof Handlers]) });
}

async function restore() {
  await press('go-settings');
  await press('restore');
  await press('confirm-yes');
  await vi.waitFor(() => expect(at('told')!.textContent).not.toBe(''));
}

describe('a backup that was restored', () => {
  it('leaves nothing of the library before it in basket, browse, log or toast', async () => {
    const title = ITEMS[0]!.title;
    const others = ITEMS.slice(3, 6);
    await open(replaced(engine(['Ada'], ITEMS), engine(['Bo'], others)));
    await press('like');
    await press('go-activity');
    await seen('entry');
    await press('go-basket');
    const field = (await seen('basket-find')) as HTMLInputElement;
    field.value = title;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await seen('basket-hit');
    all('basket-hit')[0]!.querySelector<HTMLElement>('[data-testid=put]')!.click();
    await seen('in-basket');
    await press('go-browse');
    await vi.waitFor(() => expect(all('hit').length).toBeGreaterThan(3));
    await restore();
    expect(at('toast')).toBeNull();
    await press('go-basket');
    await seen('basket-empty');
    expect(at('in-basket')).toBeNull();
    expect((at('basket-find') as HTMLInputElement).value).toBe('');
    await press('go-browse');
    await vi.waitFor(() => expect(all('hit')).toHaveLength(3));
    await press('go-activity');
    await vi.waitFor(() => expect(document.querySelector('main')!.getAttribute('aria-busy')).not.toBe('true'));
    expect(at('entry')).toBeNull();
  });

  it('leaves what is asked of Browse as it was, but for a kind that is gone', async () => {
    const books = ITEMS.filter(({ kind }) => kind === 'book');
    await open(replaced(engine(['Ada'], ITEMS), engine(['Bo'], books)));
    await press('go-browse');
    await press('facet-film');
    await press('facet-open');
    await fireEvent.change(at('sort')!, { target: { value: 'year' } });
    await vi.waitFor(() => expect(chosen()).toEqual(['Films', 'Not rated yet']));
    await restore();
    await press('go-browse');
    await vi.waitFor(() => expect(found()).toBe(`${books.length} items`));
    expect(chosen()).toEqual(['Not rated yet']);
    expect((at('sort') as HTMLSelectElement).value).toBe('year');
  });

  it('without a profile leads to the welcome', async () => {
    await open(replaced(engine(['Ada'], ITEMS), engine([], [])));
    await press('go-settings');
    await press('restore');
    await press('confirm-yes');
    await seen('welcome');
  });
});

/** Without a language model that is said once, with the way to where it can be put right. */
import { describe, expect, it, vi } from 'vitest';

import { engine } from '../src/mock/engine';
import { at, open, press, seen } from './page';

/** An engine on a machine without a model. */
function bare() {
  const whole = engine(['Ada']);
  const status = async () => {
    const told = await whole.status({});
    return { ...told, encoder: { ...told.encoder, ready: false, problem: 'it is not on this machine' } };
  };
  return { ...whole, status };
}

describe('without a language model', () => {
  it('the list says that meaning is not read, and leads to the models', async () => {
    await open(bare());
    expect((await seen('unread')).textContent).toContain('Meaning is not read yet');
    await press('unread-go');
    await seen('encoders');
  });

  it('the import says so too, in the language of the window', async () => {
    await open(bare(), { language: 'zh' });
    await press('go-import');
    await vi.waitFor(() => expect(document.querySelector('[data-testid=importing] [data-testid=unread]')?.textContent).toContain('尚未按含义'));
  });

  it('it is not said again once it was closed', async () => {
    await open(bare());
    await press('unread-close');
    await vi.waitFor(() => expect(at('unread')).toBeNull());
    await press('go-import');
    await seen('importing');
    expect(at('unread')).toBeNull();
    expect(JSON.parse(localStorage.getItem('curio.prefs')!)).toMatchObject({ unread: true });
  });

  it('nothing is said where there is one', async () => {
    await open(engine(['Ada']));
    await seen('card');
    expect(at('unread')).toBeNull();
  });
});

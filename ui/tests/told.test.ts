/** What is told while a dialog is open is told in it: seen, announced, and its way back within reach. */
import { describe, expect, it, vi } from 'vitest';

import { engine } from '../src/mock/engine';
import { all, at, key, open, press, seen } from './page';

describe('what is told', () => {
  it('moves to the page when the dialog goes, and into the dialog that comes', async () => {
    await open(engine(['Ada']));
    await press('like');
    await seen('toast');
    expect(at('toast')!.closest('dialog')).toBeNull();
    await press('why');
    await seen('why-sheet');
    await vi.waitFor(() => expect(at('toast')?.closest('dialog')).toBe(at('why-sheet')));
    expect(all('toast')).toHaveLength(1);
    expect(at('toast')!.closest('[role=status]')).not.toBeNull();
    await press('close');
    await vi.waitFor(() => expect(at('toast')?.closest('dialog')).toBeNull());
    expect(all('toast')).toHaveLength(1);
  });

  it('is taken back in a dialog by its button or by key, and nothing else is', async () => {
    const undone: (number | null)[] = [];
    const whole = engine(['Ada']);
    await open({ ...whole, undo: (args) => (undone.push(args.sequence), whole.undo(args)) });
    await press('like');
    await seen('undo');
    await press('why');
    await vi.waitFor(() => expect(at('undo')?.closest('dialog')).not.toBeNull());
    key('z', { ctrlKey: true });
    await vi.waitFor(() => expect(undone).toHaveLength(1));
    expect(undone[0]).not.toBeNull();
    await vi.waitFor(() => expect(at('undo')).toBeNull());
    key('z', { ctrlKey: true });
    await new Promise((done) => setTimeout(done, 50));
    expect(undone).toHaveLength(1);
  });

  it('is taken back once, however fast it is asked for', async () => {
    const undone: (number | null)[] = [];
    const whole = engine(['Ada']);
    await open({ ...whole, undo: (args) => (undone.push(args.sequence), whole.undo(args)) });
    await press('like');
    await seen('undo');
    const button = at('undo')!;
    button.click();
    button.click();
    await vi.waitFor(() => expect(at('toast')?.textContent).toContain('Undone'));
    await press('like');
    await seen('undo');
    await press('why');
    await seen('why-sheet');
    await vi.waitFor(() => expect(at('undo')?.closest('dialog')).not.toBeNull());
    key('z', { ctrlKey: true });
    key('z', { ctrlKey: true });
    await vi.waitFor(() => expect(at('toast')?.textContent).toContain('Undone'));
    await new Promise((done) => setTimeout(done, 50));
    expect(undone).toHaveLength(2);
    expect(new Set(undone).size).toBe(2);
  });
});

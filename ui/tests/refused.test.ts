/** What the engine does not do, it says in the language of the window. */
import { fireEvent } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';

import { engine } from '../src/mock/engine';
import { refuse } from '../src/mock/refusal';
import { all, at, open, press, seen } from './page';

const CHINESE = { language: 'zh' };

describe('a refusal', () => {
  it('to import says in the window’s language what the file is', async () => {
    await open({ ...engine(), import: () => refuse('cannot import /a/cover.csv: it is a PNG image, not a CSV file') }, CHINESE);
    await press('go-import');
    await press('import');
    const told = await seen('failure');
    expect(told.textContent).toContain('cover.csv');
    expect(told.textContent).toContain('这是图片，不是表格。');
    expect(told.textContent).not.toMatch(/cannot|image/);
  });

  it('of the disk has no number of the system in it', async () => {
    await open({ ...engine(), import: () => refuse('cannot open /a/b.csv: Strange weather (os error 99)') });
    await press('go-import');
    await press('import');
    expect((await seen('failure')).textContent).not.toContain('os error');
  });

  it('of a backup and of a reason to refuse a row are Chinese in a Chinese window', async () => {
    const whole = engine();
    await open({ ...whole, import: async (args) => ({ ...(await whole.import(args)), rejects: [{ line: 8, column: null, reason: 'the quote opened on line 8 is never closed' }], rejected: 1 }) }, CHINESE);
    await press('go-import');
    await press('import');
    await vi.waitFor(() => expect(at('rejects')?.textContent).toContain('第 8 行开始的引号没有结束。'));
  });

  it('of a file that is no backup comes before the question', async () => {
    const held = vi.fn(() => refuse('cannot read /a/photos.zip: it holds "a.jpg", which no backup has'));
    await open({ ...engine(), check_backup: held }, CHINESE);
    await press('go-settings');
    await press('restore');
    await vi.waitFor(() => expect(at('toast')?.textContent).toContain('这不是 Curio 的备份。'));
    expect(held).toHaveBeenCalledOnce();
    expect(at('confirm')).toBeNull();
  });

  it('to show a file in its folder says that no file manager answers', async () => {
    const reveal = vi.fn(() => refuse('cannot show /home/ada/curio-backup.zip in its folder: no file manager answers'));
    await open({ ...engine(), reveal }, CHINESE);
    await press('go-settings');
    await press('backup');
    await press('reveal');
    await vi.waitFor(() => expect(at('toast')?.textContent).toContain('没有文件管理器回应'));
    expect(reveal).toHaveBeenCalledWith({ file: '/home/ada/curio-backup.zip' });
    expect(at('toast')?.textContent).not.toMatch(/cannot|manager/);
  });

  it('of a name that is taken is said in its place', async () => {
    await open(engine(['小明', '小红']), CHINESE);
    await press('profile');
    await fireEvent.click(all('profile-rename')[1]!);
    await press('close');
    await press('profile');
    await fireEvent.input(await seen('profile-name'), { target: { value: '小明' } });
    await fireEvent.submit(at('profile-name')!.closest('form')!);
    await vi.waitFor(() => expect(document.querySelector('[role=alert]')?.textContent).toContain('已经有一份叫'));
  });
});

/**
 * Changes to items by hand: their fields and their covers.
 *
 * One at a time. What came of it goes to everything that shows the item, and its way back is in the
 * note at the foot of the window.
 */
import * as api from '../api';
import { fieldsOf, isPicture } from '../edit';
import type { Messages } from '../i18n';
import type { Edit, ItemId, ItemView } from '../types';
import { feed } from './feed.svelte';
import { page } from './page.svelte';
import { session } from './session.svelte';
import { toast } from './toast.svelte';

class Editor {
  /** The item whose cover is being made. */
  covering = $state<ItemId | null>(null);

  /** Whether a form says anything that is not saved. */
  dirty = $state(false);

  /** Sets an item's fields; rejects with the reason where they cannot be so. */
  async edit(before: ItemView, edit: Edit): Promise<void> {
    const after = await api.edit(before.id, edit);
    const fields = fieldsOf(before);
    this.#tell(after, (words) => words.item.changed(after.title), () => this.#put(before.id, fields));
  }

  /** Asks for a picture and makes it the cover. */
  async chooseCover(item: ItemId): Promise<void> {
    try {
      const file = await api.choosePicture();
      if (file !== null) await this.cover(item, file);
    } catch (cause) {
      toast.complain(cause);
    }
  }

  /** Makes a picture the cover of an item, or takes its cover away. */
  async cover(item: ItemId, file: string | null): Promise<void> {
    this.covering = item;
    try {
      const after = await api.setCover(item, file);
      this.#tell(after, (words) => (file === null ? words.item.bared(after.title) : words.item.covered(after.title)));
    } catch (cause) {
      toast.complain(cause);
    }
    this.covering = null;
  }

  /** Takes the first picture among what was dropped for the item that is open; gives what is left to others. */
  drop(paths: readonly string[]): string[] {
    const { over } = page;
    if (over?.what !== 'item') return [...paths];
    const picture = paths.find(isPicture);
    if (picture !== undefined) void this.cover(over.item, picture);
    const rest = paths.filter((path) => !isPicture(path));
    // The importer is behind the sheet; a form that is not saved is not closed over one's head.
    if (rest.length > 0 && !this.dirty) page.close();
    return rest;
  }

  async #put(item: ItemId, edit: Edit): Promise<void> {
    try {
      const after = await api.edit(item, edit);
      this.#tell(after, (words) => words.toast.undone(after.title));
    } catch (cause) {
      toast.complain(cause);
    }
  }

  #tell(after: ItemView, told: (words: Messages) => string, back?: () => Promise<void>): void {
    feed.touch(after);
    toast.shown = { told, ...(back ? { back: () => void back() } : {}) };
  }
}

export const editor = new Editor();
session.whenRestored(() => (editor.dirty = false));

/** A list that leaves the window: onto paper, or into a file. */
import { tick } from 'svelte';

import * as api from '../api';
import type { ItemView } from '../types';
import { prefs } from './prefs.svelte';
import { session } from './session.svelte';

/** A list as it is printed: what it is called, what it is about, and why each thing is in it. */
export type Sheet = { title: string; about: string; lines: { item: ItemView; reason: string }[] };

class Paper {
  /** What lies in the printer; nothing else of the window is printed. */
  sheet = $state.raw<Sheet | null>(null);

  async print(sheet: Sheet): Promise<void> {
    this.sheet = sheet;
    await tick();
    try {
      window.print();
    } catch (cause) {
      session.complain(cause);
    }
  }

  /** Asks where, and writes the items as CSV. */
  async save(sheet: Sheet): Promise<void> {
    try {
      const file = await api.placeList(prefs.words.paper.file);
      if (file === null) return;
      const n = await api.saveList(sheet.lines.map(({ item }) => item.id), file);
      session.toast = { told: (words) => words.paper.saved(file, n) };
    } catch (cause) {
      session.complain(cause);
    }
  }
}

export const paper = new Paper();

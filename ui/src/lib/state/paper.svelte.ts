/** A list that leaves the window: onto paper, or into a file. */
import { tick } from 'svelte';

import * as api from '../api';
import type { ItemView } from '../types';
import { prefs } from './prefs.svelte';
import { session } from './session.svelte';
import { toast } from './toast.svelte';

/** A list as it is printed: what it is called, what it is about, and why each thing is in it. */
export type Sheet = { title: string; about: string; lines: { item: ItemView; reason: string }[] };

/** Puts the list together when it is taken. */
export type Maker = () => Sheet | Promise<Sheet>;

class Paper {
  /** What lies in the printer; nothing else of the window is printed. */
  sheet = $state.raw<Sheet | null>(null);

  async print(make: Maker): Promise<void> {
    try {
      this.sheet = await make();
      await tick();
      window.print();
    } catch (cause) {
      toast.complain(cause);
    }
  }

  /** Asks where, and writes the items as CSV. */
  async save(make: Maker): Promise<void> {
    try {
      const file = await api.placeList(prefs.words.paper.file);
      if (file === null) return;
      const sheet = await make();
      const n = await api.saveList(sheet.lines.map(({ item }) => item.id), file);
      toast.shown = { told: (words) => words.paper.saved(file, n) };
    } catch (cause) {
      toast.complain(cause);
    }
  }
}

export const paper = new Paper();
session.whenRestored(() => (paper.sheet = null));

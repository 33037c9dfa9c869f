/** What is told at the foot of the window: the last act, what else was done, or why something was not. */
import { asFailure, type Failure } from '../api';
import type { Messages } from '../i18n';
import type { Recorded, What } from '../types';
import { session } from './session.svelte';

/** What takes back what is told, where anything does, and what that is called where it is no undoing. */
type Back = { back?: (() => void) | undefined; undo?: (words: Messages) => string };

/** What the last act did (an undo with what it took back), what several at once did, what else was done, or why it was not. */
export type Told = ({ recorded: Recorded; taken?: What | null } & Back) | ({ all: Recorded[] } & Back) | ({ told: (words: Messages) => string } & Back) | { failure: Failure };

class Toast {
  shown = $state<Told | null>(null);

  /** Says why something did not happen, where the last act would be told. */
  complain(cause: unknown): void {
    const failure = asFailure(cause);
    if (failure.kind !== 'cancelled') this.shown = { failure };
  }

  /** Takes back what was told last, where that can be; says whether it can. It is told no more: once is enough. */
  back(): boolean {
    const { shown } = this;
    if (shown === null || 'failure' in shown || !shown.back) return false;
    this.shown = null;
    shown.back();
    return true;
  }
}

export const toast = new Toast();
session.whenSwitched({ leave: () => (toast.shown = null) });

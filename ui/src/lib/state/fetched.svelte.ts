/**
 * Something that is fetched, kept as it came: whatever shows a part of it follows that part alone, and a long
 * list costs no more to follow than a short one. It is replaced, never changed from within.
 */
import type { Failure } from '../api';
import type { Loading } from './loading';

export class Fetched<T> implements Loading<T> {
  value = $state.raw<T | null>(null);
  busy = $state(false);
  failure = $state.raw<Failure | null>(null);

  /** It is here. */
  came(value: T): void {
    this.value = value;
    this.busy = false;
    this.failure = null;
  }

  /** It was refused; the last good value stays. */
  refused(failure: Failure): void {
    this.busy = false;
    this.failure = failure;
  }

  /** Lets go of it. */
  forget(): void {
    this.value = null;
    this.busy = false;
    this.failure = null;
  }
}

/**
 * Something that is fetched: under way, here, or refused. What is here stays while it is asked for again, and
 * an answer that a later question has overtaken is dropped.
 *
 * It is kept as it came: whatever shows a part of it follows that part alone, and a long list costs no more to
 * follow than a short one. It is replaced, never changed from within.
 */
import { asFailure, type Failure } from '../api';

export class Fetched<T> {
  value = $state.raw<T | null>(null);
  busy = $state(false);
  /** Why the last question was refused. */
  failure = $state.raw<Failure | null>(null);

  #asked = 0;

  /** Whether what is here outlives a refusal; it should not where every question is another. */
  constructor(readonly lasting = true) {}

  /** Waits for the answer; says whether it was taken. */
  ask(answer: Promise<T>): Promise<boolean> {
    return this.lay(answer, (value) => value);
  }

  /** Waits for the answer, and keeps what is made of it; that is made only of an answer that is taken. */
  async lay<A>(answer: Promise<A>, make: (answer: A) => T): Promise<boolean> {
    const asked = ++this.#asked;
    this.busy = true;
    this.failure = null;
    try {
      const came = await answer;
      if (asked !== this.#asked) return false;
      this.value = make(came);
      this.busy = false;
      return true;
    } catch (cause) {
      if (asked === this.#asked) {
        if (!this.lasting) this.value = null;
        this.busy = false;
        this.failure = asFailure(cause);
      }
      return false;
    }
  }

  /** Shows a part of what is here as it is now; what is under way still comes. */
  change(make: (value: T) => T): void {
    if (this.value !== null) this.value = make(this.value);
  }

  /** Takes what came by another way; answers that are under way come too late. */
  put(value: T | null): void {
    this.#asked += 1;
    this.value = value;
    this.busy = false;
    this.failure = null;
  }

  /** Lets go of it; answers that are under way come too late. */
  forget(): void {
    this.put(null);
  }
}

/** Something that is fetched: under way, here, or refused. The last good value stays while it is renewed. */
import { asFailure, type Failure } from '../api';

export type Loading<T> = { value: T | null; busy: boolean; failure: Failure | null };

/** Nothing yet. */
export const nothing = <T>(): Loading<T> => ({ value: null, busy: false, failure: null });

/** What came of asking again; where it was refused, with the value that is there by then. */
export async function renewed<T>(now: () => Loading<T>, answer: Promise<T>): Promise<Loading<T>> {
  try {
    return { value: await answer, busy: false, failure: null };
  } catch (cause) {
    return { ...now(), busy: false, failure: asFailure(cause) };
  }
}

/** Something that is fetched: under way, here, or refused. The last good value stays while it is renewed. */
import type { Failure } from '../api';

export type Loading<T> = { value: T | null; busy: boolean; failure: Failure | null };

/** Nothing yet. */
export const nothing = <T>(): Loading<T> => ({ value: null, busy: false, failure: null });

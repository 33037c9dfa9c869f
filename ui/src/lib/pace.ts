/** The pace of long work: how far it is, since when, and how long it may take yet. */
import type { Progress } from './types';

/** Where the work stands, and when its stage began, in milliseconds, and from where. */
export type Pace = { progress: Progress; since: number; from: number };

/** The pace after another report; a new stage has a pace of its own. */
export function paced(pace: Pace | null, progress: Progress, now: number): Pace {
  const same = pace !== null && pace.progress.stage === progress.stage && progress.done >= pace.from;
  return same ? { ...pace, progress } : { progress, since: now, from: progress.done };
}

/** Whether all of a stage is counted, and what it ends with is not yet done. */
export const ending = ({ progress: { done, total } }: Pace): boolean => total !== null && total > 0 && done >= total;

/** Seconds left at the stage's pace so far; null while nobody can know. */
export function left(pace: Pace, now: number): number | null {
  const { done, total } = pace.progress;
  const passed = (now - pace.since) / 1000;
  const moved = done - pace.from;
  if (total === null || done >= total || passed < 1 || moved <= 0) return null;
  return ((total - done) * passed) / moved;
}

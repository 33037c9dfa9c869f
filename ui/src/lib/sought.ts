/** Finding by name what is at hand: a profile, a command, a licence, a name in a list. */

/** A text without what tells capitals and widths of letters apart. */
const folded = (text: string) => text.normalize('NFKC').toLowerCase();

/** Whether two names differ by capitals or the width of letters at most. */
export const alike = (one: string, other: string): boolean => folded(one) === folded(other);

/**
 * Those whose name holds every word that was typed, in any order: first what is called so, then what
 * begins so, then the others, each in the order in which they came. Where nothing was typed, all.
 */
export function sought<T>(all: readonly T[], typed: string, name: (one: T) => string): T[] {
  const wanted = folded(typed).trim();
  const words = wanted.split(/\s+/);
  const far = (text: string) => (text === wanted ? 0 : text.startsWith(wanted) ? 1 : 2);
  return all
    .map((one) => ({ one, text: folded(name(one)) }))
    .filter(({ text }) => words.every((word) => text.includes(word)))
    .sort((a, b) => (wanted === '' ? 0 : far(a.text) - far(b.text)))
    .map(({ one }) => one);
}

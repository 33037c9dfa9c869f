/** What the engine quotes in its sentences, and the rules by which those are known. */

/** Reads what a sentence says from the parts that its pattern has found. */
export type Rule<Told> = readonly [pattern: RegExp, read: (parts: string[]) => Told];

/** A cell or name in quotes, in a pattern. */
export const CELL = String.raw`("(?:[^"\\]|\\.)*")`;

/** A cell as the engine quotes it, without the quotes and their escapes. */
export function cell(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}

/** Every cell that is quoted. */
export const cells = (text: string) => [...text.matchAll(new RegExp(CELL, 'gs'))].map(([quoted]) => cell(quoted));

/** An English text as a sentence: a capital, a full stop, quotes that are set, and no numbers of the system's errors. */
export function sentence(text: string): string {
  const plain = text.replace(/ \(os error \d+\)/g, '').replace(new RegExp(CELL, 'gs'), (quoted) => `“${cell(quoted)}”`);
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}${/[.?!…]$/.test(plain) ? '' : '.'}`;
}

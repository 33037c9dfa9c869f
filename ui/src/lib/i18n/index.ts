/** The catalogues by language. Another language is one file and one line here. */
import { en, type Messages } from './en';
import { zh } from './zh';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

export const catalogues: Record<Language, Messages> = { en, zh };

/** The language that fits what the system prefers. */
export function preferred(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const known = LANGUAGES.find((language) => tag.toLowerCase().startsWith(language));
    if (known) return known;
  }
  return 'en';
}

export type { Messages };

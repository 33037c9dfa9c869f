/** Genres, people and tags, of which one can ask less: those that reasons name, and those of an item. */
import type { ItemView, Reason, Trait } from './types';

const key = ({ trait, name }: Trait) => `${trait} ${name}`;

/** Each once, in the order in which they come. */
const once = (traits: readonly Trait[]): Trait[] => [...new Map(traits.map((trait) => [key(trait), trait])).values()];

/** What reasons name. */
export function named(reasons: readonly Reason[]): Trait[] {
  return once(
    reasons.flatMap((reason): Trait[] => {
      if (reason.because === 'genre') return [{ trait: 'genre', name: reason.name }];
      if (reason.because === 'creator' || reason.because === 'person') return [{ trait: 'person', name: reason.name }];
      return reason.because === 'tags' ? reason.names.map((name) => ({ trait: 'tag', name })) : [];
    }),
  );
}

/** What an item has. */
export const traits = ({ genres, creators, people, tags }: ItemView): Trait[] =>
  once([
    ...genres.map((name): Trait => ({ trait: 'genre', name })),
    ...[...creators, ...people].map((name): Trait => ({ trait: 'person', name })),
    ...tags.map((name): Trait => ({ trait: 'tag', name })),
  ]);

/** What many lists of reasons name, most often first, at most so many. */
export function often(lists: readonly (readonly Reason[])[], most: number): Trait[] {
  const counted = new Map<string, { trait: Trait; count: number }>();
  for (const trait of lists.flatMap(named)) {
    const { count } = counted.get(key(trait)) ?? { count: 0 };
    counted.set(key(trait), { trait, count: count + 1 });
  }
  return [...counted.values()].sort((a, b) => b.count - a.count).slice(0, most).map(({ trait }) => trait);
}

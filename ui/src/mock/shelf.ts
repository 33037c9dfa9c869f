/**
 * Browsing, editing and looking through logs, over the toy engine's shelf and logs.
 */
import type { Handlers } from './engine';
import type { Activity, Browse, Count, Edit, Facets, ItemView, Look, Matched, Placed, Ranked, Recorded, Sort, Standing } from '../lib/types';
import { refuse } from './refusal';

/** What the toy engine lends. */
export type Lent = {
  shelf: () => ItemView[];
  ranked: (profile: number) => Ranked[];
  standing: (profile: number, item: number) => Standing;
  log: (profile: number) => Activity[];
  undo: (profile: number, sequence: number) => Recorded;
  erase: (profile: number, sequences: readonly number[]) => number;
};

type Verbs = 'browse' | 'edit' | 'set_cover' | 'save_list' | 'activity' | 'undo_all' | 'forget';

const count = (all: readonly string[]): Count[] => {
  const counts = new Map<string, number>();
  for (const name of all) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || a.name.localeCompare(b.name)).slice(0, 60);
};
const tally = <K extends string>(all: readonly K[]) => Object.fromEntries(count(all).map(({ name, count }) => [name, count])) as { [name in K]?: number };
const span = (all: readonly number[]): [number, number] | null => (all.length ? [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))] : null);
const fact = (figure: ItemView['year']) => (figure && !figure.filled ? figure.value : null);

function matched(one: ItemView, query: string): Matched[] {
  const has = (texts: readonly string[]) => texts.join(' ').toLowerCase().includes(query);
  return [
    ...(has([one.title]) ? (['title'] as const) : []),
    ...(has([...one.creators, ...one.people]) ? (['people'] as const) : []),
    ...(has([...one.tags, ...one.genres]) ? (['tags'] as const) : []),
    ...(has([one.description]) ? (['description'] as const) : []),
  ];
}

function facets(found: readonly Placed[]): Facets {
  const items = found.map(({ item }) => item);
  const stocked = items.filter(({ stock }) => stock !== null);
  return {
    kinds: tally(items.map(({ kind }) => kind)),
    genres: count(items.flatMap(({ genres }) => genres)),
    people: count(items.flatMap(({ creators, people }) => [...creators, ...people])),
    tags: count(items.flatMap(({ tags }) => tags)),
    languages: count(items.flatMap(({ languages }) => languages)),
    years: span(items.map(({ year }) => fact(year)).filter((year) => year !== null)),
    prices: span(items.map(({ price }) => fact(price)).filter((price) => price !== null)),
    in_stock: stocked.length ? stocked.filter(({ stock }) => (stock ?? 0) > 0).length : null,
    standings: tally(found.map(({ standing }) => standing)),
  };
}

function keep(asked: Browse, { item, standing }: Placed): boolean {
  const within = (value: number | null, range: [number, number] | null) => range === null || (value !== null && value >= range[0] && value <= range[1]);
  const all = (wanted: readonly string[], has: readonly string[]) => wanted.every((name) => has.includes(name));
  return (
    (asked.kind === null || item.kind === asked.kind) &&
    (asked.standing === null || standing === asked.standing) &&
    all(asked.genres, item.genres) && all(asked.tags, item.tags) && all(asked.people, [...item.creators, ...item.people]) &&
    (asked.languages.length === 0 || asked.languages.some((name) => item.languages.includes(name))) &&
    within(fact(item.year), asked.years) && within(fact(item.price), asked.prices) &&
    (!asked.in_stock || (item.stock ?? 0) > 0)
  );
}

/** The verbs, over what the toy engine lends. */
export function shelved(lent: Lent): Pick<Handlers, Verbs> {
  /** What was found last, as the real engine keeps it: paging through it costs nothing. */
  let last: { key: string; found: Placed[]; facets: Facets } | null = null;
  const place = (profile: number, asked: Browse) => {
    const key = JSON.stringify([profile, { ...asked, from: 0, n: 0 }, lent.log(profile).length, lent.shelf().length]);
    if (last?.key !== key) {
      const found = placed(profile, asked);
      last = { key, found, facets: facets(found) };
    }
    return last;
  };
  const placed = (profile: number, asked: Browse): Placed[] => {
    const query = asked.query.trim().toLowerCase();
    const found = lent.shelf().map((item) => ({ item, standing: lent.standing(profile, item.id), matched: query ? matched(item, query) : [] }));
    const kept = found.filter((one) => (query === '' || one.matched.length > 0) && keep(asked, one));
    const scores = new Map(asked.sort === 'score' ? lent.ranked(profile).map((one) => [one.item.id, one.score]) : []);
    const worth: { [by in Sort]?: (one: Placed) => number | string | null } = {
      title: ({ item }) => item.title.toLowerCase(),
      year: ({ item }) => fact(item.year),
      rating: ({ item }) => fact(item.rating),
      popularity: ({ item }) => fact(item.popularity),
      price: ({ item }) => fact(item.price),
      score: ({ item }) => scores.get(item.id) ?? null,
      match: ({ item, matched }) => (query ? matched.length : item.id),
      added: ({ item }) => item.id,
    };
    const way = asked.descending ? -1 : 1;
    const value = worth[asked.sort]!;
    return kept.sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      if (x === null || y === null) return Number(x === null) - Number(y === null);
      return x < y ? -way : x > y ? way : 0;
    });
  };
  const find = (id: number) => lent.shelf().find((one) => one.id === id)!;
  /** Puts an item in the place of what it was; the catalogue that the toy began with stays as it is. */
  const put = (item: ItemView): ItemView => {
    last = null;
    const shelf = lent.shelf();
    return (shelf[shelf.findIndex((one) => one.id === item.id)] = item);
  };

  return {
    browse: ({ profile, browse }) => {
      const { found, facets } = place(profile, browse);
      return { total: found.length, from: browse.from, items: found.slice(browse.from, browse.from + browse.n), facets };
    },
    edit: ({ item: id, edit }) => {
      last = null;
      if (edit.title.trim() === '') refuse('an item needs a title');
      const item = find(id);
      const set = { ...edit, year: edit.year === null ? null : { value: edit.year, filled: false }, price: edit.price === null ? null : { value: edit.price, filled: false } };
      const changed = (Object.keys(edit) as (keyof Edit)[]).filter((name) => JSON.stringify(item[name]) !== JSON.stringify(set[name]));
      return put({ ...item, ...set, edited: [...new Set([...item.edited, ...changed])] });
    },
    set_cover: ({ item, file }) => put({ ...find(item), cover: file }),
    save_list: ({ items }) => items.length,
    activity: ({ profile, look }) => look_through(lent.log(profile), look),
    undo_all: ({ profile, sequences }) => sequences.map((sequence) => lent.undo(profile, sequence)),
    forget: ({ profile, sequences }) => lent.erase(profile, sequences),
  };
}

function look_through(log: Activity[], look: Look): Activity[] {
  const did = ({ what }: Activity) => (what.did !== 'act' ? what.did : typeof what.action === 'object' ? 'rate' : what.action);
  const query = look.query.trim().toLowerCase();
  return log
    .filter((entry) => (look.did === null || did(entry) === look.did) && (look.item === null || entry.item?.id === look.item))
    .filter(({ item }) => query === '' || (item?.title.toLowerCase().includes(query) ?? false))
    .slice(0, look.limit);
}

/**
 * A toy engine behind the bridge: the same commands and types, and a formula small enough to follow.
 *
 * It is here so that the window can be looked at and tested without the real one. Its numbers mean
 * nothing, but they hold what the real ones hold: terms add up to the score, undo is exact.
 */
import type { Commands } from '../lib/api';
import type { FriendView, ItemView, Ranked, Reason, Request, Row, RowKind, Signal, Status } from '../lib/types';
import { ITEMS } from './catalogue';
import { encoding } from './encoders';
import { watching } from './folders';
import { HERE, near, PRIOR, reward } from './formula';
import { importing } from './import';
import { drift, taste } from './insights';
import { minding } from './minds';
import { refuse } from './refusal';
import { shelved } from './shelf';
import { evaluation, training } from './trial';

export type Handlers = { [C in keyof Commands]: (args: Commands[C][0]) => Commands[C][1] | Promise<Commands[C][1]> };

/**
 * The toy engine, with as many profiles as are named. It ranks its items alone, at leisure; an archive
 * can be larger, and is there to be browsed.
 */
export function engine(names: readonly string[] = ['Ada'], items: ItemView[] = ITEMS, archive: ItemView[] | null = null): Handlers {
  let left = false;
  let trained = false;
  let shelf = [...items];
  let friends: FriendView[] = [];

  const item = (id: number) => (archive ? archive[id] : shelf.find((one) => one.id === id)) ?? refuse(`no item called "#${id}"`);
  const { minds, mind, add, holding, counts, live, acts, reference, view, folded, weights, ranked, place, write, preview, told, standing, erase } =
    minding(names, () => shelf, item);
  const wanted = (request: Request) => (one: ItemView) =>
    (request.kind === null || one.kind === request.kind) && !((request.in_stock || one.kind === 'product') && one.stock !== null && one.stock <= 0) &&
    (request.prices === null || (one.price !== null && one.price.value >= request.prices[0] && one.price.value <= request.prices[1]));
  const written = (path: string) => ({ path, items: shelf.length, profiles: minds.length, entries: 12, friends: friends.length, before: null as string | null });
  const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const files = importing(wait);
  const media = watching(wait);
  const texts = encoding(() => shelf.length, wait);

  return {
    opened: () => [],
    matches: () => ({ total: 0, pairs: [] }),
    records: ({ item: id }) => [item(id)],
    merge: ({ pairs }) => pairs.map(([one]) => item(one)),
    part: ({ pairs }) => pairs.flat().map(item),
    unsay: ({ pairs }) => pairs.flat().map(item),
    status: () => ({
      items: (archive ?? shelf).length,
      linked: 0,
      kinds: shelf.reduce<Status['kinds']>((kinds, { kind }) => ({ ...kinds, [kind]: (kinds[kind] ?? 0) + 1 }), {}),
      profiles: minds.length,
      entries: minds.reduce((sum, who) => sum + who.log.length, 0),
      encoder: texts.status(),
      notices: [],
      trained,
      last_import: files.last(),
      data: '~/.local/share/curio',
    }),
    profiles: () => minds.map(view),
    add_profile: ({ name }) => view(add(name)),
    rename_profile: ({ profile, name }) => {
      mind(profile).name = name;
      return view(mind(profile));
    },
    remove_profile: ({ profile }) => {
      minds.splice(minds.indexOf(mind(profile)), 1);
      return null;
    },
    recommend: ({ profile, request }) => {
      const all = ranked(mind(profile)).filter((one) => wanted(request)(one.item));
      return { profile: view(mind(profile)), scope: 'alone', candidates: all.length, sampled: request.surprise > 0 ? request.seed : null, items: all.slice(0, request.n) };
    },
    rows: ({ profile, request }) => {
      const who = mind(profile);
      let left = ranked(who).filter((one) => wanted(request)(one.item));
      const take = (kind: RowKind, fits: (one: Ranked) => boolean): Row[] => {
        const items = left.filter(fits).slice(0, request.n).map((one, index) => ({ ...one, rank: index + 1 }));
        left = left.filter((one) => !items.some((taken) => taken.item.id === one.item.id));
        return items.length ? [{ kind, items }] : [];
      };
      const liked = acts(who).findLast(([, r]) => r > 0)?.[0];
      const rows = [
        ...take({ row: 'for_you' }, () => true),
        ...(liked ? take({ row: 'because', item: { id: liked.id, title: liked.title } }, (one) => near(one.item, liked) > 0.1) : []),
        ...take({ row: 'new' }, (one) => (one.item.year?.value ?? 0) >= 1975),
      ];
      return { profile: view(who), sampled: request.surprise > 0 ? request.seed : null, rows };
    },
    picks: ({ wish, n }) => {
      const parts = wish.toLowerCase().split(/\s+/).filter((part) => part !== '');
      const said = (one: ItemView) => [one.title, ...one.creators, ...one.genres, ...one.tags, one.description].join(' ').toLowerCase();
      const left = shelf.filter((one) => parts.every((part) => said(one).includes(part)));
      const picked: ItemView[] = [];
      const worth = (one: ItemView) => (1 - Math.max(0, ...picked.map((other) => near(one, other)))) * (0.2 + Math.log(one.popularity?.value ?? 1) / 9.5);
      while (picked.length < n && left.length > 0) {
        left.sort((a, b) => worth(b) - worth(a));
        picked.push(left.shift()!);
      }
      return picked;
    },
    together: ({ profiles, request }) => {
      const members = profiles.map(mind);
      const lists = members.map((who) => ranked(who).filter((one) => wanted(request)(one.item)));
      const open = lists[0]!.filter(({ item: { id } }) => lists.every((list) => list.some((one) => one.item.id === id)));
      const likings = lists.map((list) => {
        const scores = open.map(({ item: { id } }) => list.find((one) => one.item.id === id)!);
        const mean = scores.reduce((sum, one) => sum + one.score, 0) / Math.max(1, scores.length);
        const deviation = Math.sqrt(scores.reduce((sum, one) => sum + (one.score - mean) ** 2, 0) / Math.max(1, scores.length)) || 1;
        return scores.map((one) => ({ ...one, liking: (one.score - mean) / deviation }));
      });
      const items = open
        .map(({ item: one }, at) => {
          const each = likings.map((list) => list[at]!.liking);
          const shares = members.map((who, k) => {
            const { liking, reasons } = likings[k]![at]!;
            return { profile: who.id, liking, place: 1 + likings[k]!.filter((other) => other.liking > liking).length, reasons };
          });
          return { rank: 0, item: one, score: 0.5 * (each.reduce((sum, liking) => sum + liking, 0) / each.length) + 0.5 * Math.min(...each), shares };
        })
        .sort((a, b) => b.score - a.score)
        .slice(0, request.n)
        .map((one, at) => ({ ...one, rank: at + 1 }));
      return { profiles: members.map(view), candidates: open.length, items };
    },
    basket: ({ items, request }) => {
      if (items.length === 0) refuse('the basket is empty');
      const all = ranked(holding(items)).filter((one) => wanted(request)(one.item)).map((one, at) => ({ ...one, rank: at + 1 }));
      return { basket: items.map((id) => ({ id, title: item(id).title })), scope: 'alone', candidates: all.length, items: all.slice(0, request.n) };
    },
    explain: ({ profile, item: id }) => {
      const who = mind(profile);
      const all = ranked(who);
      const own = all.find((one) => one.item.id === item(id).id) ?? refuse('the profile is done with this item; it is in no list');
      const far = <T extends { rank: number }>(effects: T[]) =>
        effects.filter(({ rank }) => rank !== own.rank).sort((a, b) => Math.abs(b.rank - own.rank) - Math.abs(a.rank - own.rank));
      const without = (signal: Signal) => {
        const rest = (one: Ranked) => one.score - (one.terms.find((term) => term.signal === signal)?.value ?? 0);
        return 1 + all.filter((other) => rest(other) > rest(own)).length;
      };
      const entries = who.log.flatMap(({ what, item: about }, sequence) =>
        counts(who)(who.log[sequence]!, sequence)
          ? [{ sequence, what, item: reference(about), rank: place({ ...who, undone: new Set([...who.undone, sequence]) }, id) }]
          : [],
      );
      return { ranked: own, candidates: all.length, without_signals: far(HERE.map((signal) => ({ signal, rank: without(signal) }))), without_entries: far(entries.slice(-6)) };
    },
    preview: ({ profile, item: id, action }) => preview(profile, { did: 'act', action }, item(id).id),
    preview_pin: ({ profile, signal, weight }) => preview(profile, { did: 'pin', signal, weight }, null),
    search: ({ query, limit }) => {
      const wanted = query.toLowerCase();
      const hits = shelf.flatMap((one) => {
        const matched = [
          ...(one.title.toLowerCase().includes(wanted) ? (['title'] as const) : []),
          ...([...one.creators, ...one.people].join(' ').toLowerCase().includes(wanted) ? (['people'] as const) : []),
          ...([...one.tags, ...one.genres].join(' ').toLowerCase().includes(wanted) ? (['tags'] as const) : []),
          ...(one.description.toLowerCase().includes(wanted) ? (['description'] as const) : []),
        ];
        return matched.length ? [{ item: one, score: matched.length, matched }] : [];
      });
      return { query, hits: hits.slice(0, limit) };
    },
    show: ({ item: id }) => item(id),
    similar: ({ item: id, n }) =>
      shelf
        .filter((one) => one.id !== id)
        .map((one) => {
          const genre = one.genres.find((name) => item(id).genres.includes(name));
          const creator = one.creators.find((name) => item(id).creators.includes(name));
          const because: Reason[] = creator ? [{ because: 'creator', name: creator }] : genre ? [{ because: 'genre', name: genre }] : [{ because: 'meaning' }];
          return { item: one, similarity: near(one, item(id)), reasons: because };
        })
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, n),
    record: ({ profile, item: id, action }) => write(profile, { did: 'act', action }, item(id).id),
    undo: ({ profile, sequence }) => {
      const who = mind(profile);
      const at = who.log.findLastIndex((deed, at) => counts(who)(deed, at) && at === (sequence ?? at));
      const deed = who.log[at] ?? refuse('there is nothing to undo');
      return write(profile, { did: 'undo', sequence: at }, deed.item);
    },
    weights: ({ profile, history }) => {
      const who = mind(profile);
      return { profile: view(who), scope: 'alone', weights: weights(who), history: history ? folded(who).steps : [] };
    },
    pin: ({ profile, signal, weight }) => write(profile, { did: 'pin', signal, weight }),
    unpin: ({ profile, signal }) => write(profile, { did: 'unpin', signal }),
    reset: ({ profile }) => write(profile, { did: 'reset' }),
    less: ({ profile, of }) => write(profile, { did: 'less', of }),
    ...shelved({
      shelf: () => archive ?? shelf,
      ranked: (id) => ranked(mind(id)),
      standing: (id, about) => standing(mind(id), about),
      log: (id) => told(mind(id)),
      undo: (id, sequence) => write(id, { did: 'undo', sequence }, mind(id).log[sequence]?.item ?? null),
      erase,
    }),
    taste_map: ({ profile }) => {
      const who = mind(profile);
      const last = new Map(live(who).flatMap(({ what, item: about }) => (what.did === 'act' && about !== null ? [[about, what.action] as const] : [])));
      return taste(shelf, ranked(who), last);
    },
    drift: ({ profile }) => {
      const who = mind(profile);
      return drift(folded(who).steps, weights(who), ranked(who), shelf, near);
    },
    evaluate_profile: ({ profile }) => {
      const who = mind(profile);
      const steps = who.log.flatMap(({ what, item: about }, at) => {
        const then = { ...who, log: who.log.slice(0, at) };
        const open = ranked(then);
        const chosen = counts(who)(who.log[at]!, at) && what.did === 'act' && reward(what.action) > 0 && open.some((one) => one.item.id === about);
        return chosen && about !== null ? [{ item: about, history: acts(then).length, open }] : [];
      });
      return evaluation(steps, [
        ['popularity', (one) => one.item.popularity?.value ?? 0],
        ['alone: fixed prior', (one) => one.terms.reduce((sum, term) => sum + (PRIOR[term.signal] ?? 0) * term.evidence, 0)],
        ['alone: online weights', (one) => one.score],
      ], shelf.length);
    },
    train: async ({ onProgress }) => {
      left = false;
      const choices = minds.flatMap(acts).filter(([, reward]) => reward > 0).length;
      if (choices === 0) refuse('there is no choice to learn from');
      for (let done = 0; done < 20; done += 1) {
        onProgress.onmessage({ stage: 'train', done, total: null });
        await wait(40);
        if (left) throw { kind: 'cancelled', message: 'cancelled' };
      }
      const found = training(choices);
      trained ||= found.adopted;
      return found;
    },
    forget_training: () => {
      trained = false;
      return null;
    },
    import: (args) => files.read(args),
    save_mapping: (mapping) => files.save(mapping),
    mappings: () => files.kept(),
    forget_mapping: ({ name }) => files.forget(name),
    undo_import: () => files.undo(),
    folders: () => media.list(),
    unwatched: () => media.unwatched(),
    add_folder: ({ path }) => media.add(path),
    scan_folders: (args) => media.scan(args),
    remove_folder: ({ path }) => media.remove(path),
    import_sample: async ({ onProgress }) => {
      for (let done = 0; done <= 480; done += 40) {
        await wait(15);
        onProgress.onmessage({ stage: 'store', done, total: 480 });
      }
      shelf = [...ITEMS];
      texts.whole();
      return [];
    },
    encoders: () => texts.list(),
    choose_encoder: ({ name }) => texts.choose(name),
    encode: (args) => texts.encode(args),
    cancel: ({ work }) => {
      if (work === 'import') files.stop();
      else if (work === 'scan') media.stop();
      else if (work === 'encode') texts.stop();
      else left = true;
      return null;
    },
    export: ({ folder }) => written(folder),
    backup: ({ file }) => written(file),
    check_backup: ({ file }) => ({ path: file, at: Date.UTC(2026, 0, 2, 3, 4, 5), items: shelf.length, profiles: minds.length, entries: 12, friends: friends.length }),
    restore: ({ file }) => ({ ...written(file), before: '/home/ada/curio/backups/before-restore.zip' }),
    reveal: () => null,
    share_taste: ({ profile, name, file }) => {
      const done = acts(mind(profile)).map(([, reward]) => reward);
      if (done.length === 0) refuse('this profile has liked or disliked nothing yet, so there is no taste to share');
      const liked = done.filter((reward) => reward > 0 && reward < 0.75).length;
      return { path: file, name, loved: done.filter((reward) => reward >= 0.75).length, liked, disliked: done.filter((reward) => reward < 0).length };
    },
    add_friend: () => {
      const ties = minds.slice(0, 2).map((who, n) => ({ profile: who.id, name: who.name, common: 12 - 5 * n, agreement: 0.83 - 1.2 * n }));
      const friend: FriendView = { name: 'Mira', items: 64, known: 41, ties };
      const replaced = friends.length > 0;
      friends = [friend];
      return { friend, replaced, by_key: 30, by_title: 11, missing: 23 };
    },
    friends: () => friends,
    remove_friend: ({ name }) => {
      if (!friends.some((friend) => friend.name === name)) refuse(`no friend called "${name}"`);
      friends = friends.filter((friend) => friend.name !== name);
      return null;
    },
  };
}

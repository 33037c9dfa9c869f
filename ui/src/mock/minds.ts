/** The toy engine's profiles: what each has done, and the weights and the list that come of it. */
import { SIGNALS } from '../lib/signals';
import type { Activity, ItemView, Preview, Ranked, Recorded, Signal, Standing, Term, WeightChange, WeightStep, WeightView, What } from '../lib/types';
import { evidence, HERE, PRIOR, reasons, reward } from './formula';
import { only } from './insights';
import { refuse } from './refusal';

type Deed = { what: What; item: number | null; at: number };
export type Mind = { id: number; name: string; log: Deed[]; undone: Set<number> };

/** The profiles with these names, over a shelf on which an item is found by its number. */
export function minding(names: readonly string[], shelf: () => ItemView[], item: (id: number) => ItemView) {
  let clock = Date.UTC(2026, 0, 12, 18, 30);
  const minds: Mind[] = names.map((name, id) => ({ id, name, log: [], undone: new Set() }));

  const mind = (id: number) => minds.find((one) => one.id === id) ?? refuse(`no profile called "${id}"`);
  const counts = (who: Mind) => (deed: Deed, at: number) => !who.undone.has(at) && deed.what.did !== 'undo';
  const live = (who: Mind) => who.log.filter(counts(who));
  const acts = (who: Mind): [ItemView, number][] => live(who).flatMap(({ what, item: about }) => {
    if (what.did === 'less') return [[only(what.of), -1]];
    return about !== null && what.did === 'act' ? [[item(about), reward(what.action)]] : [];
  });
  const reference = (id: number | null) => (id === null ? null : { id, title: item(id).title });
  const view = (who: Mind) => ({ id: who.id, name: who.name, entries: live(who).length });
  /** One that has bought these and done nothing else. */
  const holding = (items: readonly number[]): Mind => ({ id: -1, name: '', undone: new Set(), log: items.map((id) => ({ what: { did: 'act', action: 'buy' }, item: item(id).id, at: clock })) });

  function add(name: string): Mind {
    if (minds.some((one) => one.name === name)) refuse(`there is already a profile called "${name}"`);
    const who: Mind = { id: Math.max(-1, ...minds.map((one) => one.id)) + 1, name, log: [], undone: new Set() };
    minds.push(who);
    return who;
  }

  /** The weights as the log made them, and after each of its steps. */
  function folded(who: Mind) {
    const past: [ItemView, number][] = [];
    const now = new Map(HERE.map((signal) => [signal, PRIOR[signal] ?? 0]));
    const pins = new Map<Signal, number>();
    const steps: WeightStep[] = [];
    who.log.forEach((deed, sequence) => {
      const { what, item: about, at } = deed;
      if (!counts(who)(deed, sequence)) return;
      if (what.did === 'reset') {
        pins.clear();
        for (const signal of HERE) now.set(signal, PRIOR[signal] ?? 0);
      }
      if (what.did === 'pin') pins.set(what.signal, what.weight);
      if (what.did === 'unpin') pins.delete(what.signal);
      if (what.did === 'less') past.push([only(what.of), -1]);
      if (what.did === 'act' && about !== null) {
        const chosen = item(about);
        const e = evidence(chosen, past);
        const others = shelf().map((other) => evidence(other, past));
        const r = reward(what.action);
        for (const signal of HERE) {
          const mean = others.reduce((s, other) => s + (other[signal] ?? 0), 0) / shelf().length;
          now.set(signal, (now.get(signal) ?? 0) + 0.45 * r * ((e[signal] ?? 0) - mean));
        }
        past.push([chosen, r]);
      }
      steps.push({ sequence, at, what, item: reference(about), weights: SIGNALS.map((signal) => pins.get(signal) ?? now.get(signal) ?? 0) });
    });
    return { past, now, pins, steps };
  }

  function weights(who: Mind): WeightView[] {
    const { past, now, pins } = folded(who);
    return HERE.map((signal) => {
      const all = shelf().map((one) => evidence(one, past)[signal] ?? 0);
      const mean = all.reduce((s, v) => s + v, 0) / Math.max(1, all.length);
      return {
        signal,
        weight: pins.get(signal) ?? now.get(signal) ?? 0,
        prior: PRIOR[signal] ?? 0,
        deviation: pins.has(signal) ? 0 : (0.6 * Math.abs(PRIOR[signal] ?? 0)) / Math.sqrt(1 + past.length / 3),
        spread: Math.sqrt(all.reduce((s, v) => s + (v - mean) ** 2, 0) / Math.max(1, all.length)),
        pinned: pins.has(signal),
      };
    });
  }

  function ranked(who: Mind): Ranked[] {
    const done = acts(who);
    const w = weights(who);
    const seen = new Set(done.map(([a]) => a.id));
    return shelf()
      .filter((one) => !seen.has(one.id))
      .map((one) => {
        const e = evidence(one, done);
        const terms: Term[] = w.map(({ signal, weight }) => ({ signal, weight, evidence: e[signal] ?? 0, value: weight * (e[signal] ?? 0) }));
        return { rank: 0, item: one, score: terms.reduce((s, t) => s + t.value, 0), terms, reasons: reasons(one, done) };
      })
      .sort((a, b) => b.score - a.score || a.item.id - b.item.id)
      .map((one, index) => ({ ...one, rank: index + 1 }));
  }

  function write(id: number, what: What, about: number | null = null): Recorded {
    const who = mind(id);
    const before = weights(who);
    if (what.did === 'undo') who.undone.add(what.sequence);
    who.log.push({ what, item: about, at: (clock += 61_000) });
    return { profile: id, sequence: who.log.length - 1, what, item: reference(about), changes: changes(before, weights(who)) };
  }

  function changes(before: WeightView[], after: WeightView[]): WeightChange[] {
    return after
      .map(({ signal, weight, spread }, k) => ({ signal, before: before[k]!.weight, after: weight, by: Math.abs(weight - before[k]!.weight) * (spread + 0.02) }))
      .filter((change) => change.by > 1e-9)
      .sort((a, b) => b.by - a.by)
      .map(({ signal, before, after }) => ({ signal, before, after }));
  }

  function preview(id: number, what: What, about: number | null): Preview {
    const who = mind(id);
    const then: Mind = { ...who, log: [...who.log, { what, item: about, at: clock }] };
    const [was, is] = [who, then].map((one) => ranked(one).slice(0, 20).map((place) => place.item.id)) as [number[], number[]];
    const named = (id: number) => ({ id, title: item(id).title });
    return {
      changes: changes(weights(who), weights(then)),
      list: is.map((id, at) => ({ item: named(id), from: was.includes(id) ? was.indexOf(id) + 1 : null, to: at + 1 })),
      left: was.filter((id) => !is.includes(id)).map(named),
    };
  }

  /** A log as it is told, newest first. */
  function told(who: Mind): Activity[] {
    return who.log.map(({ at, what, item }, sequence) => ({ sequence, at, what, took_back: what.did === 'undo' ? (who.log[what.sequence]?.what ?? null) : null, item: reference(item), undone: who.undone.has(sequence) })).reverse();
  }

  function standing(who: Mind, about: number): Standing {
    const last = live(who).findLast(({ what, item }) => what.did === 'act' && item === about)?.what;
    if (last?.did !== 'act') return 'open';
    if (last.action === 'want') return 'wanted';
    if (last.action === 'hide') return 'hidden';
    return reward(last.action) < 0 ? 'disliked' : ['view', 'open', 'comment'].some((one) => one === last.action) ? 'open' : 'liked';
  }

  /** Takes entries out of a log as if they had never been, with what took them back. */
  function erase(id: number, sequences: readonly number[]): number {
    const who = mind(id);
    const gone = (deed: Deed, at: number) => sequences.includes(at) || (deed.what.did === 'undo' && sequences.includes(deed.what.sequence));
    const left = who.log.map((deed, at) => ({ deed, at })).filter(({ deed, at }) => !gone(deed, at));
    const moved = new Map(left.map(({ at }, now) => [at, now]));
    const before = who.log.length;
    who.undone = new Set([...who.undone].flatMap((at) => moved.get(at) ?? []));
    who.log = left.map(({ deed }) => (deed.what.did === 'undo' ? { ...deed, what: { ...deed.what, sequence: moved.get(deed.what.sequence) ?? 0 } } : deed));
    return before - who.log.length;
  }

  const place = (who: Mind, id: number) => ranked(who).find((one) => one.item.id === id)?.rank ?? 0;

  return { minds, mind, add, holding, counts, live, acts, reference, view, folded, weights, ranked, place, write, preview, told, standing, erase };
}

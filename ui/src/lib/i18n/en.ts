/** English. Its shape is the shape of every catalogue: a key that another lacks is a type error. */
import type { Action, Kind, Matched, RowKind, Signal, What } from '../types';
import type { Moves } from '../mix';
import { activity } from './en/activity';
import { basket } from './en/basket';
import { browse } from './en/browse';
import { settings } from './en/settings';
import { friends } from './en/friends';
import { encoders } from './en/encoders';
import { effect } from './en/effect';
import { folders } from './en/folders';
import { f, items, things, year } from './en/forms';
import { glossary } from './en/glossary';
import { importing } from './en/import';
import { insights } from './en/insights';
import { less } from './en/less';
import { merge } from './en/merge';
import { past } from './en/past';
import { licences } from './en/licences';
import { item } from './en/item';
import { paper } from './en/paper';
import { picks } from './en/picks';
import { along, common, reason, theirs } from './en/reasons';
import { remark } from './en/remarks';
import { called, signals } from './en/signals';
import { taste } from './en/taste';
import { together } from './en/together';
import { tray } from './en/tray';

const kinds: Record<Kind, { one: string; many: string }> = {
  film: { one: 'Film', many: 'Films' },
  series: { one: 'Series', many: 'Series' },
  book: { one: 'Book', many: 'Books' },
  music: { one: 'Music', many: 'Music' },
  game: { one: 'Game', many: 'Games' },
  product: { one: 'Product', many: 'Products' },
  other: { one: 'Other', many: 'Other' },
};

const acts: Record<Extract<Action, string>, string> = {
  view: 'Looked at',
  open: 'Opened',
  want: 'Wanted',
  like: 'Liked',
  dislike: 'Disliked',
  finish: 'Finished',
  abandon: 'Did not finish',
  buy: 'Bought',
  hide: 'Not interested',
  comment: 'Commented on',
};

function act(action: Action): string {
  if (typeof action === 'string') return acts[action];
  return `Rated ${f.number(action.rate, Number.isInteger(action.rate) ? 0 : 1)} of 5`;
}

function deed(what: What): string {
  switch (what.did) {
    case 'act':
      return act(what.action);
    case 'pin':
      return `Set the weight of ${called(what.signal)} to ${f.number(what.weight, 2)} by hand`;
    case 'unpin':
      return `Left ${called(what.signal)} to learning again`;
    case 'less':
      return less.of(what.of.name);
    case 'reset':
      return 'Mix reset';
    case 'undo':
      return 'Undid';
  }
}

export const en = {
  format: f,
  language: 'English',
  signals,
  kinds,
  /** What a genre or a tag of the catalogue is called; one that is not known as it stands. */
  term: (name: string): string => name,
  /** The word of a catalogue that is meant by one of the window's language. */
  meant: (name: string): string => name,

  app: {
    starting: 'Opening your library',
    close: 'Close',
    reveal: 'Show in folder',
    cancel: 'Cancel',
    retry: 'Try again',
    skip: 'Skip to the list',
    internal: 'Something went wrong inside Curio.',
    notices: 'When your data was opened',
  },

  nav: {
    label: 'Curio',
    for_you: 'For you',
    browse: 'Browse',
    together: 'Together',
    basket: 'Basket',
    mix: 'Your mix',
    insights: 'Insights',
    activity: 'Activity',
    import: 'Import',
    settings: 'Settings',
    picks: 'First picks',
    help: 'Shortcuts',
  },

  welcome: {
    title: 'A recommender of your own',
    lead: 'Curio learns what you like from what you tell it, shows why it suggests each thing, and keeps all of it on this machine.',
    language: 'Language',
    name: 'What shall we call you?',
    name_hint: 'A name for your profile. Others can have their own.',
    next: 'Continue',
    library: 'What shall we put on the shelves?',
    sample: 'Try the sample library',
    sample_about: 'Films, books, music and games to look around with.',
    file: 'Import a file',
    file_about: 'Your own catalogue, or an export from another program. You can also drop the file anywhere in this window.',
    ready: (n: number) => `Start with the ${items(n)} already here`,
    filling: 'Filling the shelves',
  },

  list: {
    title: 'For you',
    lead: (name: string, n: number) => `${f.apart(name)}’s list, from ${items(n)}`,
    all: 'Everything',
    kinds: 'Kind',
    in_stock: 'In stock only',
    variety: 'Variety',
    variety_about: 'How unlike each other the items are; at most two by one creator',
    surprise: 'Surprise',
    surprise_about: 'How much Curio tries out what it is not sure of; a fresh list tries out something else',
    refresh: 'Fresh list',
    stale: 'The order has changed',
    loading: 'Putting your list in order',
    empty: 'Nothing on the shelves yet',
    empty_about: 'Import a catalogue, or look around in the sample library.',
    none: 'Nothing left to suggest here',
    none_about: 'You have been through everything of this kind. Choose another, or import more.',
    none_in_stock: 'Nothing that is left is in stock.',
    out_of_stock: 'Include what is out of stock',
    fresh: 'New here',
    more: 'Show more',
    filled: 'not in your catalogue; estimated from items like it',
  },

  row: (kind: RowKind): string => {
    switch (kind.row) {
      case 'for_you':
        return 'For you';
      case 'because':
        return `Because you liked ${f.apart(kind.item.title)}`;
      case 'new':
        return 'From the latest years';
      case 'forgotten':
        return 'Favourites of long ago';
    }
  },

  card: {
    like: 'Like',
    dislike: 'Dislike',
    hide: 'Not interested',
    rate: 'Rate',
    stars: (n: number) => `${things(n, 'star', 'stars')} of five`,
    why: 'Why this?',
    actions: (title: string) => `What do you think of ${f.apart(title)}?`,
    year,
    left: (n: number) => (n > 0 ? `${f.number(n)} in stock` : 'Out of stock'),
  },

  reason,
  common,
  theirs,
  along,

  ribbon: {
    part: (signal: Signal, share: number) => `${signals[signal].name} ${f.percent(share)}`,
    label: (parts: readonly string[]) => `What speaks for it: ${f.row(parts)}`,
    empty: 'Nothing speaks for or against it yet',
  },

  why: {
    title: 'Why this?',
    lead: (score: string) => `The score, ${score}, is exactly the sum of these terms, one for each signal.`,
    total: 'Score',
    sum: (weight: string, evidence: string) => `weight ${weight} × evidence ${evidence}`,
    silent: (n: number) => `${things(n, 'signal adds', 'signals add')} nothing here.`,
    up: 'speaks for it',
    down: 'speaks against it',
  },

  mix: {
    title: 'Your mix',
    lead: 'How much each signal pulls on your list, and how sure Curio is of it. It moves with everything you do.',
    scope: {
      alone: 'From your own choices and the catalogue.',
      company: 'From your own choices, the catalogue, and what other profiles here and friends like.',
      in_order:
        'From your own choices, the catalogue, what other profiles here and friends like, and what those profiles went on to.',
    },
    pull: (signal: Signal, pull: string, give: string) =>
      `${signals[signal].name}: pulls ${pull}, give or take ${give}`,
    unit: 'Each number says how strongly a signal moves items up (+) or down (−) your list.',
    pulls: (pull: string) => `pull ${pull}`,
    idle: 'Nothing to go on yet',
    weight: 'Weight',
    set: (signal: Signal) => `Set the weight of ${called(signal)} by hand`,
    start: (weight: string) => `started at ${weight}`,
    pinned: 'Set by hand',
    unpin: 'Leave it to learning',
    reset: 'Reset your mix',
    reset_about: 'Your mix goes back to where it started, and nothing stays set by hand. Your likes are kept, and you can undo this.',
    loading: 'Weighing',
    up: 'moved up',
    down: 'moved down',
    open: 'Adjust',
    all: 'All signals',
  },

  picks,
  licences,
  together,
  basket,
  browse: browse(kinds),
  effect,
  past,
  less,
  merge,
  insights,
  remark,
  glossary,
  taste,

  toast: {
    label: 'What changed',
    done: (what: What, title: string | null) =>
      title === null ? `${deed(what)}.` : `${deed(what)}: ${f.apart(title)}.`,
    /** Which signals count more and which less, strongest first. */
    changes: (moves: readonly Moves[]) => {
      const parts = moves.map(({ signals: some, up, much }, index) => {
        const verb = index > 0 ? '' : some.length > 1 ? ' count' : ' counts';
        return `${f.list(some.map(called))}${verb} ${much ? 'clearly' : 'a little'} ${up ? 'more' : 'less'}`;
      });
      return parts.length > 0 ? `${parts.join(', ')}.` : 'Your mix stays as it was.';
    },
    all: (what: What, n: number) => `${deed(what)}: ${items(n)}.`,
    all_undone: (n: number) => `Undone: ${things(n, 'entry', 'entries')}.`,
    /** Whose log it went into, when that is not the reader's. */
    whose: (name: string) => `For ${f.apart(name)}.`,
    undo: 'Undo',
    /** What was taken back, where it is known, and of what. */
    undone: (title: string | null, taken: What | null = null) => {
      const what = taken ? deed(taken) : '';
      if (title === null) return what ? `Undone: ${what}.` : 'Undone.';
      return `Undone: ${f.apart(title)}${what ? ` (${what})` : ''}.`;
    },
  },

  search: {
    label: 'Search your library',
    placeholder: 'Titles, people, or what it is about',
    none: (query: string) => `Nothing matches “${f.apart(query)}”`,
    none_about: 'Try fewer words, another spelling, or describe what it is about.',
    matched: (where: readonly Matched[]) => {
      const names: Record<Matched, string> = {
        title: 'the title',
        people: 'the people',
        tags: 'genre or tags',
        description: 'the description',
        meaning: 'meaning',
        kind: 'the kind you named',
      };
      return `Matched in ${f.list(where.map((part) => names[part]))}`;
    },
  },

  item,
  activity,
  paper,

  import: importing,
  folders,
  tray,

  profiles: {
    title: 'Profiles',
    lead: 'Each profile has its own likes, mix and list.',
    switch: (name: string) => `Profile: ${f.apart(name)}. Switch`,
    current: 'in use',
    find: 'Find a profile',
    found: (n: number) => things(n, 'profile', 'profiles'),
    none: 'No profile of that name',
    entries: (n: number) => things(n, 'choice', 'choices'),
    add: 'Add a profile',
    name: 'Name',
    save: 'Save',
    rename: (name: string) => `Rename ${f.apart(name)}`,
    remove: (name: string) => `Remove ${f.apart(name)}`,
    sure: (name: string) => `Remove ${f.apart(name)} with everything that was learned?`,
    sure_about: 'The likes, the log and the mix of this profile are deleted. This cannot be undone.',
    yes: 'Remove for good',
    removed: (name: string) => `${f.apart(name)} is removed.`,
    /** Another is called so, but for capitals. */
    alike: (name: string) => `There is a profile called ${f.apart(name)} already. This one will be another.`,
    now: (name: string) => `You are now ${f.apart(name)}.`,
    back: (name: string) => `Back to ${f.apart(name)}`,
  },
  settings,

  friends,
  encoders,

  keys: {
    title: 'Keyboard shortcuts',
    lead: 'Letters and digits work while an item has the focus; the arrows take it there.',
    search: 'Search',
    move: 'Move through the list',
    open: 'Open the item',
    like: 'Like',
    dislike: 'Dislike',
    hide: 'Not interested',
    rate: 'Rate one to five',
    why: 'Why this?',
    undo: 'Undo',
    undo_anywhere: 'Undo, in any place',
    refresh: 'Fresh list',
    go: 'Go to a screen, in the order of the rail',
    keep: 'Keep the weight a slider shows',
    palette: 'All commands',
    profiles: 'Profiles',
    help: 'This page',
    close: 'Close or go back',
  },

  palette: {
    title: 'Commands',
    placeholder: 'What would you like to do?',
    none: 'No such command',
    go: (screen: string) => `Go to ${screen}`,
    profile: (name: string) => `Switch to ${f.apart(name)}`,
    theme: (name: string) => `Theme: ${name}`,
    language: (name: string) => `Language: ${name}`,
    density: (name: string) => `Density: ${name}`,
    undo: 'Undo the last thing',
    refresh: 'Fresh list',
    file: 'Import a file',
    help: 'Keyboard shortcuts',
  },

  /** What an entry of the log says was done. */
  deed,
  /** What was done with a card, as its mark. */
  mark: act,
};

/** The shape that every language has to fill. */
export type Messages = typeof en;

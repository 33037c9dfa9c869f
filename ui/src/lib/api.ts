/**
 * The bridge to the engine: the only module that calls `invoke`, opens a file dialog or hears a drop.
 *
 * Every function has the name of the engine's verb and carries its answer unchanged. A refused
 * command rejects with a {@link Failure}; nothing else is thrown.
 */
import { Channel, convertFileSrc, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { open, save } from '@tauri-apps/plugin-dialog';

import { PICTURES } from './edit';
import type {
  Action,
  Activity,
  BackedUp,
  Basket,
  Browse,
  Browsed,
  Content,
  Drift,
  Edit,
  Encoded,
  EncoderView,
  Evaluation,
  Explained,
  ExportFormat,
  FolderView,
  Found,
  FriendAdded,
  FriendView,
  Imported,
  ImportUndone,
  ItemId,
  ItemView,
  Kind,
  Look,
  Matches,
  Near,
  Preview,
  ProfileId,
  ProfileView,
  Progress,
  Recommendations,
  Recorded,
  Request,
  Rows,
  SavedMapping,
  Signal,
  Status,
  TasteMap,
  TasteShared,
  Together,
  Training,
  Trait,
  Unwatched,
  Weights,
  Written,
} from './types';

/** Why a command did not happen: who can put it right, and the engine's words for it. */
export type Failure = { kind: 'user' | 'cancelled' | 'internal'; message: string };

/** Two records of the catalogue. */
export type Pair = [one: ItemId, other: ItemId];

/** Long work that can be stopped. */
export type Long = 'import' | 'scan' | 'encode' | 'train';

/** How a file is to be read. */
export type Reading = {
  /** The name of whoever an export of one person belongs to. */
  profile: string | null;
  /** What it holds; recognised where that is not said. */
  content: Content | null;
  /** Fields and columns that override what is recognised, and how the file is written. */
  map: [field: string, column: string][];
  /** Writes nothing. */
  dryRun: boolean;
};

/** Every command: what it is given and what it answers. The mock is typed against this too. */
export type Commands = {
  opened: [Record<string, never>, string[]];
  status: [Record<string, never>, Status];
  profiles: [Record<string, never>, ProfileView[]];
  add_profile: [{ name: string }, ProfileView];
  rename_profile: [{ profile: ProfileId; name: string }, ProfileView];
  remove_profile: [{ profile: ProfileId }, null];
  recommend: [{ profile: ProfileId; request: Request }, Recommendations];
  rows: [{ profile: ProfileId; request: Request }, Rows];
  picks: [{ wish: string; kind: Kind | null; n: number }, ItemView[]];
  together: [{ profiles: ProfileId[]; request: Request }, Together];
  basket: [{ items: ItemId[]; request: Request }, Basket];
  explain: [{ profile: ProfileId; item: ItemId }, Explained];
  preview: [{ profile: ProfileId; item: ItemId; action: Action }, Preview];
  preview_pin: [{ profile: ProfileId; signal: Signal; weight: number }, Preview];
  search: [{ query: string; kind: Kind | null; limit: number }, Found];
  browse: [{ profile: ProfileId; browse: Browse }, Browsed];
  edit: [{ item: ItemId; edit: Edit }, ItemView];
  set_cover: [{ item: ItemId; file: string | null }, ItemView];
  save_list: [{ items: ItemId[]; file: string }, number];
  show: [{ item: ItemId }, ItemView];
  similar: [{ item: ItemId; n: number }, Near[]];
  matches: [{ n: number }, Matches];
  records: [{ item: ItemId }, ItemView[]];
  merge: [{ pairs: Pair[] }, ItemView[]];
  part: [{ pairs: Pair[] }, ItemView[]];
  unsay: [{ pairs: Pair[] }, ItemView[]];
  record: [{ profile: ProfileId; item: ItemId; action: Action; surface: string }, Recorded];
  undo: [{ profile: ProfileId; sequence: number | null }, Recorded];
  weights: [{ profile: ProfileId; history: boolean }, Weights];
  pin: [{ profile: ProfileId; signal: Signal; weight: number }, Recorded];
  unpin: [{ profile: ProfileId; signal: Signal }, Recorded];
  reset: [{ profile: ProfileId }, Recorded];
  activity: [{ profile: ProfileId; look: Look }, Activity[]];
  undo_all: [{ profile: ProfileId; sequences: number[] }, Recorded[]];
  forget: [{ profile: ProfileId; sequences: number[] }, number];
  less: [{ profile: ProfileId; of: Trait }, Recorded];
  evaluate_profile: [{ profile: ProfileId }, Evaluation];
  taste_map: [{ profile: ProfileId }, TasteMap];
  drift: [{ profile: ProfileId }, Drift];
  train: [{ onProgress: Channel<Progress> }, Training];
  forget_training: [Record<string, never>, null];
  import: [
    { path: string; onProgress: Channel<Progress> } & Reading,
    Imported,
  ];
  import_sample: [{ onProgress: Channel<Progress> }, Imported[]];
  save_mapping: [{ name: string; columns: string[]; content: Content | null; map: Reading['map'] }, SavedMapping];
  mappings: [Record<string, never>, SavedMapping[]];
  forget_mapping: [{ name: string }, null];
  undo_import: [Record<string, never>, ImportUndone];
  folders: [Record<string, never>, FolderView[]];
  unwatched: [Record<string, never>, Unwatched[]];
  add_folder: [{ path: string }, FolderView[]];
  scan_folders: [{ paths: string[]; dryRun: boolean; onProgress: Channel<Progress> }, Imported[]];
  remove_folder: [{ path: string }, FolderView[]];
  encoders: [Record<string, never>, EncoderView[]];
  choose_encoder: [{ name: string }, EncoderView[]];
  encode: [{ onProgress: Channel<Progress> }, Encoded];
  cancel: [{ work: Long }, null];
  export: [{ folder: string; format: ExportFormat; profile: ProfileId | null }, Written];
  backup: [{ file: string }, Written];
  check_backup: [{ file: string }, BackedUp];
  restore: [{ file: string }, Written];
  reveal: [{ file: string }, null];
  share_taste: [{ profile: ProfileId; name: string; file: string }, TasteShared];
  add_friend: [{ file: string }, FriendAdded];
  friends: [Record<string, never>, FriendView[]];
  remove_friend: [{ name: string }, null];
};

/** Called with where long work stands. */
export type OnProgress = (progress: Progress) => void;

async function call<C extends keyof Commands>(
  command: C,
  args: Commands[C][0],
): Promise<Commands[C][1]> {
  try {
    return await invoke<Commands[C][1]>(command, args);
  } catch (cause) {
    throw asFailure(cause);
  }
}

/** Brings whatever was thrown to a {@link Failure}. */
export function asFailure(cause: unknown): Failure {
  if (typeof cause === 'object' && cause !== null && 'message' in cause) {
    const { message } = cause;
    const kind = 'kind' in cause ? cause.kind : 'internal';
    const known = kind === 'user' || kind === 'cancelled' ? kind : 'internal';
    return { kind: known, message: String(message) };
  }
  return { kind: 'internal', message: String(cause) };
}

function channel(onProgress: OnProgress): Channel<Progress> {
  const channel = new Channel<Progress>();
  channel.onmessage = onProgress;
  return channel;
}

/** Hands over the files that the program was opened with, each once. */
export const opened = () => call('opened', {});
export const status = () => call('status', {});
export const profiles = () => call('profiles', {});
export const addProfile = (name: string) => call('add_profile', { name });
export const renameProfile = (profile: ProfileId, name: string) =>
  call('rename_profile', { profile, name });
export const removeProfile = (profile: ProfileId) => call('remove_profile', { profile });
export const recommend = (profile: ProfileId, request: Request) =>
  call('recommend', { profile, request });
export const rows = (profile: ProfileId, request: Request) => call('rows', { profile, request });
/** Items to begin a profile with; with a wish in any language, from among what a search for it finds. */
export const picks = (wish: string, kind: Kind | null, n: number) =>
  call('picks', { wish, kind, n });
export const together = (profiles: ProfileId[], request: Request) =>
  call('together', { profiles, request });
export const basket = (items: ItemId[], request: Request) => call('basket', { items, request });
export const explain = (profile: ProfileId, item: ItemId) => call('explain', { profile, item });
/** What an act would do, written nowhere. */
export const preview = (profile: ProfileId, item: ItemId, action: Action) =>
  call('preview', { profile, item, action });
/** What setting a weight by hand would do, written nowhere. */
export const previewPin = (profile: ProfileId, signal: Signal, weight: number) =>
  call('preview_pin', { profile, signal, weight });
export const search = (query: string, kind: Kind | null, limit: number) =>
  call('search', { query, kind, limit });
/** A page of the catalogue, narrowed down and sorted. */
export const browse = (profile: ProfileId, browse: Browse) => call('browse', { profile, browse });
/** Sets an item's fields by hand. */
export const edit = (item: ItemId, edit: Edit) => call('edit', { item, edit });
/** Gives an item a cover out of a picture file, or takes it away. */
export const setCover = (item: ItemId, file: string | null) => call('set_cover', { item, file });
/** Writes items into a CSV file; answers how many. */
export const saveList = (items: ItemId[], file: string) => call('save_list', { items, file });
/** Where the window finds a cover. */
export const coverSource = (path: string) => convertFileSrc(path);
export const show = (item: ItemId) => call('show', { item });
export const similar = (item: ItemId, n: number) => call('similar', { item, n });
/** Pairs of items that look alike and may be one. */
export const matches = (n: number) => call('matches', { n });
/** The records that an item is made of, as their files gave them. */
export const records = (item: ItemId) => call('records', { item });
/** Says of pairs that they are one item; answers the items that stand for them. */
export const merge = (pairs: Pair[]) => call('merge', { pairs });
/** Says of pairs that they are not one. */
export const part = (pairs: Pair[]) => call('part', { pairs });
/** Takes back what was said of pairs. */
export const unsay = (pairs: Pair[]) => call('unsay', { pairs });
export const record = (profile: ProfileId, item: ItemId, action: Action, surface: string) =>
  call('record', { profile, item, action, surface });
/** Takes back one entry, the latest that counts when `sequence` is null. */
export const undo = (profile: ProfileId, sequence: number | null) =>
  call('undo', { profile, sequence });
export const weights = (profile: ProfileId, history: boolean) =>
  call('weights', { profile, history });
export const pin = (profile: ProfileId, signal: Signal, weight: number) =>
  call('pin', { profile, signal, weight });
export const unpin = (profile: ProfileId, signal: Signal) => call('unpin', { profile, signal });
export const reset = (profile: ProfileId) => call('reset', { profile });
/** The entries of the log that are asked for, newest first. */
export const activity = (profile: ProfileId, look: Look) => call('activity', { profile, look });
/** Takes back several entries at once; the last answer carries every weight that moved. */
export const undoAll = (profile: ProfileId, sequences: number[]) =>
  call('undo_all', { profile, sequences });
/** Erases entries for good, with what took them back; later ones move up. Answers how many went. */
export const forget = (profile: ProfileId, sequences: number[]) =>
  call('forget', { profile, sequences });
/** Asks for less of a genre, a person or a tag. */
export const less = (profile: ProfileId, of: Trait) => call('less', { profile, of });
/** How the rankings did on a profile's own log; a long one takes seconds. */
export const evaluateProfile = (profile: ProfileId) => call('evaluate_profile', { profile });
/** The library laid out by meaning, each item with its place in a profile's ranking. */
export const tasteMap = (profile: ProfileId) => call('taste_map', { profile });
/** How a profile's mix and taste changed over time. */
export const drift = (profile: ProfileId) => call('drift', { profile });
/** Fits what every profile starts with to the profiles here, and adopts it where it predicts better. */
export const train = (onProgress: OnProgress) => call('train', { onProgress: channel(onProgress) });
/** Goes back to the start that ships with Curio. */
export const forgetTraining = () => call('forget_training', {});
/** Reads a file into the catalogue or the log; a dry run only says what would happen. */
export const importFile = (path: string, reading: Reading, onProgress: OnProgress) =>
  call('import', { path, ...reading, onProgress: channel(onProgress) });
/** Imports the bundled sample library. */
export const importSample = (onProgress: OnProgress) =>
  call('import_sample', { onProgress: channel(onProgress) });
/** Keeps how files of these columns are read. */
export const saveMapping = (name: string, columns: string[], content: Content | null, map: Reading['map']) =>
  call('save_mapping', { name, columns, content, map });
/** The mappings that are kept. */
export const mappings = () => call('mappings', {});
/** Forgets a mapping that is kept. */
export const forgetMapping = (name: string) => call('forget_mapping', { name });
/** Undoes the last import; what was done by hand since stays. */
export const undoImport = () => call('undo_import', {});
/** The media folders; those that were scanned are watched from now on. */
export const folders = () => call('folders', {});
/** The media folders in which changes are not noticed. */
export const unwatched = () => call('unwatched', {});
/** Puts a folder on the list; reads nothing in it yet. */
export const addFolder = (path: string) => call('add_folder', { path });
/** Reads what is new in media folders, in all where none is named; a dry run only says what would happen. */
export const scanFolders = (paths: string[], dryRun: boolean, onProgress: OnProgress) =>
  call('scan_folders', { paths, dryRun, onProgress: channel(onProgress) });
/** Takes a folder off the list, and watches it no more; its items stay. */
export const removeFolder = (path: string) => call('remove_folder', { path });
/** What encoders there are, and how each stands. */
export const encoders = () => call('encoders', {});
/** Chooses an encoder; the old one serves until the new one has read everything. */
export const chooseEncoder = (name: string) => call('choose_encoder', { name });
/** Encodes what the chosen encoder has not read yet, from where it was stopped. */
export const encode = (onProgress: OnProgress) =>
  call('encode', { onProgress: channel(onProgress) });
/** Stops long work that is under way, at its next consistent point. */
export const cancel = (work: Long) => call('cancel', { work });
/** Writes everything into a folder, or what a profile says of its films or books, for another program. */
export const exportTo = (folder: string, format: ExportFormat, profile: ProfileId | null) =>
  call('export', { folder, format, profile });
export const backup = (file: string) => call('backup', { file });
/** Reads a backup through and says what is in it; changes nothing. */
export const checkBackup = (file: string) => call('check_backup', { file });
export const restore = (file: string) => call('restore', { file });
/** Shows a file that was written in its folder, in the platform's file manager. */
export const reveal = (file: string) => call('reveal', { file });
/** Writes a profile's taste to a file for others, under a name of the owner's choice. */
export const shareTaste = (profile: ProfileId, name: string, file: string) =>
  call('share_taste', { profile, name, file });
export const addFriend = (file: string) => call('add_friend', { file });
export const friends = () => call('friends', {});
export const removeFriend = (name: string) => call('remove_friend', { name });

const tables = [
  { name: 'CSV, XLSX, ODS, JSON, ZIP', extensions: ['csv', 'tsv', 'txt', 'xlsx', 'ods', 'jsonl', 'ndjson', 'json', 'zip'] },
];
const archives = [{ name: 'Curio', extensions: ['zip'] }];
const pictures = [{ name: 'PNG, JPEG, WebP', extensions: PICTURES }];
const tastes = [{ name: 'Curio', extensions: ['json'] }];

/** Asks for tables to import; an empty list when the dialog was closed. */
export const chooseTables = async (): Promise<string[]> =>
  (await open({ multiple: true, directory: false, filters: tables })) ?? [];
/** Asks for a folder. */
export const chooseFolder = (): Promise<string | null> =>
  open({ multiple: false, directory: true });
/** Asks for a backup to read. */
export const chooseBackup = (): Promise<string | null> =>
  open({ multiple: false, directory: false, filters: archives });
/** Asks where a backup should go. */
export const placeBackup = (name: string): Promise<string | null> =>
  save({ defaultPath: name, filters: archives });
/** Asks for a picture to make a cover of. */
export const choosePicture = (): Promise<string | null> =>
  open({ multiple: false, directory: false, filters: pictures });
/** Asks where a list should go. */
export const placeList = (name: string): Promise<string | null> =>
  save({ defaultPath: name, filters: [{ name: 'CSV', extensions: ['csv'] }] });
/** Asks for a friend's taste file. */
export const chooseTaste = (): Promise<string | null> =>
  open({ multiple: false, directory: false, filters: tastes });
/** Asks where a taste file should go. */
export const placeTaste = (name: string): Promise<string | null> =>
  save({ defaultPath: name, filters: tastes });

/** Hears files over and on the window; returns how to stop. */
export function onFiles(hovering: (over: boolean) => void, dropped: (paths: string[]) => void) {
  const listening = getCurrentWebview().onDragDropEvent(({ payload }) => {
    hovering(payload.type === 'enter' || payload.type === 'over');
    if (payload.type === 'drop') dropped(payload.paths);
  });
  listening.catch((cause: unknown) => console.error('drag and drop is not available', cause));
  return () => void listening.then((stop) => stop()).catch(() => undefined);
}

/** Hears that the program was opened with files that now wait to be taken; returns how to stop. */
export function onOpened(heard: () => void) {
  const listening = listen('opened', heard);
  listening.catch((cause: unknown) => console.error('opening files is not available', cause));
  return () => void listening.then((stop) => stop()).catch(() => undefined);
}

/** Hears that something in a media folder has changed; returns how to stop. */
export function onFolders(heard: () => void) {
  const listening = listen('folders-changed', heard);
  listening.catch((cause: unknown) => console.error('watching folders is not available', cause));
  return () => void listening.then((stop) => stop()).catch(() => undefined);
}

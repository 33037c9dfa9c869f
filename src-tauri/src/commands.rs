//! The window's commands: the engine's verbs, one expression each.
//!
//! Names are the engine's; arguments reach them in camelCase. Commands run off the window's thread
//! and hold no state. The time of a deed is the time at which its command came.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use curio_engine::ImportOptions;
use curio_engine::behaviour::{Action, ProfileId, Trait};
use curio_engine::catalogue::{ItemId, Kind};
use curio_engine::signal::Signal;
use curio_engine::view::{
    Activity, Basket, Browse, Browsed, Content, Drift, Edit, Encoded, EncoderView, Evaluation,
    Explained, ExportFormat, FolderView, Found, FriendAdded, FriendView, ImportUndone, Imported,
    ItemView, Look, Matches, Near, Preview, ProfileView, Progress, Recommendations, Recorded,
    Request, Rows, SavedMapping, Status, TasteMap, TasteShared, Together, Training, Unwatched,
    Weights, Written,
};
use curio_engine::watch::Watch;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, State};

use crate::files::Files;
use crate::folders as places;
use crate::opening::{Answer, Opening, blocking};
use crate::progress::{Long, Works};
use crate::watching::Watching;

type Engine<'a> = State<'a, Opening>;
type Running<'a> = State<'a, Arc<Works>>;

/// What training draws its samples by, as on the command line unless that says otherwise.
const SEED: u64 = 1;

/// Hands over the files that the program was opened with, each once.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "Tauri hands state over by value"
)]
pub fn opened(files: State<'_, Files>) -> Vec<PathBuf> {
    files.take()
}

#[tauri::command]
pub async fn status(engine: Engine<'_>) -> Answer<Status> {
    blocking(&engine, |e| Ok(e.status())).await
}

#[tauri::command]
pub async fn profiles(engine: Engine<'_>) -> Answer<Vec<ProfileView>> {
    blocking(&engine, curio_engine::Engine::profiles).await
}

#[tauri::command]
pub async fn add_profile(engine: Engine<'_>, name: String) -> Answer<ProfileView> {
    blocking(&engine, move |e| e.add_profile(&name)).await
}

#[tauri::command]
pub async fn rename_profile(
    engine: Engine<'_>,
    profile: ProfileId,
    name: String,
) -> Answer<ProfileView> {
    blocking(&engine, move |e| e.rename_profile(profile, &name)).await
}

#[tauri::command]
pub async fn remove_profile(engine: Engine<'_>, profile: ProfileId) -> Answer<()> {
    blocking(&engine, move |e| e.remove_profile(profile)).await
}

#[tauri::command]
pub async fn recommend(
    engine: Engine<'_>,
    profile: ProfileId,
    request: Request,
) -> Answer<Recommendations> {
    let at = now();
    blocking(&engine, move |e| e.recommend(profile, &request, at)).await
}

#[tauri::command]
pub async fn rows(engine: Engine<'_>, profile: ProfileId, request: Request) -> Answer<Rows> {
    let at = now();
    blocking(&engine, move |e| e.rows(profile, &request, at)).await
}

#[tauri::command]
pub async fn picks(
    engine: Engine<'_>,
    wish: String,
    kind: Option<Kind>,
    n: usize,
) -> Answer<Vec<ItemView>> {
    blocking(&engine, move |e| e.picks(&wish, kind, n)).await
}

#[tauri::command]
pub async fn together(
    engine: Engine<'_>,
    profiles: Vec<ProfileId>,
    request: Request,
) -> Answer<Together> {
    let at = now();
    blocking(&engine, move |e| e.together(&profiles, &request, at)).await
}

#[tauri::command]
pub async fn basket(engine: Engine<'_>, items: Vec<ItemId>, request: Request) -> Answer<Basket> {
    let at = now();
    blocking(&engine, move |e| e.basket(&items, &request, at)).await
}

#[tauri::command]
pub async fn explain(engine: Engine<'_>, profile: ProfileId, item: ItemId) -> Answer<Explained> {
    let at = now();
    blocking(&engine, move |e| e.explain(profile, item, at)).await
}

#[tauri::command]
pub async fn preview(
    engine: Engine<'_>,
    profile: ProfileId,
    item: ItemId,
    action: Action,
) -> Answer<Preview> {
    let at = now();
    blocking(&engine, move |e| e.preview(profile, item, action, at)).await
}

#[tauri::command]
pub async fn preview_pin(
    engine: Engine<'_>,
    profile: ProfileId,
    signal: Signal,
    weight: f64,
) -> Answer<Preview> {
    let at = now();
    blocking(&engine, move |e| e.preview_pin(profile, signal, weight, at)).await
}

#[tauri::command]
pub async fn search(
    engine: Engine<'_>,
    query: String,
    kind: Option<Kind>,
    limit: usize,
) -> Answer<Found> {
    blocking(&engine, move |e| e.search(&query, kind, limit)).await
}

#[tauri::command]
pub async fn browse(engine: Engine<'_>, profile: ProfileId, browse: Browse) -> Answer<Browsed> {
    let at = now();
    blocking(&engine, move |e| e.browse(profile, &browse, at)).await
}

#[tauri::command]
pub async fn edit(engine: Engine<'_>, item: ItemId, edit: Edit) -> Answer<ItemView> {
    blocking(&engine, move |e| e.edit(item, &edit, &Watch::NONE)).await
}

/// Gives an item a cover out of a picture file; none takes it away.
#[tauri::command]
pub async fn set_cover(
    engine: Engine<'_>,
    item: ItemId,
    file: Option<PathBuf>,
) -> Answer<ItemView> {
    blocking(&engine, move |e| e.set_cover(item, file.as_deref())).await
}

#[tauri::command]
pub async fn save_list(engine: Engine<'_>, items: Vec<ItemId>, file: PathBuf) -> Answer<u64> {
    blocking(&engine, move |e| e.save_list(&items, &file)).await
}

#[tauri::command]
pub async fn matches(engine: Engine<'_>, n: usize) -> Answer<Matches> {
    blocking(&engine, move |e| e.matches(n)).await
}

#[tauri::command]
pub async fn records(engine: Engine<'_>, item: ItemId) -> Answer<Vec<ItemView>> {
    blocking(&engine, move |e| e.records(item)).await
}

#[tauri::command]
pub async fn merge(engine: Engine<'_>, pairs: Vec<(ItemId, ItemId)>) -> Answer<Vec<ItemView>> {
    blocking(&engine, move |e| e.merge(&pairs, &Watch::NONE)).await
}

#[tauri::command]
pub async fn part(engine: Engine<'_>, pairs: Vec<(ItemId, ItemId)>) -> Answer<Vec<ItemView>> {
    blocking(&engine, move |e| e.part(&pairs, &Watch::NONE)).await
}

#[tauri::command]
pub async fn show(engine: Engine<'_>, item: ItemId) -> Answer<ItemView> {
    blocking(&engine, move |e| e.show(item)).await
}

#[tauri::command]
pub async fn similar(engine: Engine<'_>, item: ItemId, n: usize) -> Answer<Vec<Near>> {
    blocking(&engine, move |e| e.similar(item, n)).await
}

#[tauri::command]
pub async fn record(
    engine: Engine<'_>,
    profile: ProfileId,
    item: ItemId,
    action: Action,
    surface: String,
) -> Answer<Recorded> {
    let at = now();
    blocking(&engine, move |e| {
        e.record(profile, item, action, &surface, "", at)
    })
    .await
}

#[tauri::command]
pub async fn undo(
    engine: Engine<'_>,
    profile: ProfileId,
    sequence: Option<u64>,
) -> Answer<Recorded> {
    let at = now();
    blocking(&engine, move |e| e.undo(profile, sequence, at)).await
}

#[tauri::command]
pub async fn weights(engine: Engine<'_>, profile: ProfileId, history: bool) -> Answer<Weights> {
    blocking(&engine, move |e| e.weights(profile, history)).await
}

#[tauri::command]
pub async fn pin(
    engine: Engine<'_>,
    profile: ProfileId,
    signal: Signal,
    weight: f64,
) -> Answer<Recorded> {
    let at = now();
    blocking(&engine, move |e| e.pin(profile, signal, weight, at)).await
}

#[tauri::command]
pub async fn unpin(engine: Engine<'_>, profile: ProfileId, signal: Signal) -> Answer<Recorded> {
    let at = now();
    blocking(&engine, move |e| e.unpin(profile, signal, at)).await
}

#[tauri::command]
pub async fn reset(engine: Engine<'_>, profile: ProfileId) -> Answer<Recorded> {
    let at = now();
    blocking(&engine, move |e| e.reset(profile, at)).await
}

#[tauri::command]
pub async fn activity(engine: Engine<'_>, profile: ProfileId, look: Look) -> Answer<Vec<Activity>> {
    blocking(&engine, move |e| e.activity(profile, &look)).await
}

#[tauri::command]
pub async fn undo_all(
    engine: Engine<'_>,
    profile: ProfileId,
    sequences: Vec<u64>,
) -> Answer<Vec<Recorded>> {
    let at = now();
    blocking(&engine, move |e| e.undo_all(profile, &sequences, at)).await
}

#[tauri::command]
pub async fn forget(engine: Engine<'_>, profile: ProfileId, sequences: Vec<u64>) -> Answer<u64> {
    blocking(&engine, move |e| e.forget(profile, &sequences)).await
}

#[tauri::command]
pub async fn less(engine: Engine<'_>, profile: ProfileId, of: Trait) -> Answer<Recorded> {
    let at = now();
    blocking(&engine, move |e| e.less(profile, of, at)).await
}

#[tauri::command]
pub async fn taste_map(engine: Engine<'_>, profile: ProfileId) -> Answer<TasteMap> {
    let at = now();
    blocking(&engine, move |e| e.taste_map(profile, at)).await
}

#[tauri::command]
pub async fn drift(engine: Engine<'_>, profile: ProfileId) -> Answer<Drift> {
    let at = now();
    blocking(&engine, move |e| e.drift(profile, at)).await
}

#[tauri::command]
pub async fn evaluate_profile(engine: Engine<'_>, profile: ProfileId) -> Answer<Evaluation> {
    blocking(&engine, move |e| e.evaluate_profile(profile)).await
}

/// Learns from the profiles here.
#[tauri::command]
pub async fn train(
    engine: Engine<'_>,
    running: Running<'_>,
    on_progress: Channel<Progress>,
) -> Answer<Training> {
    let works = running.inner().clone();
    blocking(&engine, move |e| {
        works.train.run(&on_progress, |watch| e.train(SEED, watch))
    })
    .await
}

#[tauri::command]
pub async fn forget_training(engine: Engine<'_>) -> Answer<()> {
    blocking(&engine, curio_engine::Engine::forget_training).await
}

/// Imports a file; `profile` names whose an export is that names nobody, `content` and `map` override
/// what is recognised.
#[tauri::command]
#[expect(clippy::too_many_arguments, reason = "each is a field of the request")]
pub async fn import(
    engine: Engine<'_>,
    running: Running<'_>,
    path: PathBuf,
    profile: Option<String>,
    content: Option<Content>,
    map: Vec<(String, String)>,
    dry_run: bool,
    on_progress: Channel<Progress>,
) -> Answer<Imported> {
    let (works, at) = (running.inner().clone(), now());
    let options = ImportOptions {
        content,
        map,
        profile,
        dry_run,
        ..ImportOptions::default()
    };
    blocking(&engine, move |e| {
        works
            .import
            .run(&on_progress, |watch| e.import(&path, &options, at, watch))
    })
    .await
}

/// Keeps how files of one header are read.
#[tauri::command]
pub async fn save_mapping(
    engine: Engine<'_>,
    name: String,
    columns: Vec<String>,
    content: Option<Content>,
    map: Vec<(String, String)>,
) -> Answer<SavedMapping> {
    blocking(&engine, move |e| {
        e.save_mapping(&name, &columns, content, &map)
    })
    .await
}

#[tauri::command]
pub async fn mappings(engine: Engine<'_>) -> Answer<Vec<SavedMapping>> {
    blocking(&engine, curio_engine::Engine::mappings).await
}

#[tauri::command]
pub async fn forget_mapping(engine: Engine<'_>, name: String) -> Answer<()> {
    blocking(&engine, move |e| e.forget_mapping(&name)).await
}

/// Imports the bundled sample library, one answer a file.
#[tauri::command]
pub async fn import_sample(
    app: AppHandle,
    engine: Engine<'_>,
    running: Running<'_>,
    on_progress: Channel<Progress>,
) -> Answer<Vec<Imported>> {
    let (works, files, at) = (running.inner().clone(), places::samples(&app)?, now());
    let options = ImportOptions::default();
    blocking(&engine, move |e| {
        works.import.run(&on_progress, |watch| {
            e.import_all(&files, &options, at, watch)
        })
    })
    .await
}

/// The media folders, which are watched from now on.
#[tauri::command]
pub async fn folders(app: AppHandle, engine: Engine<'_>) -> Answer<Vec<FolderView>> {
    blocking(&engine, move |e| {
        let folders = e.folders()?;
        app.state::<Watching>().follow(&app, &folders);
        Ok(folders)
    })
    .await
}

/// The media folders in which changes are not noticed.
#[tauri::command]
pub async fn unwatched(app: AppHandle, engine: Engine<'_>) -> Answer<Vec<Unwatched>> {
    blocking(&engine, move |_| Ok(app.state::<Watching>().unwatched())).await
}

#[tauri::command]
pub async fn add_folder(engine: Engine<'_>, path: PathBuf) -> Answer<Vec<FolderView>> {
    blocking(&engine, move |e| e.add_folder(&path)).await
}

/// Takes a folder off the list, and watches it no more; its items stay.
#[tauri::command]
pub async fn remove_folder(
    app: AppHandle,
    engine: Engine<'_>,
    path: PathBuf,
) -> Answer<Vec<FolderView>> {
    blocking(&engine, move |e| {
        let folders = e.remove_folder(&path)?;
        app.state::<Watching>().follow(&app, &folders);
        Ok(folders)
    })
    .await
}

/// Scans media folders, all of them where none is named; one answer a folder.
#[tauri::command]
pub async fn scan_folders(
    engine: Engine<'_>,
    running: Running<'_>,
    paths: Vec<PathBuf>,
    dry_run: bool,
    on_progress: Channel<Progress>,
) -> Answer<Vec<Imported>> {
    let (works, at) = (running.inner().clone(), now());
    blocking(&engine, move |e| {
        works.scan.run(&on_progress, |watch| {
            e.scan_folders(&paths, dry_run, at, watch)
        })
    })
    .await
}

/// Undoes the last import.
#[tauri::command]
pub async fn undo_import(engine: Engine<'_>) -> Answer<ImportUndone> {
    let at = now();
    blocking(&engine, move |e| e.undo_import(at)).await
}

#[tauri::command]
pub async fn encoders(engine: Engine<'_>) -> Answer<Vec<EncoderView>> {
    blocking(&engine, curio_engine::Engine::encoders).await
}

#[tauri::command]
pub async fn choose_encoder(engine: Engine<'_>, name: String) -> Answer<Vec<EncoderView>> {
    blocking(&engine, move |e| e.choose_encoder(&name)).await
}

/// Encodes what the chosen encoder lacks.
#[tauri::command]
pub async fn encode(
    engine: Engine<'_>,
    running: Running<'_>,
    on_progress: Channel<Progress>,
) -> Answer<Encoded> {
    let works = running.inner().clone();
    blocking(&engine, move |e| {
        works.encode.run(&on_progress, |watch| e.encode(watch))
    })
    .await
}

#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "Tauri hands state over by value"
)]
pub fn cancel(running: Running<'_>, work: Long) {
    running.cancel(work);
}

#[tauri::command]
pub async fn export(
    engine: Engine<'_>,
    folder: PathBuf,
    format: ExportFormat,
    profile: Option<ProfileId>,
) -> Answer<Written> {
    blocking(&engine, move |e| e.export(&folder, format, profile)).await
}

#[tauri::command]
pub async fn backup(engine: Engine<'_>, file: PathBuf) -> Answer<Written> {
    let at = now();
    blocking(&engine, move |e| e.backup(&file, at)).await
}

#[tauri::command]
pub async fn restore(engine: Engine<'_>, file: PathBuf) -> Answer<Written> {
    let at = now();
    blocking(&engine, move |e| e.restore(&file, at)).await
}

#[tauri::command]
pub async fn share_taste(
    engine: Engine<'_>,
    profile: ProfileId,
    name: String,
    file: PathBuf,
) -> Answer<TasteShared> {
    blocking(&engine, move |e| e.share_taste(profile, &name, &file)).await
}

#[tauri::command]
pub async fn add_friend(engine: Engine<'_>, file: PathBuf) -> Answer<FriendAdded> {
    blocking(&engine, move |e| e.add_friend(&file)).await
}

#[tauri::command]
pub async fn friends(engine: Engine<'_>) -> Answer<Vec<FriendView>> {
    blocking(&engine, curio_engine::Engine::friends).await
}

#[tauri::command]
pub async fn remove_friend(engine: Engine<'_>, name: String) -> Answer<()> {
    blocking(&engine, move |e| e.remove_friend(&name)).await
}

/// Milliseconds since 1970-01-01 UTC.
fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as i64)
}

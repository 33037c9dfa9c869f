//! Plain answers: the only types that cross a boundary.
//!
//! The CLI's `--json`, the Tauri commands and the generated TypeScript carry exactly these. No type
//! of the store, the index or the encoder appears here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::behaviour::{Action, ProfileId, Trait};
use crate::catalogue::{ItemId, Kind};
use crate::signal::{Scope, Signal};

impl Default for Request {
    /// Ten of everything, ranked plainly.
    fn default() -> Self {
        Self {
            n: 10,
            kind: None,
            in_stock: false,
            prices: None,
            variety: 0.0,
            balance: 0.0,
            surprise: 0.0,
            seed: 0,
            per_creator: None,
            per_series: None,
        }
    }
}

macro_rules! views {
    ($($(#[$meta:meta])* pub $what:ident $name:ident $body:tt)+) => {
        $(
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(feature = "types", derive(ts_rs::TS), ts(export))]
            $(#[$meta])*
            pub $what $name $body
        )+
    };
}

mod browse;
mod insight;
mod merge;

pub use browse::{Browse, Browsed, Count, Edit, Facets, Look, Placed, Sort, Standing};
pub use insight::{Drift, DriftStep, MapPoint, TasteMap};
pub use merge::{Alike, Match, Matches};

views! {
    /// A number and whether it is a fact or was filled in for the arithmetic.
    pub struct Figure {
        pub value: f64,
        /// True when the catalogue did not say; must be shown as such.
        pub filled: bool,
    }

    /// The least that names an item to a person.
    pub struct ItemRef {
        pub id: ItemId,
        pub title: String,
    }

    /// Everything that is known of an item.
    pub struct ItemView {
        pub id: ItemId,
        pub key: String,
        pub kind: Kind,
        pub title: String,
        pub year: Option<Figure>,
        pub creators: Vec<String>,
        pub people: Vec<String>,
        pub genres: Vec<String>,
        pub tags: Vec<String>,
        pub languages: Vec<String>,
        pub countries: Vec<String>,
        pub description: String,
        pub popularity: Option<Figure>,
        /// 0–5.
        pub rating: Option<Figure>,
        pub price: Option<Figure>,
        pub stock: Option<i64>,
        /// What it is called elsewhere, by namespace.
        pub ids: BTreeMap<String, String>,
        pub series: Option<String>,
        /// Its place in the series.
        pub number: Option<f64>,
        pub extra: BTreeMap<String, String>,
        /// How many records of the catalogue it is made of.
        pub records: usize,
        /// The fields that were changed by hand; files no longer change them.
        pub edited: Vec<String>,
        /// The path of its cover, where it has one.
        pub cover: Option<String>,
    }

    /// One summand of a score: value = weight · evidence.
    pub struct Term {
        pub signal: Signal,
        pub weight: f64,
        /// φ(u)·ψ(i) for this signal.
        pub evidence: f64,
        pub value: f64,
    }

    /// A reason in words, as typed parts; the reader's language puts them together.
    #[serde(tag = "because", rename_all = "snake_case")]
    pub enum Reason {
        /// Its text is close to something liked.
        Liked { item: ItemRef },
        /// By someone whose work was liked.
        Creator { name: String },
        /// With someone who was in what was liked.
        Person { name: String },
        Genre { name: String },
        Tags { names: Vec<String> },
        /// Its title shares a telling word with what was chosen lately.
        Title { name: String },
        Language { name: String },
        /// Its text is close to the whole of what was liked.
        Meaning,
        /// Its text is close to what was chosen lately.
        Lately,
        /// From the years that were liked.
        Era { year: i32 },
        Popular,
        WellRated,
        New,
        /// Other profiles that liked the same things like it.
        Company,
        /// Other profiles went on to it.
        WentOn,
        /// Nothing is known yet; it is a start.
        Start,
    }

    /// One line of a ranked list.
    pub struct Ranked {
        /// From 1.
        pub rank: usize,
        pub item: ItemView,
        /// The exact sum of the terms' values.
        pub score: f64,
        /// Every signal that takes part, in the signals' order.
        pub terms: Vec<Term>,
        /// Strongest first; never empty.
        pub reasons: Vec<Reason>,
    }

    /// A ranked list for a profile.
    pub struct Recommendations {
        pub profile: ProfileView,
        pub scope: Scope,
        /// How many items were ranked.
        pub candidates: usize,
        /// What the weights were drawn by, where surprise was asked for; the terms are at those.
        pub sampled: Option<u32>,
        pub items: Vec<Ranked>,
    }

    /// What is asked of a list.
    pub struct Request {
        /// How many, 1 to 1000.
        pub n: usize,
        pub kind: Option<Kind>,
        /// Leave out what is out of stock.
        pub in_stock: bool,
        /// From and to, both included; leaves out what has no price.
        pub prices: Option<[f64; 2]>,
        /// 0 for the plain ranking, to 1 for items as unlike each other as can be.
        pub variety: f64,
        /// 0 for the plain ranking, to 1 for genres in the profile's own proportions.
        pub balance: f64,
        /// 0 for what is best known to please, to 1 for weights drawn from all they may be.
        pub surprise: f64,
        /// Draws the surprise.
        pub seed: u32,
        /// At most so many by one creator.
        pub per_creator: Option<usize>,
        /// At most so many of one series, collection or album.
        pub per_series: Option<usize>,
    }

    /// Rows for a profile; no item is in two of them.
    pub struct Rows {
        pub profile: ProfileView,
        /// As in [`Recommendations`].
        pub sampled: Option<u32>,
        pub rows: Vec<Row>,
    }

    /// One row, best first.
    pub struct Row {
        pub kind: RowKind,
        pub items: Vec<Ranked>,
    }

    /// Why a row is there.
    #[serde(tag = "row", rename_all = "snake_case")]
    pub enum RowKind {
        ForYou,
        /// What follows from something liked.
        Because { item: ItemRef },
        /// From the latest years.
        New,
        /// Liked long ago.
        Forgotten,
    }

    /// A profile as its owner sees it.
    pub struct ProfileView {
        pub id: ProfileId,
        pub name: String,
        /// Entries that count: interactions, pins and resets not undone.
        pub entries: usize,
    }

    /// What an entry of the log did, as typed parts; the reader's language puts them together.
    #[serde(tag = "did", rename_all = "snake_case")]
    pub enum What {
        Act { action: Action },
        Pin { signal: Signal, weight: f64 },
        Unpin { signal: Signal },
        /// Asked for less of something.
        Less { of: Trait },
        Reset,
        /// Took back the entry with this sequence.
        Undo { sequence: u64 },
    }

    /// How one weight moved.
    pub struct WeightChange {
        pub signal: Signal,
        pub before: f64,
        pub after: f64,
    }

    /// What an interaction, an undo or a pin did.
    pub struct Recorded {
        pub profile: ProfileId,
        /// The entry that was written.
        pub sequence: u64,
        pub what: What,
        /// The item that it is about; for an undo, that of the entry taken back.
        pub item: Option<ItemRef>,
        /// Weights that moved, largest effect on scores first.
        pub changes: Vec<WeightChange>,
    }

    /// One weight of a profile.
    pub struct WeightView {
        pub signal: Signal,
        pub weight: f64,
        /// Where it started.
        pub prior: f64,
        /// One standard deviation of the weight's posterior.
        pub deviation: f64,
        /// How much the signal's evidence varies over the catalogue; weight · spread is its pull on scores.
        pub spread: f64,
        pub pinned: bool,
    }

    /// One step in the history of a profile's weights.
    pub struct WeightStep {
        pub sequence: u64,
        /// Milliseconds since 1970-01-01 UTC.
        pub at: i64,
        pub what: What,
        pub item: Option<ItemRef>,
        /// All weights after the step, in the signals' order.
        pub weights: Vec<f64>,
    }

    /// The weights of a profile.
    pub struct Weights {
        pub profile: ProfileView,
        pub scope: Scope,
        /// The signals that take part, in order.
        pub weights: Vec<WeightView>,
        /// Oldest first; empty unless asked for.
        pub history: Vec<WeightStep>,
    }

    /// One line of the log as it is shown.
    pub struct Activity {
        pub sequence: u64,
        pub at: i64,
        pub what: What,
        /// The item that it is about; for an undo, that of the entry taken back.
        pub item: Option<ItemRef>,
        pub undone: bool,
    }

    /// Why a search result is there.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Matched {
        Title,
        People,
        Tags,
        Description,
        /// The encoder found the meaning close.
        Meaning,
    }

    /// One search result.
    pub struct Hit {
        pub item: ItemView,
        /// Reciprocal-rank fusion of word and meaning ranks.
        pub score: f64,
        pub matched: Vec<Matched>,
    }

    /// The answer to a search.
    pub struct Found {
        pub query: String,
        pub hits: Vec<Hit>,
    }

    /// An item near another.
    pub struct Near {
        pub item: ItemView,
        /// Cosine of the centred text vectors, −1 to 1.
        pub similarity: f64,
        /// What both have in common.
        pub reasons: Vec<Reason>,
    }

    /// What a file is read as.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Content {
        Catalogue,
        Interactions,
    }

    /// A column of a file and what it becomes.
    pub struct Mapping {
        pub column: String,
        /// The field, or nothing when the column is kept as it is.
        pub field: Option<String>,
        /// The first few different cells that are not empty, long ones cut.
        pub samples: Vec<String>,
        /// The field that its values look like, where nothing said what it becomes.
        pub guess: Option<String>,
    }

    /// One respect in which a file is written, as it was found or told.
    pub struct Habit {
        /// `delimiter`, `encoding`, `decimals`, `dates` or `lists`; told by `name=value` beside the mapping.
        pub name: String,
        pub value: String,
        /// Whether the person said so.
        pub told: bool,
        /// What it could be; other values may be too.
        pub choices: Vec<String>,
    }

    /// A way of reading files of one header that a person keeps.
    pub struct SavedMapping {
        pub name: String,
        /// The columns of the files that it is for.
        pub columns: Vec<String>,
        pub content: Option<Content>,
        /// Pairs of a field and a column, and of what is told of the manner of the file.
        pub map: Vec<(String, String)>,
    }

    /// What a file would change in one field of an item, as text; long texts are cut.
    pub struct Change {
        /// The field, or the column when it is kept as it is.
        pub field: String,
        pub before: String,
        pub after: String,
    }

    /// An item that a file would change.
    pub struct Changed {
        pub title: String,
        pub changes: Vec<Change>,
    }

    /// An entry that a file would add to a log.
    pub struct Noted {
        pub profile: String,
        pub action: Action,
        pub title: String,
    }

    /// The first few of what an import would do, of each sort.
    #[derive(Default)]
    pub struct Examples {
        /// Titles of items.
        pub added: Vec<String>,
        pub changed: Vec<Changed>,
        pub noted: Vec<Noted>,
    }

    /// A row that did not go in.
    pub struct Reject {
        /// Line of the file on which the row begins, from 1.
        pub line: u64,
        pub column: Option<String>,
        pub reason: String,
    }

    /// What an import did, or would do. read = stored + updated + duplicates + rejected.
    pub struct Imported {
        pub file: String,
        /// The format that was recognised, such as `movielens` or `generic`.
        pub format: String,
        pub content: Content,
        pub mapping: Vec<Mapping>,
        pub dry_run: bool,
        pub read: u64,
        pub stored: u64,
        pub updated: u64,
        pub duplicates: u64,
        pub rejected: u64,
        /// The first hundred; all of them are in `rejected_file`.
        pub rejects: Vec<Reject>,
        pub rejected_file: Option<String>,
        /// What was decided about the file, in words: encoding, delimiter, dates.
        pub notes: Vec<String>,
        /// How the file is written.
        pub habits: Vec<Habit>,
        /// The saved mapping by which it was read.
        pub saved: Option<SavedMapping>,
        /// Numbers that were filled for the arithmetic, by field.
        pub filled: BTreeMap<String, u64>,
        /// Texts that were encoded, and those that wait for an encoder.
        pub encoded: u64,
        pub unencoded: u64,
        /// Stopped by the person; what is counted is stored, running it again resumes.
        pub cancelled: bool,
        /// The fields that a column can become, on a dry run.
        pub fields: Vec<String>,
        /// What would be done, on a dry run.
        pub examples: Option<Examples>,
        /// Why nothing can be read by this mapping, on a dry run; otherwise that is an error.
        pub problem: Option<String>,
        /// What came of each table of the file, when it holds several: its mapping and rejected
        /// rows; what is counted here is then of all of them.
        pub parts: Vec<Imported>,
    }

    /// A media folder, and how it was when it was last scanned.
    pub struct FolderView {
        pub path: String,
        /// Milliseconds since 1970-01-01 UTC; nothing before its first scan and after that was undone.
        pub scanned: Option<i64>,
        /// Items that its files told of.
        pub items: u64,
        /// Files of the sorts that are read, the broken ones among them.
        pub files: u64,
        /// Files that were there at the scan before and were not at the last.
        pub gone: u64,
        /// Files that are broken.
        pub rejected: u64,
    }

    /// Why changes in a folder are not noticed.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Unnoticed {
        /// The system lets no more be watched.
        Full,
        /// It lies on another machine, which does not tell.
        Remote,
        /// It is not there, or cannot be looked into.
        Away,
        /// A folder in it cannot be looked into; what came before that one is watched.
        Partly,
        /// The system has some other reason.
        Refused,
    }

    /// A media folder that is not watched, or of which nothing is heard.
    pub struct Unwatched {
        pub path: String,
        pub why: Unnoticed,
    }

    /// The import that can be undone: the last one, with what resumed it.
    pub struct LastImport {
        /// The name of its file, or of its files.
        pub file: String,
        /// Milliseconds since 1970-01-01 UTC.
        pub at: i64,
    }

    /// What undoing an import did.
    pub struct ImportUndone {
        pub file: String,
        /// Items that it had added and that are gone.
        pub removed: u64,
        /// Items that it had changed and that are as before.
        pub restored: u64,
        /// Items that it had added and that stay: something was done with them since.
        pub kept: u64,
        /// Entries of logs that are gone.
        pub entries: u64,
        /// Profiles that it had made and that are gone.
        pub profiles: u64,
        /// Friends that it had brought and that are gone or as before.
        pub friends: u64,
    }

    /// Where long work stands.
    pub struct Progress {
        pub stage: Stage,
        pub done: u64,
        pub total: Option<u64>,
    }

    /// The stages of long work, in order.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Stage {
        /// Rows read, cleaned and stored.
        Store,
        /// Texts indexed for search.
        Index,
        /// Texts turned into vectors.
        Encode,
        /// Profiles learned from.
        Train,
    }

    /// How the program stands.
    pub struct Status {
        pub items: usize,
        /// Records that only add to another item.
        pub linked: usize,
        /// How many items there are of each kind that there is.
        pub kinds: BTreeMap<Kind, usize>,
        pub profiles: usize,
        pub entries: u64,
        pub encoder: EncoderStatus,
        /// What was repaired or rebuilt when the data folder was opened, and what failed since.
        pub notices: Vec<String>,
        /// Whether profiles start with weights that were learned here, not with those that ship.
        pub trained: bool,
        pub last_import: Option<LastImport>,
        pub data: String,
    }

    /// The text encoder that serves: its vectors are behind every list, and it reads what is
    /// searched for.
    pub struct EncoderStatus {
        pub name: String,
        pub ready: bool,
        /// Why it is not ready.
        pub problem: Option<String>,
        /// Items with a vector.
        pub encoded: usize,
        /// What is still to be encoded, by the one that serves or by the one that was chosen to.
        pub making: Option<Making>,
    }

    /// Vectors that are not all there yet.
    pub struct Making {
        /// The encoder's name; it serves when they are.
        pub name: String,
        /// Texts of the catalogue that have a vector; an item has up to two texts.
        pub done: u64,
        /// Texts that there are.
        pub total: u64,
    }

    /// An encoder that can be chosen.
    pub struct EncoderView {
        pub name: String,
        /// What it is good for, in the manifest's words.
        pub about: String,
        /// The licence of its weights.
        pub licence: String,
        /// Bytes on the disk.
        pub size: u64,
        /// Texts of about 55 words encoded in a second, as measured on two cores.
        pub texts_per_second: Option<u32>,
        /// Not among what is fetched by default.
        pub optional: bool,
        pub installed: bool,
        /// Why it is not installed, or failed when it was last asked.
        pub problem: Option<String>,
        /// Chosen in this data folder.
        pub chosen: bool,
        /// The one that answers now.
        pub serves: bool,
        /// Texts of the catalogue that it has a vector for.
        pub encoded: u64,
        /// Texts that there are.
        pub texts: u64,
    }

    /// What encoding came to.
    pub struct Encoded {
        /// The encoder that serves now.
        pub encoder: String,
        /// Whether it began to with this.
        pub switched: bool,
        /// Texts that were encoded.
        pub encoded: u64,
        /// Texts that the chosen encoder still lacks.
        pub unencoded: u64,
        /// Stopped by the person; running it again goes on.
        pub cancelled: bool,
    }

    /// As what an export is written.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum ExportFormat {
        /// catalogue.csv and interactions.csv, and a taste file of each friend.
        Csv,
        /// curio.jsonl, with everything there is.
        Jsonl,
        /// The films of a profile, as Letterboxd imports them.
        Letterboxd,
        /// The books of a profile, as Goodreads imports them.
        Goodreads,
    }

    /// What an export or a backup wrote, or a restore read.
    pub struct Written {
        pub path: String,
        pub items: u64,
        pub profiles: u64,
        pub entries: u64,
        pub friends: u64,
    }

    /// A taste file that was written: what it holds, counted.
    pub struct TasteShared {
        pub path: String,
        /// The name in it.
        pub name: String,
        pub loved: usize,
        pub liked: usize,
        pub disliked: usize,
    }

    /// A friend that was added, and where the items of their taste were found here.
    pub struct FriendAdded {
        pub friend: FriendView,
        /// Whether a friend of that name was there and has been replaced.
        pub replaced: bool,
        /// Items with the very key.
        pub by_key: usize,
        /// Items of that kind and title whose year and creator agree.
        pub by_title: usize,
        /// What is not here; it is kept, and counts as soon as the catalogue has it.
        pub missing: usize,
    }

    /// A friend whose taste counts as a neighbour's.
    pub struct FriendView {
        pub name: String,
        /// Items that the friend loves, likes or dislikes.
        pub items: usize,
        /// How many of them are in the catalogue here.
        pub known: usize,
        /// The profiles that have judged some of them too, oldest first.
        pub ties: Vec<Tie>,
    }

    /// How far a profile and a friend agree.
    pub struct Tie {
        pub profile: ProfileId,
        /// The profile's name.
        pub name: String,
        /// Items that both have judged.
        pub common: usize,
        /// From −1, the opposite on all of them, to 1, the same.
        pub agreement: f64,
    }

    /// One ranker of an evaluation.
    pub struct Scored {
        pub name: String,
        #[serde(rename = "ndcg@10")]
        pub ndcg_10: f64,
        /// 95% interval of the mean, by bootstrap over users; nothing where they are too few.
        #[serde(rename = "ndcg@10 95%")]
        pub ndcg_10_interval: Option<[f64; 2]>,
        #[serde(rename = "hr@10")]
        pub hr_10: f64,
        pub mrr: f64,
        #[serde(rename = "hr@50")]
        pub hr_50: f64,
        #[serde(rename = "recall@50")]
        pub recall_50: f64,
        /// Share of the catalogue that stood in some top ten.
        pub coverage: f64,
        /// Over popularity for a fixed prior, over the fixed prior for online weights.
        pub gain: Option<Gain>,
        pub by_history: Vec<Band>,
    }

    /// How rankers find what was taken out of baskets that were not learned from.
    pub struct HeldOut {
        /// Baskets that were learned from, and those that items were taken out of.
        pub learned: usize,
        pub held: usize,
        pub items: usize,
        /// Rows that could not be used.
        pub skipped: usize,
        pub unencoded: u64,
        /// Whether the later baskets were held out; else they were drawn.
        pub by_time: bool,
        /// Items that were taken out of baskets.
        pub choices: usize,
        /// Ours last.
        pub baskets: Vec<Recalled>,
        /// Customers with a held-out purchase, and what they had not bought before.
        pub customers: usize,
        pub purchases: usize,
        pub next: Vec<Recalled>,
    }

    /// One ranker of held-out purchases.
    pub struct Recalled {
        pub name: String,
        #[serde(rename = "recall@10")]
        pub recall_10: f64,
        /// 95% interval, by bootstrap over baskets or customers; nothing where they are too few.
        #[serde(rename = "recall@10 95%")]
        pub recall_10_interval: Option<[f64; 2]>,
        #[serde(rename = "ndcg@10")]
        pub ndcg_10: f64,
        #[serde(rename = "ndcg@10 95%")]
        pub ndcg_10_interval: Option<[f64; 2]>,
        /// Share of the catalogue that stood in some top ten.
        #[serde(rename = "coverage@10")]
        pub coverage_10: f64,
        #[serde(rename = "coverage@10 95%")]
        pub coverage_10_interval: Option<[f64; 2]>,
        /// What ours gains on it.
        pub ours: Option<Advantage>,
    }

    /// How much one ranker gains on another, paired by what was taken out.
    pub struct Advantage {
        #[serde(rename = "recall@10")]
        pub recall_10: f64,
        #[serde(rename = "recall@10 95%")]
        pub recall_10_interval: Option<[f64; 2]>,
        #[serde(rename = "ndcg@10")]
        pub ndcg_10: f64,
        #[serde(rename = "ndcg@10 95%")]
        pub ndcg_10_interval: Option<[f64; 2]>,
    }

    /// How much one ranker gains on another, paired by choice.
    pub struct Gain {
        pub over: String,
        #[serde(rename = "ndcg@10")]
        pub ndcg_10: f64,
        /// 95% interval of the difference, likewise.
        #[serde(rename = "ndcg@10 95%")]
        pub ndcg_10_interval: Option<[f64; 2]>,
    }

    /// The choices made after a given length of history.
    pub struct Band {
        pub from: usize,
        pub choices: usize,
        #[serde(rename = "ndcg@10")]
        pub ndcg_10: f64,
        pub gain: Option<Gain>,
    }

    /// A prequential evaluation.
    pub struct Evaluation {
        pub choices: usize,
        pub users: usize,
        pub items: usize,
        /// Rows of the logs that could not be used: broken, or of an item that the catalogue lacks.
        pub skipped: usize,
        /// Texts without a vector, as the encoder is missing: meaning took less part than it could.
        pub unencoded: u64,
        pub rankers: Vec<Scored>,
    }

    /// What lists of ten gain and lose by how they are put together; see [`crate::curve`].
    pub struct Curve {
        pub scope: Scope,
        /// At how many choices lists were made.
        pub choices: usize,
        pub users: usize,
        pub items: usize,
        /// The plain ranking first.
        pub points: Vec<Point>,
    }

    /// Lists of one shape, as a request asks for it.
    pub struct Point {
        pub variety: f64,
        pub balance: f64,
        pub surprise: f64,
        pub per_creator: Option<usize>,
        #[serde(rename = "ndcg@10")]
        pub ndcg_10: f64,
        /// Over the plain ranking.
        pub gain: Option<Gain>,
        /// Share of the listed items that the profile chooses later.
        pub relevant: f64,
        /// 1 − the mean similarity of all pairs.
        pub diversity: f64,
        /// Mean −log2 of the share of other profiles that settled an item.
        pub novelty: f64,
        /// Share of the listed items that are chosen later and not among the ten most popular.
        pub serendipity: f64,
        /// Divergence of the list's genres from the profile's own mix; 0 is the same mix.
        pub imbalance: f64,
        /// Share of the catalogue that stood in some list.
        pub coverage: f64,
    }

    /// Whether the intervals of weights are honest; see [`crate::calibration`].
    pub struct Calibration {
        /// Simulated in each scope.
        pub profiles: usize,
        pub items: usize,
        pub scopes: Vec<Calibrated>,
    }

    /// One scope of it.
    pub struct Calibrated {
        pub scope: Scope,
        pub steps: Vec<Held>,
    }

    /// How often the intervals held the true weight after so many choices.
    #[derive(Copy)]
    pub struct Held {
        pub choices: usize,
        /// Share of the 80% intervals.
        pub within_80: f64,
        /// Share of the 95% intervals.
        pub within_95: f64,
        /// Root mean square of the errors in claimed standard deviations: 1 is honest, more is too
        /// sure.
        pub off: f64,
    }

    /// How ranking recovers when taste turns.
    pub struct Turn {
        /// Interactions before the turn.
        pub after: usize,
        pub users: usize,
        pub scopes: Vec<Turned>,
    }

    /// One scope around the turn. NDCG@10 throughout.
    pub struct Turned {
        pub scope: Scope,
        /// Online weights, in the twenty interactions before the turn.
        pub before: f64,
        /// Everything after the turn.
        pub all: TurnStep,
        pub steps: Vec<TurnStep>,
    }

    /// Some choices after the turn.
    pub struct TurnStep {
        /// Interactions since the turn.
        pub from: usize,
        pub until: usize,
        pub choices: usize,
        /// At the fixed prior.
        pub fixed: f64,
        /// With online weights.
        pub online: f64,
        /// With online weights, in a profile that has only had the second taste.
        pub fresh: f64,
        pub over_fixed: Gain,
        pub over_fresh: Gain,
    }

    /// What a training found. Losses are mean negative log-likelihoods of a choice.
    pub struct Training {
        /// Choices to fit, to choose and to report on.
        pub train: usize,
        pub validation: usize,
        pub test: usize,
        pub scopes: Vec<TrainedScope>,
        /// Decays and rewards; see [`crate::scales`].
        pub scales: Vec<TrainedScale>,
        /// Whether it beats the prior that there is on validation by more than noise in some scope,
        /// and loses to it in none.
        pub better: bool,
        /// Whether it took the place of the prior that there was.
        pub adopted: bool,
        /// Where it was written, if that was asked for.
        pub path: Option<String>,
    }

    /// One scope of a trained prior.
    pub struct TrainedScope {
        pub scope: Scope,
        /// The ridge that validation chose.
        pub ridge: f64,
        pub validation_loss: f64,
        /// How much less a validation choice costs than under the prior that there is.
        pub saved: f64,
        /// 95% interval by bootstrap over users, or over choices where fewer than ten users chose.
        pub saved_interval: Option<[f64; 2]>,
        pub test_loss: f64,
        /// The same on the test.
        pub test_saved: f64,
    }

    /// A decay or a reward, of the prior that there is and of the one that was trained.
    pub struct TrainedScale {
        pub scale: String,
        pub before: f32,
        pub after: f32,
    }

    /// One list for several profiles.
    pub struct Together {
        pub profiles: Vec<ProfileView>,
        /// How many items are open for all of them.
        pub candidates: usize,
        pub items: Vec<Shared>,
    }

    /// One line of it.
    pub struct Shared {
        /// From 1.
        pub rank: usize,
        pub item: ItemView,
        /// Half the mean of what the profiles think, and half the least.
        pub score: f64,
        /// In the profiles' order.
        pub shares: Vec<Share>,
    }

    /// What one profile thinks of an item.
    pub struct Share {
        pub profile: ProfileId,
        /// Its score, in deviations from the mean over the candidates.
        pub liking: f64,
        /// From 1, the item's place among the candidates by this profile alone.
        pub place: usize,
        pub reasons: Vec<Reason>,
    }

    /// What goes with some items.
    pub struct Basket {
        pub basket: Vec<ItemRef>,
        pub scope: Scope,
        pub candidates: usize,
        pub items: Vec<Ranked>,
    }

    /// Why an item stands where it stands, and what would change that.
    pub struct Explained {
        pub ranked: Ranked,
        pub candidates: usize,
        /// Largest change first; only those that change the place.
        pub without_signals: Vec<WithoutSignal>,
        /// Likewise, of the few entries that were tried.
        pub without_entries: Vec<WithoutEntry>,
    }

    /// The place if the signal counted nothing.
    #[derive(Copy)]
    pub struct WithoutSignal {
        pub signal: Signal,
        pub rank: usize,
    }

    /// The place if the entry had never been.
    pub struct WithoutEntry {
        pub sequence: u64,
        pub what: What,
        pub item: Option<ItemRef>,
        pub rank: usize,
    }

    /// What an act would do.
    pub struct Preview {
        /// Weights that would move, largest effect on scores first.
        pub changes: Vec<WeightChange>,
        /// The top of the list afterwards.
        pub list: Vec<Moved>,
        /// What would no longer be in it.
        pub left: Vec<ItemRef>,
    }

    /// A place in a list, and which it was before; nothing where it was not in the top.
    pub struct Moved {
        pub item: ItemRef,
        pub from: Option<usize>,
        pub to: usize,
    }
}

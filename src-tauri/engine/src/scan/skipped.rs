//! What a scan passed over, counted, and how that is told.

use super::Scan;
use crate::view::FolderView;
use crate::words::many;

/// What a scan passes over.
#[derive(Debug, Default)]
pub(super) struct Skipped {
    pub(super) others: u64,
    pub(super) untold: u64,
    pub(super) links: u64,
    pub(super) unchanged: u64,
    pub(super) moved: u64,
    pub(super) cut: bool,
}

impl Scan<'_> {
    pub(super) fn notes(&self) -> Vec<String> {
        let Skipped {
            others,
            untold,
            links,
            unchanged,
            moved,
            cut,
        } = self.skipped;
        let FolderView { files, gone, .. } = self.counts;
        let mut notes = vec![format!(
            "{} of music, video, books and comics",
            many(files, "file", "files")
        )];
        let mut say = |count: u64, what: &str| {
            if count > 0 {
                notes.push(format!("{count} {what}"));
            }
        };
        say(unchanged, "of them are as they were and were not opened");
        say(moved, "of them were moved");
        say(gone, "that were here are gone; their items stay");
        say(
            untold,
            "of them say too little of what they are and are passed over",
        );
        say(others, "other files are passed over");
        say(links, "links are not followed");
        say(
            self.remarks,
            "pictures cannot be read; their items have none",
        );
        if cut {
            let said = "there are more files than can be looked at; the rest is passed over";
            notes.push(said.to_owned());
        }
        notes.extend(self.reading.notes.iter().cloned());
        notes
    }
}

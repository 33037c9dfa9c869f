//! Media folders: the list of them, and what a scan of them found.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Subcommand;
use console::style;
use curio_engine::Engine;
use curio_engine::view::{FolderView, Imported};

use crate::columns::{counted, plain};
use crate::failure::Failure;
use crate::print::{answer, imported, time};
use crate::progress;

/// The verbs on media folders.
#[derive(Debug, Subcommand)]
pub enum Folder {
    /// Puts a folder of music, films, series, books or comics on the list
    Add { dir: PathBuf },
    /// Lists the media folders
    List,
    /// Reads what is new in the folders of the list, or in those that are named; changes no file
    Scan {
        dirs: Vec<PathBuf>,
        /// Say what would happen and write nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Takes a folder off the list; its items stay
    Remove { dir: PathBuf },
}

/// Does what was asked.
pub fn perform(engine: &Engine, asked: Folder, now: i64, json: bool) -> Result<(), Failure> {
    match asked {
        Folder::Add { dir } => answer(json, &engine.add_folder(&dir)?, |all| folders(all)),
        Folder::List => answer(json, &engine.folders()?, |all| folders(all)),
        Folder::Remove { dir } => answer(json, &engine.remove_folder(&dir)?, |all| folders(all)),
        Folder::Scan { dirs, dry_run } => {
            let scans = progress::watched(|watch| engine.scan_folders(&dirs, dry_run, now, watch))?;
            answer(json, &scans, |all| {
                let there = all.iter().filter(|scan| scan.problem.is_none());
                let pages: Vec<String> = there.map(imported).collect();
                pages.concat()
            })?;
            if scans.iter().any(|scan| scan.cancelled) {
                return Err(Failure::cancelled(
                    "stopped; what was counted is stored, and running it again resumes",
                ));
            }
            let problem = scans.into_iter().find_map(|scan: Imported| scan.problem);
            problem.map_or(Ok(()), |problem| Err(Failure::user(problem)))
        }
    }
}

fn folders(all: &[FolderView]) -> String {
    let mut page = String::new();
    for folder in all {
        let _ = writeln!(page, "{}", style(plain(&folder.path)).bold());
        let Some(at) = folder.scanned else {
            let _ = writeln!(page, "  not scanned yet");
            continue;
        };
        let _ = writeln!(
            page,
            "  scanned {}: {} in {}, {} gone, {} rejected",
            time(at),
            counted(folder.items, "item"),
            counted(folder.files, "file"),
            folder.gone,
            folder.rejected
        );
    }
    if all.is_empty() {
        page.push_str("There is no media folder yet; add one with `curio folder add DIR`.\n");
    }
    page
}

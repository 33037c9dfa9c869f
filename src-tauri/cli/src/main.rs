//! Curio on a terminal: the engine's verbs, one to one.
//!
//! `main` reads what was typed, `run` opens the engine and does the one thing that was asked. The
//! clock, the environment and the terminal are read here and nowhere deeper. Exit codes: 0 done,
//! 1 the person can put it right, 2 the program or the machine is at fault.

mod args;
mod baskets;
mod columns;
mod curve;
mod encoders;
mod failure;
mod folders;
mod friends;
mod items;
mod media;
mod merging;
mod mix;
mod portrait;
mod print;
mod progress;
mod reasons;
mod shelf;
mod ties;
mod trials;

use std::env;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use chrono::Utc;
use clap::Parser;
use curio_engine::view::{Look, ProfileView};
use curio_engine::{Engine, ImportOptions, Settings};

use crate::args::{Args, Command, Export, Import, Profile, Weights};
use crate::failure::Failure;
use crate::print::answer;

#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return misread(&error),
    };
    let json = args.json;
    match panic::catch_unwind(AssertUnwindSafe(|| run(args))) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(failure)) => failure.report(json),
        // The panic has said on standard error what it was.
        Err(_) => ExitCode::from(2),
    }
}

/// Help and the version are answers; anything else that cannot be read is the person's to mend.
fn misread(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        return match error.print() {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::from(2),
        };
    }
    let message = error.render().to_string();
    let message = message.strip_prefix("error: ").unwrap_or(&message);
    let message = message
        .split("\n\nFor more information")
        .next()
        .unwrap_or(message);
    Failure::user(message).report(env::args_os().any(|argument| argument == "--json"))
}

fn run(args: Args) -> Result<(), Failure> {
    let Args {
        data,
        models,
        encoder,
        json,
        command,
    } = args;
    let engine = Engine::open(Settings {
        data: data.map_or_else(folders::data, Ok)?,
        models: models.unwrap_or_else(folders::models),
        encoder,
    })?;
    let status = matches!(command, Command::Status);
    let told = if status { 0 } else { tell(&engine, 0) };
    let done = perform(&engine, command, Utc::now().timestamp_millis(), json);
    if !status {
        tell(&engine, told);
    }
    done
}

/// Says the notices beyond those that were told before, and how many there are now.
fn tell(engine: &Engine, before: usize) -> usize {
    let notices = engine.notices();
    for notice in notices.iter().skip(before) {
        eprintln!("curio: {notice}");
    }
    notices.len()
}

/// Does the one thing that was asked.
fn perform(engine: &Engine, command: Command, now: i64, json: bool) -> Result<(), Failure> {
    match command {
        Command::Import(file) => import(engine, file, now, json),
        Command::Mappings => answer(json, &engine.mappings()?, |all| print::mappings(all)),
        Command::ForgetMapping { name } => forget_mapping(engine, &name, json),
        Command::UndoImport => answer(json, &engine.undo_import(now)?, print::import_undone),
        Command::Search { words, n, kind } => {
            let found = engine.search(&words.join(" "), kind, n)?;
            answer(json, &found, items::found)
        }
        Command::Show { item } => {
            let item = engine.show(engine.find_item(&item)?)?;
            answer(json, &item, items::item)
        }
        Command::Similar { item, n } => {
            let near = engine.similar(engine.find_item(&item)?, n)?;
            answer(json, &near, |near| items::similar(near))
        }
        Command::Profile(verb) => profile(engine, verb, json),
        Command::Record {
            profile,
            item,
            action,
            note,
        } => {
            let profile = engine.find_profile(&profile)?;
            let item = engine.find_item(&item)?;
            let recorded = engine.record(profile, item, action, "terminal", &note, now)?;
            answer(json, &recorded, mix::recorded)
        }
        Command::Undo { profile, sequences } => {
            let profile = engine.find_profile(&profile)?;
            if let [] | [_] = sequences[..] {
                let recorded = engine.undo(profile, sequences.first().copied(), now)?;
                return answer(json, &recorded, mix::recorded);
            }
            let all = engine.undo_all(profile, &sequences, now)?;
            answer(json, &all, |all| {
                let pages: Vec<String> = all.iter().map(mix::recorded).collect();
                pages.concat()
            })
        }
        Command::Recommend { list, explain } => {
            let profile = engine.find_profile(&list.profile)?;
            let list = engine.recommend(profile, &list.asked.request(), now)?;
            answer(json, &list, |list| items::recommendations(list, explain))
        }
        Command::Rows { list } => {
            let profile = engine.find_profile(&list.profile)?;
            answer(
                json,
                &engine.rows(profile, &list.asked.request(), now)?,
                items::rows,
            )
        }
        Command::Shelf(asked) => shelf::perform(engine, asked, now, json),
        Command::Portrait(asked) => portrait::perform(engine, asked, now, json),
        Command::Merging(asked) => merging::perform(engine, asked, json),
        Command::Ties(asked) => ties::perform(engine, asked, now, json),
        Command::Folder(asked) => media::perform(engine, asked, now, json),
        Command::Friend(asked) => friends::perform(engine, asked, json),
        Command::Weights(asked) => weights(engine, &asked, now, json),
        Command::Activity {
            profile,
            find,
            did,
            item,
            n,
        } => {
            let look = Look {
                query: find,
                did,
                item: item.map(|item| engine.find_item(&item)).transpose()?,
                limit: n,
            };
            let log = engine.activity(engine.find_profile(&profile)?, &look)?;
            answer(json, &log, |log| print::activity(log))
        }
        Command::Evaluate(asked) => trials::evaluate(engine, asked, json),
        Command::Train(asked) => trials::train(engine, asked, json),
        Command::Encoders { choose } => encoders::encoders(engine, choose.as_deref(), json),
        Command::Encode => encoders::encode(engine, json),
        Command::Export(asked) => export(engine, &asked, json),
        Command::Backup { file } => {
            let written = engine.backup(&file, now)?;
            answer(json, &written, |written| {
                print::written("backed up", written)
            })
        }
        Command::Restore {
            file,
            dry_run: true,
        } => answer(json, &engine.check_backup(&file)?, print::backed_up),
        Command::Restore { file, .. } => {
            let written = engine.restore(&file, now)?;
            answer(json, &written, |written| {
                print::written("restored", written)
            })
        }
        Command::Status => answer(json, &engine.status(), print::status),
    }
}

fn export(engine: &Engine, asked: &Export, json: bool) -> Result<(), Failure> {
    let profile = asked
        .profile
        .as_deref()
        .map(|name| engine.find_profile(name));
    let written = engine.export(&asked.dir, asked.format.into(), profile.transpose()?)?;
    answer(json, &written, |written| {
        print::written("exported", written)
    })
}

fn import(engine: &Engine, asked: Import, now: i64, json: bool) -> Result<(), Failure> {
    let options = ImportOptions {
        content: asked.content.map(Into::into),
        map: asked.map,
        profile: asked.profile,
        dry_run: asked.dry_run,
        ..ImportOptions::default()
    };
    let report = progress::watched(|watch| engine.import(&asked.file, &options, now, watch))?;
    if let Some(problem) = &report.problem {
        let columns: Vec<&str> = report.mapping.iter().map(|m| m.column.as_str()).collect();
        let columns = columns::cut(&columns.join(", "), 300);
        let guesses = print::guesses(&report);
        return Err(Failure::user(format!(
            "{problem}; its columns are {columns} (say which is which: --map title=Column){guesses}"
        )));
    }
    if let Some(name) = asked.save_mapping {
        let columns: Vec<String> = report.mapping.iter().map(|m| m.column.clone()).collect();
        let (content, map) = (options.content, &options.map);
        engine.save_mapping(&name, &columns, content, map)?;
    }
    answer(json, &report, print::imported)?;
    if report.cancelled {
        return Err(Failure::cancelled(
            "stopped; what was counted is stored, and running it again resumes",
        ));
    }
    if report.read > 0 && report.rejected == report.read {
        return Err(Failure::user("no row of it could be taken in"));
    }
    Ok(())
}

fn forget_mapping(engine: &Engine, name: &str, json: bool) -> Result<(), Failure> {
    engine.forget_mapping(name)?;
    answer(json, &name, |name| print::became("forgotten", name))
}

fn profile(engine: &Engine, verb: Profile, json: bool) -> Result<(), Failure> {
    let page = |done: &'static str| move |view: &ProfileView| print::became(done, &view.name);
    match verb {
        Profile::Add { name } => answer(json, &engine.add_profile(&name)?, page("added")),
        Profile::List => answer(json, &engine.profiles()?, |all| print::profiles(all)),
        Profile::Rename { name, to } => {
            let renamed = engine.rename_profile(engine.find_profile(&name)?, &to)?;
            answer(json, &renamed, page("renamed to"))
        }
        Profile::Remove { name } => {
            let id = engine.find_profile(&name)?;
            let gone = engine.profiles()?.into_iter().find(|view| view.id == id);
            engine.remove_profile(id)?;
            answer(json, &gone, |_| print::became("removed", &name))
        }
    }
}

/// Does what was asked of the weights, and answers with how they stand after it.
fn weights(engine: &Engine, asked: &Weights, now: i64, json: bool) -> Result<(), Failure> {
    let profile = engine.find_profile(&asked.profile)?;
    if asked.reset {
        engine.reset(profile, now)?;
    }
    for &signal in &asked.unpin {
        engine.unpin(profile, signal, now)?;
    }
    for &(signal, weight) in &asked.set {
        engine.pin(profile, signal, weight, now)?;
    }
    let weights = engine.weights(profile, asked.history)?;
    answer(json, &weights, mix::weights)
}

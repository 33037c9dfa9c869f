//! Friends: a taste shared as a file, and the tastes of others that count here.

use std::fmt::Write as _;

use console::style;
use curio_engine::Engine;
use curio_engine::view::{FriendAdded, FriendView, TasteShared};

use crate::args::Friend;
use crate::columns::{counted, grouped, left, plain};
use crate::failure::Failure;
use crate::print::{self, answer};

/// Performs one of these verbs.
pub fn perform(engine: &Engine, asked: Friend, json: bool) -> Result<(), Failure> {
    match asked {
        Friend::Share {
            profile,
            name,
            file,
        } => {
            let id = engine.find_profile(&profile)?;
            let name = name.unwrap_or(profile);
            answer(json, &engine.share_taste(id, &name, &file)?, shared)
        }
        Friend::Add { file } => answer(json, &engine.add_friend(&file)?, added),
        Friend::List => answer(json, &engine.friends()?, |all| friends(all)),
        Friend::Remove { name } => {
            let name = name.trim();
            let mut known = engine.friends()?.into_iter();
            let gone = known.find(|friend| friend.name == name);
            engine.remove_friend(name)?;
            answer(json, &gone, |_| print::became("removed", name))
        }
    }
}

/// What a taste file holds.
fn shared(shared: &TasteShared) -> String {
    let name = plain(&shared.name);
    let mut page = format!(
        "shared the taste of {}: {} loved, {} liked, {} disliked: {}\n",
        style(&name).bold(),
        grouped(shared.loved as u64),
        grouped(shared.liked as u64),
        grouped(shared.disliked as u64),
        plain(&shared.path)
    );
    page.push_str(
        "  The file holds that name and, in the order of their keys, the key, title, year, kind and\n  \
         makers of these items, each with its verdict; no date, order, note, glance or undone entry.\n",
    );
    page
}

/// What came of a friend's file.
fn added(added: &FriendAdded) -> String {
    let mut page = format!(
        "{} {}: {}\n",
        if added.replaced {
            "replaced the taste of"
        } else {
            "added"
        },
        style(plain(&added.friend.name)).bold(),
        counted(added.friend.items as u64, "item")
    );
    let _ = writeln!(
        page,
        "  found here: {} by key, {} by title, year and maker",
        grouped(added.by_key as u64),
        grouped(added.by_title as u64)
    );
    if added.missing > 0 {
        let _ = writeln!(
            page,
            "  {} not here; kept, to count once the catalogue has them",
            grouped(added.missing as u64)
        );
    }
    ties(&mut page, &added.friend);
    page
}

/// The friends, each with how far the profiles agree.
fn friends(friends: &[FriendView]) -> String {
    if friends.is_empty() {
        return "There is no friend yet; add one with `curio friend add FILE`.".into();
    }
    let mut page = String::new();
    for friend in friends {
        let _ = writeln!(
            page,
            "{} {}",
            left(&friend.name, 32),
            style(format!(
                "{}, {} of them here",
                counted(friend.items as u64, "item"),
                grouped(friend.known as u64)
            ))
            .dim()
        );
        ties(&mut page, friend);
    }
    page
}

/// How far each profile agrees with a friend.
fn ties(page: &mut String, friend: &FriendView) {
    for tie in &friend.ties {
        let _ = writeln!(
            page,
            "  agrees with {} {:+.2} over {}",
            plain(&tie.name),
            tie.agreement,
            counted(tie.common as u64, "item")
        );
    }
}

//! Words of the formats: what they call kinds and actions, and opinions that are told without a number.
//!
//! English and Chinese are known. A word that is not known is nobody's guess.

use crate::behaviour::Action;
use crate::catalogue::Kind;
use crate::clean;

/// So many of something, in words: `1 file`, `2 files`.
pub(crate) fn many(count: u64, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// Reads a kind from the words of the formats.
pub(crate) fn kind_of(cell: &str) -> Option<Kind> {
    let word = clean::line(cell).to_lowercase();
    if let Some(kind) = Kind::from_word(&word) {
        return Some(kind);
    }
    let squeezed: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    Some(match squeezed.as_str() {
        "tvmovie" | "tvspecial" | "tvshort" | "short" | "video" | "featurefilm" | "documentary"
        | "musicvideo" => Kind::Film,
        "tvepisode" | "tvseason" | "tvminiseries" | "miniseries" | "season" | "episode"
        | "anime" | "podcastseries" | "动画" | "动漫" | "综艺" => Kind::Series,
        "ebook" | "audiobook" | "comic" | "comics" | "manga" | "小说" | "漫画" => Kind::Book,
        "single" | "ep" | "lp" | "cd" | "vinyl" | "单曲" => Kind::Music,
        "boardgame" => Kind::Game,
        _ => return None,
    })
}

/// Reads an action from the words of the formats, in English and Chinese.
pub(crate) fn action_of(cell: &str) -> Option<Action> {
    let word = clean::line(cell).to_lowercase().replace(['_', ' '], "-");
    if let Some(action) = Action::from_word(&word) {
        return Some(action);
    }
    Some(match word.as_str() {
        "viewed" | "seen" | "impression" | "浏览" => Action::View,
        "opened" | "click" | "clicked" | "currently-reading" | "reading" | "watching"
        | "playing" | "rereading" | "re-reading" | "rewatching" | "paused" | "on-hold" | "hold"
        | "暂停" | "在看" | "在读" | "在听" | "在玩" | "点击" => Action::Open,
        "wanted" | "plantowatch" | "to-read" | "to-watch" | "want-to-read" | "want-to-watch"
        | "watchlist" | "wishlist" | "wish" | "planned" | "plan-to-watch" | "plan-to-read"
        | "plan-to-play" | "cart" | "add-to-cart" | "addtocart" | "想看" | "想读" | "想听"
        | "想玩" | "收藏" | "加购" => Action::Want,
        "liked" | "love" | "loved" | "favorite" | "favourite" | "喜欢" => Action::Like,
        "disliked" | "hated" | "不喜欢" => Action::Dislike,
        "finished" | "read" | "watched" | "played" | "listened" | "completed" | "done"
        | "reread" | "re-read" | "rewatched" | "read-but-unowned" | "看过" | "读过" | "听过"
        | "玩过" => Action::Finish,
        "abandoned" | "dnf" | "did-not-finish" | "dropped" | "gave-up" | "弃" | "搁置" | "抛弃" => {
            Action::Abandon
        }
        "bought" | "purchase" | "purchased" | "order" | "ordered" | "transaction" | "购买"
        | "已购" | "下单" => Action::Buy,
        "hidden" | "not-interested" | "notinteresting" | "不感兴趣" => Action::Hide,
        "commented" | "评论" => Action::Comment,
        _ => return None,
    })
}

/// Reads an opinion that is no number: a thumb, a like, a yes; nothing when it is none.
pub(crate) fn opinion_of(cell: &str) -> Option<Action> {
    let word = clean::line(cell).to_lowercase().replace(['_', ' '], "-");
    Some(match word.trim_end_matches('\u{fe0f}') {
        "like" | "liked" | "love" | "loved" | "up" | "thumbs-up" | "yes" | "true" | "👍" | "❤"
        | "♥" | "喜欢" | "赞" => Action::Like,
        "dislike" | "disliked" | "hate" | "hated" | "down" | "thumbs-down" | "no" | "false"
        | "👎" | "不喜欢" | "踩" => Action::Dislike,
        _ => return None,
    })
}

/// Reads a grade from A+ to F, or a word of Douban's for one to five stars.
pub(crate) fn grade_of(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    let words = ["很差", "较差", "还行", "推荐", "力荐"];
    if let Some(place) = words.iter().position(|word| *word == cell) {
        return Some(place as f64 + 1.0);
    }
    let mut signs = cell.chars();
    let stars = match signs.next()?.to_ascii_uppercase() {
        'A' => 5.0,
        'B' => 4.0,
        'C' => 3.0,
        'D' => 2.0,
        'E' | 'F' => 1.0,
        _ => return None,
    };
    let third = match signs.as_str() {
        "" => 0.0,
        "+" => 0.33,
        "-" | "−" | "–" => -0.33,
        _ => return None,
    };
    Some(f64::clamp(stars + third, 1.0, 5.0))
}

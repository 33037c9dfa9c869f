//! Words of the formats: what they call kinds and actions, and opinions that are told without a number.
//!
//! English and Chinese are known, and what is unmistakable of German, French, Spanish and Italian. A word that is
//! not known is nobody's guess.

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
        "tvmovie" | "tvspecial" | "tvshort" | "short" | "shortfilm" | "video" | "featurefilm"
        | "animatedfilm" | "animatedmovie" | "documentary" | "musicvideo" | "kinofilm"
        | "película" | "pelicula" => Kind::Film,
        "tvepisode" | "tvseason" | "tvminiseries" | "tvpilot" | "miniseries" | "season"
        | "episode" | "anime" | "ova" | "ona" | "webseries" | "webserie" | "webshow" | "sitcom"
        | "podcast" | "podcasts" | "podcastseries" | "podcastepisode" | "série"
        | "fernsehserie" | "动画" | "动漫" | "综艺" => Kind::Series,
        "ebook" | "audiobook" | "comic" | "comics" | "comicbook" | "manga" | "manhwa"
        | "manhua" | "webtoon" | "graphicnovel" | "lightnovel" | "webnovel" | "novella"
        | "shortstory" | "buch" | "bücher" | "hörbuch" | "livre" | "libro" | "小说" | "轻小说"
        | "漫画" => Kind::Book,
        "single" | "ep" | "lp" | "cd" | "vinyl" | "musik" | "musique" | "música" | "musica"
        | "单曲" => Kind::Music,
        "boardgame" | "cardgame" | "dlc" | "expansion" | "spiel" | "videospiel" | "jeu"
        | "jeuvidéo" | "juego" | "videojuego" | "gioco" | "videogioco" => Kind::Game,
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
        "opened"
        | "click"
        | "clicked"
        | "currently-reading"
        | "reading"
        | "watching"
        | "playing"
        | "listening"
        | "rereading"
        | "re-reading"
        | "rewatching"
        | "replaying"
        | "in-progress"
        | "ongoing"
        | "started"
        | "current"
        | "currently-watching"
        | "currently-playing"
        | "currently-listening"
        | "paused"
        | "on-hold"
        | "läuft"
        | "angefangen"
        | "in-arbeit"
        | "lese-ich"
        | "en-cours"
        | "en-curso"
        | "leyendo"
        | "viendo"
        | "in-corso"
        | "暂停"
        | "进行中"
        | "在看"
        | "在读"
        | "在听"
        | "在玩"
        | "点击"
        | "hold" => Action::Open,
        "wanted" | "to-read" | "to-watch" | "to-play" | "to-listen" | "to-be-read" | "tbr"
        | "want-to-read" | "want-to-watch" | "want-to-play" | "watchlist" | "wishlist" | "wish"
        | "planned" | "planning" | "plan-to-watch" | "plan-to-read" | "plan-to-play"
        | "backlog" | "not-started" | "unread" | "unwatched" | "unplayed" | "queued" | "queue"
        | "up-next" | "merkliste" | "wunschliste" | "geplant" | "nicht-begonnen" | "ungelesen"
        | "à-lire" | "à-voir" | "por-leer" | "por-ver" | "pendiente" | "da-leggere"
        | "da-vedere" | "未开始" | "cart" | "add-to-cart" | "addtocart" | "想看" | "想读"
        | "想听" | "想玩" | "收藏" | "加购" | "plantowatch" => Action::Want,
        "liked" | "love" | "loved" | "favorite" | "favourite" | "喜欢" => Action::Like,
        "disliked" | "hated" | "不喜欢" => Action::Dislike,
        "finished" | "read" | "watched" | "played" | "listened" | "completed" | "complete"
        | "done" | "beaten" | "mastered" | "gelesen" | "gesehen" | "gehört" | "gespielt"
        | "beendet" | "abgeschlossen" | "fertig" | "lu" | "vu" | "terminé" | "leído" | "visto"
        | "terminado" | "letto" | "finito" | "reread" | "re-read" | "rewatched"
        | "read-but-unowned" | "看过" | "读过" | "听过" | "玩过" => Action::Finish,
        "abandoned" | "dnf" | "did-not-finish" | "dropped" | "gave-up" | "stopped"
        | "stopped-reading" | "stopped-watching" | "retired" | "quit" | "shelved"
        | "abgebrochen" | "abandonné" | "abandonado" | "abbandonato" | "弃" | "搁置" | "抛弃" => {
            Action::Abandon
        }
        "bought" | "purchase" | "purchased" | "order" | "ordered" | "transaction" | "购买"
        | "已购" | "下单" => Action::Buy,
        "hidden" | "ignored" | "not-interested" | "不感兴趣" | "notinteresting" => Action::Hide,
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

/// Whether the state of an order says that nothing came of it. What was given back in part was bought.
pub(crate) fn is_called_off(cell: &str) -> bool {
    let word = clean::line(cell).to_lowercase();
    let holds = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    let off = [
        "cancel",
        "refund",
        "return",
        "void",
        "declin",
        "fail",
        "draft",
        "abandon",
        "storn",
        "erstattet",
        "annul",
        "rembours",
        "reembols",
        "rimbors",
        "取消",
        "退",
        "关闭",
    ];
    holds(&off)
        && !holds(&[
            "partial",
            "teilweise",
            "partiel",
            "parcial",
            "parziale",
            "部分",
        ])
}

/// Reads words that stand where a number of pieces does: whether there are some.
pub(crate) fn availability_of(cell: &str) -> Option<bool> {
    let word = clean::line(cell)
        .to_lowercase()
        .replace(['_', '-', ' '], "");
    Some(match word.as_str() {
        "instock" | "available" | "yes" | "true" | "backorder" | "onbackorder" | "auflager"
        | "lieferbar" | "verfügbar" | "enstock" | "disponible" | "disponibile" | "有货" => true,
        "outofstock" | "soldout" | "unavailable" | "no" | "false" | "ausverkauft"
        | "nichtlieferbar" | "épuisé" | "rupturedestock" | "agotado" | "esaurito" | "无货"
        | "缺货" | "售罄" => false,
        _ => return None,
    })
}

/// Whether a price says that it is settled elsewhere.
pub(crate) fn is_open_price(cell: &str) -> bool {
    let word = clean::line(cell).to_lowercase();
    matches!(
        word.as_str(),
        "variable"
            | "varies"
            | "on request"
            | "price on request"
            | "call"
            | "tbd"
            | "auf anfrage"
            | "sur demande"
            | "面议"
    )
}

//! Words of many languages and scripts, however they are written.

use curio_engine::view::Matched::{Description, People, Tags, Title};

use super::{first, found, planted};

#[test]
fn accents_case_and_width_do_not_matter() {
    let (_folder, index) = planted();
    for words in ["amelie", "AMÉLIE", "Ａｍｅｌｉｅ", "ame\u{301}lie"] {
        assert_eq!(first(&index, words), (3, vec![Title]), "{words}");
    }
}

#[test]
fn joined_words_are_found_either_way() {
    let (_folder, index) = planted();
    for words in [
        "spider-man",
        "spiderman",
        "spider man",
        "Spider-M",
        "spidermn",
    ] {
        assert_eq!(first(&index, words).0, 4, "{words}");
    }
    assert_eq!(first(&index, "jean-pierre").0, 3);
    assert_eq!(first(&index, "superheroes").0, 4);
}

#[test]
fn plurals_and_singulars_find_each_other() {
    let (_folder, index) = planted();
    assert_eq!(first(&index, "policemen thief").0, 9);
    assert_eq!(first(&index, "pupils").0, 4);
    assert_eq!(first(&index, "soldier salamis").0, 2);
}

#[test]
fn japanese_is_found_by_any_stretch_of_it() {
    let (_folder, index) = planted();
    for words in ["千と千尋の神隠し", "千尋", "神隠し", "隠"] {
        assert_eq!(first(&index, words), (5, vec![Title]), "{words}");
    }
    assert_eq!(first(&index, "宮崎駿"), (5, vec![People]));
    assert_eq!(first(&index, "ﾌｧﾝﾀｼﾞｰ"), (5, vec![Tags]));
    assert_eq!(first(&index, "湯屋"), (5, vec![Description]));
    assert!(
        found(&index, "尋千").is_empty(),
        "the order of characters counts"
    );
    assert_eq!(
        first(&index, "千と千弘の神隠し").0,
        5,
        "one wrong character"
    );
}

#[test]
fn chinese_is_found_by_any_stretch_of_it() {
    let (_folder, index) = planted();
    assert_eq!(first(&index, "活着"), (6, vec![Title]));
    assert_eq!(first(&index, "张艺谋"), (6, vec![People]));
    assert_eq!(first(&index, "猫"), (6, vec![Description]));
    assert_eq!(first(&index, "家庭"), (6, vec![Description]));
    assert_eq!(first(&index, "活着 张艺谋 1994").0, 6);
    assert_eq!(first(&index, "关于一个家庭几十年的电影").0, 6, "a sentence");
}

#[test]
fn arabic_and_russian_are_found() {
    let (_folder, index) = planted();
    assert_eq!(first(&index, "المدينة"), (7, vec![Title]));
    assert_eq!(first(&index, "المدينه"), (7, vec![Title]));
    assert_eq!(first(&index, "شاب"), (7, vec![Description]));
    assert_eq!(first(&index, "ёжик"), (8, vec![Title, Description]));
    assert_eq!(first(&index, "ЕЖИК"), (8, vec![Title, Description]));
    assert_eq!(first(&index, "норштеин"), (8, vec![People]));
    assert_eq!(first(&index, "ежнк"), (8, vec![Title, Description]));
}

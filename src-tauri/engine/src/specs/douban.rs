//! Douban, as its users take their marks out: the workbook of 豆伴, and the lists of a script.
//!
//! Of both the link tells what a thing is, and the name of the sheet or the file what was done.

use super::{Format, Spec};
use crate::catalogue::Kind;
use crate::field::Field::{
    At, Countries, Creators, Description, Id, Ignored, Note, Rating, Stars, Tags, Title, Year,
};

/// A sheet of 豆伴 for films, books, music or games of one state.
pub(super) const MARKS: Spec = Spec {
    format: Format::Douban,
    name: "douban",
    needs: &["标题", "简介", "链接", "创建时间", "我的评分"],
    columns: &[
        ("链接", Id),
        ("标题", Title),
        ("简介", Description),
        ("豆瓣评分", Rating),
        ("创建时间", At),
        ("我的评分", Stars),
        ("标签", Tags),
        ("评论", Note),
        ("可见性", Ignored),
    ],
    kind: Kind::Other,
    namespace: "douban",
    ids: "",
    tops: (10.0, 5.0),
    names: "/",
    terms: ",，",
};

/// What was finished, or is wished for, in one list for each kind of thing.
pub(super) const SCRIPT: Spec = Spec {
    format: Format::Douban,
    name: "douban script",
    needs: &[
        "标题|电影/电视剧/番组|书名|单曲/专辑|游戏名称|舞台剧名称",
        "打分日期",
        "条目链接",
    ],
    columns: &[
        ("条目链接", Id),
        ("电影/电视剧/番组", Title),
        ("书名", Title),
        ("单曲/专辑", Title),
        ("游戏名称", Title),
        ("舞台剧名称", Title),
        ("标题", Title),
        ("个人评分", Stars),
        ("我的评分", Stars),
        ("打分日期", At),
        ("我的短评", Note),
        ("上映日期", Year),
        ("出版日期", Year),
        ("发行日期", Year),
        ("制片国家", Countries),
        ("作者", Creators),
        ("音乐家", Creators),
        ("封面", Ignored),
    ],
    kind: Kind::Other,
    namespace: "douban",
    ids: "",
    tops: (10.0, 5.0),
    names: "/",
    terms: ",，/",
};

/// Reviews, notes and lists of lists beside the marks.
pub(super) const TEXTS: Spec = Spec {
    format: Format::Unfit,
    name: "it holds texts, and no things that they are about",
    needs: &["标题", "链接", "创建时间", "内容|简介"],
    columns: &[],
    kind: Kind::Other,
    namespace: "douban",
    ids: "",
    tops: (10.0, 5.0),
    names: "/",
    terms: ",",
};

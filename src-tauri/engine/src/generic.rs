//! A catalogue or a log that nobody told Curio of: its columns matched by their common names.
//!
//! English and Chinese names are known. What a column means is never guessed from its values, except
//! the scale of ratings, which [`crate::import`] takes from the whole column.

use std::path::Path;

use crate::catalogue::Kind;
use crate::format::Field::{
    self, Action, At, Countries, Creators, Description, Genres, Id, Item, Languages, Note, People,
    Popularity, Price, Profile, Quantity, Rating, Stars, Stock, Tags, Title, Year,
};
use crate::format::{Plan, same};

/// Common names of columns, the more telling ones first.
pub(crate) const COLUMNS: &[(&str, Field)] = &[
    ("id", Id),
    ("item_id", Id),
    ("itemId", Id),
    ("product_id", Id),
    ("movieId", Id),
    ("book_id", Id),
    ("sku", Id),
    ("isbn13", Id),
    ("isbn", Id),
    ("asin", Id),
    ("imdb_id", Id),
    ("编号", Id),
    ("序号", Id),
    ("货号", Id),
    ("商品编号", Id),
    ("kind", Field::Kind),
    ("type", Field::Kind),
    ("media", Field::Kind),
    ("种类", Field::Kind),
    ("类别", Field::Kind),
    ("title", Title),
    ("name", Title),
    ("product name", Title),
    ("movie", Title),
    ("film", Title),
    ("book", Title),
    ("game", Title),
    ("song", Title),
    ("track", Title),
    ("标题", Title),
    ("片名", Title),
    ("书名", Title),
    ("名称", Title),
    ("名字", Title),
    ("曲名", Title),
    ("商品名称", Title),
    ("电影", Title),
    ("year", Year),
    ("release year", Year),
    ("publication year", Year),
    ("published", Year),
    ("release date", Year),
    ("released", Year),
    ("年份", Year),
    ("年代", Year),
    ("出版年", Year),
    ("上映年份", Year),
    ("发行年份", Year),
    ("creators", Creators),
    ("creator", Creators),
    ("director", Creators),
    ("directors", Creators),
    ("author", Creators),
    ("authors", Creators),
    ("artist", Creators),
    ("artists", Creators),
    ("developer", Creators),
    ("studio", Creators),
    ("brand", Creators),
    ("manufacturer", Creators),
    ("导演", Creators),
    ("作者", Creators),
    ("歌手", Creators),
    ("艺术家", Creators),
    ("品牌", Creators),
    ("people", People),
    ("cast", People),
    ("actors", People),
    ("stars cast", People),
    ("writers", People),
    ("演员", People),
    ("主演", People),
    ("编剧", People),
    ("译者", People),
    ("genres", Genres),
    ("genre", Genres),
    ("category", Genres),
    ("categories", Genres),
    ("subject", Genres),
    ("类型", Genres),
    ("分类", Genres),
    ("流派", Genres),
    ("tags", Tags),
    ("tag", Tags),
    ("keywords", Tags),
    ("keyword", Tags),
    ("标签", Tags),
    ("关键词", Tags),
    ("languages", Languages),
    ("language", Languages),
    ("语言", Languages),
    ("countries", Countries),
    ("country", Countries),
    ("国家", Countries),
    ("地区", Countries),
    ("国家/地区", Countries),
    ("description", Description),
    ("summary", Description),
    ("overview", Description),
    ("plot", Description),
    ("synopsis", Description),
    ("简介", Description),
    ("描述", Description),
    ("介绍", Description),
    ("内容简介", Description),
    ("popularity", Popularity),
    ("votes", Popularity),
    ("num_votes", Popularity),
    ("rating_count", Popularity),
    ("ratings_count", Popularity),
    ("sales", Popularity),
    ("热度", Popularity),
    ("人气", Popularity),
    ("销量", Popularity),
    ("评价人数", Popularity),
    ("my rating", Stars),
    ("your rating", Stars),
    ("user rating", Stars),
    ("stars", Stars),
    ("我的评分", Stars),
    ("个人评分", Stars),
    ("rating", Rating),
    ("average rating", Rating),
    ("avg_rating", Rating),
    ("score", Rating),
    ("评分", Rating),
    ("豆瓣评分", Rating),
    ("平均评分", Rating),
    ("price", Price),
    ("价格", Price),
    ("售价", Price),
    ("stock", Stock),
    ("inventory", Stock),
    ("库存", Stock),
    ("profile", Profile),
    ("user", Profile),
    ("user_id", Profile),
    ("userId", Profile),
    ("customer", Profile),
    ("customer_id", Profile),
    ("用户", Profile),
    ("用户编号", Profile),
    ("顾客", Profile),
    ("客户", Profile),
    ("item", Item),
    ("product", Item),
    ("商品", Item),
    ("物品", Item),
    ("action", Action),
    ("event", Action),
    ("event_type", Action),
    ("status", Action),
    ("shelf", Action),
    ("行为", Action),
    ("动作", Action),
    ("状态", Action),
    ("at", At),
    ("timestamp", At),
    ("date", At),
    ("time", At),
    ("created_at", At),
    ("rated_at", At),
    ("date read", At),
    ("date watched", At),
    ("watched date", At),
    ("date added", At),
    ("时间", At),
    ("日期", At),
    ("创建时间", At),
    ("标记时间", At),
    ("note", Note),
    ("review", Note),
    ("comment", Note),
    ("评论", Note),
    ("备注", Note),
    ("短评", Note),
    ("quantity", Quantity),
    ("qty", Quantity),
    ("数量", Quantity),
];

/// Columns whose identifiers mean the same in every file.
const NAMESPACES: [(&str, &str); 8] = [
    ("sku", "sku"),
    ("货号", "sku"),
    ("isbn13", "isbn"),
    ("isbn", "isbn"),
    ("asin", "asin"),
    ("imdb_id", "imdb"),
    ("movieId", "movielens"),
    ("book_id", "goodreads"),
];

/// Columns that only one kind of thing has.
const KINDS: [(&str, Kind); 22] = [
    ("isbn", Kind::Book),
    ("isbn13", Kind::Book),
    ("author", Kind::Book),
    ("authors", Kind::Book),
    ("作者", Kind::Book),
    ("书名", Kind::Book),
    ("book", Kind::Book),
    ("director", Kind::Film),
    ("directors", Kind::Film),
    ("movie", Kind::Film),
    ("film", Kind::Film),
    ("导演", Kind::Film),
    ("片名", Kind::Film),
    ("artist", Kind::Music),
    ("artists", Kind::Music),
    ("歌手", Kind::Music),
    ("曲名", Kind::Music),
    ("game", Kind::Game),
    ("developer", Kind::Game),
    ("sku", Kind::Product),
    ("stock", Kind::Product),
    ("库存", Kind::Product),
];

/// Settles what the names of the columns leave open.
pub(crate) fn settle(path: &Path, header: &[String], plan: &mut Plan) {
    let has = |name: &str| header.iter().any(|column| same(column, name));
    let behaviour = plan.has(Profile) || plan.has(Action);
    if behaviour && !plan.has(Stars) {
        // Beside a user or an action a rating is that user's own.
        plan.rebind(Rating, Stars);
    }
    if behaviour && !plan.has(Title) && !plan.has(Item) {
        plan.rebind(Id, Item);
    }
    if plan.has(Item) && !plan.has(Title) && !plan.has(Profile) && !plan.has(Action) {
        // `product,price` is a catalogue whose products go by name.
        if !plan.has(Stars) && !plan.has(Quantity) && !plan.has(At) {
            plan.rebind(Item, Title);
        }
    }
    let named = plan.columns(Id).chain(plan.columns(Item)).next();
    if let Some(column) = named {
        let known = NAMESPACES
            .iter()
            .find(|(name, _)| same(&header[column], name));
        plan.namespace = known.map_or("id", |(_, namespace)| namespace);
    }
    let told = KINDS.iter().find(|(name, _)| has(name));
    plan.kind = told.map_or_else(|| kind_of_file(path), |(_, kind)| *kind);
}

/// The kind that a file's name tells: `books.csv`.
fn kind_of_file(path: &Path) -> Kind {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem.split(|c: char| !c.is_alphanumeric())
        .find_map(Kind::from_word)
        .unwrap_or(Kind::Other)
}

//! Fields: what of an item is indexed, and as what document. Descriptions are indexed, not stored.

use tantivy::query::{BooleanQuery, ConstScoreQuery, Query, TermQuery};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{TantivyDocument, Term};

use super::words;
use crate::catalogue::{Item, ItemId, Kind};
use crate::view::Matched;

/// Longer texts are indexed up to here.
const LONGEST_TEXT_CHARS: usize = 64 << 10;

/// The searched fields: name, what a match in it is called, weight, running text.
pub const FIELDS: [(&str, Matched, f32, bool); 4] = [
    ("title", Matched::Title, 8.0, false),
    ("people", Matched::People, 4.0, false),
    ("tags", Matched::Tags, 2.0, false),
    ("description", Matched::Description, 1.0, true),
];

/// A field, its weight against the others, and whether it holds running text.
#[derive(Debug, Clone, Copy)]
pub struct Weighted {
    pub field: Field,
    pub weight: f32,
    pub running_text: bool,
}

/// The fields of the index.
pub struct Fields {
    pub schema: Schema,
    pub item: Field,
    kind: Field,
    /// In the order of [`FIELDS`].
    pub weighted: [Weighted; FIELDS.len()],
}

impl Fields {
    /// The fields that an index of this format has.
    pub fn new() -> Self {
        let mut schema = Schema::builder();
        let item = schema.add_u64_field("item", INDEXED | FAST);
        let kind = schema.add_text_field("kind", STRING);
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text = TextOptions::default().set_indexing_options(indexing);
        let weighted = FIELDS.map(|(name, _, weight, running_text)| Weighted {
            field: schema.add_text_field(name, text.clone()),
            weight,
            running_text,
        });
        Self {
            schema: schema.build(),
            item,
            kind,
            weighted,
        }
    }

    /// A query among the items of one kind; the scores stay as they are.
    pub fn of_kind(&self, query: Box<dyn Query>, kind: Kind) -> Box<dyn Query> {
        let term = Term::from_field_text(self.kind, kind.name());
        let among = TermQuery::new(term, IndexRecordOption::Basic);
        let among = ConstScoreQuery::new(Box::new(among), 0.0);
        Box::new(BooleanQuery::intersection(vec![query, Box::new(among)]))
    }

    /// What is indexed of an item.
    pub fn document(&self, id: ItemId, item: &Item) -> TantivyDocument {
        let [title, people, tags, description] = self.weighted.map(|weighted| weighted.field);
        let mut document = TantivyDocument::new();
        document.add_u64(self.item, u64::from(id.0));
        document.add_text(self.kind, item.kind.name());
        let mut add = |field: Field, text: &str| {
            document.add_pre_tokenized_text(field, tokens(text));
        };
        add(title, &item.title);
        for name in item.creators.iter().chain(&item.people) {
            add(people, name);
        }
        let lists = [&item.genres, &item.tags, &item.languages, &item.countries];
        for tag in lists.into_iter().flatten() {
            add(tags, tag);
        }
        if let Some(year) = item.year {
            add(tags, &year.to_string());
        }
        if item.kind != Kind::Other {
            add(tags, item.kind.name());
        }
        add(description, &item.description);
        document
    }
}

fn tokens(text: &str) -> PreTokenizedString {
    let end = text
        .char_indices()
        .nth(LONGEST_TEXT_CHARS)
        .map_or(text.len(), |(end, _)| end);
    let tokens = words::index_terms(&text[..end])
        .into_iter()
        .map(|placed| Token {
            position: placed.position,
            text: placed.term,
            ..Token::default()
        })
        .collect();
    PreTokenizedString {
        text: String::new(),
        tokens,
    }
}

//! Vocabulary: the terms that an index has, and which of them a typed word may stand for.
//!
//! As typed, singular, completed, with a typo: the alternatives are weighted so that a better one always
//! counts more, however rare the other. Not here: what a line of several words asks.

use std::collections::HashMap;

use tantivy::Searcher;
use tantivy::query::{
    BoostQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Term};

use super::fields::Weighted;
use super::words;

/// Completions and typos that are tried per word and field, the likeliest first.
const MOST_VARIANTS: usize = 64;
/// Shorter beginnings are completed in names only: in running text they mean nothing.
const SHORTEST_COMPLETED_TEXT: usize = 3;
/// How much a second way adds to a word's best one.
const TIE_BREAKER: f32 = 0.1;

const SINGULAR: f32 = 0.9;
const COMPLETED: f32 = 0.6;
const ONE_EDIT: f32 = 0.3;
const TWO_EDITS: f32 = 0.1;

/// The terms of an index.
pub struct Vocabulary<'a> {
    searcher: &'a Searcher,
    documents: u64,
}

struct Variant {
    term: Term,
    documents: u64,
    factor: f32,
}

impl<'a> Vocabulary<'a> {
    /// The terms that a searcher sees.
    pub fn of(searcher: &'a Searcher) -> Self {
        let documents = searcher.segment_readers().iter();
        Self {
            searcher,
            documents: documents.map(|s| u64::from(s.max_doc())).sum(),
        }
    }

    /// A word and what it may stand for; the last one of a line may be unfinished.
    pub fn word(
        &self,
        word: &str,
        weighted: &Weighted,
        last: bool,
        typos: bool,
    ) -> tantivy::Result<Option<Box<dyn Query>>> {
        let field = weighted.field;
        let letters = word.chars().count();
        let mut found = HashMap::new();
        // The likelier reading is looked up first and is the one that is kept.
        self.exact(word, field, 1.0, &mut found)?;
        if let Some(singular) = words::singular(word) {
            self.exact(&singular, field, SINGULAR, &mut found)?;
        }
        let completed = last && (!weighted.running_text || letters >= SHORTEST_COMPLETED_TEXT);
        if completed {
            self.expand(word, field, 0, true, COMPLETED, &mut found)?;
        }
        if typos {
            for (edits, factor, shortest) in [(1, ONE_EDIT, 4), (2, TWO_EDITS, 8)] {
                if letters >= shortest {
                    self.expand(word, field, edits, false, factor, &mut found)?;
                    if completed {
                        self.expand(word, field, edits, true, factor / 2.0, &mut found)?;
                    }
                }
            }
        }
        Ok(self.ranked(word, field, found))
    }

    /// Every term that begins with `begin`, the commonest ranked by BM25.
    pub fn completed(&self, begin: &str, field: Field) -> tantivy::Result<Option<Box<dyn Query>>> {
        let mut found = HashMap::new();
        self.expand(begin, field, 0, true, COMPLETED, &mut found)?;
        if let Some(exact) = found.get_mut(begin) {
            exact.factor = 1.0;
        }
        Ok(self.ranked(begin, field, found))
    }

    fn exact(
        &self,
        text: &str,
        field: Field,
        factor: f32,
        found: &mut HashMap<String, Variant>,
    ) -> tantivy::Result<()> {
        let term = Term::from_field_text(field, text);
        let documents = self.searcher.doc_freq(&term)?;
        if documents > 0 {
            let variant = Variant {
                term,
                documents,
                factor,
            };
            found.entry(text.to_owned()).or_insert(variant);
        }
        Ok(())
    }

    /// Adds the terms within some edits of a text, or of a beginning, that are not there yet.
    fn expand(
        &self,
        text: &str,
        field: Field,
        edits: u8,
        prefix: bool,
        factor: f32,
        found: &mut HashMap<String, Variant>,
    ) -> tantivy::Result<()> {
        let term = Term::from_field_text(field, text);
        let fuzzy = if prefix {
            FuzzyTermQuery::new_prefix(term, edits, true)
        } else {
            FuzzyTermQuery::new(term, edits, true)
        };
        let mut counts: HashMap<String, u64> = HashMap::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let mut terms = inverted.terms().search(fuzzy.automaton()?).into_stream()?;
            while terms.advance() {
                if let Ok(key) = std::str::from_utf8(terms.key()) {
                    *counts.entry(key.to_owned()).or_default() += u64::from(terms.value().doc_freq);
                }
            }
        }
        for (text, documents) in counts {
            let term = Term::from_field_text(field, &text);
            found.entry(text).or_insert(Variant {
                term,
                documents,
                factor,
            });
        }
        Ok(())
    }

    /// The alternatives as one query in which the likelier one counts more, however rare the other.
    fn ranked(
        &self,
        typed: &str,
        field: Field,
        found: HashMap<String, Variant>,
    ) -> Option<Box<dyn Query>> {
        let commonest = found.values().map(|variant| variant.documents).max()?;
        let cut = found.len() > MOST_VARIANTS;
        let mut variants: Vec<Variant> = found.into_values().collect();
        variants.sort_by(|a, b| {
            let by_count = b.documents.cmp(&a.documents);
            b.factor
                .total_cmp(&a.factor)
                .then(by_count)
                .then_with(|| a.term.cmp(&b.term))
        });
        variants.truncate(MOST_VARIANTS);
        let scale = |variant: &Variant| {
            if variant.factor < 1.0 {
                variant.factor * self.idf(commonest) / self.idf(variant.documents)
            } else {
                1.0
            }
        };
        let mut ways: Vec<Box<dyn Query>> = variants
            .into_iter()
            .map(|variant| {
                let boost = scale(&variant);
                Box::new(BoostQuery::new(term_query(variant.term), boost)) as Box<dyn Query>
            })
            .collect();
        if cut {
            // The rest of the completions still match, at the end of the list.
            let rest = FuzzyTermQuery::new_prefix(Term::from_field_text(field, typed), 0, true);
            ways.push(Box::new(BoostQuery::new(Box::new(rest), 0.01)));
        }
        Some(best_of(ways))
    }

    fn idf(&self, documents: u64) -> f32 {
        let without = self.documents.saturating_sub(documents) as f32;
        (1.0 + (without + 0.5) / (documents as f32 + 0.5)).ln()
    }
}

/// A term, weighed by how rare it is.
pub fn term_query(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

/// Several ways to match, of which the best counts.
pub fn best_of(mut ways: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match ways.pop() {
        Some(only) if ways.is_empty() => only,
        Some(last) => {
            ways.push(last);
            Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, TIE_BREAKER))
        }
        None => Box::new(EmptyQuery),
    }
}

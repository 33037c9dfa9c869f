//! Query: what a line of typed words asks of the index.
//!
//! Every unit of the line becomes alternatives per field (as typed, singular, completed, with a
//! typo), weighted so that a better alternative always counts more; [`Plan`] puts them together in
//! steps from strict to lenient. Nothing in a line is syntax. Not here: running the steps.

use std::collections::HashMap;

use tantivy::Searcher;
use tantivy::query::{
    BooleanQuery, BoostQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, PhraseQuery, Query,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Term};

use super::words::{self, Unit};

/// More of a line than this says no more about what is sought.
const LONGEST_LINE_CHARS: usize = 512;
const MOST_UNITS: usize = 32;
/// Completions and typos that are tried per word and field, the likeliest first.
const MOST_VARIANTS: usize = 64;
/// Shorter beginnings are completed in names only: in running text they mean nothing.
const SHORTEST_COMPLETED_TEXT: usize = 3;
/// How much a second field adds to a word's best one.
const TIE_BREAKER: f32 = 0.1;

const SINGULAR: f32 = 0.9;
const COMPLETED: f32 = 0.6;
const ONE_EDIT: f32 = 0.3;
const TWO_EDITS: f32 = 0.1;
const PARTIAL_RUN: f32 = 0.4;

/// A field, its weight against the others, and whether it holds running text.
#[derive(Debug, Clone, Copy)]
pub struct Weighted {
    pub field: Field,
    pub weight: f32,
    pub running_text: bool,
}

/// How closely a document must follow the line; strictest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Every unit, as typed; the last one may be unfinished.
    All,
    /// Every unit, with typos.
    AllWithTypos,
    /// Some unit, as typed.
    Any,
    /// Some unit, with typos.
    AnyWithTypos,
}

impl Step {
    /// The steps in the order in which they are tried.
    pub const ORDER: [Self; 4] = [Self::All, Self::AllWithTypos, Self::Any, Self::AnyWithTypos];

    fn typos(self) -> bool {
        matches!(self, Self::AllWithTypos | Self::AnyWithTypos)
    }

    fn all(self) -> bool {
        matches!(self, Self::All | Self::AllWithTypos)
    }

    /// What a field weighs. Some words of many are rather a description than a name: several of
    /// them in running text then outweigh one in a title.
    fn weight(self, weight: f32) -> f32 {
        if self.all() { weight } else { weight.sqrt() }
    }
}

/// A line, read once, asked in several ways.
pub struct Plan<'a> {
    searcher: &'a Searcher,
    fields: &'a [Weighted],
    units: Vec<Unit>,
    documents: u64,
}

struct Variant {
    term: Term,
    documents: u64,
    factor: f32,
}

impl<'a> Plan<'a> {
    /// Reads a line. The plan is empty when the line says nothing.
    pub fn new(searcher: &'a Searcher, fields: &'a [Weighted], line: &str) -> Self {
        let line: String = line.chars().take(LONGEST_LINE_CHARS).collect();
        let mut units = words::units(&words::fold(&line));
        units.truncate(MOST_UNITS);
        let documents = searcher.segment_readers().iter();
        Self {
            searcher,
            fields,
            units,
            documents: documents.map(|s| u64::from(s.max_doc())).sum(),
        }
    }

    /// Whether a step can find anything that the steps before it cannot.
    pub fn worthwhile(&self, step: Step) -> bool {
        !self.units.is_empty() && (step.all() || self.units.len() > 1 || self.divides())
    }

    /// The query of a step, or nothing when no document can match.
    pub fn query(&self, step: Step) -> tantivy::Result<Option<Box<dyn Query>>> {
        let mut clauses = Vec::new();
        for index in 0..self.units.len() {
            let mut fields: Vec<Box<dyn Query>> = Vec::new();
            for weighted in self.fields {
                if let Some(query) = self.unit(index, weighted, step)? {
                    let weight = step.weight(weighted.weight);
                    fields.push(Box::new(BoostQuery::new(query, weight)));
                }
            }
            if !fields.is_empty() {
                clauses.push(best_of(fields));
            } else if step.all() {
                return Ok(None);
            }
        }
        if clauses.is_empty() {
            return Ok(None);
        }
        let occur = if step.all() {
            Occur::Must
        } else {
            Occur::Should
        };
        let mut clauses: Vec<_> = clauses.into_iter().map(|query| (occur, query)).collect();
        if step == Step::All
            && let Some(weighted) = self.fields.first()
            && let Some(phrase) = self.phrase(weighted)
        {
            clauses.push((Occur::Should, phrase));
        }
        Ok(Some(Box::new(BooleanQuery::new(clauses))))
    }

    /// What a step finds of the line in one field alone, for saying where a document matched.
    pub fn field_query(
        &self,
        weighted: &Weighted,
        step: Step,
    ) -> tantivy::Result<Option<Box<dyn Query>>> {
        let step = if step.typos() {
            Step::AnyWithTypos
        } else {
            Step::Any
        };
        let mut units = Vec::new();
        for index in 0..self.units.len() {
            units.extend(self.unit(index, weighted, step)?);
        }
        Ok((!units.is_empty()).then(|| Box::new(BooleanQuery::union(units)) as Box<dyn Query>))
    }

    /// Whether some unit can match in part.
    fn divides(&self) -> bool {
        self.units.iter().any(|unit| match unit {
            Unit::Word(_) => false,
            Unit::Compound(_) => true,
            Unit::Run(run) => run.len() > 2,
        })
    }

    /// One unit in one field.
    fn unit(
        &self,
        index: usize,
        weighted: &Weighted,
        step: Step,
    ) -> tantivy::Result<Option<Box<dyn Query>>> {
        let last = index + 1 == self.units.len();
        match &self.units[index] {
            Unit::Word(word) => self.word(word, weighted, last, step.typos()),
            Unit::Compound(parts) => {
                let mut ways = Vec::new();
                ways.extend(self.word(&parts.concat(), weighted, last, step.typos())?);
                let mut each = Vec::new();
                for part in parts {
                    each.extend(self.word(part, weighted, false, false)?);
                }
                if each.len() == parts.len() {
                    ways.push(Box::new(BooleanQuery::intersection(each)));
                } else if step == Step::Any || step == Step::AnyWithTypos {
                    ways.extend(each);
                }
                Ok((!ways.is_empty()).then(|| best_of(ways)))
            }
            Unit::Run(run) => self.run(run, weighted.field, step),
        }
    }

    /// A run as a phrase; in the lenient steps, a good part of its pairs.
    fn run(
        &self,
        run: &[char],
        field: Field,
        step: Step,
    ) -> tantivy::Result<Option<Box<dyn Query>>> {
        let terms: Vec<Term> = words::pairs(run)
            .map(|pair| Term::from_field_text(field, &pair))
            .collect();
        let Some(first) = terms.first() else {
            // A single character begins some pair wherever it stands.
            let begin: String = run.iter().collect();
            return self.completed(&begin, field);
        };
        if step == Step::All || terms.len() == 1 {
            return Ok(Some(if terms.len() == 1 {
                term_query(first.clone())
            } else {
                Box::new(PhraseQuery::new(terms))
            }));
        }
        let needed = match step {
            // One wrong character spoils two pairs.
            Step::AllWithTypos => terms.len().saturating_sub(2).max(1),
            _ => terms.len().div_ceil(3),
        };
        let pairs = terms.into_iter().map(term_query).collect();
        let some = BooleanQuery::union_with_minimum_required_clauses(pairs, needed);
        Ok(Some(Box::new(BoostQuery::new(Box::new(some), PARTIAL_RUN))))
    }

    /// Every term that begins with `begin`, the commonest ranked by BM25.
    fn completed(&self, begin: &str, field: Field) -> tantivy::Result<Option<Box<dyn Query>>> {
        let mut found = HashMap::new();
        self.expand(begin, field, 0, true, COMPLETED, &mut found)?;
        if let Some(exact) = found.get_mut(begin) {
            exact.factor = 1.0;
        }
        Ok(self.ranked(begin, field, found))
    }

    /// A word and what it may stand for.
    fn word(
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

    /// The whole line in a row in the foremost field; only ever adds to a score.
    fn phrase(&self, weighted: &Weighted) -> Option<Box<dyn Query>> {
        let terms: Vec<(usize, Term)> = words::phrase_terms(&self.units)
            .into_iter()
            .map(|(position, term)| (position, Term::from_field_text(weighted.field, &term)))
            .collect();
        (self.units.len() > 1 && terms.len() > 1).then(|| {
            let phrase = Box::new(PhraseQuery::new_with_offset(terms));
            Box::new(BoostQuery::new(phrase, weighted.weight / 2.0)) as Box<dyn Query>
        })
    }
}

fn term_query(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn best_of(mut ways: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match ways.pop() {
        Some(only) if ways.is_empty() => only,
        Some(last) => {
            ways.push(last);
            Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, TIE_BREAKER))
        }
        None => Box::new(tantivy::query::EmptyQuery),
    }
}

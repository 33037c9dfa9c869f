//! Query: what a line of typed words asks of the index.
//!
//! Every unit of the line becomes what it may stand for in each field ([`Vocabulary`]); [`Plan`] puts
//! that together in steps from strict to lenient. Nothing in a line is syntax. Not here: running the
//! steps.

use tantivy::Searcher;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, PhraseQuery, Query};
use tantivy::schema::{Field, Term};

use super::fields::Weighted;
use super::vocabulary::{Vocabulary, best_of, term_query};
use super::words::{self, Unit};

/// More of a line than this says no more about what is sought.
const LONGEST_LINE_CHARS: usize = 512;
const MOST_UNITS: usize = 32;

const PARTIAL_RUN: f32 = 0.4;

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
    vocabulary: Vocabulary<'a>,
    fields: &'a [Weighted],
    units: Vec<Unit>,
}

impl<'a> Plan<'a> {
    /// Reads a line. The plan is empty when the line says nothing.
    pub fn new(searcher: &'a Searcher, fields: &'a [Weighted], line: &str) -> Self {
        let line: String = line.chars().take(LONGEST_LINE_CHARS).collect();
        let mut units = words::units(&words::fold(&line));
        units.truncate(MOST_UNITS);
        Self {
            vocabulary: Vocabulary::of(searcher),
            fields,
            units,
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
            Unit::Word(word) => self.vocabulary.word(word, weighted, last, step.typos()),
            Unit::Compound(parts) => {
                let mut ways = Vec::new();
                ways.extend(
                    self.vocabulary
                        .word(&parts.concat(), weighted, last, step.typos())?,
                );
                let mut each = Vec::new();
                for part in parts {
                    each.extend(self.vocabulary.word(part, weighted, false, false)?);
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
            return self.vocabulary.completed(&begin, field);
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

//! The centre of a catalogue's texts: what their vectors have in common is taken off each, so that only
//! what tells them apart is left.
//!
//! Sentence encoders put all texts into a narrow cone, and those of one writing into a narrower one, whatever
//! they say: without this, a search in Chinese finds what is written in Chinese. So each writing has a mean
//! of its own (Libovický, Rosa and Fraser 2020, "On the Language Neutrality of Pre-trained Multilingual
//! Representations"), held to that of all the closer the fewer its texts are.

use std::collections::BTreeMap;

use ndarray::{Array1, Array2, ArrayView1};

use crate::writing::Writing;

/// With a handful of texts the mean is mostly the texts themselves.
const LEAST: usize = 8;
/// Texts that the mean of all counts for in that of a writing.
const SHRINK: f64 = 5.0;

/// What is subtracted from the vectors of a catalogue's texts.
#[derive(Debug, Clone, Default)]
pub struct Centre {
    all: Array1<f32>,
    /// Empty where all texts are in one writing.
    each: BTreeMap<Writing, Array1<f32>>,
}

impl Centre {
    /// The centre of rows, N × dimensions, each with the writing of its text; rows of zeros are no texts.
    pub fn of(rows: &Array2<f32>, writings: &[Option<Writing>]) -> Self {
        let mut count = 0;
        let mut all = Array1::<f64>::zeros(rows.ncols());
        let mut sums: BTreeMap<Writing, (usize, Array1<f64>)> = BTreeMap::new();
        for (row, writing) in rows
            .outer_iter()
            .zip(writings)
            .filter(|(row, _)| known(row))
        {
            let add = |sum: &mut Array1<f64>| sum.zip_mut_with(&row, |m, x| *m += f64::from(*x));
            count += 1;
            add(&mut all);
            if let Some(writing) = writing {
                let nothing = || (0, Array1::zeros(rows.ncols()));
                let (count, sum) = sums.entry(*writing).or_insert_with(nothing);
                *count += 1;
                add(sum);
            }
        }
        if count < LEAST {
            return Self {
                all: Array1::zeros(rows.ncols()),
                each: BTreeMap::new(),
            };
        }
        all /= count as f64;
        let several = sums.len() > 1;
        let each = sums.into_iter().filter(|_| several);
        let each = each.map(|(writing, (count, sum))| {
            let mean = (sum + &all * SHRINK) / (count as f64 + SHRINK);
            (writing, mean.mapv(|m| m as f32))
        });
        Self {
            each: each.collect(),
            all: all.mapv(|m| m as f32),
        }
    }

    /// Takes the centre off every row and scales it to unit length; rows of zeros stay.
    pub fn take_off(&self, mut rows: Array2<f32>, writings: &[Option<Writing>]) -> Array2<f32> {
        for (mut row, writing) in rows.outer_iter_mut().zip(writings) {
            if known(&row.view()) {
                let unit = self.unit(row.as_slice().unwrap_or(&[]), *writing);
                row.assign(&unit);
            }
        }
        rows
    }

    /// The vector of a text in a writing without the centre, at unit length.
    pub fn unit(&self, vector: &[f32], writing: Option<Writing>) -> Array1<f32> {
        let own = writing.and_then(|writing| self.each.get(&writing));
        let mean = own.unwrap_or(&self.all);
        let mut unit: Array1<f32> = vector.iter().zip(mean).map(|(x, m)| x - m).collect();
        let norm = unit.iter().map(|x| x * x).sum::<f32>().sqrt();
        if norm > 0.0 {
            unit /= norm;
        }
        unit
    }
}

fn known(row: &ArrayView1<f32>) -> bool {
    row.iter().any(|x| *x != 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts that say one of two things, in two writings, the second far from the first.
    fn rows() -> (Array2<f32>, Vec<Option<Writing>>) {
        let rows = Array2::from_shape_fn((40, 3), |(row, at)| match at {
            0 => 3.0 * f32::from(u8::from(row >= 20)),
            1 => f32::from(u8::from(row % 2 == 0)),
            _ => f32::from(u8::from(row % 2 == 1)),
        });
        let latin = Writing::of("a");
        let writings = (0..40).map(|row| if row < 20 { latin } else { Writing::of("红") });
        (rows, writings.collect())
    }

    #[test]
    fn what_a_text_says_counts_across_writings() {
        let (rows, writings) = rows();
        let centre = Centre::of(&rows, &writings);
        let units = centre.take_off(rows, &writings);
        let nearness = |a: usize, b: usize| units.row(a).dot(&units.row(b));
        assert!(
            nearness(0, 20) > nearness(0, 1),
            "another writing, the same said"
        );
        assert!(nearness(0, 20) > 0.0);
    }

    #[test]
    fn one_writing_has_the_mean_of_all() {
        let (rows, _) = rows();
        let writings = vec![Writing::of("a"); 40];
        let centre = Centre::of(&rows, &writings);
        let unit = centre.unit(&[5.0, 1.0, 0.0], Writing::of("红"));
        assert_eq!(unit, centre.unit(&[5.0, 1.0, 0.0], Writing::of("a")));
        let mean = rows.mean_axis(ndarray::Axis(0)).unwrap();
        assert_eq!(centre.all, mean);
    }

    #[test]
    fn few_texts_have_no_centre() {
        let rows = Array2::from_elem((7, 2), 1.0);
        let centre = Centre::of(&rows, &[None; 7]);
        assert_eq!(centre.unit(&[3.0, 4.0], None).to_vec(), [0.6, 0.8]);
    }
}

//! A field: what may have several values, as sparse unit rows over its words.

use std::collections::HashMap;

use crate::catalogue::ItemId;

/// One multi-valued field as sparse unit rows of tf-idf.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// The words, in order of first appearance.
    pub names: Vec<String>,
    starts: Vec<usize>,
    cells: Vec<(u32, f32)>,
}

impl Field {
    /// Weighs a value by ln(N / items that have it) + 1 and scales each row to unit length.
    pub(super) fn build<'a, T, I>(items: &'a [T], values: impl Fn(&'a T) -> I) -> Self
    where
        I: Iterator<Item = &'a String>,
    {
        let mut number: HashMap<String, u32> = HashMap::new();
        // Most are written as before, and need no other case to be known again.
        let mut written: HashMap<&str, u32> = HashMap::new();
        let mut field = Self {
            starts: vec![0],
            ..Self::default()
        };
        let mut seen_in: Vec<f32> = Vec::new();
        for item in items {
            let begin = field.cells.len();
            for value in values(item) {
                let id = *written.entry(value).or_insert_with(|| {
                    *number.entry(value.to_lowercase()).or_insert_with(|| {
                        field.names.push(value.clone());
                        seen_in.push(0.0);
                        field.names.len() as u32 - 1
                    })
                });
                if field.cells[begin..].iter().all(|(other, _)| *other != id) {
                    field.cells.push((id, 1.0));
                    seen_in[id as usize] += 1.0;
                }
            }
            field.starts.push(field.cells.len());
        }
        let n = items.len() as f32;
        for row in 0..items.len() {
            let cells = &mut field.cells[field.starts[row]..field.starts[row + 1]];
            for (id, value) in cells.iter_mut() {
                *value = (n / seen_in[*id as usize]).ln() + 1.0;
            }
            let norm = cells.iter().map(|(_, v)| v * v).sum::<f32>().sqrt();
            for (_, value) in cells.iter_mut() {
                *value /= norm;
            }
        }
        field
    }

    /// The number of a word, however it is written in capitals.
    pub fn word(&self, name: &str) -> Option<usize> {
        let name = name.to_lowercase();
        self.names
            .iter()
            .position(|word| word.to_lowercase() == name)
    }

    /// The (word, tf-idf) pairs of an item.
    pub fn row(&self, item: ItemId) -> &[(u32, f32)] {
        &self.cells[self.starts[item.row()]..self.starts[item.row() + 1]]
    }

    /// The product of an item's row with a dense vector over the words.
    pub fn dot(&self, item: ItemId, dense: &[f32]) -> f32 {
        self.row(item)
            .iter()
            .map(|(id, value)| value * dense[*id as usize])
            .sum()
    }

    /// Adds `scale` times an item's row to a dense vector over the words.
    pub fn add_to(&self, item: ItemId, scale: f32, dense: &mut [f32]) {
        for (id, value) in self.row(item) {
            dense[*id as usize] += scale * value;
        }
    }
}

//! Fusion: one ranking out of two, by reciprocal rank.
//!
//! A list counts by its order alone, so word scores and cosines need no common scale. Not here:
//! either ranking, filters, and what a result looks like.

use std::collections::HashMap;

use crate::catalogue::ItemId;

/// How slowly the worth of a rank falls off (Cormack, Clarke and Büttcher, SIGIR 2009).
const K: f64 = 60.0;

/// Merges two rankings, best first: an item is worth Σ 1/(60 + rank) over the lists it is in.
///
/// Equal items keep the order of `words`, then of `meaning`. A repeated item counts at its best rank.
pub fn fuse(words: &[ItemId], meaning: &[ItemId]) -> Vec<(ItemId, f64)> {
    let mut place = HashMap::new();
    let mut fused: Vec<(ItemId, f64)> = Vec::new();
    for list in [words, meaning] {
        let mut seen = std::collections::HashSet::new();
        let distinct = list.iter().filter(|&&item| seen.insert(item));
        for (rank, &item) in distinct.enumerate() {
            let at = *place.entry(item).or_insert_with(|| {
                fused.push((item, 0.0));
                fused.len() - 1
            });
            fused[at].1 += 1.0 / (K + (rank + 1) as f64);
        }
    }
    fused.sort_by(|a, b| b.1.total_cmp(&a.1));
    fused
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(list: &[u32]) -> Vec<ItemId> {
        list.iter().copied().map(ItemId).collect()
    }

    fn order(words: &[u32], meaning: &[u32]) -> Vec<u32> {
        let fused = fuse(&ids(words), &ids(meaning));
        fused.into_iter().map(|(item, _)| item.0).collect()
    }

    #[test]
    fn what_both_lists_name_comes_first() {
        assert_eq!(order(&[1, 2, 3], &[4, 3, 5]), [3, 1, 4, 2, 5]);
    }

    #[test]
    fn one_list_alone_keeps_its_order() {
        assert_eq!(order(&[7, 5, 9], &[]), [7, 5, 9]);
        assert_eq!(order(&[], &[7, 5, 9]), [7, 5, 9]);
        assert_eq!(order(&[], &[]), [0; 0]);
    }

    #[test]
    fn the_worth_of_a_rank_is_the_papers() {
        let fused = fuse(&ids(&[1, 1, 2]), &ids(&[2]));
        assert_eq!(fused[0], (ItemId(2), 1.0 / 62.0 + 1.0 / 61.0));
        assert_eq!(fused[1], (ItemId(1), 1.0 / 61.0));
    }
}

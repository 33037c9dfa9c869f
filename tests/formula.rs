//! The formula and its laws: the article's example, the argsort, and that scores, explanations and
//! learning read the same summands.

use curio_engine::rank::{argsort, score};

/// φ = [1,2,3,4], ψ = [4,3,2,1], w = [1,2,3,4].
#[test]
fn the_worked_example_gives_fifty() {
    let (phi, psi, w) = (
        [1.0, 2.0, 3.0, 4.0],
        [4.0, 3.0, 2.0, 1.0],
        [1.0, 2.0, 3.0, 4.0],
    );
    let evidence: Vec<f64> = phi.iter().zip(psi).map(|(p, q)| p * q).collect();
    assert_eq!(score(&w, &evidence), 50.0);
}

/// The article ranks items by the argsort of their scores, best first.
#[test]
fn a_ranking_is_an_argsort_of_the_scores() {
    assert_eq!(argsort(&[0.2, 0.9, 0.5, 0.7]), [1, 3, 2, 0]);
    assert_eq!(
        argsort(&[1.0, 2.0, 1.0]),
        [1, 0, 2],
        "equal scores keep their order"
    );
    assert_eq!(argsort(&[]), [0usize; 0]);
}

//! Tests of weighted scoring: totals, order, and that a flip really flips.

use super::{Criterion, inverted, weighted};
use crate::method::{Insufficient, testing::near};

fn criteria(weights: &[f64]) -> Vec<Criterion> {
    let benefit = |&weight: &f64| Criterion {
        weight,
        is_cost: false,
    };
    weights.iter().map(benefit).collect()
}

#[test]
fn scores_are_weighted_and_costs_count_negative() {
    let mut criteria = criteria(&[0.5, 0.3, 0.2]);
    criteria[2].is_cost = true;
    let options = vec![vec![4.0, 2.0, 5.0], vec![3.0, 5.0, 1.0]];
    let scored = weighted(&criteria, &options).unwrap();
    near(scored.scores[0], 1.6, 1e-12);
    near(scored.scores[1], 2.8, 1e-12);
    assert_eq!(scored.ranking, [1, 0]);
    assert_eq!(inverted(2.0, 1.0, 5.0), Ok(4.0));
}

/// Two options that differ by one point in either criterion: they change places at one half.
#[test]
fn the_weight_that_flips_the_winner_is_found() {
    let scored = weighted(&criteria(&[0.6, 0.4]), &[vec![2.0, 1.0], vec![1.0, 2.0]]).unwrap();
    assert_eq!(scored.ranking, [0, 1]);
    assert_eq!(scored.flips.len(), 2);
    near(scored.flips[0].weight, 0.5, 1e-12);
    assert_eq!(scored.flips[0].option, 1);
}

#[test]
fn a_winner_in_everything_is_never_flipped() {
    let options = vec![vec![5.0, 5.0], vec![4.0, 1.0], vec![5.0, 3.0]];
    let scored = weighted(&criteria(&[0.7, 0.3]), &options).unwrap();
    assert_eq!((scored.ranking[0], scored.flips), (0, vec![]));
    let single = weighted(&criteria(&[1.0]), &[vec![1.0]]).unwrap();
    assert_eq!((single.ranking, single.flips), (vec![0], vec![]));
}

#[test]
fn weights_must_add_up_and_tables_be_whole() {
    let wrong = weighted(&criteria(&[0.5, 0.4]), &[vec![1.0, 1.0]]);
    assert!(matches!(wrong, Err(Insufficient::WrongTotal { .. })));
    assert!(weighted(&criteria(&[0.333, 0.333, 0.333]), &[vec![1.0, 1.0, 1.0]]).is_ok());
    assert!(weighted(&criteria(&[0.5, 0.5]), &[vec![1.0]]).is_err());
    assert!(weighted(&criteria(&[1.0]), &[vec![f64::NAN]]).is_err());
    assert!(weighted(&[], &[]).is_err() && weighted(&criteria(&[1.0]), &[]).is_err());
    assert!(weighted(&criteria(&[1.5, -0.5]), &[vec![1.0, 1.0]]).is_err());
}

/// Past the weight that is named the named option leads; short of it, the winner still does.
#[test]
fn every_flip_is_a_true_boundary() {
    arbtest::arbtest(|bytes| {
        let n = bytes.int_in_range(1..=4_usize)?;
        let mut raw = Vec::new();
        for _ in 0..n {
            raw.push(f64::from(bytes.int_in_range(1..=20_u8)?));
        }
        let total: f64 = raw.iter().sum();
        let weights: Vec<f64> = raw.iter().map(|w| w / total).collect();
        let mut options = Vec::new();
        for _ in 0..bytes.int_in_range(1..=4_usize)? {
            let mut row = Vec::new();
            for _ in 0..n {
                row.push(f64::from(bytes.int_in_range(0..=10_u8)?));
            }
            options.push(row);
        }
        let scored = weighted(&criteria(&weights), &options).unwrap();
        let winner = scored.ranking[0];
        for flip in &scored.flips {
            let old = weights[flip.criterion];
            let at = |weight: f64| {
                let moved = weights.iter().enumerate().map(|(i, w)| match i {
                    i if i == flip.criterion => weight,
                    _ => w * (1.0 - weight) / (1.0 - old),
                });
                weighted(&criteria(&moved.collect::<Vec<_>>()), &options)
                    .unwrap()
                    .scores
            };
            let there = at(flip.weight);
            near(there[flip.option], there[winner], 1e-9);
            let halfway = at((flip.weight + old) / 2.0);
            assert!(halfway.iter().all(|score| *score <= halfway[winner] + 1e-9));
        }
        Ok(())
    })
    .budget_ms(1000);
}

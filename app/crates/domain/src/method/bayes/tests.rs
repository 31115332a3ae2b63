//! Tests of the Bayesian comparison: exact values, both computations against each other, symmetry.

use super::{Beta, Computation, closed_form, compare, quadrature};
use crate::method::{Insufficient, Sample, testing::near};

fn sample(successes: u64, n: u64) -> Sample {
    Sample::new(successes, n).unwrap()
}

/// Small counts, where the integral of two polynomials can be done by hand: with A ~ Beta(1, 2)
/// and B ~ Beta(2, 1), Pr(B > A) = 5∕6, E[max(A − B, 0)] = 1∕30 and E[max(B − A, 0)] = 11∕30.
#[test]
fn one_success_against_one_failure_is_computed_exactly() {
    let comparison = compare(sample(0, 1), sample(1, 1)).unwrap();
    near(comparison.b_beats_a, 5.0 / 6.0, 1e-12);
    near(comparison.loss_if_b, 1.0 / 30.0, 1e-12);
    near(comparison.loss_if_a, 11.0 / 30.0, 1e-12);
    assert_eq!(comparison.computation, Computation::ClosedForm);
}

#[test]
fn equal_groups_are_a_toss_up() {
    for n in [1, 10, 1_000, 400_000, 10_u64.pow(12)] {
        let comparison = compare(sample(n / 2, n), sample(n / 2, n)).unwrap();
        near(comparison.b_beats_a, 0.5, 1e-8);
        near(comparison.loss_if_a, comparison.loss_if_b, 1e-8);
    }
}

/// Cookie Cats: the later gate keeps fewer players. The sum in forty digits gives this probability.
#[test]
fn a_hundred_thousand_players_are_compared() {
    let comparison = compare(sample(8_502, 44_700), sample(8_279, 45_489)).unwrap();
    near(comparison.b_beats_a, 0.000_777_338_664_576, 1e-9);
    near(comparison.loss_if_b - comparison.loss_if_a, 0.008_2, 5e-5);
}

#[test]
fn both_computations_agree() {
    for (a, b) in [
        ((0, 1), (1, 1)),
        ((0, 3), (0, 9)),
        ((5, 5), (2, 9)),
        ((5, 83), (12, 99)),
        ((0, 20_000), (3, 20_000)),
        ((4, 990_000), (1, 9_000)),
        ((19_999, 20_000), (19_990, 20_000)),
        ((8_502, 44_700), (8_279, 45_489)),
        ((100_000, 200_000), (100_300, 200_000)),
        ((7, 10), (350_000, 500_000)),
    ] {
        let beta = |(successes, n)| Beta::after(sample(successes, n)).unwrap();
        let (a, b) = (beta(a), beta(b));
        near(quadrature::beats(b, a), closed_form::beats(b, a), 2e-8);
        near(quadrature::beats(a, b), closed_form::beats(a, b), 2e-8);
    }
}

/// The sum of the closed form in thirty digits, for counts on both sides of the switch.
#[test]
fn known_probabilities_are_reproduced() {
    for (a, b, expected) in [
        ((5, 83), (12, 99), 0.913_548_598_422_4),
        ((20_000, 100_000), (20_300, 100_000), 0.952_772_551_929_2),
        ((10_000, 49_000), (10_001, 50_000), 0.055_766_297_814_93),
        (
            (200_000, 1_000_000),
            (200_700, 1_000_000),
            0.891_886_804_572,
        ),
        ((4, 990_000), (1, 9_000), 0.998_811_387_361_5),
        ((3, 2_000_000), (9, 2_000_000), 0.953_857_683_715_7),
    ] {
        let (a, b) = (sample(a.0, a.1), sample(b.0, b.1));
        near(compare(a, b).unwrap().b_beats_a, expected, 2e-9);
    }
}

/// With so many observations the normal approximation is right to three decimals or better.
#[test]
fn enormous_samples_agree_with_the_normal_approximation() {
    let comparison = compare(
        sample(200_000_000_000, 1_000_000_000_000),
        sample(200_000_500_000, 1_000_000_000_000),
    )
    .unwrap();
    let z = 5e-7 / (2.0 * 0.16 / 1e12_f64).sqrt();
    near(
        comparison.b_beats_a,
        crate::method::distribution::normal_cdf(z),
        1e-5,
    );
    assert_eq!(comparison.computation, Computation::Quadrature);
}

#[test]
fn an_empty_group_is_not_enough() {
    let missing = Err(Insufficient::Missing("observations"));
    assert_eq!(compare(sample(0, 0), sample(1, 2)), missing);
}

#[test]
fn probabilities_are_symmetric_and_grow_with_success() {
    arbtest::arbtest(|bytes| {
        let mut any = || {
            let n = bytes.int_in_range(1..=3_000_u64)?;
            Ok(sample(bytes.int_in_range(0..=n)?, n))
        };
        let (a, b) = (any()?, any()?);
        let one = compare(a, b).unwrap();
        let other = compare(b, a).unwrap();
        assert!((0.0..=1.0).contains(&one.b_beats_a));
        near(one.b_beats_a, 1.0 - other.b_beats_a, 1e-9);
        near(one.loss_if_a, other.loss_if_b, 1e-9);
        let better = sample(b.successes() + 1, b.n() + 1);
        assert!(compare(a, better).unwrap().b_beats_a >= one.b_beats_a - 1e-9);
        Ok(())
    })
    .budget_ms(1000);
}

//! Published cases of several methods at once, from other books and papers than each method's own
//! tests.

use super::testing::near;
use super::*;

/// Aspirin and heart attacks, the Physicians' Health Study (Agresti, Categorical Data Analysis,
/// chapter 2): 189 of 11,034 on placebo against 104 of 11,037; χ² 25.01 with one degree of freedom,
/// the difference 0.0077 with the interval 0.0047 to 0.0107.
#[test]
fn the_physicians_health_study() {
    let aspirin = Sample::new(104, 11_037).unwrap();
    let placebo = Sample::new(189, 11_034).unwrap();

    let tested = two_proportions::two_proportions(aspirin, placebo).unwrap();
    let groups = chi_square::several_groups(&[aspirin, placebo]).unwrap();

    near(groups.statistic, 25.01, 5e-3);
    assert_eq!(groups.degrees, 1);
    near(tested.z * tested.z, groups.statistic, 1e-9);
    near(groups.p_value, tested.p_value, 1e-12);
    near(tested.change, 0.0077, 5e-5);
    near(tested.interval.low, 0.0047, 5e-5);
    near(tested.interval.high, 0.0107, 5e-5);
}

/// Fabijan et al., Diagnosing sample ratio mismatch in online controlled experiments (2019): 821,588
/// users against 815,482 where half each was planned, p = 1.8 × 10⁻⁶.
#[test]
fn a_sample_ratio_mismatch_at_microsoft() {
    let ratio = chi_square::sample_ratio(&[821_588, 815_482], &[1.0, 1.0]).unwrap();

    assert!(ratio.is_mismatch);
    near(ratio.test.p_value, 1.8e-6, 5e-8);
}

/// Two samples of unlike spread, widely used to show Welch's test: t = −2.46, 25.0 degrees of freedom,
/// p = 0.021.
#[test]
fn welchs_test_of_two_samples_of_fifteen() {
    let first = [
        27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4,
    ];
    let second = [
        27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4,
    ];
    let [first, second] = [first, second].map(|values| means::measured(&values).unwrap());

    let tested = means::welch(first, second).unwrap();

    near(tested.t, 2.46, 5e-3);
    near(tested.freedom, 25.0, 5e-2);
    near(tested.p_value, 0.021, 5e-4);
}

/// Holm (1979) as it is taught: of 0.01, 0.04, 0.03 and 0.005 the smallest is taken four times, the
/// next three times, and none falls below the one before it.
#[test]
fn holms_correction_of_four_values() {
    let adjusted = holm::adjusted(&[0.01, 0.04, 0.03, 0.005]).unwrap();

    for (found, expected) in adjusted.into_iter().zip([0.03, 0.06, 0.06, 0.02]) {
        near(found, expected, 1e-12);
    }
}

/// Fong (1996), by hand: of 100 respondents 40 and 30 differ by 10, and 1.65 × √(70 × 130 ∕ 200) is
/// 11.13; 42 and 30 differ by 12, and the bound is 11.22.
#[test]
fn fongs_bound_by_hand() {
    let is_significant = |largest: u64| {
        let counts = kano::Counts::new([largest, 30, 70 - largest, 0, 0, 0]);
        kano::kano(counts).unwrap().is_significant
    };
    assert!(!is_significant(40) && is_significant(42));
}

//! What the tests of the figures share.

/// Demands that two numbers differ by at most `tolerance`.
#[track_caller]
pub(super) fn near(actual: f64, expected: f64, tolerance: f64) {
    assert!(
        (actual - expected).abs() <= tolerance,
        "{actual} is not within {tolerance} of {expected}"
    );
}

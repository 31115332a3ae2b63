//! What the figures of arms compared are about, and where the z test is from.

use super::super::kind::FigureSource;

pub(super) const OF: &[&str] = &["experiment"];

pub(super) const TWO_PROPORTIONS: FigureSource = FigureSource::book(
    "The pooled two-proportion z test; reproduced against statsmodels' proportions_ztest",
);

//! What the figures of unit economics are about, and the source of most.

use super::super::kind::FigureSource;

pub(super) const OF: &[&str] = &["economics"];

pub(super) const SKOK: FigureSource = FigureSource::at(
    "David Skok, SaaS Metrics 2.0",
    "https://www.forentrepreneurs.com/saas-metrics-2/",
);

/// The rows of the ends that are known where a range has but one.
pub(super) const AT_WORST: &str = "at worst";
pub(super) const AT_BEST: &str = "at best";

//! What the figures of unit economics are about, and the source of most.

use super::super::kind::FigureSource;

pub(super) const OF: &[&str] = &["economics"];

pub(super) const SKOK: FigureSource = FigureSource::at(
    "David Skok, SaaS Metrics 2.0",
    "https://www.forentrepreneurs.com/saas-metrics-2/",
);

//! The words of bands and statuses, and where they are from.

use super::super::kind::FigureSource;
use crate::method::okr::{Band, Status};

pub(super) const REWORK: FigureSource = FigureSource::at(
    "re:Work (Google), Set goals with OKRs",
    "https://rework.withgoogle.com/intl/en/guides/set-goals-with-okrs",
);
pub(super) const DOERR: FigureSource = FigureSource::book("John Doerr, Measure What Matters");

pub(super) const BANDS: &[&str] = &["green", "yellow", "red"];
pub(super) const STATUSES: &[&str] = &["on-track", "needs-attention", "off-track"];

pub(super) fn band_word(band: Band) -> &'static str {
    match band {
        Band::Green => "green",
        Band::Yellow => "yellow",
        Band::Red => "red",
    }
}

pub(super) fn status_word(status: Status) -> &'static str {
    match status {
        Status::OnTrack => "on-track",
        Status::NeedsAttention => "needs-attention",
        Status::OffTrack => "off-track",
    }
}

pub(super) fn status(word: &str) -> Option<Status> {
    [Status::OnTrack, Status::NeedsAttention, Status::OffTrack]
        .into_iter()
        .find(|status| status_word(*status) == word)
}

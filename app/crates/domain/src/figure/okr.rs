//! Goals, objectives and key results (M22).

mod goal;
mod key_result;
mod objective;

use super::kind::FigureSource;
use super::registry::{Producer, producer};
use crate::method::okr::{Band, Status};

pub(super) const PRODUCERS: &[Producer] = &[
    producer!(
        entity & ["key-result"],
        0,
        key_result::figures,
        key_result::PROGRESS,
        key_result::SCORE,
        key_result::BAND,
        key_result::CONFIDENCE,
        key_result::PACE,
        key_result::STATUS
    ),
    producer!(
        entity & ["objective"],
        1,
        objective::figures,
        objective::SCORE,
        objective::BAND,
        objective::STATUS,
        objective::CONFIDENCE
    ),
    producer!(entity & ["goal"], 0, goal::progress, goal::PROGRESS),
    producer!(entity & ["goal"], 2, goal::roll_up, goal::ROLL_UP),
];

const REWORK: FigureSource = FigureSource::at(
    "re:Work (Google), Set goals with OKRs",
    "https://rework.withgoogle.com/intl/en/guides/set-goals-with-okrs",
);
const DOERR: FigureSource = FigureSource::book("John Doerr, Measure What Matters");

const BANDS: &[&str] = &["green", "yellow", "red"];
const STATUSES: &[&str] = &["on-track", "needs-attention", "off-track"];

fn band_word(band: Band) -> &'static str {
    match band {
        Band::Green => "green",
        Band::Yellow => "yellow",
        Band::Red => "red",
    }
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::OnTrack => "on-track",
        Status::NeedsAttention => "needs-attention",
        Status::OffTrack => "off-track",
    }
}

fn status(word: &str) -> Option<Status> {
    [Status::OnTrack, Status::NeedsAttention, Status::OffTrack]
        .into_iter()
        .find(|status| status_word(*status) == word)
}

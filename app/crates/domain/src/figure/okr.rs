//! Goals, objectives and key results (M22).

mod goal;
mod key_result;
mod objective;
mod words;

use super::producer::{Producer, producer};

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

//! How sure a team may be: confidence in assumptions, risk, calibration, the pace of learning
//! (M13, M14, M24, M1).

mod calibration;
mod changed;
mod confidence;
mod learned;
mod learning;
mod risk;
mod standing;

use super::producer::{Producer, producer};

pub(super) const PRODUCERS: &[Producer] = &[
    producer!(
        entity & ["assumption"],
        1,
        confidence::assumption,
        confidence::CONFIDENCE
    ),
    producer!(
        entity & ["solution", "roadmap-item"],
        2,
        confidence::weakest,
        confidence::WEAKEST
    ),
    producer!(entity & ["assumption"], 2, risk::assumption, risk::RISK),
    producer!(workspace 3, risk::orders, risk::RISKIEST, risk::TEST_FIRST),
    producer!(
        entity & ["learning"],
        1,
        learned::learning,
        learned::CONFIDENCE
    ),
    producer!(workspace 0, calibration::brier, calibration::BRIER),
    producer!(workspace 0, changed::experiments, changed::EXPERIMENTS),
    producer!(
        entity & ["loop"],
        0,
        learning::time_to_learn,
        learning::TIME_TO_LEARN
    ),
    producer!(
        workspace 0, learning::pace, learning::PACE, learning::MEDIAN, learning::CHANGED,
        learning::KILLED, learning::COST
    ),
];

pub(super) use confidence::{CONFIDENCE, assumptions_of, counted};

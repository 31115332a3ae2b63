//! What users say and do in tests and surveys: product–market fit, SUS, SEQ, completion (M15, M16).

mod fit_engine;
mod fit_halves;
mod fit_survey;
mod needed;
mod usability;

use super::producer::{Producer, producer};

pub(super) const PRODUCERS: &[Producer] = &[
    producer!(
        entity & ["fit-survey"],
        0,
        fit_survey::figures,
        fit_survey::SCORE
    ),
    producer!(
        entity & ["fit-survey"],
        0,
        fit_engine::figures,
        fit_engine::BENEFIT,
        fit_engine::PEOPLE,
        fit_engine::WINNABLE,
        fit_engine::BLOCKERS
    ),
    producer!(workspace 0, fit_halves::figures, fit_halves::HALVES),
    producer!(
        entity & ["test-session"],
        0,
        usability::session,
        usability::SUS,
        usability::SEQ
    ),
    producer!(entity & ["experiment"], 0, needed::figures, needed::NEEDED),
    producer!(
        workspace 1, usability::all, usability::MEAN_SUS, usability::MEAN_SEQ,
        usability::COMPLETION, usability::FOUND
    ),
];

pub(super) use usability::{COMPLETION, MEAN_SUS};

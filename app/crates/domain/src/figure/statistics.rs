//! The statistics of an experiment's arms (M14).

mod arms;
mod compare;
mod experiment;
mod library;
mod means;
mod planning;
mod verdict;

use super::producer::{Producer, producer};
use experiment::OF;

pub(super) const PRODUCERS: &[Producer] = &[
    producer!(entity & ["arm"], 0, arms::share, arms::SHARE),
    producer!(
        entity OF, 1, compare::figures, compare::Z, compare::P, compare::DIFFERENCE,
        compare::BETTER, compare::LOSS
    ),
    producer!(entity & ["arm"], 0, means::mean, means::MEAN),
    producer!(entity OF, 1, means::difference, means::DIFFERENCE),
    producer!(entity OF, 1, compare::several, compare::SEVERAL, compare::MISMATCH),
    producer!(
        entity OF, 0, planning::figures, planning::MILLER, planning::R_FORM, planning::POWER
    ),
    producer!(entity OF, 0, verdict::figures, verdict::VERDICT),
    producer!(entity OF, 0, library::figures, library::TYPE),
];

//! Whether problem, people and solution fit: forces (M11), value fit (M4), the gate (M9).

mod forces;
mod gate;
mod segments;
mod value_fit;

use super::producer::{Producer, producer};

pub(super) const PRODUCERS: &[Producer] = &[
    producer!(workspace 0, forces::all, forces::BALANCE),
    producer!(
        entity & ["interview"],
        0,
        forces::of_interview,
        forces::OF_INTERVIEW
    ),
    producer!(
        workspace 0, value_fit::figures, value_fit::PAINS, value_fit::GAINS, value_fit::JOBS,
        value_fit::UNLINKED
    ),
    producer!(entity & ["fit-gate"], 1, gate::figures, gate::GATE),
    producer!(workspace 0, segments::order, segments::ORDER),
];

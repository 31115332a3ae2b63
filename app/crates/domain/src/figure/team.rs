//! The team and the organisation: delegation (M27) and Evidence-Based Management (M25).

mod delegation;
mod evidence_based;
mod level;

use super::producer::{Producer, producer};

pub(super) const PRODUCERS: &[Producer] = &[
    producer!(
        entity & ["decision"],
        0,
        delegation::decision,
        delegation::LATENCY
    ),
    producer!(
        entity & ["decision-area"],
        0,
        delegation::area,
        delegation::AREA_LATENCY,
        delegation::VOTES,
        delegation::GAP
    ),
    producer!(
        workspace 0, delegation::all, delegation::ALL_LATENCY, delegation::BY_TEAM,
        delegation::OVERTURNED
    ),
    producer!(entity & ["decision-area"], 0, level::area, level::OF_AREA),
    producer!(workspace 0, level::all, level::OF_ALL),
    producer!(
        workspace 1, evidence_based::areas, evidence_based::AREAS, evidence_based::ADVICE
    ),
    producer!(workspace 0, evidence_based::innovation, evidence_based::INNOVATION),
    producer!(
        entity & ["product"],
        0,
        evidence_based::revenue,
        evidence_based::REVENUE
    ),
    producer!(
        entity & ["product"],
        0,
        evidence_based::cost_ratio,
        evidence_based::COST_RATIO
    ),
];

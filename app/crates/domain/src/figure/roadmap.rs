//! Roadmap, surroundings and the whole: traces, usage, the feature factory, signals, portfolio, and
//! the four questions (M21, M28, M8, M19).

mod factory;
mod innovation_risk;
mod item;
mod open_findings;
mod portfolio;
mod questions;
mod signal;
mod trace;
mod usage;

use super::producer::{Producer, producer};
use item::ITEM;

pub(super) const PRODUCERS: &[Producer] = &[
    producer!(entity ITEM, 1, trace::completeness, trace::COMPLETENESS),
    producer!(entity ITEM, 0, usage::figures, usage::WORTH, usage::OUTCOME),
    producer!(workspace 1, usage::order, usage::ORDER),
    producer!(workspace 1, factory::gauge, factory::MEASURED, factory::PER_OUTCOME),
    producer!(
        entity & ["signal"],
        0,
        signal::figures,
        signal::SIZE,
        signal::STRENGTH
    ),
    producer!(
        entity & ["portfolio-item"],
        3,
        portfolio::item,
        portfolio::RETURN
    ),
    producer!(workspace 0, portfolio::horizons, portfolio::HORIZONS),
    producer!(
        entity & ["portfolio-item"],
        2,
        innovation_risk::figures,
        innovation_risk::RISK
    ),
    producer!(
        workspace 3, questions::figures, questions::VIABLE, questions::RIGHT, questions::DESIGNED,
        questions::WORTH
    ),
];

pub(super) use open_findings::AGES;
pub use open_findings::open_findings;

//! Growth (M17, M12): the AARRR funnel, cohorts, the viral coefficient, the size of a market.

mod cohort;
mod funnel;
mod market;
mod one_metric;

use super::producer::{Producer, producer};

pub(super) const PRODUCERS: &[Producer] = &[
    producer!(workspace 0, funnel::funnel, funnel::FUNNEL),
    producer!(
        entity & ["cohort"],
        0,
        cohort::of_cohort,
        cohort::RETENTION,
        cohort::CHURN
    ),
    producer!(workspace 0, cohort::all, cohort::CURVE, cohort::FLATTENS),
    producer!(entity & ["viral"], 0, cohort::viral, cohort::VIRAL),
    producer!(
        entity & ["market"],
        0,
        market::figures,
        market::TAM,
        market::SAM,
        market::SOM
    ),
    producer!(workspace 0, one_metric::figures, one_metric::PROPOSED),
];

//! What a customer brings and costs, and how long the money lasts (M19, M23).

mod cash;
mod customer;
mod plan;

use super::kind::FigureSource;
use super::registry::{Producer, producer};

pub(super) const PRODUCERS: &[Producer] = &[
    producer!(
        entity OF, 0, customer::figures, customer::LIFETIME, customer::LTV, customer::CAC,
        customer::RATIO, customer::PAYBACK
    ),
    producer!(entity OF, 0, cash::figures, cash::BURN, cash::RUNWAY),
    producer!(
        entity OF, 0, plan::figures, plan::BREAK_EVEN, plan::REVENUE, plan::UNITS, plan::COSTS
    ),
];

pub(super) use cash::RUNWAY;
pub(super) use customer::{PAYBACK, RATIO};

const OF: &[&str] = &["economics"];

const SKOK: FigureSource = FigureSource::at(
    "David Skok, SaaS Metrics 2.0",
    "https://www.forentrepreneurs.com/saas-metrics-2/",
);

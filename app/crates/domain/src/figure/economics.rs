//! What a customer brings and costs, and how long the money lasts (M19, M23).

mod cash;
mod customer;
mod plan;
mod sheet;

use super::producer::{Producer, producer};
use sheet::OF;

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

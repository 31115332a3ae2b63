//! Figures that put things in order (M20): RICE, ICE, WSJF, cost of delay, MoSCoW, weighted scores,
//! value against effort, votes.

mod delay;
mod items;
mod moscow;
mod scores;
mod value_effort;
mod votes;
mod weighted;

use super::producer::{Producer, producer};
use items::ITEMS;
pub(super) use items::{is_dropped, is_over};
pub(crate) use moscow::efforts;

pub(super) const PRODUCERS: &[Producer] = &[
    producer!(entity ITEMS, 0, scores::rice, scores::RICE),
    producer!(entity ITEMS, 1, scores::ice, scores::ICE, scores::ICE_AVERAGE, scores::ICE_GILAD),
    producer!(entity ITEMS, 0, scores::wsjf, scores::WSJF),
    producer!(entity ITEMS, 0, delay::cd3, delay::CD3),
    producer!(workspace 1, delay::order, delay::ORDER),
    producer!(workspace 0, moscow::split, moscow::SPLIT),
    producer!(workspace 1, scores::rice_order, scores::RICE_ORDER),
    producer!(workspace 1, scores::wsjf_order, scores::WSJF_ORDER),
    producer!(entity ITEMS, 0, weighted::score, weighted::SCORE),
    producer!(workspace 0, weighted::order, weighted::ORDER),
    producer!(workspace 0, value_effort::lines, value_effort::LINES),
    producer!(entity ITEMS, 1, value_effort::quadrant, value_effort::QUADRANT),
    producer!(entity & ["round"], 0, votes::round, votes::RESULT),
];

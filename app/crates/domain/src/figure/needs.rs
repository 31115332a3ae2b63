//! What people need and what they would miss: opportunity scores, Kano (M11), and opportunities
//! compared with their siblings (M20).

mod kano;
mod opportunity;
mod siblings;

use super::producer::{Producer, producer};

pub(super) const PRODUCERS: &[Producer] = &[
    producer!(
        entity & ["desired-outcome"],
        0,
        opportunity::figures,
        opportunity::SCORE,
        opportunity::BAND,
        opportunity::POSITION,
        opportunity::OLSEN
    ),
    producer!(workspace 1, opportunity::landscape, opportunity::LANDSCAPE),
    producer!(entity siblings::OF, 0, siblings::order, siblings::ORDER),
    producer!(
        entity & ["kano-feature"],
        0,
        kano::figures,
        kano::CATEGORY,
        kano::BETTER,
        kano::WORSE,
        kano::TOTAL,
        kano::STRENGTH
    ),
];

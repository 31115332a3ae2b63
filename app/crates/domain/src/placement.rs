//! Where a note is on one canvas, stored as one scalar so that a merge never mixes two moves.
//!
//! The scalar is `slot|rank|x|y`. In the slot, `%` and `|` are written `%25` and `%7C`, and a slot
//! that is empty is a lone `%`. Reading is lenient: a later version may add parts, and a damaged
//! part costs only itself.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Rank, SlotId, number};

/// A note's slot and rank on one canvas and, where the view uses them, its coordinates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placement {
    /// The slot; `unplaced` for the tray.
    pub slot: SlotId,
    /// The order within the slot; equal ranks are ordered by entity id.
    #[serde(default)]
    pub rank: Rank,
    /// Horizontal position in the view's own units, always finite.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<f64>,
    /// Vertical position in the view's own units, always finite.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<f64>,
}

impl Placement {
    /// A placement in a slot, without coordinates.
    #[must_use]
    pub fn new(slot: SlotId, rank: Rank) -> Self {
        Self {
            slot,
            rank,
            x: None,
            y: None,
        }
    }
}

/// The text is no placement: it names no slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSlot;

impl fmt::Display for Placement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slot = self.slot.as_str().replace('%', "%25").replace('|', "%7C");
        let slot = if slot.is_empty() { "%" } else { &slot };
        write!(formatter, "{slot}|{}|", self.rank)?;
        write_coordinate(formatter, self.x)?;
        formatter.write_str("|")?;
        write_coordinate(formatter, self.y)
    }
}

fn write_coordinate(formatter: &mut fmt::Formatter<'_>, value: Option<f64>) -> fmt::Result {
    match value.filter(|value| value.is_finite()) {
        Some(value) => write!(formatter, "{value}"),
        None => Ok(()),
    }
}

impl FromStr for Placement {
    type Err = NoSlot;

    /// Reads the scalar. A missing or damaged rank becomes [`Rank::default`], a missing or damaged
    /// coordinate `None`; further parts are ignored.
    ///
    /// # Errors
    /// [`NoSlot`] when the slot is empty.
    fn from_str(text: &str) -> Result<Self, NoSlot> {
        let mut parts = text.split('|');
        let slot = parts.next().unwrap_or_default();
        if slot.is_empty() {
            return Err(NoSlot);
        }
        let slot = slot
            .strip_suffix('%')
            .filter(|rest| rest.is_empty())
            .unwrap_or(slot);
        let slot = slot.replace("%7C", "|").replace("%25", "%");
        let rank = parts.next().and_then(Rank::parse).unwrap_or_default();
        let mut coordinate = || number::parse(parts.next()?);
        let (x, y) = (coordinate(), coordinate());
        Ok(Self {
            slot: slot.into(),
            rank,
            x,
            y,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_kept(slot: &str, x: Option<f64>, y: Option<f64>) {
        let placement = Placement {
            x,
            y,
            ..Placement::new(slot.into(), Rank::default())
        };
        assert_eq!(placement.to_string().parse(), Ok(placement));
    }

    fn check_read(text: &str, expected: &str) {
        let read = text
            .parse::<Placement>()
            .map(|placement| placement.to_string());
        assert_eq!(read.as_deref(), Ok(expected));
    }

    #[test]
    fn strange_text_in_the_slot_survives() {
        check_kept("problem", None, None);
        check_kept("a|b", Some(-1.5), None);
        check_kept("%7C|%25|%", None, Some(0.1));
        check_kept("||||", Some(1e300), Some(f64::MIN_POSITIVE));
        check_kept("", None, None);
        check_kept("\n👩‍🔬 ", None, None);
    }

    #[test]
    fn damage_costs_only_the_damaged_part() {
        check_read("problem", "problem|V||");
        check_read("problem|~~|3|x", "problem|V|3|");
        check_read("problem|k|NaN|inf", "problem|k||");
        check_read("problem|k|1|2|later|parts", "problem|k|1|2");
    }

    #[test]
    fn text_without_a_slot_is_no_placement() {
        assert_eq!("".parse::<Placement>(), Err(NoSlot));
        assert_eq!("|k|1|2".parse::<Placement>(), Err(NoSlot));
    }

    #[test]
    fn any_text_is_read_without_a_panic() {
        arbtest::arbtest(|u| {
            let text: String = u.arbitrary()?;
            if let Ok(placement) = text.parse::<Placement>() {
                assert_eq!(placement.to_string().parse(), Ok(placement));
            }
            Ok(())
        })
        .budget_ms(1000);
    }
}

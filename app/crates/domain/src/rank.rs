//! Where a note stands in its slot: a string that sorts bytewise, with room for another between
//! any two.
//!
//! A rank is a fraction written in base 62 after an imagined `0.`, so `V` is a half. It never ends
//! in the lowest digit: then equal strings are equal fractions, and bytewise order is numeric order.
//!
//! Digits are taken four at a time. In a group with room the new rank goes a small random step
//! away from one neighbour instead of halving the gap, so that typing a list of thousands of notes
//! at one place lengthens ranks by a few digits, not by one bit a note. Even groups step up from
//! the lower neighbour and odd groups down from the upper one: whichever way a list grows, every
//! second group suits it. The random step keeps two people who insert at the same place from
//! choosing the same rank; when they do all the same, the order of the ids decides.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE: u32 = 62;
/// Digits in a group, and the number of values that a group can take.
const GROUP: usize = 4;
const GROUP_VALUES: u32 = BASE.pow(4);
/// The largest step away from a neighbour: two digits of randomness, and room for some 7,000
/// insertions in a row before a list needs the next two groups.
const STEP: u32 = BASE * BASE;
/// A rank longer than this is not ours; it would only slow every comparison.
const LONGEST: usize = 1024;

/// A position among the notes of a slot; see the module for its rules.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank(Arc<str>);

impl Rank {
    /// A rank strictly after `before` and strictly before `after`; `None` is the open end.
    ///
    /// `random` is asked for at most one number. Neighbours that are equal (two people chose the
    /// same rank) or out of order leave no room: then the new rank is just behind `before`, so it
    /// stands behind all notes of that rank. To stand among them, give the later ones new ranks
    /// first ([`Rank::spread`]).
    #[must_use]
    pub fn between(
        before: Option<&Rank>,
        after: Option<&Rank>,
        random: &mut dyn FnMut() -> u32,
    ) -> Rank {
        if let (Some(low), Some(high)) = (before, after)
            && low >= high
        {
            return low.just_behind(random);
        }
        let towards_end = match (before, after) {
            (None, None) => return Rank::near_middle(random),
            (Some(_), None) => Some(true),
            (None, Some(_)) => Some(false),
            (Some(_), Some(_)) => None,
        };
        let low = before.map_or("", Rank::as_str).as_bytes();
        let mut high = after.map(|rank| rank.as_str().as_bytes());
        let mut digits = Vec::new();
        // Both neighbours end, and differ before they do, so a group with room is always found.
        for index in 0.. {
            let floor = group(low, index);
            let ceiling = high.map_or(GROUP_VALUES, |high| group(high, index));
            let room = ceiling.saturating_sub(floor).saturating_sub(1);
            if room > 0 {
                let step = random() % room.min(STEP);
                let upwards = towards_end.unwrap_or(index % 2 == 0);
                let value = if upwards {
                    floor + 1 + step
                } else {
                    ceiling - 1 - step
                };
                push_group(&mut digits, value);
                break;
            }
            push_group(&mut digits, floor);
            if floor < ceiling {
                // Below the upper neighbour from here on, whatever follows.
                high = None;
            }
        }
        Rank::from_digits(digits)
    }

    /// `count` ranks in order between the two neighbours, for a list that is inserted at once.
    #[must_use]
    pub fn spread(
        before: Option<&Rank>,
        after: Option<&Rank>,
        count: usize,
        random: &mut dyn FnMut() -> u32,
    ) -> Vec<Rank> {
        let mut ranks: Vec<Rank> = Vec::with_capacity(count);
        for _ in 0..count {
            let next = Rank::between(ranks.last().or(before), after, random);
            ranks.push(next);
        }
        ranks
    }

    /// Reads a rank: base-62 digits, at least one, the last not `0`. `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Rank> {
        let bytes = text.as_bytes();
        let fits = bytes.len() <= LONGEST
            && bytes.iter().all(u8::is_ascii_alphanumeric)
            && bytes.last().is_some_and(|last| *last != b'0');
        fits.then(|| Rank(text.into()))
    }

    /// The rank as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn near_middle(random: &mut dyn FnMut() -> u32) -> Rank {
        let mut digits = Vec::with_capacity(GROUP);
        push_group(&mut digits, GROUP_VALUES / 2 + random() % STEP);
        Rank::from_digits(digits)
    }

    fn just_behind(&self, random: &mut dyn FnMut() -> u32) -> Rank {
        let mut digits = self.as_str().as_bytes().to_vec();
        push_group(&mut digits, 1 + random() % STEP);
        Rank::from_digits(digits)
    }

    /// Keeps the invariant: trailing zeros add nothing to a fraction and are dropped.
    fn from_digits(mut digits: Vec<u8>) -> Rank {
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        Rank(
            digits
                .into_iter()
                .map(char::from)
                .collect::<String>()
                .into(),
        )
    }
}

/// The value of the `index`th group of four digits; digits beyond the end are zero.
fn group(digits: &[u8], index: usize) -> u32 {
    (index * GROUP..(index + 1) * GROUP).fold(0, |value, position| {
        let digit = digits.get(position).copied().map_or(0, value_of);
        value * BASE + digit
    })
}

fn value_of(digit: u8) -> u32 {
    match digit {
        b'0'..=b'9' => u32::from(digit - b'0'),
        b'A'..=b'Z' => u32::from(digit - b'A') + 10,
        b'a'..=b'z' => u32::from(digit - b'a') + 36,
        _ => 0,
    }
}

fn push_group(digits: &mut Vec<u8>, mut value: u32) {
    let mut group = [b'0'; GROUP];
    for place in group.iter_mut().rev() {
        *place = DIGITS.get((value % BASE) as usize).copied().unwrap_or(b'0');
        value /= BASE;
    }
    digits.extend_from_slice(&group);
}

impl Default for Rank {
    /// The middle of the open range; what a missing or damaged rank is read as.
    fn default() -> Self {
        Rank("V".into())
    }
}

impl fmt::Display for Rank {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl fmt::Debug for Rank {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Rank({})", self.0)
    }
}

impl Serialize for Rank {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Rank {
    /// Damaged text is read as [`Rank::default`]: a note out of order is better than a note lost.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(Rank::parse(&text).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;

//! The lock of a plan and the mark of a broken one, each one scalar.
//!
//! Both are written in the same transaction as what they tell of, and neither is ever taken off.

use std::fmt;
use std::str::FromStr;

use super::Digest;
use crate::PersonId;
use crate::value::Date;

/// That a plan was locked: `at|by|heads|digest`, of which a person may write `at` or `at|by` alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// Milliseconds since 1970 by that person's clock.
    pub at: i64,
    /// Who locked it.
    pub by: PersonId,
    /// The document's heads before the lock: hexadecimal, separated by commas. Empty in a
    /// workspace that was written by hand.
    pub heads: String,
    /// The digest of the plan; without one, as in a lock that was written by hand, the plan counts
    /// as what was locked unless [`super::LOCKED_PLAN`] says otherwise.
    pub digest: Option<Digest>,
}

/// That a locked part was changed: `at|by|field`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Milliseconds since 1970 by that person's clock.
    pub at: i64,
    /// Who changed it.
    pub by: PersonId,
    /// The part of the plan, as in [`super::Plan::differing`].
    pub field: String,
}

/// The text is not that of a lock, or of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotALock;

impl Lock {
    /// Whether a person dated it ahead of today; a clock that goes fast is no such claim.
    #[must_use]
    pub(super) fn is_ahead(&self, today: Date) -> bool {
        let day = Date::from_milliseconds(self.at);
        self.digest.is_none() && day.is_some_and(|day| day > today)
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}|{}|{}|", self.at, self.by, self.heads)?;
        match &self.digest {
            Some(digest) => fmt::Display::fmt(digest, formatter),
            None => Ok(()),
        }
    }
}

impl FromStr for Lock {
    type Err = NotALock;

    /// A person's id may itself contain the bar, so the ends are cut off first. Written by hand, a
    /// lock may name a day instead of milliseconds, and end after it or after the person.
    fn from_str(text: &str) -> Result<Self, NotALock> {
        let (at, rest) = text.split_once('|').unwrap_or((text, ""));
        let (rest, digest) = rest.rsplit_once('|').unwrap_or((rest, ""));
        let (by, heads) = rest.rsplit_once('|').unwrap_or((rest, ""));
        let parsed = Digest::parse(digest);
        // What claims to be a digest and is none must not pass for a lock without one.
        if parsed.is_none() && !digest.is_empty() {
            return Err(NotALock);
        }
        Ok(Self {
            at: moment(at.trim()).ok_or(NotALock)?,
            by: by.into(),
            heads: heads.to_owned(),
            digest: parsed,
        })
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}|{}|{}", self.at, self.by, self.field)
    }
}

impl FromStr for Broken {
    type Err = NotALock;

    fn from_str(text: &str) -> Result<Self, NotALock> {
        let (at, rest) = text.split_once('|').ok_or(NotALock)?;
        let (by, field) = rest.rsplit_once('|').ok_or(NotALock)?;
        Ok(Self {
            at: moment(at).ok_or(NotALock)?,
            by: by.into(),
            field: field.to_owned(),
        })
    }
}

const DAY: i64 = 86_400_000;

/// Milliseconds since 1970, or the first of a day.
fn moment(text: &str) -> Option<i64> {
    let day = || Date::parse(text)?.days().checked_mul(DAY);
    text.parse().ok().or_else(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_and_marks_read_back_whoever_made_them() {
        let digest = Digest::parse(&"0a".repeat(16));
        assert!(digest.is_some());
        for by in ["ada", "a|b", ""] {
            let lock = Lock {
                at: -7,
                by: by.into(),
                heads: "ab,cd".into(),
                digest: digest.clone(),
            };
            let broken = Broken {
                at: 8,
                by: by.into(),
                field: "criterion".into(),
            };

            assert_eq!(lock.to_string().parse(), Ok(lock));
            assert_eq!(broken.to_string().parse(), Ok(broken));
        }
    }

    #[test]
    fn a_lock_written_by_hand_may_lack_heads_and_digest() {
        for text in ["1793491200000|ada||", "2026-11-01|ada"] {
            let lock: Lock = text.parse().unwrap();
            assert_eq!((lock.at, lock.by.as_str()), (1_793_491_200_000, "ada"));
            assert_eq!((lock.heads.as_str(), lock.digest), ("", None));
        }
        let day: Lock = "2026-11-01".parse().unwrap();
        assert_eq!((day.at, day.by.as_str()), (1_793_491_200_000, ""));
        for text in ["", "soon", "x|ada|h|d", "2026-02-30|ada", "1|ada|h|d"] {
            assert_eq!(text.parse::<Lock>(), Err(NotALock), "{text}");
        }
    }
}

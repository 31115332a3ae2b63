//! Delegation: the seven levels, and how decisions are really taken (Appelo, Delegation Poker, CC BY
//! 3.0; M27).

use super::average::median;
use super::{Insufficient, Sample, Share, check};

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The manager: levels 1 to 3.
    Manager,
    /// Both together: level 4.
    Both,
    /// The team: levels 5 to 7.
    Team,
}

/// One of the seven levels, 1 to 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level(u8);

impl Level {
    /// The level from which the team decides.
    pub const ADVISE: Self = Self(5);

    /// The level of that number.
    ///
    /// # Errors
    /// The number is not from 1 to 7.
    pub fn new(number: u8) -> Result<Self, Insufficient> {
        check::within("delegation level", f64::from(number), 1.0, 7.0)?;
        Ok(Self(number))
    }

    /// Its number.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }

    /// Its name on the card.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.0 {
            1 => "Tell",
            2 => "Sell",
            3 => "Consult",
            4 => "Agree",
            5 => "Advise",
            6 => "Inquire",
            _ => "Delegate",
        }
    }

    /// Who decides at this level.
    #[must_use]
    pub fn holder(self) -> Holder {
        match self.0 {
            1..=3 => Holder::Manager,
            4 => Holder::Both,
            _ => Holder::Team,
        }
    }
}

/// A decision in one area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision {
    /// The level that was applied; `None` where nobody has entered it.
    pub level: Option<Level>,
    /// Days from asked to decided; `None` while that is not known.
    pub days: Option<f64>,
    /// Whether somebody overturned it later.
    pub is_overturned: bool,
}

/// How an area decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Delegation {
    /// Decision latency: the median of the days from asked to decided; `None` where no decision has
    /// both dates.
    pub latency: Option<f64>,
    /// The share taken at [`Level::ADVISE`] or above of the decisions with a level; why not where
    /// none has one.
    pub by_the_team: Result<Share, Insufficient>,
    /// The share that was overturned.
    pub overturned: Share,
}

/// Sums up the decisions of an area.
///
/// # Errors
/// There is no decision, or a number of days is negative or not a number.
pub fn delegation(decisions: &[Decision]) -> Result<Delegation, Insufficient> {
    check::not_empty("decisions", decisions)?;
    let mut days = Vec::with_capacity(decisions.len());
    for value in decisions.iter().filter_map(|decision| decision.days) {
        days.push(check::not_negative("days to a decision", value)?);
    }
    let share = |holding: usize, all: usize| Sample::new(holding as u64, all as u64)?.share();
    let levels: Vec<Level> = decisions.iter().filter_map(|one| one.level).collect();
    let by_the_team = levels.iter().filter(|level| **level >= Level::ADVISE);
    let overturned = decisions.iter().filter(|one| one.is_overturned);
    Ok(Delegation {
        latency: match days.as_slice() {
            [] => None,
            days => Some(median("days to a decision", days)?),
        },
        by_the_team: check::not_empty("levels of decisions", &levels)
            .and_then(|_| share(by_the_team.count(), levels.len())),
        overturned: share(overturned.count(), decisions.len())?,
    })
}

#[cfg(test)]
mod tests {
    use super::{Decision, Holder, Level, delegation};
    use crate::method::{Insufficient, testing::near};

    /// A level of 0 is none.
    fn decision(level: u8, days: Option<f64>, is_overturned: bool) -> Decision {
        Decision {
            level: Level::new(level).ok(),
            days,
            is_overturned,
        }
    }

    #[test]
    fn seven_levels_lead_from_manager_to_team() {
        let names: Vec<&str> = (1..=7).map(|n| Level::new(n).unwrap().name()).collect();
        let expected = [
            "Tell", "Sell", "Consult", "Agree", "Advise", "Inquire", "Delegate",
        ];
        assert_eq!(names, expected);
        assert_eq!(Level::new(3).unwrap().holder(), Holder::Manager);
        assert_eq!(Level::new(4).unwrap().holder(), Holder::Both);
        assert_eq!(Level::new(5).unwrap().holder(), Holder::Team);
        assert!(Level::new(0).is_err() && Level::new(8).is_err());
    }

    #[test]
    fn decisions_are_summed_up() {
        let found = delegation(&[
            decision(2, Some(10.0), true),
            decision(5, Some(2.0), false),
            decision(7, None, false),
            decision(4, Some(3.0), false),
        ])
        .unwrap();
        assert_eq!(found.latency, Some(3.0));
        near(found.by_the_team.unwrap().value, 0.5, 1e-12);
        near(found.overturned.value, 0.25, 1e-12);
        assert_eq!(found.overturned.sample.n(), 4);
    }

    #[test]
    fn a_decision_without_a_level_was_taken_all_the_same() {
        let found = delegation(&[decision(0, None, true), decision(6, None, false)]).unwrap();
        assert_eq!(found.by_the_team.unwrap().sample.n(), 1);
        near(found.overturned.value, 0.5, 1e-12);
        let found = delegation(&[decision(0, None, true)]).unwrap();
        let missing = Insufficient::Missing("levels of decisions");
        assert_eq!(found.by_the_team, Err(missing));
    }

    #[test]
    fn without_dates_there_is_no_latency_and_without_decisions_nothing() {
        assert_eq!(
            delegation(&[decision(1, None, false)]).unwrap().latency,
            None
        );
        assert_eq!(delegation(&[]), Err(Insufficient::Missing("decisions")));
        assert!(delegation(&[decision(1, Some(-1.0), false)]).is_err());
    }
}

//! Learning pace: how fast a team turns questions into decisions (M1, M6).

use super::average::median;
use super::{Insufficient, Sample, Share, check};

/// One Build–Measure–Learn loop that ended in a decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loop {
    /// Time-to-learn: the days from its start to its decision.
    pub days: f64,
    /// Whether it changed a decision.
    pub changed_a_decision: bool,
    /// Whether it retired the idea.
    pub killed: bool,
    /// What it cost, in any currency; `None` where nobody has said.
    pub cost: Option<f64>,
}

/// How fast and at what price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LearningPace {
    /// Loops decided ÷ months.
    pub loops_per_month: f64,
    /// The median time-to-learn in days.
    pub median_days: f64,
    /// The share that changed a decision.
    pub changed: Share,
    /// The kill rate: the share that retired an idea.
    pub killed: Share,
    /// The mean cost of the loops whose cost is known; `None` where none is.
    pub cost_per_learning: Option<f64>,
}

/// Sums up the loops that were decided within so many months.
///
/// # Errors
/// There is no loop, no time has passed, or a number of days or a cost is negative.
pub fn learning_pace(loops: &[Loop], months: f64) -> Result<LearningPace, Insufficient> {
    let n = check::not_empty("loops with a decision", loops)?;
    let months = check::positive("number of months", months)?;
    let mut days = Vec::with_capacity(loops.len());
    let (mut cost, mut known) = (0.0, 0.0);
    for round in loops {
        days.push(check::not_negative("time to learn", round.days)?);
        if let Some(value) = round.cost {
            cost += check::not_negative("cost of a loop", value)?;
            known += 1.0;
        }
    }
    let share = |holds: fn(&Loop) -> bool| {
        let count = loops.iter().filter(|round| holds(round)).count();
        Sample::new(count as u64, loops.len() as u64)?.share()
    };
    Ok(LearningPace {
        loops_per_month: check::result("loops a month", n / months)?,
        median_days: median("time to learn", &days)?,
        changed: share(|round| round.changed_a_decision)?,
        killed: share(|round| round.killed)?,
        cost_per_learning: if known > 0.0 {
            Some(check::result("cost of a learning", cost / known)?)
        } else {
            None
        },
    })
}

#[cfg(test)]
mod tests {
    use super::{Loop, learning_pace};
    use crate::method::{Insufficient, testing::near};

    const LOOP: Loop = Loop {
        days: 10.0,
        changed_a_decision: true,
        killed: false,
        cost: None,
    };

    #[test]
    fn loops_are_summed_up() {
        let killed = Loop {
            days: 30.0,
            killed: true,
            cost: Some(900.0),
            ..LOOP
        };
        let idle = Loop {
            changed_a_decision: false,
            cost: Some(100.0),
            ..LOOP
        };
        let pace = learning_pace(&[LOOP, killed, idle, idle], 2.0).unwrap();
        assert_eq!((pace.loops_per_month, pace.median_days), (2.0, 10.0));
        assert_eq!((pace.changed.value, pace.killed.value), (0.5, 0.25));
        near(pace.cost_per_learning.unwrap(), 1_100.0 / 3.0, 1e-9);
    }

    #[test]
    fn what_is_not_known_is_not_made_up() {
        assert_eq!(learning_pace(&[LOOP], 1.0).unwrap().cost_per_learning, None);
        let none = Err(Insufficient::Missing("loops with a decision"));
        assert_eq!(learning_pace(&[], 1.0), none);
        assert!(learning_pace(&[LOOP], 0.0).is_err());
        assert!(learning_pace(&[Loop { days: -1.0, ..LOOP }], 1.0).is_err());
    }
}

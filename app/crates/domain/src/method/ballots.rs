//! Votes on a budget: dot votes, bought features, a hundred points (M20).
//!
//! Invariant: a ballot that spends more than the budget is invalid as a whole. It is never trimmed,
//! since nobody but the voter knows which vote would have gone.

use super::{Insufficient, check};

/// What one person spends on one thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vote {
    /// Whose it is: votes of one number are one ballot.
    pub ballot: usize,
    /// What it is for, by number.
    pub subject: usize,
    /// How much, 0 or more, in whatever is spent.
    pub count: f64,
}

/// The result of a round.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// What each subject got in valid ballots, by its number.
    pub totals: Vec<f64>,
    /// What each ballot spent, by its number.
    pub spent: Vec<f64>,
    /// Which ballots are within the budget, by their number.
    pub valid: Vec<bool>,
}

/// Counts the votes of a round; without a budget every ballot is valid.
///
/// # Errors
/// There is no vote, a count or the budget is negative or not a number, or the sums are too large.
pub fn tally(votes: &[Vote], budget: Option<f64>) -> Result<Tally, Insufficient> {
    check::not_empty("votes", votes)?;
    let budget = budget
        .map(|budget| check::not_negative("budget", budget))
        .transpose()?;
    let size =
        |number: fn(&Vote) -> usize| votes.iter().map(number).max().map_or(0, |last| last + 1);
    let mut spent = vec![0.0; size(|vote| vote.ballot)];
    for vote in votes {
        let count = check::not_negative("votes", vote.count)?;
        if let Some(spent) = spent.get_mut(vote.ballot) {
            *spent += count;
        }
    }
    // Halves and thirds of a budget add up to it but for rounding.
    let is_within = |spent: &f64| budget.is_none_or(|budget| *spent <= budget * (1.0 + 1e-9));
    let valid: Vec<bool> = spent.iter().map(is_within).collect();
    let mut totals = vec![0.0; size(|vote| vote.subject)];
    for vote in votes {
        let counts = valid.get(vote.ballot).copied().unwrap_or_default();
        if let Some(total) = totals.get_mut(vote.subject).filter(|_| counts) {
            *total += vote.count;
        }
    }
    for total in totals.iter().chain(&spent) {
        check::result("votes", *total)?;
    }
    Ok(Tally {
        totals,
        spent,
        valid,
    })
}

#[cfg(test)]
mod tests {
    use super::{Insufficient, Vote, tally};

    fn vote(ballot: usize, subject: usize, count: f64) -> Vote {
        Vote {
            ballot,
            subject,
            count,
        }
    }

    #[test]
    fn each_subject_gets_what_valid_ballots_spend_on_it() {
        let votes = [
            vote(0, 0, 2.0),
            vote(0, 1, 1.0),
            vote(1, 1, 3.0),
            vote(2, 0, 3.0),
            vote(2, 1, 1.0),
        ];
        let found = tally(&votes, Some(3.0)).unwrap();
        assert_eq!(found.totals, [2.0, 4.0]);
        assert_eq!(found.spent, [3.0, 3.0, 4.0]);
        assert_eq!(found.valid, [true, true, false]);
        assert_eq!(tally(&votes, None).unwrap().totals, [5.0, 5.0]);
    }

    #[test]
    fn thirds_of_a_budget_are_within_it() {
        let votes = [vote(0, 0, 0.1), vote(0, 1, 0.1), vote(0, 2, 0.1)];
        assert_eq!(tally(&votes, Some(0.3)).unwrap().valid, [true]);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert_eq!(tally(&[], None), Err(Insufficient::Missing("votes")));
        assert!(tally(&[vote(0, 0, -1.0)], None).is_err());
        assert!(tally(&[vote(0, 0, f64::NAN)], None).is_err());
        assert!(tally(&[vote(0, 0, 1.0)], Some(-1.0)).is_err());
        assert!(tally(&[vote(0, 0, f64::MAX), vote(0, 0, f64::MAX)], None).is_err());
    }
}

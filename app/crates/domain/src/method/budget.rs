//! Voting with a budget: dots, money for features, a hundred points (M20).

use super::{Insufficient, check};

/// The points of the 100-point method.
pub const HUNDRED_POINTS: u64 = 100;

/// One item of a round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tally {
    /// What all valid ballots gave it.
    pub points: u64,
    /// Its share of all that was given.
    pub share: f64,
}

/// A round after the reveal.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// Each item in the order given.
    pub items: Vec<Tally>,
    /// The places of the ballots above the budget. They are counted not at all, never trimmed: only
    /// the voter knows what should go.
    pub invalid: Vec<usize>,
}

/// Counts ballots: `ballots[i][j]` is what voter i gave to item j, at most `budget` altogether.
///
/// # Errors
/// There is no item, a ballot has not one entry for each item, or no valid ballot gives anything.
pub fn count(items: usize, ballots: &[Vec<u64>], budget: u64) -> Result<Round, Insufficient> {
    if items == 0 {
        return Err(Insufficient::Missing("items to vote on"));
    }
    let mut points = vec![0_u64; items];
    let mut invalid = Vec::new();
    for (place, ballot) in ballots.iter().enumerate() {
        check::same_length("Entries of a ballot", ballot, &points)?;
        if ballot
            .iter()
            .fold(0, |sum: u64, &given| sum.saturating_add(given))
            > budget
        {
            invalid.push(place);
            continue;
        }
        for (sum, &given) in points.iter_mut().zip(ballot) {
            *sum = sum.saturating_add(given);
        }
    }
    let all = points
        .iter()
        .fold(0, |sum: u64, &given| sum.saturating_add(given));
    if all == 0 {
        return Err(Insufficient::Missing("votes"));
    }
    let tally = |&points: &u64| Tally {
        points,
        share: points as f64 / all as f64,
    };
    Ok(Round {
        items: points.iter().map(tally).collect(),
        invalid,
    })
}

#[cfg(test)]
mod tests {
    use super::{HUNDRED_POINTS, count};
    use crate::method::Insufficient;

    #[test]
    fn valid_ballots_are_added_up() {
        let ballots = [vec![60, 40, 0], vec![20, 30, 50]];
        let round = count(3, &ballots, HUNDRED_POINTS).unwrap();
        let points: Vec<u64> = round.items.iter().map(|item| item.points).collect();
        assert_eq!(points, [80, 70, 50]);
        assert_eq!(round.items[0].share, 0.4);
        assert!(round.invalid.is_empty());
    }

    #[test]
    fn a_ballot_above_the_budget_counts_not_at_all() {
        let round = count(2, &[vec![3, 0], vec![3, 1], vec![u64::MAX, 9]], 3).unwrap();
        assert_eq!((round.items[0].points, round.items[1].points), (3, 0));
        assert_eq!(round.invalid, [1, 2]);
    }

    #[test]
    fn a_round_needs_items_and_votes() {
        assert_eq!(
            count(0, &[], 3),
            Err(Insufficient::Missing("items to vote on"))
        );
        assert_eq!(count(2, &[], 3), Err(Insufficient::Missing("votes")));
        assert_eq!(count(1, &[vec![4]], 3), Err(Insufficient::Missing("votes")));
        assert!(count(2, &[vec![1]], 3).is_err());
    }
}

//! Ulwick's opportunity score and its landscape (M11).
//!
//! Importance and satisfaction are ten times the share of people who answered 4 or 5 of 5, never
//! mean ratings, and are scored per segment, never across the market.

use super::{Insufficient, Sample, Share, check};

/// The sample that the method asks for.
pub const SUGGESTED_SAMPLE: u64 = 180;

/// On the landscape, importance and satisfaction above this are in the upper right; the middle of
/// the scale, a convention of this product.
pub const MIDDLE: f64 = 5.0;

/// One question, answered by many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TopTwoBoxes {
    /// The share that answered 4 or 5.
    pub share: Share,
    /// Ten times that share, 0 to 10.
    pub out_of_ten: f64,
}

/// Reads the answers to a question, `counts` being how many answered 1, 2, 3, 4 and 5.
///
/// # Errors
/// Nobody has answered.
pub fn top_two_boxes(counts: [u64; 5]) -> Result<TopTwoBoxes, Insufficient> {
    let n = counts.into_iter().fold(0, u64::saturating_add);
    let [.., four, five] = counts;
    let share = Sample::new(four.saturating_add(five), n)?.share()?;
    Ok(TopTwoBoxes {
        share,
        out_of_ten: share.value * 10.0,
    })
}

/// Reads a share of people that somebody has already taken: `percent` of `n` answered 4 or 5. How
/// many that were is the nearest whole number of people.
///
/// # Errors
/// The percentage is not from 0 to 100, or nobody has answered.
pub fn stated_share(percent: f64, n: u64) -> Result<Share, Insufficient> {
    let share = check::within("share", percent, 0.0, 100.0)? / 100.0;
    let people = (share * check::some("answers", n)?).round();
    Sample::new(people as u64, n)?.share()
}

/// How attractive an opportunity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Below 10.
    Unattractive,
    /// From 10 to below 12.
    WorthConsidering,
    /// From 12 to 15.
    LowHangingFruit,
    /// Above 15.
    Extreme,
}

/// Where an outcome lies on the landscape, importance to the right and satisfaction upwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// Lower right: a score of at least 10 while satisfaction does not exceed importance.
    Underserved,
    /// Upper left: more satisfaction than importance.
    Overserved,
    /// Upper right: important, satisfied, expected of everybody.
    TableStakes,
    /// None of these: served about as well as it matters.
    ServedRight,
}

/// The score of one outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opportunity {
    /// `I + max(I − S, 0)`, 0 to 20.
    pub score: f64,
    /// How attractive that is.
    pub band: Band,
    /// Where it lies.
    pub position: Position,
}

/// Scores an outcome from importance and satisfaction, each 0 to 10. A satisfaction above the
/// importance never lowers the score below the importance.
///
/// # Errors
/// An input is outside 0 to 10.
pub fn opportunity(importance: f64, satisfaction: f64) -> Result<Opportunity, Insufficient> {
    let importance = check::within("importance", importance, 0.0, 10.0)?;
    let satisfaction = check::within("satisfaction", satisfaction, 0.0, 10.0)?;
    // Shares of people times ten are seldom exact; what should be 15 must not be more.
    let score = importance + (importance - satisfaction).max(0.0);
    let score = (score * 1e9).round() / 1e9;
    let band = match score {
        score if score > 15.0 => Band::Extreme,
        score if score >= 12.0 => Band::LowHangingFruit,
        score if score >= 10.0 => Band::WorthConsidering,
        _ => Band::Unattractive,
    };
    let position = if satisfaction > importance {
        Position::Overserved
    } else if score >= 10.0 && satisfaction < importance {
        Position::Underserved
    } else if importance > MIDDLE && satisfaction > MIDDLE {
        Position::TableStakes
    } else {
        Position::ServedRight
    };
    Ok(Opportunity {
        score,
        band,
        position,
    })
}

/// The satisfaction at which an importance has exactly that score: the boundary lines of the
/// landscape at 10, 12 and 15. Below the diagonal it is `2 I − score`; from the diagonal upwards
/// the line is vertical at I = score. `None` where the line does not pass that importance.
#[must_use]
pub fn boundary(score: f64, importance: f64) -> Option<f64> {
    let satisfaction = 2.0 * importance - score;
    let on_map = (0.0..=10.0).contains(&importance) && (0.0..=importance).contains(&satisfaction);
    on_map.then_some(satisfaction)
}

/// Olsen's variant, `importance × (1 − satisfaction)` with both from 0 to 1 (*The Lean Product
/// Playbook*): another figure on another scale, always shown under its own name.
///
/// # Errors
/// An input is outside 0 to 1.
pub fn olsen(importance: f64, satisfaction: f64) -> Result<f64, Insufficient> {
    let importance = check::share("importance", importance)?;
    Ok(importance * (1.0 - check::share("satisfaction", satisfaction)?))
}

#[cfg(test)]
mod tests {
    use super::{Band, Position, boundary, olsen, opportunity, stated_share, top_two_boxes};
    use crate::method::testing::near;

    /// Ulwick; decikit.com.
    #[test]
    fn the_published_scores_are_reproduced() {
        let gap = opportunity(9.0, 3.0).unwrap();
        assert_eq!((gap.score, gap.band), (15.0, Band::LowHangingFruit));
        assert_eq!(gap.position, Position::Underserved);
        let served = opportunity(9.0, 9.0).unwrap();
        assert_eq!((served.score, served.band), (9.0, Band::Unattractive));
        assert_eq!(served.position, Position::TableStakes);
    }

    #[test]
    fn satisfaction_beyond_importance_never_lowers_the_score() {
        let over = opportunity(4.0, 9.0).unwrap();
        assert_eq!((over.score, over.position), (4.0, Position::Overserved));
        assert_eq!(opportunity(10.0, 0.0).unwrap().band, Band::Extreme);
        assert_eq!(opportunity(6.0, 2.0).unwrap().band, Band::WorthConsidering);
        assert_eq!(
            opportunity(3.0, 3.0).unwrap().position,
            Position::ServedRight
        );
    }

    #[test]
    fn only_fours_and_fives_count() {
        let answers = top_two_boxes([1, 4, 5, 60, 30]).unwrap();
        near(answers.out_of_ten, 9.0, 1e-12);
        assert_eq!(answers.share.sample.n(), 100);
        assert!(top_two_boxes([0; 5]).is_err());
        assert!(top_two_boxes([u64::MAX; 5]).is_err());
    }

    #[test]
    fn a_share_that_was_taken_before_is_that_of_whole_people() {
        let share = stated_share(33.3, 60).unwrap();
        assert_eq!((share.sample.successes(), share.sample.n()), (20, 60));
        assert!(stated_share(101.0, 60).is_err() && stated_share(50.0, 0).is_err());
    }

    #[test]
    fn a_boundary_has_its_score_all_along() {
        for tenth in 0..=100 {
            let importance = f64::from(tenth) / 10.0;
            for score in [10.0, 12.0, 15.0] {
                if let Some(satisfaction) = boundary(score, importance) {
                    near(
                        opportunity(importance, satisfaction).unwrap().score,
                        score,
                        1e-9,
                    );
                }
            }
        }
        assert_eq!(boundary(10.0, 4.0), None);
        assert_eq!(boundary(15.0, 10.0), Some(5.0));
    }

    #[test]
    fn olsens_variant_is_on_its_own_scale() {
        near(olsen(0.9, 0.3).unwrap(), 0.63, 1e-12);
        assert!(olsen(9.0, 0.3).is_err() && olsen(0.9, f64::NAN).is_err());
        assert!(opportunity(10.1, 1.0).is_err() && opportunity(f64::NAN, 1.0).is_err());
    }
}

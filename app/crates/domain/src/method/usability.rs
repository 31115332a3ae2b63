//! User tests: SUS, SEQ, completion, and how many problems so many users find (M16).

use super::average::{Mean, mean};
use super::{Insufficient, Interval, Sample, Share, check, proportion};

/// About the average SUS score of published studies.
pub const AVERAGE_SUS: f64 = 68.0;

/// The steps of the Single Ease Question, from very difficult to very easy.
pub const SEQ_STEPS: [u8; 7] = [1, 2, 3, 4, 5, 6, 7];

/// The typical chance that one user meets a given problem (Nielsen and Landauer).
pub const TYPICAL_DISCOVERY: f64 = 0.31;

/// The System Usability Scale of one respondent (Brooke 1996): ten answers from 1 to 5, odd items
/// count x − 1, even items 5 − x, the sum times 2.5; 0 to 100.
///
/// # Errors
/// There are not ten answers, or one is not from 1 to 5.
pub fn sus(answers: &[u8]) -> Result<f64, Insufficient> {
    if answers.len() != 10 {
        return Err(Insufficient::WrongCount {
            input: "Answers of the System Usability Scale",
            got: answers.len(),
            expected: 10,
        });
    }
    let mut sum = 0.0;
    for (place, &answer) in answers.iter().enumerate() {
        let answer = check::within("SUS answer", f64::from(answer), 1.0, 5.0)?;
        sum += if place % 2 == 0 {
            answer - 1.0
        } else {
            5.0 - answer
        };
    }
    Ok(sum * 2.5)
}

/// The mean SUS of several respondents, each scored by [`sus`].
///
/// # Errors
/// Nobody has answered, or a score is not from 0 to 100.
pub fn sus_mean(scores: &[f64]) -> Result<Mean, Insufficient> {
    for &score in scores {
        check::within("SUS score", score, 0.0, 100.0)?;
    }
    mean("SUS scores", scores)
}

/// The mean of the Single Ease Question, from 1 (very difficult) to 7 (very easy).
///
/// # Errors
/// Nobody has answered, or an answer is not from 1 to 7.
pub fn seq_mean(answers: &[u8]) -> Result<Mean, Insufficient> {
    let mut values = Vec::with_capacity(answers.len());
    for &answer in answers {
        values.push(check::within("answer", f64::from(answer), 1.0, 7.0)?);
    }
    mean("answers", &values)
}

/// The share of problems that n users find, `1 − (1 − L)ⁿ`, each meeting a problem with chance L
/// ([`TYPICAL_DISCOVERY`] where nothing better is known).
///
/// # Errors
/// `discovery` is not from 0 to 1.
pub fn problems_found(discovery: f64, users: u64) -> Result<f64, Insufficient> {
    let missed = 1.0 - check::share("chance of discovery", discovery)?;
    Ok(1.0 - missed.powf(check::count("users", users)?))
}

/// How many users it takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UsersNeeded {
    /// As the formula gives it.
    pub exact: f64,
    /// Rounded up.
    pub users: u64,
}

/// How many users to see a problem of that prevalence at least once with that chance:
/// `ln(1 − P) ∕ ln(1 − p)` (Sauro, measuringu.com).
///
/// # Errors
/// One of them is not strictly between 0 and 1.
pub fn users_needed(chance: f64, prevalence: f64) -> Result<UsersNeeded, Insufficient> {
    let chance = check::open_share("chance of seeing it", chance)?;
    let prevalence = check::open_share("prevalence", prevalence)?;
    let exact = (-chance).ln_1p() / (-prevalence).ln_1p();
    if exact >= 9e15 {
        return Err(Insufficient::TooLarge("number of users"));
    }
    // A number that is whole but for rounding is not rounded up to the next.
    Ok(UsersNeeded {
        exact,
        users: (exact - 1e-9).ceil().max(1.0) as u64,
    })
}

/// How many completed a task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Completion {
    /// The share with its 95 % Wilson interval.
    pub share: Share,
    /// The 95 % adjusted-Wald interval, which usability reports often print.
    pub adjusted_wald: Interval,
}

/// The completion rate of a task, never a bare percentage. Partial success is not completion.
///
/// # Errors
/// Nobody has tried.
pub fn completion(completed: Sample) -> Result<Completion, Insufficient> {
    Ok(Completion {
        share: completed.share()?,
        adjusted_wald: proportion::adjusted_wald(completed, proportion::CONFIDENCE)?,
    })
}

#[cfg(test)]
mod tests {
    use super::{Insufficient, sus_mean};
    use super::{TYPICAL_DISCOVERY, completion, problems_found, seq_mean, sus, users_needed};
    use crate::method::{Sample, testing::near};

    /// Brooke's example.
    #[test]
    fn the_published_answers_score_fifty_five() {
        assert_eq!(sus(&[5, 4, 2, 1, 2, 3, 2, 4, 5, 2]), Ok(55.0));
        assert_eq!(sus(&[5, 1, 5, 1, 5, 1, 5, 1, 5, 1]), Ok(100.0));
        assert_eq!(sus(&[1, 5, 1, 5, 1, 5, 1, 5, 1, 5]), Ok(0.0));
    }

    #[test]
    fn ten_answers_from_one_to_five_are_needed() {
        assert!(matches!(
            sus(&[3; 9]),
            Err(Insufficient::WrongCount { got: 9, .. })
        ));
        assert!(sus(&[3, 3, 3, 3, 3, 3, 3, 3, 3, 0]).is_err());
        assert!(sus(&[3, 3, 3, 3, 3, 3, 3, 3, 3, 6]).is_err());
        assert!(sus_mean(&[]).is_err() && sus_mean(&[101.0]).is_err());
        assert_eq!(sus_mean(&[55.0, 75.0]).unwrap().value, 65.0);
    }

    /// Nielsen: five users find about 85 % of the problems at L = 0.31.
    #[test]
    fn five_users_find_most_problems() {
        near(problems_found(TYPICAL_DISCOVERY, 5).unwrap(), 0.844, 5e-4);
        assert_eq!(problems_found(0.31, 0), Ok(0.0));
        assert_eq!(problems_found(1.0, 1), Ok(1.0));
        assert!(problems_found(1.1, 5).is_err());
    }

    /// measuringu.com prints 18 users for a problem that concerns one in ten and a chance of 85 %:
    /// the formula gives 18.006, so the nineteenth is needed to reach the chance.
    #[test]
    fn the_users_needed_are_sauros() {
        assert_eq!(users_needed(0.85, 0.1).unwrap().users, 19);
        near(users_needed(0.85, 0.1).unwrap().exact, 18.0, 0.01);
        assert_eq!(users_needed(0.95, 0.31).unwrap().users, 9);
        assert_eq!(users_needed(0.5, 0.5).unwrap().users, 1);
        assert!(users_needed(1.0, 0.1).is_err() && users_needed(0.9, 0.0).is_err());
    }

    #[test]
    fn completion_and_ease_carry_their_n() {
        let done = completion(Sample::new(9, 10).unwrap()).unwrap();
        assert_eq!(done.share.value, 0.9);
        near(done.adjusted_wald.low, 0.574, 1e-3);
        assert_eq!(seq_mean(&[7, 5]).unwrap().n, 2);
        assert!(seq_mean(&[8]).is_err() && seq_mean(&[]).is_err());
        assert!(completion(Sample::new(0, 0).unwrap()).is_err());
    }
}

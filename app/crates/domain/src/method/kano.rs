//! Kano's questionnaire: what a feature does to satisfaction (Kano 1984; Berger et al. 1993; M11).

use super::proportion::{self, CONFIDENCE};
use super::{Insufficient, Interval, Sample, Share, check};

/// The respondents that a class needs.
pub const LEAST_RESPONDENTS: u64 = 20;

/// An answer to "how do you feel if it is there?" and to "… if it is not?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// I like it.
    Like,
    /// I expect it.
    MustBe,
    /// I am neutral.
    Neutral,
    /// I can live with it.
    LiveWith,
    /// I dislike it.
    Dislike,
}

/// What a pair of answers, or a feature as a whole, is. In the order in which ties are broken:
/// M > O > A > I, and what is no wish at all last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// M: its absence angers.
    MustBe,
    /// O: the more, the better.
    OneDimensional,
    /// A: its presence delights.
    Attractive,
    /// I: it makes no difference.
    Indifferent,
    /// R: its presence angers.
    Reverse,
    /// Q: the two answers contradict each other.
    Questionable,
}

impl Category {
    /// Every category, in the order in which ties are broken.
    pub const ALL: [Self; 6] = [
        Self::MustBe,
        Self::OneDimensional,
        Self::Attractive,
        Self::Indifferent,
        Self::Reverse,
        Self::Questionable,
    ];

    /// Its letter: M, O, A, I, R or Q.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::MustBe => 'M',
            Self::OneDimensional => 'O',
            Self::Attractive => 'A',
            Self::Indifferent => 'I',
            Self::Reverse => 'R',
            Self::Questionable => 'Q',
        }
    }
}

/// The evaluation table: the answer if the feature is there (functional) and if it is not.
#[must_use]
pub fn category(functional: Answer, dysfunctional: Answer) -> Category {
    use Answer::{Dislike, Like};
    match (functional, dysfunctional) {
        (Like, Like) | (Dislike, Dislike) => Category::Questionable,
        (Like, Dislike) => Category::OneDimensional,
        (Like, _) => Category::Attractive,
        (Dislike, _) | (_, Like) => Category::Reverse,
        (_, Dislike) => Category::MustBe,
        _ => Category::Indifferent,
    }
}

/// How many respondents fell into each category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([u64; 6]);

impl Counts {
    /// Counts in the order of [`Category::ALL`]: M, O, A, I, R, Q.
    #[must_use]
    pub fn new(counts: [u64; 6]) -> Self {
        Self(counts)
    }

    /// Counts pairs of answers, functional first.
    #[must_use]
    pub fn of(answers: &[(Answer, Answer)]) -> Self {
        let mut counts = [0; 6];
        for &(functional, dysfunctional) in answers {
            let found = category(functional, dysfunctional);
            for (count, _) in counts
                .iter_mut()
                .zip(Category::ALL)
                .filter(|(_, c)| *c == found)
            {
                *count += 1;
            }
        }
        Self(counts)
    }

    /// How many respondents there were.
    #[must_use]
    pub fn n(self) -> u64 {
        self.0.into_iter().fold(0, u64::saturating_add)
    }
}

/// What a feature is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kano {
    /// The most frequent category; of those within five percentage points of it, the first in the
    /// order M > O > A > I > R > Q.
    pub category: Category,
    /// CS+ = (A + O) ∕ (A + O + M + I), a share of those who had a wish about it; `None` when nobody
    /// had one. Contradictory and reverse answers do not count.
    pub better: Option<Share>,
    /// (O + M) ∕ (A + O + M + I), a share of the same people; CS− is this with a minus sign.
    pub worse: Option<Share>,
    /// Total strength (A + O + M) ∕ N, a share of all.
    pub total_strength: Share,
    /// Category strength (largest − second) ∕ N.
    pub category_strength: f64,
    /// The 95 % interval of the category strength, after Bonett and Price.
    pub strength_interval: Interval,
    /// Fong's test at 10 %: whether the two largest counts m₁ and m₂ differ significantly,
    /// `|m₁ − m₂| ≥ 1.65 √((m₁ + m₂)(2n − m₁ − m₂) ∕ 2n)`.
    pub is_significant: bool,
    /// How many respondents there were.
    pub n: u64,
    /// Whether they are at least [`LEAST_RESPONDENTS`].
    pub is_enough: bool,
}

/// Classifies a feature (Lee & Newcomb 1997 for the tie rule and the strengths, Fong 1996).
///
/// # Errors
/// Nobody has answered.
pub fn kano(counts: Counts) -> Result<Kano, Insufficient> {
    let n = check::some("answers", counts.n())?;
    let [m, o, a, i, ..] = counts.0;
    let mut sorted = counts.0;
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let [largest, second, ..] = sorted;
    // In whole numbers, since 5 % of n is seldom exact: (largest − count) ∕ n ≤ 1 ∕ 20.
    let in_reach = |count: u64| (largest - count).saturating_mul(20) <= counts.n();
    let mut candidates = counts.0.into_iter().zip(Category::ALL);
    let category = candidates
        .find(|(count, _)| in_reach(*count))
        .map_or(Category::Questionable, |(_, category)| category);
    let wishes = [m, o, a, i].into_iter().fold(0, u64::saturating_add);
    let of_wishes = |count: u64| match wishes {
        0 => Ok(None),
        wishes => Sample::new(count, wishes)?.share().map(Some),
    };
    let (m1, m2) = (largest as f64, second as f64);
    let bound = 1.65 * ((m1 + m2) * (2.0 * n - m1 - m2) / (2.0 * n)).sqrt();
    Ok(Kano {
        category,
        better: of_wishes(a.saturating_add(o))?,
        worse: of_wishes(o.saturating_add(m))?,
        total_strength: Sample::new(a.saturating_add(o).saturating_add(m), counts.n())?.share()?,
        category_strength: (m1 - m2) / n,
        strength_interval: proportion::difference_of_parts(
            largest,
            second,
            counts.n(),
            CONFIDENCE,
        )?,
        is_significant: m1 - m2 >= bound,
        n: counts.n(),
        is_enough: counts.n() >= LEAST_RESPONDENTS,
    })
}

#[cfg(test)]
mod tests;

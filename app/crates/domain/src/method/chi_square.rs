//! χ² tests: do several groups differ, and was the traffic split as planned (M14)?

use super::{Insufficient, Sample, check, distribution};

/// A sample-ratio mismatch is announced below this p-value, the custom of large experimenters: a
/// split is checked again and again, and a false alarm throws an experiment away.
pub const MISMATCH_ALARM: f64 = 0.001;

/// Pearson's rule of thumb: below this expected count the χ² approximation is poor.
pub const LEAST_EXPECTED: f64 = 5.0;

/// A χ² statistic and what it says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChiSquare {
    /// Σ (observed − expected)² ∕ expected, without a correction for continuity.
    pub statistic: f64,
    /// Degrees of freedom: groups − 1.
    pub degrees: u64,
    /// How often chance alone gives at least this much.
    pub p_value: f64,
    /// The smallest expected count; see [`LEAST_EXPECTED`].
    pub smallest_expected: f64,
}

impl ChiSquare {
    /// Sums the cells, pairs of an observed and an expected count.
    fn over(cells: impl Iterator<Item = (f64, f64)>, degrees: usize) -> Result<Self, Insufficient> {
        let (mut statistic, mut smallest) = (0.0, f64::INFINITY);
        for (observed, expected) in cells {
            statistic += (observed - expected).powi(2) / expected;
            smallest = expected.min(smallest);
        }
        let statistic = check::result("χ² statistic", statistic)?;
        Ok(Self {
            statistic,
            degrees: degrees as u64,
            p_value: distribution::chi_square_p(statistic, degrees as u64)?,
            smallest_expected: smallest,
        })
    }
}

/// Pearson's test that every group has the same share, on the table of successes and failures.
///
/// # Errors
/// There are fewer than two groups, a group is empty, or everybody did the same.
pub fn several_groups(groups: &[Sample]) -> Result<ChiSquare, Insufficient> {
    let degrees = other_groups(groups.len())?;
    let (mut successes, mut n) = (0.0, 0.0);
    for group in groups {
        n += check::some("observations", group.n())?;
        successes += group.successes() as f64;
    }
    if successes == 0.0 || successes == n {
        return Err(Insufficient::NoVariation("the results of all groups"));
    }
    let rate = successes / n;
    let cells = groups.iter().flat_map(|group| {
        let size = group.n() as f64;
        [
            (group.successes() as f64, size * rate),
            (group.failures() as f64, size * (1.0 - rate)),
        ]
    });
    ChiSquare::over(cells, degrees)
}

/// The check of a split.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampleRatio {
    /// The test against the planned split.
    pub test: ChiSquare,
    /// Whether p is below [`MISMATCH_ALARM`]: then the results must not be analysed.
    pub is_mismatch: bool,
}

/// Compares how many each arm has with the planned split, given as weights of any total (1 and 1
/// for halves).
///
/// # Errors
/// There are fewer than two arms, not one weight for each, a weight that is not positive, or
/// nobody in any arm.
pub fn sample_ratio(observed: &[u64], planned: &[f64]) -> Result<SampleRatio, Insufficient> {
    let degrees = other_groups(observed.len())?;
    check::same_length("planned split", planned, observed)?;
    let mut whole = 0.0;
    for &weight in planned {
        whole += check::positive("planned share", weight)?;
    }
    let whole = check::result("planned split", whole)?;
    let mut n = 0.0;
    for &arm in observed {
        n += check::count("observations", arm)?;
    }
    if n == 0.0 {
        return Err(Insufficient::Missing("observations"));
    }
    let expected = planned.iter().map(|weight| n * (weight / whole));
    let cells = observed.iter().map(|&arm| arm as f64).zip(expected);
    let test = ChiSquare::over(cells, degrees)?;
    Ok(SampleRatio {
        test,
        is_mismatch: test.p_value < MISMATCH_ALARM,
    })
}

/// How many groups there are besides the first.
fn other_groups(groups: usize) -> Result<usize, Insufficient> {
    match groups {
        0 | 1 => Err(Insufficient::WrongCount {
            input: "Groups to compare",
            got: groups,
            expected: 2,
        }),
        groups => Ok(groups - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{sample_ratio, several_groups};
    use crate::method::{Sample, testing::near, two_proportions::two_proportions};

    fn sample(successes: u64, n: u64) -> Sample {
        Sample::new(successes, n).unwrap()
    }

    /// The example of srm.osc.garden.
    #[test]
    fn the_published_mismatch_is_found() {
        let ratio = sample_ratio(&[44_000, 45_000], &[1.0, 1.0]).unwrap();
        near(ratio.test.statistic, 11.236, 5e-4);
        near(ratio.test.p_value, 0.0008, 5e-5);
        assert!(ratio.is_mismatch);
    }

    /// Mendel's peas (1866): 315, 108, 101 and 32 against 9 : 3 : 3 : 1, χ² 0.470, p 0.925 with
    /// three degrees of freedom.
    #[test]
    fn an_uneven_plan_is_compared_as_planned() {
        let ratio = sample_ratio(&[315, 108, 101, 32], &[9.0, 3.0, 3.0, 1.0]).unwrap();
        near(ratio.test.statistic, 0.470_02, 5e-6);
        near(ratio.test.p_value, 0.9254, 5e-5);
        assert_eq!((ratio.test.degrees, ratio.is_mismatch), (3, false));
    }

    /// R: `prop.test(c(83, 90, 129, 70), c(86, 93, 136, 82))`, the smokers of Fleiss 1981.
    #[test]
    fn several_groups_agree_with_r() {
        let groups = [(83, 86), (90, 93), (129, 136), (70, 82)].map(|(s, n)| sample(s, n));
        let test = several_groups(&groups).unwrap();
        near(test.statistic, 12.600_41, 5e-6);
        near(test.p_value, 0.005_585, 5e-7);
        assert_eq!(test.degrees, 3);
        near(test.smallest_expected, 5.163_73, 5e-6);
    }

    #[test]
    fn two_groups_give_the_square_of_z() {
        let (a, b) = (sample(5, 83), sample(12, 99));
        let z = two_proportions(a, b).unwrap();
        let test = several_groups(&[a, b]).unwrap();
        near(test.statistic, z.z * z.z, 1e-12);
        near(test.p_value, z.p_value, 1e-12);
    }

    #[test]
    fn what_cannot_be_compared_is_refused() {
        assert!(several_groups(&[]).is_err());
        assert!(several_groups(&[sample(1, 2)]).is_err());
        assert!(several_groups(&[sample(1, 2), sample(0, 0)]).is_err());
        assert!(several_groups(&[sample(0, 2), sample(0, 4)]).is_err());
        assert!(sample_ratio(&[0, 0], &[1.0, 1.0]).is_err());
        assert!(sample_ratio(&[1, 2], &[1.0]).is_err());
        for weight in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(sample_ratio(&[1, 2], &[1.0, weight]).is_err(), "{weight}");
        }
    }
}

//! Counts what passed, what failed and what was skipped.

use std::ops::AddAssign;

/// How many tests or steps passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// How many passed.
    pub(crate) passed: u64,
    /// How many failed.
    pub(crate) failed: u64,
    /// How many proved nothing.
    pub(crate) skipped: u64,
}

impl Tally {
    /// One thing that passed or failed.
    pub(crate) fn one(passed: bool) -> Self {
        Self {
            passed: u64::from(passed),
            failed: u64::from(!passed),
            skipped: 0,
        }
    }

    /// The counts in a line such as `test result: ok. 3 passed; 1 failed; 0 ignored; …`, if it is one.
    pub(crate) fn in_line(line: &str) -> Option<Self> {
        let rest = line.strip_prefix("test result: ")?;
        let count = |label: &str| {
            rest.split([';', '.']).find_map(|part| {
                let number = part.trim().strip_suffix(label)?;
                number.trim().parse().ok()
            })
        };
        Some(Self {
            passed: count("passed")?,
            failed: count("failed")?,
            skipped: count("ignored").unwrap_or_default(),
        })
    }

    /// What was skipped and why, if that is what a line says.
    pub(crate) fn skip_in_line(line: &str) -> Option<&str> {
        line.strip_prefix("skipped ").map(str::trim_end)
    }

    /// So many of those that passed have said that they were skipped.
    pub(crate) fn skip(&mut self, count: u64) {
        self.passed = self.passed.saturating_sub(count);
        self.skipped += count;
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<(u64, u64, u64)>) {
        let expected = expected.map(|(passed, failed, skipped)| Tally {
            passed,
            failed,
            skipped,
        });
        assert_eq!(Tally::in_line(line), expected, "{line}");
    }

    #[test]
    fn a_result_line_is_counted_and_no_other() {
        let ok = "test result: ok. 31 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.16s";
        check(ok, Some((31, 0, 2)));
        check(
            "test result: FAILED. 7 passed; 12 failed; 0 ignored",
            Some((7, 12, 0)),
        );
        check("test tally ... ok", None);
        check("test result: unclear", None);
        check("the test result: ok. 1 passed; 0 failed", None);
    }

    #[test]
    fn tallies_add_up() {
        let mut sum = Tally::one(true);
        sum += Tally::one(false);
        sum += Tally {
            passed: 3,
            failed: 1,
            skipped: 2,
        };
        sum.skip(1);
        assert_eq!((sum.passed, sum.failed, sum.skipped), (3, 2, 3));
    }
}

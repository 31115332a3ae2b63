//! MoSCoW by effort, not by count (DSDM handbook, chapter 10; M20).

use super::{Insufficient, check};

/// The most of the effort that may be Must have.
pub const MOST_MUST: f64 = 0.6;

/// About how much of the effort should be Could have: the reserve that may be dropped.
pub const USUAL_COULD: f64 = 0.2;

/// How far from [`USUAL_COULD`] is still "about"; a convention of this product.
pub const COULD_TOLERANCE: f64 = 0.05;

/// The effort of each class, in any unit. What will not be done this time takes none of the time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Efforts {
    /// Must have.
    pub must: f64,
    /// Should have.
    pub should: f64,
    /// Could have.
    pub could: f64,
    /// Won't have this time; counted in no share.
    pub wont: f64,
}

/// What the split warns of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// More than [`MOST_MUST`] is Must have: the date is at risk.
    TooMuchMust,
    /// Clearly less than [`USUAL_COULD`] is Could have: there is little to drop.
    TooLittleCould,
    /// Clearly more than [`USUAL_COULD`] is Could have.
    TooMuchCould,
}

/// How the planned effort is split, each a share of Must, Should and Could together.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// Must have.
    pub must: f64,
    /// Should have.
    pub should: f64,
    /// Could have.
    pub could: f64,
    /// What to look at.
    pub warnings: Vec<Warning>,
}

/// Splits the effort.
///
/// # Errors
/// An effort is negative or not a number, or all that is planned is zero.
pub fn split(efforts: Efforts) -> Result<Split, Insufficient> {
    let must = check::not_negative("Must effort", efforts.must)?;
    let should = check::not_negative("Should effort", efforts.should)?;
    let could = check::not_negative("Could effort", efforts.could)?;
    check::not_negative("Won’t effort", efforts.wont)?;
    let planned = check::result("effort", must + should + could)?;
    let planned = check::positive("planned effort", planned)?;
    let (must, could) = (must / planned, could / planned);
    // A share that is 60 % but for rounding is not above it.
    let over = |share: f64, limit: f64| share > limit + 1e-9;
    let warnings = [
        (over(must, MOST_MUST), Warning::TooMuchMust),
        (
            over(USUAL_COULD - COULD_TOLERANCE, could),
            Warning::TooLittleCould,
        ),
        (
            over(could, USUAL_COULD + COULD_TOLERANCE),
            Warning::TooMuchCould,
        ),
    ];
    Ok(Split {
        must,
        should: should / planned,
        could,
        warnings: warnings
            .into_iter()
            .filter_map(|(applies, warning)| applies.then_some(warning))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Efforts, Warning, split};
    use crate::method::Insufficient;

    fn check(must: f64, should: f64, could: f64) -> Result<Vec<Warning>, Insufficient> {
        let efforts = Efforts {
            must,
            should,
            could,
            wont: 500.0,
        };
        split(efforts).map(|split| split.warnings)
    }

    /// DSDM handbook, chapter 10.
    #[test]
    fn more_than_sixty_per_cent_of_must_is_a_warning() {
        assert_eq!(check(65.0, 15.0, 20.0), Ok(vec![Warning::TooMuchMust]));
        assert_eq!(check(60.0, 20.0, 20.0), Ok(vec![]));
        assert_eq!(check(0.6, 0.2, 0.2), Ok(vec![]));
    }

    #[test]
    fn could_is_about_twenty_per_cent() {
        assert_eq!(check(50.0, 45.0, 5.0), Ok(vec![Warning::TooLittleCould]));
        assert_eq!(check(40.0, 30.0, 30.0), Ok(vec![Warning::TooMuchCould]));
        assert_eq!(check(55.0, 30.0, 15.0), Ok(vec![]));
    }

    #[test]
    fn nothing_planned_has_no_split() {
        let zero = Err(Insufficient::Zero("planned effort"));
        assert_eq!(check(0.0, 0.0, 0.0), zero);
        assert!(check(-1.0, 2.0, 0.0).is_err() && check(f64::NAN, 2.0, 0.0).is_err());
        assert!(check(f64::MAX, f64::MAX, 0.0).is_err());
    }
}

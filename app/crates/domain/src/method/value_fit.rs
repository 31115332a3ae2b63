//! How much of what customers need an offer meets: jobs, pains and gains (after Osterwalder; M4).

use super::{Insufficient, Sample, Share, check};

/// The importance, of 1 to 5, from which a job, pain or gain is one of the top ones; a convention
/// of this product.
pub const TOP: f64 = 4.0;

/// One job, pain or gain of the customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Need {
    /// Importance, severity or relevance, 1 to 5.
    pub weight: f64,
    /// Whether a service, a reliever or a creator is linked to it.
    pub is_met: bool,
}

/// What is met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverage {
    /// The met ones of all, counted. It describes these needs, a list and not a sample.
    pub all: Sample,
    /// The met ones of those of at least [`TOP`]; none of none where there is no such need.
    pub top: Sample,
    /// Σ weight of the met ÷ Σ weight, 0 to 1.
    pub weighted: f64,
}

/// Counts what is met.
///
/// # Errors
/// There is no need, or a weight is not from 1 to 5.
pub fn coverage(needs: &[Need]) -> Result<Coverage, Insufficient> {
    check::not_empty("jobs, pains and gains", needs)?;
    let (mut met, mut top, mut top_met) = (0, 0, 0);
    let (mut weight_met, mut weights) = (0.0, 0.0);
    for need in needs {
        let weight = check::within("importance", need.weight, 1.0, 5.0)?;
        let is_top = u64::from(weight >= TOP);
        top += is_top;
        weights += weight;
        if need.is_met {
            met += 1;
            top_met += is_top;
            weight_met += weight;
        }
    }
    Ok(Coverage {
        all: Sample::new(met, needs.len() as u64)?,
        top: Sample::new(top_met, top)?,
        weighted: weight_met / weights,
    })
}

/// The share of relievers, creators and services that are linked to no need: what the offer has
/// and nobody asked for.
///
/// # Errors
/// The offer is empty.
pub fn unlinked(is_linked: &[bool]) -> Result<Share, Insufficient> {
    check::not_empty("parts of the offer", is_linked)?;
    let loose = is_linked.iter().filter(|linked| !**linked).count();
    Sample::new(loose as u64, is_linked.len() as u64)?.share()
}

#[cfg(test)]
mod tests {
    use super::{Need, coverage, unlinked};
    use crate::method::{Sample, testing::near};

    fn need(weight: f64, is_met: bool) -> Need {
        Need { weight, is_met }
    }

    #[test]
    fn the_top_needs_are_counted_apart() {
        let needs = [
            need(5.0, true),
            need(4.0, false),
            need(2.0, true),
            need(1.0, false),
        ];
        let found = coverage(&needs).unwrap();
        assert_eq!(found.all, Sample::new(2, 4).unwrap());
        assert_eq!(found.top, Sample::new(1, 2).unwrap());
        near(found.weighted, 7.0 / 12.0, 1e-12);
    }

    #[test]
    fn what_nobody_asked_for_is_seen() {
        assert_eq!(unlinked(&[true, false, true, true]).unwrap().value, 0.25);
        assert!(unlinked(&[]).is_err() && coverage(&[]).is_err());
        assert!(coverage(&[need(0.0, true)]).is_err());
        assert!(coverage(&[need(f64::NAN, true)]).is_err());
    }
}

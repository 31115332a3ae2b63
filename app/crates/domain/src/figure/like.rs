//! Like with like: of amounts in several units those that may be added or compared, and the rest by
//! name.
//!
//! Invariant: no two amounts that are kept differ in currency, or in being paid once or again and
//! again.

use super::context::Context;
use super::record::Figure;
use super::remark::Part;
use super::remark::RemarkKind;
use crate::index::Handle;
use crate::value::Period;

/// An amount, its unit, and whose it is.
pub(super) type Amount = (Handle, String, f64);

/// Amounts of one unit.
pub(super) struct Alike {
    /// The unit that all are stated in.
    pub(super) unit: String,
    /// What is left, in the order given.
    pub(super) amounts: Vec<Kept>,
}

/// An amount that was kept.
pub(super) struct Kept {
    /// Whose it is.
    pub(super) about: Handle,
    /// How much, in the common unit.
    pub(super) value: f64,
    /// How many of the common unit one of its own is.
    pub(super) times: f64,
}

/// What a unit can be compared with, and how many of those it is: what flows is stated for a year,
/// so that `EUR/month` is twelve `EUR/year`, and no `EUR`.
fn yearly(unit: &str) -> (String, f64) {
    let flows = [('/', "/year"), (' ', " year")]
        .iter()
        .find_map(|(mark, year)| {
            let (before, period) = unit.rsplit_once(*mark)?;
            let times = Period::from_name(period)?.per_year()?;
            Some((format!("{before}{year}"), times))
        });
    flows.unwrap_or_else(|| (unit.to_owned(), 1.0))
}

/// Keeps the amounts of one unit: the workspace's currency before any other, else what most are
/// in, else the first by name. A remark of the kind `said` names each of the others.
pub(super) fn alike(
    context: &Context<'_>,
    figure: &mut Figure,
    amounts: &[Amount],
    said: &'static RemarkKind,
) -> Alike {
    let own = context
        .product()
        .and_then(|product| context.text(product, "currency"));
    let mut units: Vec<(String, usize)> = Vec::new();
    for (_, unit, _) in amounts {
        let (unit, _) = yearly(unit);
        match units.iter_mut().find(|(known, _)| *known == unit) {
            Some((_, count)) => *count += 1,
            None => units.push((unit, 1)),
        }
    }
    let is_own = |unit: &str| own.is_some_and(|own| unit.split('/').next() == Some(own));
    units.sort_by(|one, other| {
        let by_currency = is_own(&other.0).cmp(&is_own(&one.0));
        by_currency
            .then(other.1.cmp(&one.1))
            .then_with(|| one.0.cmp(&other.0))
    });
    let common = units
        .into_iter()
        .next()
        .map_or_else(String::new, |(unit, _)| unit);
    let mut kept: Vec<(&str, Handle, f64, f64)> = Vec::new();
    for (about, unit, value) in amounts {
        let (family, times) = yearly(unit);
        if family == common {
            kept.push((unit, *about, *value, times));
        } else {
            let parts = [context.part(*about), Part::Unit(unit.clone())];
            figure.remark_with(said, parts);
        }
    }
    // What is in one unit already stays in it.
    let first = kept.first().map(|(unit, ..)| *unit);
    let is_one = kept.iter().all(|(unit, ..)| Some(*unit) == first);
    Alike {
        unit: first.filter(|_| is_one).map_or(common, str::to_owned),
        amounts: kept
            .into_iter()
            .map(|(_, about, value, times)| {
                let times = if is_one { 1.0 } else { times };
                let value = value * times;
                Kept {
                    about,
                    value,
                    times,
                }
            })
            .collect(),
    }
}

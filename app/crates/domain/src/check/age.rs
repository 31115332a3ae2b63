//! How long findings have been open: a figure made of what the checks found.

use super::Finding;
use crate::figure::{Figure, open_findings};
use crate::index::GraphIndex;
use crate::value::Date;

/// The ages of findings as a figure of the workspace; `None` when there are none. A finding can be
/// open no longer than all that it is about has been there.
#[must_use]
pub fn ages(findings: &[&Finding], index: &GraphIndex, today: Date) -> Option<Figure> {
    let reader = index.reader();
    let age = |finding: &&Finding| {
        let entered = finding.subjects.iter().map(|subject| {
            let handle = index.find(subject.as_str())?;
            let stamp = reader.entity(handle)?.created.as_ref()?;
            stamp.day()
        });
        // Of what nobody knows the day, nobody knows the age.
        let entered: Option<Vec<Date>> = entered.collect();
        let latest = entered?.into_iter().max()?;
        Some(today.days_since(latest) as f64)
    };
    let ages: Vec<Option<f64>> = findings.iter().map(age).collect();
    open_findings(&ages)
}

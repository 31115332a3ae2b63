//! How long findings of the checks have been open (M28). Whoever has the findings gives their ages.

use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use crate::method::average;

/// The figure of [`open_findings`].
pub(in super::super) static AGES: FigureKind = FigureKind::new(
    "open-findings",
    [
        "Age of open findings",
        "Alter der offenen Befunde",
        "Antigüedad de los hallazgos abiertos",
    ],
    "the median of today − the day on which the latest of what a finding is about was entered, the longest that it can be open; findings by age in the rows",
    "M28",
    FigureSource::at(
        "After John Cutler, 12 Signs You're Working in a Feature Factory",
        "https://cutle.fish/blog/12-signs-youre-working-in-a-feature-factory",
    ),
)
.unit("days");

/// Ages in days up to which a row counts, and what it is called.
const BANDS: [(f64, &str); 4] = [
    (7.0, "up to 7 days"),
    (30.0, "8 to 30 days"),
    (90.0, "31 to 90 days"),
    (f64::INFINITY, "more than 90 days"),
];

/// How old open findings are, by the age of each in days where it is known; `None` when nothing is
/// open.
#[must_use]
pub fn open_findings(ages: &[Option<f64>]) -> Option<Figure> {
    if ages.is_empty() {
        return None;
    }
    let mut figure = Figure::new(&AGES);
    figure.input("open findings", Some(ages.len() as f64), "", None);
    let mut known: Vec<f64> = ages.iter().copied().flatten().collect();
    known.iter_mut().for_each(|age| *age = age.max(0.0));
    let row = |name: &'static str, count: usize| Row {
        n: None,
        ..Row::number(name, count as f64).in_unit("findings")
    };
    let mut from = f64::NEG_INFINITY;
    for (to, name) in BANDS {
        let is_of = |age: &&f64| from < **age && **age <= to;
        figure
            .rows
            .push(row(name, known.iter().filter(is_of).count()));
        from = to;
    }
    figure
        .rows
        .push(row("of unknown age", ages.len() - known.len()));
    figure.n = Some(known.len() as u64);
    Some(figure.number(average::median("ages of findings", &known)))
}

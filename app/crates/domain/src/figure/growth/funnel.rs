//! The AARRR funnel: how many of each stage go on to the next (McClure).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::measure::{count, latest_value};
use super::super::{Figure, Outcome, Part, Row, remark};
use crate::index::Handle;
use crate::method::Insufficient;
use crate::method::funnel::{self, Step};

pub(super) static FUNNEL: FigureKind = FigureKind::new(
    "funnel",
    ["AARRR funnel", "AARRR-Trichter", "Embudo AARRR"],
    "latest count of each stage ÷ that of the stage before, and ÷ that of the first stage",
    "M17",
    FigureSource::at(
        "Dave McClure, Startup Metrics for Pirates",
        "https://www.slideshare.net/dmc500hats/startup-metrics-for-pirates-long-version",
    ),
)
.unit("share");

/// McClure's five stages, as metrics name them.
const STAGES: [&str; 5] = [
    "acquisition",
    "activation",
    "retention",
    "referral",
    "revenue",
];

pub(super) fn funnel(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&FUNNEL);
    let mut stages: Vec<(&'static str, Handle, f64)> = Vec::new();
    for stage in STAGES {
        let of_stage = |metric: &Handle| context.text(*metric, "stage") == Some(stage);
        let metrics: Vec<Handle> = context.all("metric").filter(of_stage).collect();
        let mut read = metrics
            .iter()
            .filter_map(|metric| Some((*metric, latest_value(context, *metric)?)));
        if let Some((metric, (value, reading))) = read.next() {
            figure.input(stage, Some(value), "", Some(reading));
            stages.push((stage, metric, value));
            if read.next().is_some() {
                let parts = [
                    Part::Name(stage),
                    Part::Name("only its first metric is used"),
                ];
                figure.remark_with(&remark::LEFT_OUT, parts);
            }
        }
    }
    if stages.is_empty() {
        return;
    }
    match steps(&stages) {
        Ok(steps) => {
            let weakest = funnel::weakest_step(&steps);
            for (place, ((stage, metric, _), step)) in stages.iter().zip(&steps).enumerate() {
                let rows = [
                    ("step", step.conversion),
                    ("cumulative", Some(step.cumulative)),
                ];
                for (name, share) in rows {
                    if let Some(share) = share {
                        let word = if weakest == Some(place) && name == "step" {
                            "weakest"
                        } else {
                            ""
                        };
                        let row = Row::share(format!("{stage}: {name}"), share);
                        figure.rows.push(row.about(*metric).word(word));
                    }
                }
            }
            figure.outcome = Outcome::Parts;
        }
        Err(reason) => figure.outcome = Outcome::Missing(reason),
    }
    figures.push(figure);
}

fn steps(stages: &[(&'static str, Handle, f64)]) -> Result<Vec<Step>, Insufficient> {
    let counts: Result<Vec<u64>, Insufficient> = stages
        .iter()
        .map(|(stage, _, value)| count(stage, *value))
        .collect();
    funnel::funnel(&counts?)
}

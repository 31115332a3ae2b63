//! How sure a learning may be of itself (M6): what it rests on, experiment by experiment.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use super::super::remark::{self, Part};
use crate::evidence::{Counted, Uncounted, count, speaks};
use crate::experiment::{ARM, EXPERIMENT, EXPERIMENT_OF_ARM, REPORTS};
use crate::index::Handle;
use crate::method::confidence::{self, Direction, Evidence, HALF_LIFE_DAYS};
use crate::method::proportion::FEWEST;

pub(super) static CONFIDENCE: FigureKind = FigureKind::new(
    "learning-confidence",
    [
        "Confidence in the learning",
        "Sicherheit der Erkenntnis",
        "Certeza del aprendizaje",
    ],
    "1 − 2^(−sum ÷ 3) as for an assumption, over the evidence of its experiments, of each the strongest, and what is linked to it; the data points of each experiment in the rows: participants of its arms, else n of its readings, else n of its evidence; what is linked to it counts its own n",
    "M6",
    FigureSource::at(
        "Bland and Osterwalder, Testing Business Ideas, for what it rests on; the sum is this product's",
        "https://www.strategyzer.com/library/testing-business-ideas",
    ),
)
.of(&["learning"]);

/// The experiments that conclude in a learning, of its loops too; by id.
fn experiments(context: &Context<'_>, learning: Handle) -> Vec<Handle> {
    let mut experiments = Vec::new();
    for source in context.to(learning, "concludes-in") {
        match context.is(source, "loop") {
            true => experiments.extend(context.reference(source, "experiment")),
            false => experiments.push(source),
        }
    }
    experiments.sort_unstable_by_key(|one| context.id(*one));
    experiments.dedup();
    experiments
}

/// How many a record counts; at least itself.
fn n_of(context: &Context<'_>, record: Handle) -> f64 {
    context.number(record, "n").unwrap_or(1.0).max(0.0)
}

/// How many data points an experiment has.
fn data_points(context: &Context<'_>, experiment: Handle) -> f64 {
    let arms = context.children(experiment, ARM, EXPERIMENT_OF_ARM);
    let arms: f64 = arms.filter_map(|arm| context.number(arm, "n")).sum();
    let sum = |records: Vec<Handle>| {
        records
            .into_iter()
            .map(|one| n_of(context, one))
            // A sum of nothing would be −0.
            .fold(0.0, |sum, n| sum + n)
    };
    if arms > 0.0 {
        return arms;
    }
    match sum(context.from(experiment, REPORTS).collect()) {
        readings if readings > 0.0 => readings,
        _ => sum(context.from(experiment, "produces").collect()),
    }
}

pub(super) fn learning(context: &Context<'_>, learning: Handle, figures: &mut Vec<Figure>) {
    let experiments = experiments(context, learning);
    let linked = [
        ("supports", Direction::Supports),
        ("refutes", Direction::Refutes),
    ];
    let own: Vec<(Handle, Direction)> = linked
        .into_iter()
        .flat_map(|(link, way)| context.to(learning, link).map(move |one| (one, way)))
        .filter(|(one, _)| speaks(context, *one))
        .collect();
    if experiments.is_empty() && own.is_empty() {
        return;
    }
    let mut figure = Figure::new(&CONFIDENCE);
    let mut points: f64 = own.iter().map(|(one, _)| n_of(context, *one)).sum();
    let mut pieces = own;
    figure.input("experiments", Some(experiments.len() as f64), "", None);
    for experiment in experiments {
        if context.is(experiment, EXPERIMENT) {
            figure.text_input("type", context.text(experiment, "type"), Some(experiment));
        }
        let own = data_points(context, experiment);
        points += own;
        figure
            .rows
            .push(Row::number("data points", own).about(experiment));
        if own < FEWEST as f64 {
            let parts = [context.part(experiment), Part::Number(own)];
            figure.remark_with(&remark::FEW_POINTS, parts);
        }
        // Whichever way it points, it is what was learned.
        let produced = context.from(experiment, "produces");
        for one in produced.filter(|one| speaks(context, *one)) {
            if !pieces.iter().any(|(known, _)| *known == one) {
                pieces.push((one, Direction::Supports));
            }
        }
    }
    let counted: Vec<(Handle, Counted)> = pieces
        .into_iter()
        .filter_map(|(one, way)| Some((one, weigh(context, learning, one, way, &mut figure)?)))
        .collect();
    let evidence: Vec<Evidence> = counted.iter().map(|(_, one)| one.evidence).collect();
    let confidence = confidence::confidence(&evidence, HALF_LIFE_DAYS);
    if let Ok(confidence) = &confidence {
        for ((entity, one), row) in counted.iter().zip(&confidence.rows) {
            figure.input("weight", Some(one.evidence.weight), "", Some(*entity));
            let name = if row.counts {
                "evidence strength"
            } else {
                "counts once, with what it came from"
            };
            figure
                .rows
                .push(Row::number(name, row.value).about(*entity));
        }
        figure.remark_if(counted.is_empty(), &remark::NO_EVIDENCE_YET);
        figure.remark_if(confidence.sum < 0.0, &remark::REFUTED);
    }
    figure.n = Some(points as u64);
    figures.push(figure.number(confidence.map(|confidence| confidence.value)));
}

/// What a piece counts; where it counts nothing, a remark says why.
fn weigh(
    context: &Context<'_>,
    learning: Handle,
    one: Handle,
    way: Direction,
    figure: &mut Figure,
) -> Option<Counted> {
    match count(context, one, learning, way, context.today) {
        Ok(counted) => {
            if counted.entered > counted.evidence.weight {
                figure.hold_exploratory(context, one, counted.entered);
            }
            Some(counted)
        }
        Err(Uncounted::Fallen(fallen)) => {
            figure.leave_out(context, one, fallen);
            None
        }
        Err(Uncounted::Both | Uncounted::Weightless) => {
            let reason = Part::Name("neither a kind nor a weight from 0 to 10");
            figure.remark_with(&remark::LEFT_OUT, [context.part(one), reason]);
            None
        }
    }
}

//! Calibration: how far stated probabilities are from what happened (M24).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use super::super::remark::{self, Part};
use crate::index::Handle;
use crate::method::calibration::{self, Prediction};

pub(super) static BRIER: FigureKind = FigureKind::new(
    "calibration",
    [
        "Calibration (Brier score)",
        "Kalibrierung (Brier-Wert)",
        "Calibración (Brier)",
    ],
    "mean of (stated probability − outcome)² over hypotheses and assumptions with both, for each person who gave or rated one and each team too; 0 is perfect, 0.25 is a coin",
    "M24",
    FigureSource::at(
        "Glenn W. Brier, Verification of Forecasts Expressed in Terms of Probability (1950)",
        "https://en.wikipedia.org/wiki/Brier_score",
    ),
);

/// A prediction, who made it, and the entity on which it is stated.
type Stated<'a> = (Prediction, &'a str, Handle);

/// What was predicted of a claim whose outcome is known: by everyone who rated how likely it is, else
/// by whoever the claim says gave its probability, else by whoever wrote it down.
fn predictions<'a>(context: &Context<'a>, claim: Handle) -> Vec<Stated<'a>> {
    let Some(happened) = happened(context, claim) else {
        return Vec::new();
    };
    let Some(rated) = context.input(claim, "probability") else {
        return Vec::new();
    };
    let of = |record: Handle, percent: f64| {
        let by = context.text(record, "by").or_else(|| {
            let stamp = context.entity(record)?.created.as_ref()?;
            Some(stamp.by.as_str())
        });
        let prediction = Prediction {
            probability: percent / 100.0,
            happened,
        };
        (prediction, by.unwrap_or_default(), record)
    };
    if rated.ratings.is_empty() {
        return vec![of(claim, rated.value)];
    }
    let rating = |rating| Some(of(rating, context.number(rating, "value")?));
    rated.ratings.into_iter().filter_map(rating).collect()
}

/// Whether a claim has turned out to hold.
fn happened(context: &Context<'_>, claim: Handle) -> Option<bool> {
    match (
        context.text(claim, "outcome"),
        context.text(claim, "status"),
    ) {
        (Some("held"), _) | (_, Some("supported")) => Some(true),
        (Some("failed"), _) | (_, Some("refuted")) => Some(false),
        _ => None,
    }
}

pub(super) fn brier(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&BRIER);
    let mut all: Vec<(Prediction, &str)> = Vec::new();
    let claims = context.all("hypothesis").chain(context.all("assumption"));
    for (prediction, by, record) in claims.flat_map(|claim| predictions(context, claim)) {
        if !(0.0..=1.0).contains(&prediction.probability) {
            let reason = Part::Name("a probability outside 0 to 100 %");
            figure.remark_with(&remark::LEFT_OUT, [context.part(record), reason]);
            continue;
        }
        let stated = Some(prediction.probability * 100.0);
        figure.input("probability", stated, "%", Some(record));
        let outcome = if prediction.happened {
            "held"
        } else {
            "failed"
        };
        figure.text_input("outcome", Some(outcome), Some(record));
        all.push((prediction, by));
    }
    if all.is_empty() {
        return;
    }
    let mut people: Vec<&str> = all
        .iter()
        .map(|(_, by)| *by)
        .filter(|by| !by.is_empty())
        .collect();
    people.sort_unstable();
    people.dedup();
    for person in people {
        let own: Vec<Prediction> = all
            .iter()
            .filter(|(_, by)| *by == person)
            .map(|(one, _)| *one)
            .collect();
        if let Ok(own) = calibration::calibration(&own) {
            let mut row = Row::number(person.to_owned(), own.brier);
            row.n = Some(own.n as u64);
            figure.rows.push(row);
        }
    }
    for team in context.all("team") {
        let members: Vec<&str> = context
            .children(team, "member", "team")
            .filter_map(|member| context.text(member, "person"))
            .collect();
        let own: Vec<Prediction> = all
            .iter()
            .filter(|(_, by)| members.contains(by))
            .map(|(one, _)| *one)
            .collect();
        if let Ok(own) = calibration::calibration(&own) {
            let mut row = Row::number("team", own.brier).about(team);
            row.n = Some(own.n as u64);
            figure.rows.push(row);
        }
    }
    figure.n = Some(all.len() as u64);
    figure.remark_if(all.len() < 10, &remark::FEW_PREDICTIONS);
    let predictions: Vec<Prediction> = all.into_iter().map(|(prediction, _)| prediction).collect();
    let all = calibration::calibration(&predictions);
    if let Ok(all) = &all {
        if let Some(skill) = all.skill {
            figure.rows.push(Row::number("skill", skill));
        }
        for bin in &all.bins {
            let name = format!("stated: {:.0} %", bin.stated * 100.0);
            let row = Row::share(name, bin.happened);
            figure.rows.push(row.in_unit("share"));
        }
    }
    figures.push(figure.number(all.map(|all| all.brier)));
}

//! The four questions: is the model viable, is it the right functionality, is it well designed, what
//! is worth improving? Each is answered by figures that stand elsewhere.

use super::super::context::Context;
use super::super::economics::{PAYBACK, RATIO, RUNWAY};
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Outcome, Row};
use super::super::users::{COMPLETION, MEAN_SUS};
use super::trace::COMPLETENESS;
use super::usage::ORDER;
use crate::method::{Insufficient, average, economics, usability};

const SOURCE: FigureSource = FigureSource::book("This product's proposal");
const ANSWERS: &[&str] = &["yes", "no"];

pub(super) static VIABLE: FigureKind = FigureKind::new(
    "question-viable",
    ["Is the model viable?", "Trägt sich das Modell?", "¿Es viable el modelo?"],
    "yes when LTV to CAC is at least 3 and payback below 12 months in every sheet about customers, no when one of them is known not to be",
    "M23",
    SOURCE,
)
.words(ANSWERS);

pub(super) static RIGHT: FigureKind = FigureKind::new(
    "question-right",
    [
        "Is it the right functionality?",
        "Ist es die richtige Funktion?",
        "¿Es la funcionalidad adecuada?",
    ],
    "the mean trace completeness of the roadmap items in the lane Now",
    "M21",
    SOURCE,
)
.unit("share");

pub(super) static DESIGNED: FigureKind = FigureKind::new(
    "question-designed",
    [
        "Is it well designed?",
        "Ist es gut gestaltet?",
        "¿Está bien diseñado?",
    ],
    "yes when the mean SUS is at least 68; task completion beside it",
    "M16",
    SOURCE,
)
.words(ANSWERS);

pub(super) static WORTH: FigureKind = FigureKind::new(
    "question-worth",
    [
        "What is worth improving?",
        "Was lohnt die Verbesserung?",
        "¿Qué merece mejorarse?",
    ],
    ORDER.formula,
    "M28",
    SOURCE,
);

pub(super) fn figures(context: &Context<'_>, figures: &mut Vec<Figure>) {
    viable(context, figures);
    right(context, figures);
    let mut designed = Figure::new(&DESIGNED);
    let sus = context.workspace(&MEAN_SUS).and_then(Figure::value);
    let completion = context.workspace(&COMPLETION);
    designed.input("mean-sus", sus, "", None);
    designed.input(
        "completion",
        completion.and_then(Figure::value),
        "share",
        None,
    );
    if let Some(completion) = completion {
        designed.rows.push(Row {
            name: "completion".into(),
            value: completion.value(),
            unit: "share".into(),
            interval: completion.interval,
            n: completion.n,
            ..Row::default()
        });
    }
    let answer = sus.ok_or(Insufficient::Missing("SUS of any session"));
    figures.push(designed.category(answer.map(|sus| yes(sus >= usability::AVERAGE_SUS))));
    let mut worth = Figure::new(&WORTH);
    match context.workspace(&ORDER) {
        Some(order) => {
            worth.inputs.clone_from(&order.inputs);
            worth.outcome.clone_from(&order.outcome);
        }
        None => {
            worth.outcome = Outcome::Missing(Insufficient::Missing("usage of any shipped item"))
        }
    }
    figures.push(worth);
}

fn yes(holds: bool) -> &'static str {
    if holds { "yes" } else { "no" }
}

/// The fields of a sheet that is about customers.
const OF_CUSTOMERS: [&str; 4] = ["arpa", "churn", "sales-marketing", "new-customers"];

fn viable(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&VIABLE);
    let mut answers: Vec<Option<bool>> = Vec::new();
    for sheet in context.all("economics") {
        let ratio = context.value_of(sheet, &RATIO);
        let payback = context.value_of(sheet, &PAYBACK);
        for (name, value, unit) in [("ltv-cac", ratio, ""), ("payback", payback, "months")] {
            figure.input(name, value, unit, Some(sheet));
        }
        if let Some(runway) = context.figure(sheet, &RUNWAY) {
            figure.rows.push(Row {
                name: "runway".into(),
                about: Some(sheet),
                value: runway.value(),
                unit: "months".into(),
                word: runway.word().unwrap_or_default(),
                ..Row::default()
            });
        }
        // A sheet may be about cash alone.
        let is_about_customers = OF_CUSTOMERS
            .iter()
            .any(|field| context.field(sheet, field).is_some());
        if is_about_customers {
            answers.push(ratio.map(|ratio| ratio >= economics::HEALTHY_RATIO - 1e-9));
            answers.push(payback.map(|payback| payback < economics::HEALTHY_PAYBACK));
        }
    }
    // One half alone proves nothing: a quick payback of customers who leave at once is a loss.
    let is_known = !answers.is_empty() && !answers.contains(&None);
    let answer = match answers.contains(&Some(false)) {
        true => Ok("no"),
        false if is_known => Ok("yes"),
        false => Err(Insufficient::Missing(
            "unit economics with revenue, churn and acquisition",
        )),
    };
    figures.push(figure.category(answer));
}

fn right(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&RIGHT);
    let mut traces = Vec::new();
    for item in context.all("roadmap-item") {
        if context.text(item, "lane") == Some("now") {
            let value = context.value_of(item, &COMPLETENESS);
            figure.input("trace-completeness", value, "share", Some(item));
            traces.extend(value);
        }
    }
    figure.n = Some(traces.len() as u64);
    figures.push(
        figure.number(average::mean("items in the lane Now", &traces).map(|mean| mean.value)),
    );
}

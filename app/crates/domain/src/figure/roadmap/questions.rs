//! The four questions: is the model viable, is it the right functionality, is it well designed, what
//! is worth improving? Each is answered by figures that stand elsewhere.

use super::super::context::Context;
use super::super::economics::{PAYBACK, RATIO, RUNWAY};
use super::super::evidence::assumptions_of;
use super::super::kind::{FigureKind, FigureSource};
use super::super::money::alike;
use super::super::record::{Figure, Outcome, Row};
use super::super::remark::{self, Part};
use super::super::users::{COMPLETION, MEAN_SUS};
use super::trace::COMPLETENESS;
use super::usage::ORDER;
use crate::evidence::is_refuted;
use crate::method::proportion::FEWEST;
use crate::method::{Insufficient, average, economics, usability};

const SOURCE: FigureSource = FigureSource::book("This product's proposal");
const ANSWERS: &[&str] = &["yes", "no", "unclear"];

pub(super) static VIABLE: FigureKind = FigureKind::new(
    "question-viable",
    ["Is the model viable?", "Trägt sich das Modell?", "¿Es viable el modelo?"],
    "yes when LTV to CAC is at least 3 and payback below 12 months in every sheet about customers, even at worst, the money lasts until customers have paid back, and a piece earns more than it costs; no when one of them is not so, even at best; else, or without a margin, unclear",
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
    "the mean trace completeness of the roadmap items in the lane Now; a bet on an assumption that is refuted counts 0",
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
    "yes when the whole interval of the mean SUS of at least five people is at least 68, no when all of it is below, else unclear; task completion beside it",
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
    designed(context, figures);
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

/// Few answers prove nothing: it is the interval that lies on one side of the average, or does not.
fn designed(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&DESIGNED);
    let sus = context.workspace(&MEAN_SUS);
    let completion = context.workspace(&COMPLETION);
    for (name, unit, known) in [("mean-sus", "", sus), ("completion", "share", completion)] {
        figure.input(name, known.and_then(Figure::value), unit, None);
        figure.rows.extend(known.map(|known| Row {
            name: name.into(),
            value: known.value(),
            unit: unit.into(),
            interval: known.interval,
            n: known.n,
            ..Row::default()
        }));
    }
    figure.n = sus.and_then(|sus| sus.n);
    let missing = Insufficient::Missing("SUS of any session");
    let answer = sus.filter(|sus| sus.value().is_some()).ok_or(missing);
    let is_few = figure.n.is_some_and(|n| n < FEWEST);
    figure.remark_if(is_few, &remark::FEW_SUS);
    let answer = answer.map(|sus| match sus.interval {
        Some(interval) if !is_few => Answer::of(interval, |sus| sus >= usability::AVERAGE_SUS),
        _ => Answer::Unclear,
    });
    figures.push(figure.category(answer.map(Answer::word)));
}

/// What a range says to a question with a bound.
#[derive(Clone, Copy, PartialEq)]
enum Answer {
    Yes,
    No,
    Unclear,
}

impl Answer {
    /// What both ends of a range say.
    fn of(range: (f64, f64), holds: impl Fn(f64) -> bool) -> Self {
        match (holds(range.0), holds(range.1)) {
            (true, true) => Self::Yes,
            (false, false) => Self::No,
            _ => Self::Unclear,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unclear => "unclear",
        }
    }
}

/// The fields of a sheet that is about customers.
const OF_CUSTOMERS: [&str; 4] = ["arpa", "churn", "sales-marketing", "new-customers"];

fn viable(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&VIABLE);
    let mut answers: Vec<Option<Answer>> = Vec::new();
    let mut why: Option<Insufficient> = None;
    let mut is_about_any = false;
    for sheet in context.all("economics") {
        let ratio = context.figure(sheet, &RATIO);
        let payback = context.figure(sheet, &PAYBACK);
        for (name, known, unit) in [("ltv-cac", ratio, ""), ("payback", payback, "months")] {
            figure.input(name, known.and_then(Figure::value), unit, Some(sheet));
            let range = known.and_then(Figure::bounds);
            // One number says no more than the input.
            figure
                .rows
                .extend(range.filter(|(low, high)| low < high).map(|range| Row {
                    name: name.into(),
                    about: Some(sheet),
                    unit: unit.into(),
                    interval: Some(range),
                    ..Row::default()
                }));
        }
        let runway = context.figure(sheet, &RUNWAY);
        if let Some(runway) = runway {
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
        is_about_any |= is_about_customers;
        if is_about_customers {
            for known in [ratio, payback].into_iter().flatten() {
                if let Outcome::Missing(reason) = &known.outcome {
                    why.get_or_insert(reason.clone());
                }
            }
            let ratio = ratio.and_then(Figure::bounds);
            let payback = payback.and_then(Figure::bounds);
            let is_healthy = |ratio| ratio >= economics::HEALTHY_RATIO - 1e-9;
            answers.push(ratio.map(|range| Answer::of(range, is_healthy)));
            let is_quick = |months| months < economics::HEALTHY_PAYBACK;
            answers.push(payback.map(|range| Answer::of(range, is_quick)));
            if context.number(sheet, "margin").is_none() && ratio.is_some() {
                figure.remark(&remark::NO_MARGIN);
                answers.push(Some(Answer::Unclear));
            }
            // Money that ends before a customer has paid for the acquisition.
            if let (Some((least, most)), Some((soonest, latest))) =
                (runway.and_then(Figure::bounds), payback)
            {
                let lasts = Answer::of((least - latest, most - soonest), |rest| rest >= 0.0);
                let is_short = lasts != Answer::Yes;
                figure.remark_if(is_short, &remark::ENDS_BEFORE_PAYBACK);
                answers.push(Some(lasts));
            }
        }
        let price = context.amount(sheet, "price");
        let variable = context.amount(sheet, "variable-cost");
        let both = price.zip(variable);
        if let Some((price, variable)) =
            both.and_then(|(price, variable)| alike(&price, &variable, price.period).ok())
        {
            let earned = (price.low - variable.high, price.high - variable.low);
            let earns = Answer::of(earned, |earned| earned > 0.0);
            figure.remark_if(earns == Answer::No, &remark::NEVER_EARNS);
            answers.push(Some(earns));
        }
    }
    // One half alone proves nothing: a quick payback of customers who leave at once is a loss, and a
    // piece that earns its cost says nothing of who buys it.
    let is_known = is_about_any && !answers.is_empty() && !answers.contains(&None);
    let any = |answer| answers.contains(&Some(answer));
    let answer = match any(Answer::No) {
        true => Ok(Answer::No),
        false if is_known && any(Answer::Unclear) => Ok(Answer::Unclear),
        false if is_known => Ok(Answer::Yes),
        false => Err(why.unwrap_or(Insufficient::Missing(
            "unit economics with revenue, churn and acquisition",
        ))),
    };
    figures.push(figure.category(answer.map(Answer::word)));
}

fn right(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&RIGHT);
    let mut traces = Vec::new();
    for item in context.all("roadmap-item") {
        if context.text(item, "lane") == Some("now") {
            let is_refuted = assumptions_of(context, item)
                .into_iter()
                .any(|assumption| is_refuted(context, assumption, context.today));
            let value = context.value_of(item, &COMPLETENESS);
            let value = match value {
                // However complete: what speaks there speaks against it.
                Some(_) if is_refuted => {
                    let reason =
                        Part::Name("it bets on an assumption that is refuted, and counts 0");
                    figure.remark_with(&remark::SAID_OF, [context.part(item), reason]);
                    Some(0.0)
                }
                value => value,
            };
            figure.input("trace-completeness", value, "share", Some(item));
            traces.extend(value);
        }
    }
    figure.n = Some(traces.len() as u64);
    figures.push(
        figure.number(average::mean("items in the lane Now", &traces).map(|mean| mean.value)),
    );
}

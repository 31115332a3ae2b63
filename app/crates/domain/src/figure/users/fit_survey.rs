//! The survey for product–market fit: who would be very disappointed (Sean Ellis).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use super::super::remark::{self, Part};
use super::super::respondent::alias;
use crate::index::Handle;
use crate::method::fit_survey::{self, Answers};
use crate::method::proportion::FEWEST;

pub(super) static SCORE: FigureKind = FigureKind::new(
    "fit-score",
    [
        "Product–market fit",
        "Passung von Produkt und Markt",
        "Encaje producto–mercado",
    ],
    "very disappointed ÷ all answers of people who used it at least twice in the last two weeks; 40 % is the threshold",
    "M15",
    FigureSource::at(
        "Sean Ellis; Rahul Vohra, How Superhuman Built an Engine to Find Product/Market Fit",
        "https://review.firstround.com/how-superhuman-built-an-engine-to-find-product-market-fit/",
    ),
)
.of(&["fit-survey"])
.unit("share");

/// What can be answered.
const FEELINGS: [&str; 3] = ["very", "somewhat", "not"];

fn add(answers: &mut Answers, answer: &str) {
    match answer {
        "very" => answers.very += 1,
        "somewhat" => answers.somewhat += 1,
        "not" => answers.not += 1,
        _ => {}
    }
}

/// The answers that count, of each respondent the last: everybody's who used it often enough.
pub(super) fn counted(context: &Context<'_>, survey: Handle, figure: &mut Figure) -> Vec<Handle> {
    let entries = context.children(survey, "fit-answer", "survey");
    // Who only wrote something has not been asked yet.
    let entries = entries.filter(|entry| context.text(*entry, "answer").is_some());
    let answered = figure.readable(entries, |entry| {
        let answer = context.text(entry, "answer");
        answer.is_some_and(|answer| FEELINGS.contains(&answer))
    });
    let mut counted = figure.once_each(context, &answered, |entry| alias(context, entry));
    let before = counted.len();
    counted.retain(|entry| {
        let uses = context.number(*entry, "uses");
        uses.is_none_or(|uses| uses >= f64::from(fit_survey::LEAST_USES))
    });
    let too_new = before - counted.len();
    figure.left_out(too_new, "used it less than twice in two weeks");
    let says_nothing = |entry: &&Handle| context.number(**entry, "uses").is_none();
    let unknown = counted.iter().filter(says_nothing).count();
    if unknown > 0 {
        figure.remark_with(&remark::UNKNOWN_USES, [Part::Number(unknown as f64)]);
    }
    counted
}

/// The segment that an answer is of.
pub(super) fn segment_of(context: &Context<'_>, survey: Handle, entry: Handle) -> Option<Handle> {
    let own = context.reference(entry, "segment");
    own.or_else(|| context.reference(survey, "segment"))
}

/// Days after which a survey is asked again.
const QUARTER: i64 = 91;

/// Tells that a survey is over a quarter old and none has followed it.
fn say_if_old(context: &Context<'_>, survey: Handle, figure: &mut Figure) {
    let Some(date) = context.date(survey, "date") else {
        return;
    };
    let is_newer = |other: Handle| {
        context
            .date(other, "date")
            .is_some_and(|other| other > date)
    };
    let is_old = context.today.days_since(date) > QUARTER;
    if is_old && !context.all("fit-survey").any(is_newer) {
        figure.remark_with(&remark::ASK_AGAIN, [Part::Unit(date.to_string())]);
    }
}

pub(super) fn figures(context: &Context<'_>, survey: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&SCORE);
    let mut segments: Vec<(Option<Handle>, Answers)> = Vec::new();
    let mut all = Answers::default();
    for entry in counted(context, survey, &mut figure) {
        let answer = context.text(entry, "answer").unwrap_or_default();
        let segment = segment_of(context, survey, entry);
        match segments.iter_mut().find(|(other, _)| *other == segment) {
            Some((_, answers)) => add(answers, answer),
            None => {
                let mut answers = Answers::default();
                add(&mut answers, answer);
                segments.push((segment, answers));
            }
        }
        add(&mut all, answer);
    }
    let scored = if segments.is_empty() {
        let very = figure.count(context, survey, "very");
        let somewhat = figure.count(context, survey, "somewhat");
        let not = figure.count(context, survey, "not");
        let counts = || {
            Ok(Answers {
                very: very?,
                somewhat: somewhat?,
                not: not?,
            })
        };
        counts().and_then(fit_survey::fit_survey)
    } else {
        let counts = [
            ("very", all.very),
            ("somewhat", all.somewhat),
            ("not", all.not),
        ];
        let typed = counts
            .iter()
            .filter_map(|(name, _)| context.number(survey, name));
        let typed: f64 = typed.sum();
        if typed > 0.0 {
            figure.remark_with(&remark::COUNTS_UNUSED, [Part::Number(typed)]);
        }
        for (name, count) in counts {
            figure.input(name, Some(count as f64), "answers", Some(survey));
        }
        fit_survey::fit_survey(all)
    };
    if segments.len() > 1 {
        segments.sort_by_key(|(segment, _)| segment.and_then(|segment| context.id(segment)));
        for (segment, answers) in &segments {
            let Ok(fit) = fit_survey::fit_survey(*answers) else {
                continue;
            };
            let mut row = Row::share("very disappointed", fit.share);
            row.about = *segment;
            figure.rows.push(row);
        }
    }
    if let Ok(fit) = &scored {
        let is_few = fit.share.sample.n() < FEWEST;
        figure.remark(match (fit.reaches_threshold, fit.is_certain) {
            (true, true) => &remark::FIT_REACHED,
            (false, true) => &remark::FIT_MISSED,
            _ if is_few => &remark::FIT_FEW,
            _ => &remark::FIT_UNCERTAIN,
        });
    }
    say_if_old(context, survey, &mut figure);
    figures.push(figure.share(scored.map(|fit| fit.share)));
}

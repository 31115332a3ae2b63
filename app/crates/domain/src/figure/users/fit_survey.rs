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

fn add(answers: &mut Answers, answer: &str) {
    match answer {
        "very" => answers.very += 1,
        "somewhat" => answers.somewhat += 1,
        "not" => answers.not += 1,
        _ => {}
    }
}

pub(super) fn figures(context: &Context<'_>, survey: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&SCORE);
    let mut segments: Vec<(Option<Handle>, Answers)> = Vec::new();
    let mut all = Answers::default();
    let mut too_new = 0_usize;
    let answered: Vec<Handle> = context
        .children(survey, "fit-answer", "survey")
        .filter(|entry| context.text(*entry, "answer").is_some())
        .collect();
    for entry in figure.once_each(context, &answered, |entry| alias(context, entry)) {
        let Some(answer) = context.text(entry, "answer") else {
            continue;
        };
        let uses = context.number(entry, "uses");
        if uses.is_some_and(|uses| uses < f64::from(fit_survey::LEAST_USES)) {
            too_new += 1;
            continue;
        }
        let own = context.reference(entry, "segment");
        let segment = own.or_else(|| context.reference(survey, "segment"));
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
        for (name, count) in counts {
            figure.input(name, Some(count as f64), "answers", Some(survey));
        }
        fit_survey::fit_survey(all)
    };
    if too_new > 0 {
        let parts = [
            Part::Number(too_new as f64),
            Part::Name("used it less than twice in two weeks"),
        ];
        figure.remark_with(&remark::LEFT_OUT, parts);
    }
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
    figures.push(figure.share(scored.map(|fit| fit.share)));
}

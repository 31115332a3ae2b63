//! Kano: what a feature is to the people who were asked.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Outcome, Row};
use super::super::remark::{self, Part};
use super::super::respondent::alias;
use crate::index::Handle;
use crate::method::kano::{self, Answer, Category, Counts, Kano};
use crate::method::{Insufficient, Share};

const OF: &[&str] = &["kano-feature"];
const SOURCE: FigureSource = FigureSource::book(
    "Berger et al., Kano's Methods for Understanding Customer-defined Quality (1993); Lee and Newcomb (1997); Fong (1996)",
);

pub(super) static CATEGORY: FigureKind = FigureKind::new(
    "kano-category",
    ["Kano category", "Kano-Klasse", "Categoría de Kano"],
    "the most frequent category; within five percentage points M > O > A > I",
    "M11",
    SOURCE,
)
.of(OF)
.words(&[
    "must-be",
    "one-dimensional",
    "attractive",
    "indifferent",
    "reverse",
    "questionable",
]);

pub(super) static BETTER: FigureKind = FigureKind::new(
    "kano-better",
    ["Better (CS+)", "Besser (CS+)", "Mejor (CS+)"],
    "(A + O) ÷ (A + O + M + I)",
    "M11",
    SOURCE,
)
.of(OF)
.unit("share");

pub(super) static WORSE: FigureKind = FigureKind::new(
    "kano-worse",
    ["Worse (CS−)", "Schlechter (CS−)", "Peor (CS−)"],
    "−(O + M) ÷ (A + O + M + I)",
    "M11",
    SOURCE,
)
.of(OF)
.unit("share");

pub(super) static TOTAL: FigureKind = FigureKind::new(
    "kano-total-strength",
    ["Total strength", "Gesamtstärke", "Fuerza total"],
    "(A + O + M) ÷ N",
    "M11",
    SOURCE,
)
.of(OF)
.unit("share");

pub(super) static STRENGTH: FigureKind = FigureKind::new(
    "kano-category-strength",
    [
        "Category strength",
        "Klassenstärke",
        "Fuerza de la categoría",
    ],
    "(largest − second) ÷ N, with the 95 % interval of Bonett and Price; by Fong's test significant or not",
    "M11",
    SOURCE,
)
.of(OF)
.unit("share");

/// The slots of the canvas, each with the category that standing there claims.
const SLOTS: [(&str, &str); 6] = [
    ("not-asked-yet", ""),
    ("must-be", "must-be"),
    ("performance", "one-dimensional"),
    ("attractive", "attractive"),
    ("indifferent", "indifferent"),
    ("reverse", "reverse"),
];

fn answer(text: &str) -> Option<Answer> {
    match text {
        "like" => Some(Answer::Like),
        "must-be" => Some(Answer::MustBe),
        "neutral" => Some(Answer::Neutral),
        "live-with" => Some(Answer::LiveWith),
        "dislike" => Some(Answer::Dislike),
        _ => None,
    }
}

fn word(category: Category) -> &'static str {
    match category {
        Category::MustBe => "must-be",
        Category::OneDimensional => "one-dimensional",
        Category::Attractive => "attractive",
        Category::Indifferent => "indifferent",
        Category::Reverse => "reverse",
        Category::Questionable => "questionable",
    }
}

pub(super) fn figures(context: &Context<'_>, feature: Handle, figures: &mut Vec<Figure>) {
    let mut shared = Figure::new(&CATEGORY);
    let pair = |entry: Handle| {
        let read = |field| answer(context.text(entry, field)?);
        read("functional").zip(read("dysfunctional"))
    };
    let entries = context.children(feature, "kano-answer", "feature");
    let answered = shared.readable(entries, |entry| pair(entry).is_some());
    let counting = shared.once_each(context, &answered, |entry| alias(context, entry));
    let answers: Vec<(Option<Handle>, (Answer, Answer))> = counting
        .into_iter()
        .filter_map(|entry| Some((context.reference(entry, "segment"), pair(entry)?)))
        .collect();
    let pairs: Vec<(Answer, Answer)> = answers.iter().map(|(_, pair)| *pair).collect();
    let all = kano::kano(Counts::of(&pairs));
    for category in Category::ALL {
        let is_it = |pair: &&(Answer, Answer)| kano::category(pair.0, pair.1) == category;
        let count = pairs.iter().filter(is_it).count();
        shared.input(word(category), Some(count as f64), "answers", Some(feature));
    }
    shared.n = Some(pairs.len() as u64);
    if let Ok(kano) = &all {
        shared.remark_if(!kano.is_enough, &remark::FEW_RESPONDENTS);
        shared.remark_if(!kano.is_significant, &remark::NOT_SIGNIFICANT);
    }
    if pairs.is_empty() {
        figures.push(shared.category(all.map(|kano| word(kano.category))));
        return;
    }
    let derived = |kind: &'static FigureKind| {
        let mut figure = shared.clone();
        figure.kind = kind;
        figure.unit = kind.unit.into();
        figure
    };
    let of_wishes = |value: fn(&Kano) -> Option<Share>| {
        let share = value(all.as_ref().map_err(Clone::clone)?);
        share.ok_or(Insufficient::Missing("wishes"))
    };
    let better = derived(&BETTER).share(of_wishes(|kano| kano.better));
    let mut worse = derived(&WORSE).share(of_wishes(|kano| kano.worse));
    if let Outcome::Number(value) = &mut worse.outcome {
        *value = 0.0 - *value;
        worse.interval = worse.interval.map(|(low, high)| (0.0 - high, 0.0 - low));
    }
    let total = all.as_ref().map(|kano| kano.total_strength);
    let total = derived(&TOTAL).share(total.map_err(Clone::clone));
    let mut strength = derived(&STRENGTH);
    if let Ok(kano) = &all {
        strength.between(kano.strength_interval);
    }
    let value = all.as_ref().map(|kano| kano.category_strength);
    let strength = strength.number(value.map_err(Clone::clone));
    let mut category = shared;
    let mut segments: Vec<Handle> = answers.iter().filter_map(|(segment, _)| *segment).collect();
    segments.dedup();
    segments.sort_unstable_by_key(|segment| context.id(*segment));
    segments.dedup();
    for segment in segments {
        let own: Vec<(Answer, Answer)> = answers
            .iter()
            .filter(|(other, _)| *other == Some(segment))
            .map(|(_, pair)| *pair)
            .collect();
        if let Ok(kano) = kano::kano(Counts::of(&own)) {
            category.rows.push(Row {
                name: "category".into(),
                about: Some(segment),
                n: Some(kano.n),
                word: word(kano.category),
                ..Row::default()
            });
        }
    }
    if let Ok(kano) = &all {
        let said = word(kano.category);
        let stands = |(slot, _): &&(&str, &str)| context.stands_in(feature, "kano", slot);
        // Where it stands by hand is a guess, and the answers are not.
        if let Some((slot, _)) = SLOTS.iter().find(stands).filter(|(_, of)| *of != said) {
            let parts = [Part::Name(slot), Part::Name(said)];
            category.remark_with(&remark::STANDS_ELSEWHERE, parts);
        }
    }
    figures.push(category.category(all.map(|kano| word(kano.category))));
    figures.extend([better, worse, total, strength]);
}

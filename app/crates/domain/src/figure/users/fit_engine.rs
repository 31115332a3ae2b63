//! What to do about a survey's score (M15): what its fans love, who of the others could be won, and what
//! holds those back. Whoever would not be disappointed is not heard.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Outcome, Row};
use super::fit_survey::{SCORE, counted, segment_of};
use crate::index::Handle;
use crate::method::answers::{Said, main_words, most_said, words};
use crate::method::{Insufficient, Sample};

const OF: &[&str] = &["fit-survey"];
const VOHRA: FigureSource = SCORE.source;

/// More words make no list that anybody reads.
const MOST_WORDS: usize = 10;

pub(super) static BENEFIT: FigureKind = FigureKind::new(
    "fit-benefit",
    [
        "What fans love",
        "Was Fans lieben",
        "Qué aman los fans",
    ],
    "the words of the very disappointed for the main benefit, each with the share of them who use it; of several segments also for each",
    "M15",
    VOHRA,
)
.of(OF);

pub(super) static PEOPLE: FigureKind = FigureKind::new(
    "fit-people",
    [
        "Who benefits most",
        "Wer am meisten davon hat",
        "Quién se beneficia más",
    ],
    "the words of the very disappointed for who would benefit most, each with the share of them who use it: the customer to build for",
    "M10",
    VOHRA,
)
.of(OF);

pub(super) static WINNABLE: FigureKind = FigureKind::new(
    "fit-winnable",
    [
        "Somewhat disappointed who can be won",
        "Etwas Enttäuschte, die zu gewinnen sind",
        "Algo decepcionados que se pueden ganar",
    ],
    "somewhat disappointed whose main benefit is that of the fans ÷ somewhat disappointed who name one; it is the survey's main benefit if one is entered, else the words that most fans use, at least two of them",
    "M15",
    VOHRA,
)
.of(OF)
.unit("share");

pub(super) static BLOCKERS: FigureKind = FigureKind::new(
    "fit-blockers",
    [
        "What holds them back",
        "Was sie abhält",
        "Lo que los frena",
    ],
    "what the winnable want improved: their words, each with the share of them who use it, and every answer",
    "M15",
    VOHRA,
)
.of(OF);

/// What somebody answered.
struct Told<'a> {
    entry: Handle,
    segment: Option<Handle>,
    text: &'a str,
}

/// What those who feel so answered to one question.
fn told<'a>(
    context: &Context<'a>,
    survey: Handle,
    entries: &[Handle],
    feeling: &str,
    question: &str,
) -> Vec<Told<'a>> {
    let of = entries
        .iter()
        .filter(|entry| context.text(**entry, "answer") == Some(feeling));
    of.filter_map(|entry| {
        Some(Told {
            entry: *entry,
            segment: segment_of(context, survey, *entry),
            text: context.text(*entry, question)?,
        })
    })
    .collect()
}

/// The segments that answers are of, by id; none where all are of one.
fn segments(context: &Context<'_>, told: &[Told<'_>]) -> Vec<Handle> {
    let mut segments: Vec<Handle> = told.iter().filter_map(|one| one.segment).collect();
    segments.sort_unstable_by_key(|segment| context.id(*segment));
    segments.dedup();
    if segments.len() < 2 {
        Vec::new()
    } else {
        segments
    }
}

/// A word as a name that is nobody's but the answers'.
fn quoted(text: &str) -> String {
    format!("“{text}”")
}

/// A row for each word that two or more use, or for each there is where no two agree.
fn word_rows(said: &[Said], n: usize) -> Vec<Row> {
    let is_shared = said.first().is_some_and(|first| first.times > 1);
    let shown = said.iter().filter(|one| one.times > 1 || !is_shared);
    let row = |one: &Said| {
        let share = Sample::new(one.times, n as u64)
            .and_then(Sample::share)
            .ok()?;
        Some(Row::share(quoted(&one.word), share).in_unit("share"))
    };
    shown.take(MOST_WORDS).filter_map(row).collect()
}

fn texts<'a>(told: &'a [Told<'a>]) -> impl Iterator<Item = &'a str> {
    told.iter().map(|one| one.text)
}

/// The words of fans for one question, over all and by segment.
fn cloud(context: &Context<'_>, kind: &'static FigureKind, fans: &[Told<'_>]) -> Figure {
    let mut figure = Figure::new(kind);
    figure.n = Some(fans.len() as u64);
    figure.input("answers", Some(fans.len() as f64), "answers", None);
    let said = most_said(texts(fans));
    let main = main_words(&said);
    figure.rows = word_rows(&said, fans.len());
    for row in &mut figure.rows {
        if main.iter().any(|word| row.name == quoted(word)) {
            row.word = "main words";
        }
    }
    for segment in segments(context, fans) {
        let own = fans.iter().filter(|one| one.segment == Some(segment));
        let own: Vec<&str> = own.map(|one| one.text).collect();
        let rows = word_rows(&most_said(own.iter().copied()), own.len());
        figure
            .rows
            .extend(rows.into_iter().map(|row| row.about(segment)));
    }
    figure.outcome = Outcome::Parts;
    figure
}

pub(super) fn figures(context: &Context<'_>, survey: Handle, figures: &mut Vec<Figure>) {
    // What was set aside is told with the score.
    let entries = counted(context, survey, &mut Figure::new(&BENEFIT));
    let fans = told(context, survey, &entries, "very", "main-benefit");
    if !fans.is_empty() {
        figures.push(cloud(context, &BENEFIT, &fans));
    }
    let people = told(context, survey, &entries, "very", "who-benefits");
    if !people.is_empty() {
        figures.push(cloud(context, &PEOPLE, &people));
    }
    let others = told(context, survey, &entries, "somewhat", "main-benefit");
    if others.is_empty() {
        return;
    }
    let entered = context.text(survey, "main-benefit");
    let said = most_said(texts(&fans));
    let main: Vec<String> = match entered {
        Some(entered) => words(entered),
        None => main_words(&said).into_iter().map(str::to_owned).collect(),
    };
    let (winnable, rest): (Vec<Told<'_>>, Vec<Told<'_>>) = others
        .into_iter()
        .partition(|one| words(one.text).iter().any(|word| main.contains(word)));
    let mut figure = Figure::new(&WINNABLE);
    let listed = main.join(", ");
    let main_benefit = entered.or((!listed.is_empty()).then_some(&listed));
    figure.text_input("main-benefit", main_benefit, Some(survey));
    if main.is_empty() {
        let reason = Insufficient::Missing("a main benefit that two fans name");
        figures.push(figure.share(Err(reason)));
        return;
    }
    let n = winnable.len() + rest.len();
    figure.input("somewhat", Some(n as f64), "answers", Some(survey));
    let all: Vec<&Told<'_>> = winnable.iter().chain(&rest).collect();
    let mut of: Vec<Handle> = all.iter().filter_map(|one| one.segment).collect();
    of.sort_unstable_by_key(|segment| context.id(*segment));
    of.dedup();
    for segment in of.iter().filter(|_| of.len() > 1) {
        let count = |told: &[Told<'_>]| {
            told.iter()
                .filter(|one| one.segment == Some(*segment))
                .count() as u64
        };
        let (won, lost) = (count(&winnable), count(&rest));
        if let Ok(share) = Sample::new(won, won + lost).and_then(Sample::share) {
            figure
                .rows
                .push(Row::share("love the same", share).about(*segment));
        }
    }
    let share = Sample::new(winnable.len() as u64, n as u64).and_then(Sample::share);
    figures.push(figure.share(share));
    blockers(context, &winnable, figures);
}

fn blockers(context: &Context<'_>, winnable: &[Told<'_>], figures: &mut Vec<Figure>) {
    let wanted: Vec<Told<'_>> = winnable
        .iter()
        .filter_map(|one| {
            Some(Told {
                text: context.text(one.entry, "improve")?,
                ..*one
            })
        })
        .collect();
    if wanted.is_empty() {
        return;
    }
    let mut figure = Figure::new(&BLOCKERS);
    figure.n = Some(wanted.len() as u64);
    figure.input("answers", Some(wanted.len() as f64), "answers", None);
    let mut said = most_said(texts(&wanted));
    said.retain(|one| one.times > 1);
    figure.rows = word_rows(&said, wanted.len());
    figure.rows.extend(wanted.iter().map(|one| Row {
        name: quoted(one.text).into(),
        ..Row::default().about(one.entry)
    }));
    figure.outcome = Outcome::Parts;
    figures.push(figure);
}

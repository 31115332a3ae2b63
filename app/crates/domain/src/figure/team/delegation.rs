//! Delegation: how long decisions wait, who takes them, and what a vote says (M27).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use super::super::remark::{self, Part};
use crate::index::Handle;
use crate::method::check::within;
use crate::method::delegation::{self, Decision, Level};
use crate::method::{Insufficient, average};

const OWN: FigureSource = FigureSource::book("This product's proposal");
const POKER: FigureSource = FigureSource::at(
    "Jurgen Appelo, Delegation Poker (Management 3.0), CC BY 3.0",
    "https://management30.com/practice/delegation-poker/",
);

pub(super) static LATENCY: FigureKind = FigureKind::new(
    "decision-latency",
    [
        "Decision latency",
        "Entscheidungsdauer",
        "Demora de la decisión",
    ],
    "decided − asked; while it is open, today − asked",
    "M27",
    OWN,
)
.of(&["decision"])
.unit("days");

pub(super) static AREA_LATENCY: FigureKind = FigureKind::new(
    "area-latency",
    [
        "Decision latency",
        "Entscheidungsdauer",
        "Demora de las decisiones",
    ],
    "the median of decided − asked over the decisions of the area",
    "M27",
    OWN,
)
.of(&["decision-area"])
.unit("days");

pub(super) static VOTES: FigureKind = FigureKind::new(
    "delegation-votes",
    ["Votes", "Abstimmung", "Votación"],
    "the median level of the latest round, of each person the last vote; apart by more than one level, the outliers explain",
    "M27",
    POKER,
)
.of(&["decision-area"]);

pub(super) static GAP: FigureKind = FigureKind::new(
    "delegation-gap",
    [
        "Wanted less current level",
        "Gewünschte minus jetzige Stufe",
        "Nivel deseado menos actual",
    ],
    "wanted level − current level",
    "M27",
    POKER,
)
.of(&["decision-area"]);

pub(super) static ALL_LATENCY: FigureKind = FigureKind::new(
    "median-decision-latency",
    [
        "Median decision latency",
        "Mittlere Entscheidungsdauer",
        "Demora mediana de las decisiones",
    ],
    "the median of decided − asked over all decisions that were taken",
    "M27",
    OWN,
)
.unit("days");

pub(super) static BY_TEAM: FigureKind = FigureKind::new(
    "team-decisions",
    [
        "Decisions of the team",
        "Entscheidungen des Teams",
        "Decisiones del equipo",
    ],
    "decisions taken at level 5 or above ÷ decisions with a level",
    "M27",
    OWN,
)
.unit("share");

pub(super) static OVERTURNED: FigureKind = FigureKind::new(
    "overturned-decisions",
    [
        "Overturned decisions",
        "Aufgehobene Entscheidungen",
        "Decisiones revocadas",
    ],
    "decisions overturned ÷ decisions taken",
    "M27",
    OWN,
)
.unit("share");

/// The days between asking and deciding; nothing while it is open.
fn days(context: &Context<'_>, decision: Handle) -> Option<f64> {
    let asked = context.date(decision, "asked-on")?;
    let decided = context.date(decision, "decided-on");
    let days = decided
        .filter(|day| *day <= context.today)?
        .days_since(asked);
    (days >= 0).then_some(days as f64)
}

/// Whether nobody has answered yet: it was asked for, or is to be decided on a day to come.
fn is_open(context: &Context<'_>, decision: Handle) -> bool {
    let decided = context.date(decision, "decided-on");
    let is_asked = context.field(decision, "asked-on").is_some()
        && context.field(decision, "decided-on").is_none();
    is_asked || decided.is_some_and(|day| day > context.today)
}

/// The level at which a decision was taken. That of its area says nothing about it: it may have
/// changed since.
fn level(context: &Context<'_>, decision: Handle) -> Option<Level> {
    let level = context.number(decision, "level")?;
    Level::new(level.clamp(0.0, 255.0) as u8).ok()
}

pub(super) fn decision(context: &Context<'_>, decision: Handle, figures: &mut Vec<Figure>) {
    if context.field(decision, "asked-on").is_none() {
        return;
    }
    let mut figure = Figure::new(&LATENCY);
    figure.text_input(
        "asked-on",
        context.text(decision, "asked-on"),
        Some(decision),
    );
    figure.text_input(
        "decided-on",
        context.text(decision, "decided-on"),
        Some(decision),
    );
    let waiting = context
        .days_ago(decision, "asked-on")
        .filter(|days| *days >= 0);
    let value = if is_open(context, decision) {
        figure.remark(&remark::STILL_OPEN);
        waiting.map(|days| days as f64)
    } else {
        days(context, decision)
    };
    figures.push(figure.number(value.ok_or(Insufficient::Missing("dates in order"))));
}

/// The decisions of an area, by id.
pub(super) fn of_area(context: &Context<'_>, area: Handle) -> Vec<Handle> {
    let mut decisions: Vec<Handle> = context.children(area, "decision", "area").collect();
    decisions.extend(context.to(area, "in-area"));
    decisions.sort_unstable_by_key(|handle| context.id(*handle));
    decisions.dedup();
    decisions
}

pub(super) fn area(context: &Context<'_>, area: Handle, figures: &mut Vec<Figure>) {
    let decisions = of_area(context, area);
    latency(context, &AREA_LATENCY, decisions.into_iter(), figures);
    votes(context, area, figures);
    if context.field(area, "wanted").is_some() {
        let mut figure = Figure::new(&GAP);
        let wanted = figure.field(context, area, "wanted");
        let current = figure.field(context, area, "level");
        let level = |name, level| within(name, level, 1.0, 7.0);
        let gap = || Ok(level("wanted", wanted?)? - level("level", current?)?);
        figures.push(figure.number(gap()));
    }
}

/// The median latency of decisions, pushed unless none has been decided.
fn latency(
    context: &Context<'_>,
    kind: &'static FigureKind,
    decisions: impl Iterator<Item = Handle>,
    figures: &mut Vec<Figure>,
) {
    let mut figure = Figure::new(kind);
    let mut latencies = Vec::new();
    let mut backwards = 0;
    for decision in decisions {
        let dates = ["asked-on", "decided-on"].map(|field| context.date(decision, field));
        if is_open(context, decision) {
            continue;
        }
        match days(context, decision) {
            Some(days) => {
                figure.input("decision-latency", Some(days), "days", Some(decision));
                latencies.push(days);
            }
            None => backwards += usize::from(dates.iter().all(Option::is_some)),
        }
    }
    if !latencies.is_empty() {
        figure.left_out(backwards, "decided before it was asked");
        figure.n = Some(latencies.len() as u64);
        figures.push(figure.number(average::median("latencies", &latencies)));
    }
}

fn votes(context: &Context<'_>, area: Handle, figures: &mut Vec<Figure>) {
    let votes: Vec<(Handle, &str, f64)> = context
        .children(area, "delegation-vote", "area")
        .filter_map(|vote| {
            let round = context.text(vote, "round").unwrap_or_default();
            Some((vote, round, context.number(vote, "level")?))
        })
        .collect();
    // Rounds are numbers as a rule: 10 comes after 9.
    let Some(latest) = votes
        .iter()
        .map(|(_, round, _)| *round)
        .max_by(|one, other| (one.len(), one).cmp(&(other.len(), other)))
    else {
        return;
    };
    let mut figure = Figure::new(&VOTES);
    let mut cast = Vec::new();
    for (vote, _, level) in votes.iter().filter(|(_, round, _)| *round == latest) {
        match within("level", *level, 1.0, 7.0)
            .ok()
            .filter(|level| level.fract() == 0.0)
        {
            Some(_) => cast.push(*vote),
            None => {
                let reason = Part::Name("no level from 1 to 7");
                figure.remark_with(&remark::LEFT_OUT, [context.part(*vote), reason]);
            }
        }
    }
    let whose = |vote| context.text(vote, "person").map(str::to_owned);
    let mut levels = Vec::new();
    for vote in figure.once_each(context, &cast, whose) {
        let level = context.number(vote, "level");
        figure.input("level", level, "", Some(vote));
        levels.extend(level);
    }
    if levels.is_empty() {
        figures.push(figure.number(Err(Insufficient::Missing("votes"))));
        return;
    }
    let spread = levels
        .iter()
        .copied()
        .fold((f64::MAX, f64::MIN), |(low, high), level| {
            (low.min(level), high.max(level))
        });
    figure.n = Some(levels.len() as u64);
    figure.rows = vec![
        Row::number("lowest", spread.0),
        Row::number("highest", spread.1),
    ];
    let is_agreed = spread.1 - spread.0 <= 1.0;
    figure.remark(if is_agreed {
        &remark::AGREED
    } else {
        &remark::OUTLIERS
    });
    figures.push(figure.number(average::median("votes", &levels)));
}

pub(super) fn all(context: &Context<'_>, figures: &mut Vec<Figure>) {
    latency(context, &ALL_LATENCY, context.all("decision"), figures);
    let mut by_team = Figure::new(&BY_TEAM);
    let mut overturned = Figure::new(&OVERTURNED);
    let mut decisions = Vec::new();
    for decision in context.all("decision") {
        if is_open(context, decision) {
            continue;
        }
        let level = level(context, decision);
        let number = level.map(|level| f64::from(level.number()));
        by_team.input("level", number, "", Some(decision));
        let is_overturned = context.flag(decision, "overturned");
        let word = if is_overturned {
            "overturned"
        } else {
            "stands"
        };
        overturned.text_input("outcome", Some(word), Some(decision));
        decisions.push(Decision {
            level,
            days: days(context, decision),
            is_overturned,
        });
    }
    let Ok(all) = delegation::delegation(&decisions) else {
        return;
    };
    if all.by_the_team.is_ok() {
        let missing = by_team.needed().count();
        by_team.left_out(missing, "no level entered");
    }
    figures.push(by_team.share(all.by_the_team));
    figures.push(overturned.share(Ok(all.overturned)));
}

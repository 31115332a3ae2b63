//! Figures of a key result: how far, how sure, how fast.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use super::super::remark;
use super::words::{BANDS, DOERR, REWORK, STATUSES, band_word, status_word};
use crate::index::Handle;
use crate::method::{Insufficient, okr};
use crate::value::Date;

const OF: &[&str] = &["key-result"];

pub(super) static PROGRESS: FigureKind = FigureKind::new(
    "progress",
    ["Progress", "Fortschritt", "Progreso"],
    "(current − start) ÷ (target − start)",
    "M22",
    REWORK,
)
.of(OF)
.unit("share");

pub(super) static SCORE: FigureKind = FigureKind::new(
    "score",
    ["Score", "Bewertung", "Puntuación"],
    "progress, from 0 to 1",
    "M22",
    REWORK,
)
.of(OF);

pub(super) static BAND: FigureKind = FigureKind::new(
    "band",
    ["Band", "Ampel", "Semáforo"],
    "the score rounded to one decimal: 0.7 to 1.0 green, 0.4 to 0.6 yellow, 0.0 to 0.3 red",
    "M22",
    DOERR,
)
.of(OF)
.words(BANDS);

pub(super) static CONFIDENCE: FigureKind = FigureKind::new(
    "confidence-status",
    [
        "Status by confidence",
        "Status nach Zuversicht",
        "Estado según la confianza",
    ],
    "confidence 1 to 3 off track (at risk), 4 to 7 needs attention (has issues), 8 to 10 on track",
    "M22",
    FigureSource::book("Koan, OKR confidence ratings"),
)
.of(OF)
.words(STATUSES);

pub(super) static PACE: FigureKind = FigureKind::new(
    "pace",
    ["Pace", "Tempo", "Ritmo"],
    "progress ÷ share of the time that has passed; from 0.95 on track, from 0.75 lagging, below at risk",
    "M22",
    FigureSource::book("UpRaise, progress against ideal pace"),
)
.of(OF);

pub(super) static STATUS: FigureKind = FigureKind::new(
    "status",
    ["Status", "Status", "Estado"],
    "by the owner's confidence, else by pace",
    "M22",
    FigureSource::book("Koan; UpRaise"),
)
.of(OF)
.words(STATUSES);

pub(super) fn figures(context: &Context<'_>, key_result: Handle, figures: &mut Vec<Figure>) {
    let progress = {
        let mut figure = Figure::new(&PROGRESS);
        let value = progress(context, key_result, &mut figure);
        let inputs = figure.inputs.clone();
        figures.push(figure.number(value.clone().map(|progress| progress.unclamped)));
        let mut score = Figure::new(&SCORE);
        score.inputs.clone_from(&inputs);
        let scored = value.clone().map(|progress| progress.score);
        let own = context.text(key_result, "commitment");
        let of_objective = || {
            let mut objectives = context.to(key_result, "measured-by");
            objectives.find_map(|objective| context.text(objective, "commitment"))
        };
        let is_committed = own.or_else(of_objective) == Some("committed");
        let falls_short = scored.as_ref().is_ok_and(|score| *score < 1.0);
        score.remark_if(is_committed && falls_short, &remark::COMMITTED);
        figures.push(score.number(scored.clone()));
        let mut band = Figure::new(&BAND);
        band.inputs = inputs;
        figures.push(band.category(scored.and_then(okr::band).map(band_word)));
        value
    };
    let confidence = context.field(key_result, "confidence").map(|_| {
        let mut figure = Figure::new(&CONFIDENCE);
        let value = figure.rated(context, key_result, "confidence");
        let word = value.and_then(status_by_confidence).map(status_word);
        figures.push(figure.category(word.clone()));
        word
    });
    let pace = pace(
        context,
        key_result,
        progress.map(|progress| progress.unclamped),
        figures,
    );
    let mut status = Figure::new(&STATUS);
    let from_pace = pace.map(status_word);
    let (by, word) = match confidence {
        Some(word) => ("confidence", word),
        None => ("pace", from_pace),
    };
    status.text_input(by, word.as_ref().ok().copied(), Some(key_result));
    figures.push(status.category(word));
}

fn status_by_confidence(confidence: f64) -> Result<okr::Status, Insufficient> {
    // Out of its range it stays so, and is refused there.
    okr::confidence_status(confidence.round().clamp(0.0, 255.0) as u8)
}

/// The progress by the latest reading of the metric that it is on, or by its own fields.
fn progress(
    context: &Context<'_>,
    key_result: Handle,
    figure: &mut Figure,
) -> Result<okr::Progress, Insufficient> {
    let start = figure.field(context, key_result, "start");
    let target = figure.field(context, key_result, "target");
    let metric = context.from(key_result, "on").take(1);
    let current = figure.current(context, key_result, metric);
    okr::progress(start?, target?, current?)
}

/// The dates between which it runs: its own, or those of its objective.
fn span(context: &Context<'_>, key_result: Handle) -> Option<(Date, Date)> {
    let own = |entity| {
        context
            .date(entity, "starts")
            .zip(context.date(entity, "due"))
    };
    own(key_result).or_else(|| context.to(key_result, "measured-by").find_map(own))
}

fn pace(
    context: &Context<'_>,
    key_result: Handle,
    progress: Result<f64, Insufficient>,
    figures: &mut Vec<Figure>,
) -> Result<okr::Status, Insufficient> {
    let (starts, due) =
        span(context, key_result).ok_or(Insufficient::Missing("confidence or dates"))?;
    let mut figure = Figure::new(&PACE);
    figure.input(
        "progress",
        progress.as_ref().ok().copied(),
        "share",
        Some(key_result),
    );
    let elapsed = context.today.days_since(starts) as f64;
    let length = due.days_since(starts) as f64;
    figure.input("time passed", Some(elapsed), "days", None);
    figure.input("time in all", Some(length), "days", None);
    let pace = match progress {
        _ if length <= 0.0 => Err(Insufficient::Missing("dates in order")),
        // It has not begun.
        _ if elapsed < 0.0 => Err(Insufficient::Missing("time passed")),
        progress => progress.and_then(|progress| okr::pace(progress, elapsed, length)),
    };
    if let Ok(pace) = &pace {
        let word = status_word(pace.status);
        figure
            .rows
            .push(Row::number("status by pace", pace.ratio).word(word));
    }
    figures.push(figure.number(pace.clone().map(|pace| pace.ratio)));
    pace.map(|pace| pace.status)
}

//! Figures of an objective, rolled up from its key results.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use super::super::remark::{self, Part};
use super::key_result;
use super::words::{BANDS, DOERR, REWORK, STATUSES, band_word, status, status_word};
use crate::index::Handle;
use crate::method::{Insufficient, okr};

const OF: &[&str] = &["objective"];

pub(super) static SCORE: FigureKind = FigureKind::new(
    "objective-score",
    ["Score", "Bewertung", "Puntuación"],
    "Σ weight × score ÷ Σ weight over the key results",
    "M22",
    REWORK,
)
.of(OF);

pub(super) static BAND: FigureKind = FigureKind::new(
    "objective-band",
    ["Band", "Ampel", "Semáforo"],
    key_result::BAND.formula,
    "M22",
    DOERR,
)
.of(OF)
.words(BANDS);

pub(super) static STATUS: FigureKind = FigureKind::new(
    "objective-status",
    ["Status", "Status", "Estado"],
    "the status of the weakest key result",
    "M22",
    FigureSource::book("Perdoo, objective status"),
)
.of(OF)
.words(STATUSES);

pub(super) static CONFIDENCE: FigureKind = FigureKind::new(
    "objective-confidence",
    ["Confidence", "Zuversicht", "Confianza"],
    "the mean of the key results' confidence, 1 to 10",
    "M22",
    FigureSource::book("Koan, OKR confidence ratings"),
)
.of(OF);

pub(super) fn figures(context: &Context<'_>, objective: Handle, figures: &mut Vec<Figure>) {
    let key_results: Vec<Handle> = context
        .from(objective, "measured-by")
        .filter(|target| context.is(*target, "key-result"))
        .collect();
    let mut score = Figure::new(&SCORE);
    let mut scores = Vec::new();
    let mut unscored = 0_usize;
    for key_result in &key_results {
        let value = context.value_of(*key_result, &key_result::SCORE);
        let weight = context.number(*key_result, "weight").unwrap_or(1.0);
        score.input("score", value, "", Some(*key_result));
        match value {
            Some(_) if weight < 0.0 => {
                let reason = Part::Name("a weight below zero");
                score.remark_with(&remark::LEFT_OUT, [context.part(*key_result), reason]);
            }
            Some(value) => {
                scores.push((value, weight));
                score
                    .rows
                    .push(Row::number("score", value).about(*key_result));
                if weight != 1.0 {
                    score.input("weight", Some(weight), "", Some(*key_result));
                }
            }
            None => unscored += 1,
        }
    }
    score.left_out(unscored, "no progress yet");
    score.remark_if(key_results.len() > 5, &remark::MANY_KEY_RESULTS);
    let scored = okr::objective(&scores);
    let mut band = Figure::new(&BAND);
    band.input(
        "objective score",
        scored.as_ref().ok().copied(),
        "",
        Some(objective),
    );
    figures.push(score.number(scored.clone()));
    figures.push(band.category(scored.and_then(okr::band).map(band_word)));

    let mut figure = Figure::new(&STATUS);
    let mut statuses = Vec::new();
    for key_result in &key_results {
        let word = context.figure(*key_result, &key_result::STATUS);
        let word = word.and_then(Figure::word);
        figure.text_input("status", word, Some(*key_result));
        statuses.extend(word.and_then(status));
    }
    if !statuses.is_empty() {
        figure.left_out(key_results.len() - statuses.len(), "no status yet");
    }
    let weakest = match statuses.as_slice() {
        [] if !key_results.is_empty() => Err(Insufficient::Missing("confidence or dates")),
        statuses => okr::weakest(statuses),
    };
    figures.push(figure.category(weakest.map(status_word)));

    let mut figure = Figure::new(&CONFIDENCE);
    let (mut sum, mut count, mut without) = (0.0, 0_usize, 0_usize);
    for key_result in &key_results {
        if context.field(*key_result, "confidence").is_none() {
            without += 1;
            continue;
        }
        match figure.rated(context, *key_result, "confidence") {
            Ok(confidence) if (1.0..=10.0).contains(&confidence) => {
                sum += confidence;
                count += 1;
            }
            Ok(_) => figure.off_scale(context, *key_result),
            Err(_) => {}
        }
    }
    if count > 0 {
        figure.left_out(without, "no confidence yet");
    }
    let mean = (count > 0).then(|| sum / count as f64);
    figures.push(figure.number(mean.ok_or(Insufficient::Missing("confidence"))));
}

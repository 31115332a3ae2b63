//! A trace as JSON, for other programs. What is not known is `null`.

use domain::figure::{Changed, Figure, FigureBook, Outcome, Subject};
use domain::trace::{LeftOut, Step, Through, Weakened};
use serde_json::{Value, json};

use super::Answer;

/// The whole answer: `{"entity", "up": […], "down": […], "without": {"decisions", "cards",
/// "stronger", "unmoved", "figures"}}`.
pub(super) fn write(answer: &Answer<'_>) -> String {
    let step = |one: &Step| step(answer, one);
    let list = |steps: &[Step]| steps.iter().map(step).collect::<Vec<_>>();
    let weakened = |list: &[Weakened]| list.iter().map(weakens).collect::<Vec<_>>();
    let figures = answer.ripple.figures.iter();
    let value = json!({
        "entity": step(&answer.trace.subject),
        "up": list(&answer.trace.up),
        "down": list(&answer.trace.down),
        "without": {
            "decisions": weakened(&answer.ripple.decisions),
            "cards": weakened(&answer.ripple.cards),
            "stronger": weakened(&answer.ripple.stronger),
            "unmoved": weakened(&answer.ripple.unmoved),
            "figures": figures.map(|changed| change(answer.book, changed)).collect::<Vec<_>>(),
        },
    });
    format!("{value:#}\n")
}

fn step(answer: &Answer<'_>, step: &Step) -> Value {
    let by = step.by.as_deref();
    json!({
        "id": step.entity.as_str(),
        "kind": step.kind.as_str(),
        "text": step.text,
        "depth": step.depth,
        "through": step.through.as_ref().map(through),
        "strength": step.strength,
        "leftOut": step.left_out.map(LeftOut::name),
        "value": step.value,
        "n": step.n,
        "date": step.date.map(|date| date.to_string()),
        "by": by,
        "byName": by.and_then(|by| answer.name_of(by)),
        "source": step.source,
        "end": step.is_end,
    })
}

fn through(through: &Through) -> Value {
    json!({
        "entity": through.entity.as_str(),
        "name": through.name,
        "is": if through.is_field { "field" } else { "link" },
        "outgoing": through.is_outgoing,
    })
}

fn weakens(weakened: &Weakened) -> Value {
    json!({
        "id": weakened.entity.as_str(),
        "kind": weakened.kind.as_str(),
        "depth": weakened.depth,
        "through": weakened.through.as_ref().map(through),
        "strength": weakened.strength,
    })
}

fn change(book: &FigureBook, changed: &Changed) -> Value {
    let (of, id) = match &changed.subject {
        Subject::Entity(handle) => {
            let id = book.index().id(*handle);
            ("entity", id.map_or("", |id| id.as_str()))
        }
        Subject::Canvas(canvas) => ("canvas", canvas.as_str()),
        Subject::Workspace => ("workspace", ""),
    };
    json!({
        "of": of,
        "id": id,
        "figure": changed.kind.id,
        "before": changed.before.as_ref().map(|figure| outcome(book, figure)),
        "after": changed.after.as_ref().map(|figure| outcome(book, figure)),
    })
}

fn outcome(book: &FigureBook, figure: &Figure) -> Value {
    match &figure.outcome {
        Outcome::Number(value) => json!(value),
        Outcome::Range { low, likely, high } => {
            json!({ "low": low, "likely": likely, "high": high })
        }
        Outcome::Word(word) => json!(word),
        Outcome::Order(order) => {
            let ids = order.iter().filter_map(|handle| book.index().id(*handle));
            json!(ids.map(|id| id.as_str()).collect::<Vec<_>>())
        }
        Outcome::Parts => {
            let rows = figure.rows.iter();
            let rows = rows.map(|row| json!({ "name": row.name, "value": row.value }));
            json!(rows.collect::<Vec<_>>())
        }
        Outcome::Missing(_) => json!({ "missing": figure.reason("en") }),
    }
}

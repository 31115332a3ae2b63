//! A trace in words: an indented list upwards, one downwards, and what falls with the entity.

use domain::figure::{Changed, Figure, FigureBook, Outcome, Subject};
use domain::trace::{LeftOut, Step, Weakened, name};

use super::Answer;
use crate::words::{day, number};

/// How much of a text a line shows, in characters.
const SHOWN: usize = 72;

/// How deep lines are indented: a chain of thousands would be nothing but spaces. Deeper ones say how
/// far away they are.
const DEEPEST: usize = 40;

/// Marks where a path ends.
const END: &str = "■";

/// The whole answer.
pub(super) fn write(answer: &Answer<'_>) -> String {
    let mut lines = vec![line(answer, &answer.trace.subject), String::new()];
    section(&mut lines, "Serves:", steps(answer, &answer.trace.up));
    section(&mut lines, "Rests on:", steps(answer, &answer.trace.down));
    let mut steps = answer.trace.up.iter().chain(&answer.trace.down);
    if steps.any(|step| step.is_end) {
        lines.push(format!("  {END} ends there: nothing further is linked."));
        lines.push(String::new());
    }
    let weakened = |list: &[Weakened]| -> Vec<String> {
        let names = list.iter().map(|weakened| named(answer.book, weakened));
        names.collect()
    };
    // Of what was taken back already, what came of that.
    let [decisions, cards, stronger, figures_change] =
        match answer.trace.subject.left_out == Some(LeftOut::Retracted) {
            true => [
                "Decisions that weakened when it was taken back:",
                "Cards that weakened when it was taken back:",
                "Stronger since it was taken back:",
                "Figures that changed when it was taken back:",
            ],
            false => [
                "Decisions that weaken without it:",
                "Cards that weaken without it:",
                "Stronger without it:",
                "Figures that change without it:",
            ],
        };
    section(&mut lines, decisions, weakened(&answer.ripple.decisions));
    section(&mut lines, cards, weakened(&answer.ripple.cards));
    let apart = [
        (stronger, &answer.ripple.stronger),
        ("Neither weaker nor stronger:", &answer.ripple.unmoved),
    ];
    for (heading, list) in apart.into_iter().filter(|(_, list)| !list.is_empty()) {
        section(&mut lines, heading, weakened(list));
    }
    let figures = answer.ripple.figures.iter();
    let figures = figures.filter_map(|changed| change(answer.book, changed));
    section(&mut lines, figures_change, figures.collect());
    lines.join("\n")
}

/// A heading with its lines; `nothing` stands for none.
fn section(lines: &mut Vec<String>, heading: &str, mut content: Vec<String>) {
    if content.is_empty() {
        content.push("  nothing".to_owned());
    }
    lines.push(heading.to_owned());
    lines.append(&mut content);
    lines.push(String::new());
}

fn indent(depth: usize) -> String {
    let spaces = "  ".repeat(depth.clamp(1, DEEPEST));
    match depth > DEEPEST {
        true => format!("{spaces}({depth} steps away) "),
        false => spaces,
    }
}

fn steps(answer: &Answer<'_>, steps: &[Step]) -> Vec<String> {
    let lines = steps.iter().map(|step| {
        let indent = indent(step.depth);
        let end = if step.is_end {
            format!(" {END}")
        } else {
            String::new()
        };
        format!("{indent}{}{}{end}", through(step), line(answer, step))
    });
    lines.collect()
}

/// How the step hangs on the one before: an arrow in the direction of the link, with its name.
fn through(step: &Step) -> String {
    match &step.through {
        None => String::new(),
        Some(through) if through.is_outgoing => format!("─{}→ ", through.name),
        Some(through) => format!("←{}─ ", through.name),
    }
}

/// One entity: kind, words, id and what is known about it.
fn line(answer: &Answer<'_>, step: &Step) -> String {
    let facts = [
        step.strength
            .map(|strength| format!("strength {}", number(strength))),
        step.left_out
            .map(|reason| format!("{}, counts nothing", reason.name())),
        step.value.map(|value| format!("value {}", number(value))),
        step.n.map(|n| format!("n {}", number(n))),
        step.date.map(day),
        step.by
            .as_deref()
            .map(|by| answer.name_of(by).unwrap_or(by).to_owned()),
        step.source.clone(),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let facts = match facts.is_empty() {
        true => String::new(),
        false => format!(" · {}", facts.join(", ")),
    };
    format!(
        "{} “{}” [{}]{facts}",
        step.kind,
        words(answer.book, step.entity.as_str()),
        step.entity
    )
}

fn named(book: &FigureBook, weakened: &Weakened) -> String {
    let strength = weakened.strength;
    let strength = strength.map_or(String::new(), |strength| {
        format!(" · carried with strength {}", number(strength))
    });
    let words = words(book, weakened.entity.as_str());
    format!(
        "  {} “{words}” [{}]{strength}",
        weakened.kind, weakened.entity
    )
}

/// One figure before and after; `None` when it reads the same, since only its inputs differ.
fn change(book: &FigureBook, changed: &Changed) -> Option<String> {
    let said = |figure: Option<&Figure>| figure.map_or_else(|| "nothing".to_owned(), outcome);
    let before = said(changed.before.as_ref());
    let mut after = said(changed.after.as_ref());
    if before == after {
        let order = |figure: &Option<Figure>| match figure.as_ref().map(|figure| &figure.outcome) {
            Some(Outcome::Order(order)) => order.clone(),
            _ => Vec::new(),
        };
        if order(&changed.before) == order(&changed.after) {
            return None;
        }
        after = "another order of them".to_owned();
    }
    let subject = match &changed.subject {
        Subject::Entity(handle) => {
            let id = book.index().id(*handle).map_or("", |id| id.as_str());
            format!("“{}” [{id}]", words(book, id))
        }
        Subject::Canvas(canvas) => format!("canvas [{canvas}]"),
        Subject::Workspace => "workspace".to_owned(),
    };
    let title = changed.kind.title("en");
    Some(format!("  {title}, {subject}: {before} → {after}"))
}

/// The value of a figure in a few words.
fn outcome(figure: &Figure) -> String {
    let value = match &figure.outcome {
        Outcome::Number(value) => number(*value),
        Outcome::Range { low, likely, high } => {
            let numbers = [low, likely, high].map(|value| number(*value));
            numbers.join("..")
        }
        Outcome::Word(word) => (*word).to_owned(),
        Outcome::Order(order) => format!("an order of {}", order.len()),
        Outcome::Parts => format!("{} parts", figure.rows.len()),
        Outcome::Missing(_) => return figure.reason("en").unwrap_or_default(),
    };
    match figure.unit.is_empty() {
        true => value,
        false => format!("{value} {}", figure.unit),
    }
}

/// By what an entity is called.
fn words(book: &FigureBook, id: &str) -> String {
    let named = book
        .index()
        .find(id)
        .map(|handle| name(&book.index().reader(), handle, "en"));
    shown(&named.unwrap_or_default())
}

fn shown(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        text.to_owned()
    } else {
        text.chars().take(SHOWN).chain(['…']).collect()
    }
}

//! Figures in a list: each with its value, and on demand its formula, its inputs and its source.
//!
//! A figure that lacks data says what is to be entered; none is ever shown as zero for that.

use std::rc::Rc;

use domain::figure::{
    DIFFERENCE, Figure, FigureKind, Input, InputValue, Label, Outcome, Remark, Row, unit_of,
};
use domain::{EntityId, PersonId};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use workspace::{Figures, Session};

use super::{first_line, note_words};
use crate::i18n::{decimal, language, money, t, tf};
use crate::platform::clock;

/// The figures of the workspace that this page shows, computed when first asked for and kept while
/// the page's owner lives.
#[derive(Clone)]
pub(crate) struct UseFigures(SendWrapper<Rc<Figures>>);

/// The figures of a session's workspace as of today.
pub(crate) fn use_figures(session: &Session) -> UseFigures {
    UseFigures(SendWrapper::new(
        session.workspace().figures(clock::today()),
    ))
}

impl UseFigures {
    /// The figures themselves.
    pub(crate) fn get(&self) -> &Figures {
        &self.0
    }
}

/// A list of figures, of one note or of several; read in a view, it follows them.
pub(crate) fn list_of_figures(
    session: &Session,
    figures: &UseFigures,
    note: Option<&EntityId>,
    shown: Vec<Figure>,
) -> AnyView {
    let items: Vec<AnyView> = shown
        .into_iter()
        .map(|figure| item(session, figures, note, figure))
        .collect();
    view! { <ul class="figures" role="list">{items}</ul> }.into_any()
}

fn item(
    session: &Session,
    figures: &UseFigures,
    note: Option<&EntityId>,
    figure: Figure,
) -> AnyView {
    let code = language().code();
    let kind = figure.kind;
    let missing = matches!(figure.outcome, Outcome::Missing(_));
    let value = value_words(session, figures, &figure);
    let certainty = certainty(figure.interval, figure.n, &figure.unit);
    let needed: Vec<String> = figure.needed().map(|name| kind.name(name, code)).collect();
    let needs = figure.reason(code).map(|reason| match needed.as_slice() {
        [] => reason,
        needed => tf("figures.needs", &[("names", &needed.join(", "))]),
    });
    let inputs: Vec<AnyView> = figure
        .inputs
        .iter()
        .map(|input| input_row(session, figures, note, kind, input))
        .collect();
    let source = match kind.source.url {
        "" => view! { <span>{kind.source.title}</span> }.into_any(),
        url => {
            view! { <a href=url target="_blank" rel="noopener">{kind.source.title}</a> }.into_any()
        }
    };
    view! {
        <li class="figure" data-figure=kind.id data-missing=missing.then_some("true")>
            <details>
                <summary>
                    <span class="figure-title">{kind.title(code)}</span>
                    <span class="figure-value">{value}</span>
                    {certainty.map(|words| view! { <span class="figure-certainty">{words}</span> })}
                    {needs.map(|words| view! { <span class="figure-needs">{words}</span> })}
                </summary>
                <dl class="figure-how">
                    <dt>{t("figures.formula")}</dt>
                    <dd><code>{kind.formula(code)}</code></dd>
                    {(!inputs.is_empty()).then(|| view! {
                        <dt>{t("figures.inputs")}</dt>
                        <dd><ul role="list">{inputs}</ul></dd>
                    })}
                    <dt>{t("figures.source")}</dt>
                    <dd>{source}" · "{kind.method}</dd>
                </dl>
            </details>
            {parts_of_figure(session, figures, &figure)}
        </li>
    }
    .into_any()
}

/// The parts of a figure, and what is to be said about it.
pub(crate) fn parts_of_figure(
    session: &Session,
    figures: &UseFigures,
    figure: &Figure,
) -> impl IntoView + use<> {
    let rows: Vec<AnyView> = figure
        .rows
        .iter()
        .map(|row| part_row(session, figures, figure, row))
        .collect();
    let remarks: Vec<AnyView> = figure
        .remarks
        .iter()
        .map(|remark| view! { <li>{remark_words(figures, figure.kind, remark)}</li> }.into_any())
        .collect();
    view! {
        {(!rows.is_empty()).then(|| view! { <ul class="figure-rows" role="list">{rows}</ul> })}
        {(!remarks.is_empty()).then(|| view! { <ul class="figure-remarks">{remarks}</ul> })}
    }
}

/// A remark, with entities by what they say and not by their ids.
fn remark_words(figures: &UseFigures, kind: &FigureKind, remark: &Remark) -> String {
    figures.get().with(|graph, _| {
        let entity = |id: &EntityId| match graph.entities.get(id) {
            Some(entity) => format!("“{}”", first_line(&entity.text)),
            None => id.to_string(),
        };
        remark.text(kind, language().code(), &entity)
    })
}

/// The value in words, with its unit.
fn value_words(session: &Session, figures: &UseFigures, figure: &Figure) -> String {
    match &figure.outcome {
        Outcome::Number(value) => with_unit(*value, &figure.unit),
        Outcome::Range { low, likely, high } => {
            let range = tf(
                "figures.interval",
                &[
                    ("low", &with_unit(*low, &figure.unit)),
                    ("high", &with_unit(*high, &figure.unit)),
                ],
            );
            format!("{} ({range})", with_unit(*likely, &figure.unit))
        }
        Outcome::Word(word) => figure.kind.name(word, language().code()),
        Outcome::Order(order) => {
            let names = order
                .iter()
                .filter_map(|handle| figures.get().entity(*handle));
            let names: Vec<String> = names
                .map(|id| first_line(&note_words(session, &id)))
                .collect();
            names.join(" → ")
        }
        Outcome::Parts => String::new(),
        Outcome::Missing(_) => t("figures.missing"),
    }
}

/// How far a value can be trusted: its sample and its interval.
pub(crate) fn certainty(
    interval: Option<(f64, f64)>,
    n: Option<u64>,
    unit: &str,
) -> Option<String> {
    let interval = interval.map(|(low, high)| {
        tf(
            "figures.interval",
            &[
                ("low", &with_unit(low, unit)),
                ("high", &with_unit(high, unit)),
            ],
        )
    });
    let n = n.map(|n| {
        let n = usize::try_from(n).unwrap_or(usize::MAX);
        tf("figures.n", &[("n", &crate::i18n::number(n))])
    });
    let parts: Vec<String> = interval.into_iter().chain(n).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// An input, with the note that it was read from unless that is the figure's own.
fn input_row(
    session: &Session,
    figures: &UseFigures,
    note: Option<&EntityId>,
    kind: &FigureKind,
    input: &Input,
) -> AnyView {
    let name = kind.name(&input.name, language().code());
    let from = input.from.and_then(|from| figures.get().entity(from));
    let name = match from.filter(|from| Some(from) != note) {
        Some(from) => format!("{} – {name}", first_line(&note_words(session, &from))),
        None => name,
    };
    let value = match &input.value {
        InputValue::Missing => t("figures.not_entered"),
        InputValue::Number(number) => with_unit(*number, &input.unit),
        InputValue::Text(text) => text.clone(),
    };
    let missing = (input.value == InputValue::Missing).then_some("true");
    view! {
        <li data-missing=missing><span>{name}</span> " " <strong>{value}</strong></li>
    }
    .into_any()
}

fn part_row(session: &Session, figures: &UseFigures, figure: &Figure, row: &Row) -> AnyView {
    let unit = if row.unit.is_empty() {
        &figure.unit
    } else {
        &row.unit
    };
    let about = row.about.and_then(|handle| figures.get().entity(handle));
    let code = language().code();
    let about = about.map(|id| first_line(&note_words(session, &id)));
    // What is about one entity may have several rows.
    let name = row_name(figures, figure.kind, &row.name);
    let name = about.map_or_else(|| name.clone(), |about| format!("{about} – {name}"));
    let value = row.value.map(|value| with_unit(value, unit));
    let word = (!row.word.is_empty()).then(|| figure.kind.name(row.word, code));
    let certainty = certainty(row.interval, row.n, unit);
    let words: Vec<String> = value.into_iter().chain(word).chain(certainty).collect();
    view! { <li><span>{name}</span> " " <strong>{words.join(" · ")}</strong></li> }.into_any()
}

/// What a row is called: a person's or an entity's id by what it stands for.
fn row_name(figures: &UseFigures, kind: &FigureKind, name: &Label) -> String {
    let known = match name {
        Label::Borrowed(_) => None,
        Label::Owned(id) => figures.get().with(|graph, _| {
            let person = graph.people.get(&PersonId::from(id.as_str()));
            let person = person.map(|person| person.name.clone());
            let entity = || {
                Some(first_line(
                    &graph.entities.get(&EntityId::from(id.as_str()))?.text,
                ))
            };
            person.filter(|name| !name.is_empty()).or_else(entity)
        }),
    };
    known.unwrap_or_else(|| kind.name(name, language().code()))
}

/// A number as the language writes it. Shares are written as percentages, and what they differ by in
/// points.
pub(crate) fn with_unit(value: f64, unit: &str) -> String {
    match unit {
        "" => decimal(value),
        "share" => format!("{} %", decimal(value * 100.0)),
        // Shares differ by points, not by percent of one another.
        DIFFERENCE => {
            let points = value * 100.0;
            let words = unit_of(points, unit, language().code());
            format!("{} {words}", decimal(points))
        }
        unit => {
            let written = if is_money(unit) {
                money(value)
            } else {
                decimal(value)
            };
            format!("{written} {}", unit_of(value, unit, language().code()))
        }
    }
}

/// Whether a unit is a currency, or one by the period, as in `EUR/month`.
fn is_money(unit: &str) -> bool {
    let code = unit.split('/').next().unwrap_or_default();
    code.len() == 3 && code.chars().all(|letter| letter.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::is_money;

    #[test]
    fn money_is_told_from_other_units_by_its_code() {
        assert!(is_money("EUR") && is_money("USD/month"));
        assert!(
            !["a month", "week", "", "ms", "NPS score"]
                .into_iter()
                .any(is_money)
        );
    }
}

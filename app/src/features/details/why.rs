//! Why a note is there: up to the vision that it serves, down to the words and numbers that carry
//! it, and what would weaken if it were taken back.

use domain::figure::{Changed, Figure, Outcome, Subject};
use domain::trace::{self, Ripple, Step, Through};
use domain::{EntityId, catalogue};
use leptos::prelude::*;
use workspace::{Dialog as Opened, Session};

use crate::features::{UseFigures, first_line, note_words, person_name};
use crate::i18n::{decimal, language, t, tf};

/// The trace of a note in both directions, and its ripple.
#[component]
pub(super) fn NoteWhy(
    /// The note.
    id: EntityId,
    /// The session.
    session: Session,
    /// The workspace's figures.
    figures: UseFigures,
) -> impl IntoView {
    move || {
        figures.get().watch();
        let found = figures.get().with(|_, book| {
            let reader = book.index().reader();
            let handle = book.index().find(id.as_str())?;
            let trace = trace::why(&reader, handle)?;
            // Only what is evidence can be taken back.
            let ripple = (trace.subject.kind.as_str() == "evidence")
                .then(|| trace::ripple(book, std::slice::from_ref(&id)));
            Some((trace, ripple))
        });
        let (trace, ripple) = found?;
        if trace.up.is_empty() && trace.down.is_empty() {
            return None;
        }
        let up = steps(&session, "details.why_up", &trace.up);
        let down = steps(&session, "details.why_down", &trace.down);
        let ripple = ripple.map(|ripple| ripples(&session, &figures, &ripple));
        Some(view! {
            <section class="details-part details-fields">
                <details class="details-more">
                    <summary>{t("details.why")}</summary>
                    <div class="why">{up}{down}{ripple}</div>
                </details>
            </section>
        })
    }
}

/// What rests on a piece of evidence, and the figures that would change without it.
fn ripples(session: &Session, figures: &UseFigures, ripple: &Ripple) -> AnyView {
    let weakened: Vec<AnyView> = ripple
        .decisions
        .iter()
        .chain(&ripple.cards)
        .map(|one| {
            let words = first_line(&note_words(session, &one.entity));
            view! { <li>{opener(session, &one.entity, words)}</li> }.into_any()
        })
        .collect();
    let moved: Vec<AnyView> = ripple
        .figures
        .iter()
        .filter_map(|change| moved(session, figures, change))
        .collect();
    view! {
        <h4 class="ui-hint">{t("details.ripple")}</h4>
        <ul class="why-steps" role="list">{weakened}</ul>
        {(!moved.is_empty()).then(|| view! { <ul class="figure-remarks">{moved}</ul> })}
    }
    .into_any()
}

/// One figure before and after; nothing when a person would read the same twice.
fn moved(session: &Session, figures: &UseFigures, change: &Changed) -> Option<AnyView> {
    let value = |figure: &Option<Figure>| match figure.as_ref().map(|figure| &figure.outcome) {
        Some(Outcome::Number(value) | Outcome::Range { likely: value, .. }) => decimal(*value),
        Some(Outcome::Word(word)) => word.replace('-', " "),
        Some(Outcome::Missing(_)) | None => t("figures.missing"),
        Some(Outcome::Order(_) | Outcome::Parts) => "…".to_owned(),
    };
    let (before, after) = (value(&change.before), value(&change.after));
    if before == after {
        return None;
    }
    let about = match change.subject {
        Subject::Entity(handle) => figures.get().entity(handle),
        Subject::Canvas(_) | Subject::Workspace => None,
    };
    let title = change.kind.title(language().code());
    let title = match about {
        Some(id) => format!("{title} · {}", first_line(&note_words(session, &id))),
        None => title.to_owned(),
    };
    let words = tf(
        "details.ripple_figure",
        &[("figure", &title), ("before", &before), ("after", &after)],
    );
    Some(view! { <li>{words}</li> }.into_any())
}

/// One direction of the trace; nothing when it leads nowhere.
fn steps(session: &Session, heading: &'static str, steps: &[Step]) -> Option<AnyView> {
    if steps.is_empty() {
        return None;
    }
    let rows: Vec<AnyView> = steps.iter().map(|step| row(session, step)).collect();
    Some(
        view! {
            <h4 class="ui-hint">{t(heading)}</h4>
            <ul class="why-steps" role="list">{rows}</ul>
        }
        .into_any(),
    )
}

fn row(session: &Session, step: &Step) -> AnyView {
    let through = step.through.as_ref().map(relation);
    let known = [
        step.strength
            .map(|strength| tf("details.why_strength", &[("n", &decimal(strength))])),
        step.value.map(decimal),
        step.n.map(|n| tf("figures.n", &[("n", &decimal(n))])),
        step.date.map(|date| date.to_string()),
        step.by.as_ref().map(|by| person(session, by)),
    ];
    let known: Vec<String> = known.into_iter().flatten().collect();
    let depth = format!("--depth:{}", step.depth.saturating_sub(1));
    let source = step
        .source
        .clone()
        .filter(|source| source.starts_with("https://"));
    view! {
        <li style=depth>
            <span class="ui-hint">{through}</span> " "
            {opener(session, &step.entity, first_line(&step.text))} " "
            <span class="ui-hint">{known.join(" · ")}</span>
            {source.map(|url| view! { " " <a href=url target="_blank" rel="noopener">{t("figures.source")}</a> })}
        </li>
    }
    .into_any()
}

/// How a step hangs on the one before, in the catalogue's words.
fn relation(through: &Through) -> String {
    if through.is_field {
        return through.name.replace('-', " ");
    }
    let kind = catalogue::link_kind(&through.name.as_str().into());
    let words = kind.map(|kind| {
        if through.is_outgoing {
            &kind.title
        } else {
            &kind.inverse
        }
    });
    words.map_or_else(
        || through.name.clone(),
        |words| words.text(language().code()).to_owned(),
    )
}

/// A person by name, when the name is an id of the workspace.
fn person(session: &Session, by: &str) -> String {
    let people = session.workspace().projection().people.clone();
    if people.with(|people| people.contains_key(by)) {
        person_name(session, &by.into())
    } else {
        by.to_owned()
    }
}

fn opener(session: &Session, id: &EntityId, words: String) -> AnyView {
    let (session, id) = (session.clone(), id.clone());
    let words = if words.is_empty() {
        t("slots.empty_note")
    } else {
        words
    };
    view! {
        <button type="button" class="details-other" on:click=move |_| session.open(Opened::Details(id.clone()))>{words}</button>
    }
    .into_any()
}

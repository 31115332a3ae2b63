//! Why a note is there: up to the vision that it serves, down to the words and numbers that carry
//! it, and what would weaken if it were taken back.

use domain::figure::{Changed, Figure, Outcome, Subject};
use domain::trace::{self, LeftOut, Ripple, Step, Through, Weakened};
use domain::{EntityId, catalogue};
use leptos::prelude::*;
use workspace::{Dialog as Opened, Session};

use crate::features::{UseFigures, left_out_words, person_name, with_unit};
use crate::i18n::{day, decimal, language, t, tf};

/// The kinds that can be taken back: what was seen, said or measured, and where.
const SOURCES: [&str; 9] = [
    "evidence",
    "experiment",
    "interview",
    "test-session",
    "fit-survey",
    "quote",
    "observation",
    "insight",
    "reading",
];

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
        figures.get().watch_all();
        let found = figures.get().with(|_, book| {
            let reader = book.index().reader();
            let handle = book.index().find(id.as_str())?;
            let trace = trace::why(&reader, handle, book.today())?;
            let ripple = SOURCES
                .contains(&trace.subject.kind.as_str())
                .then(|| trace::ripple(book, std::slice::from_ref(&id)));
            Some((trace, ripple))
        });
        let (trace, ripple) = found?;
        if trace.up.is_empty() && trace.down.is_empty() {
            return None;
        }
        let drawn = Drawn {
            session: session.clone(),
            figures: figures.clone(),
        };
        let up = drawn.steps("details.why_up", &trace.up);
        let down = drawn.steps("details.why_down", &trace.down);
        let ripple = ripple.map(|ripple| drawn.ripple(&ripple));
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

/// What draws the parts: the session opens notes, the figures' index names them.
struct Drawn {
    session: Session,
    figures: UseFigures,
}

impl Drawn {
    /// What rests on a source, and the figures that would change without it.
    fn ripple(&self, ripple: &Ripple) -> AnyView {
        let weakened = |heading: &'static str, list: &[Weakened]| {
            let rows: Vec<AnyView> = list
                .iter()
                .map(|one| {
                    let kind = catalogue::kind(&one.kind);
                    let kind = kind.map(|kind| kind.title.text(language().code()).to_owned());
                    view! { <li><span class="ui-hint">{kind}</span> " " {self.opener(&one.entity)}</li> }
                        .into_any()
                })
                .collect();
            listed(heading, rows)
        };
        let moved = ripple.figures.iter().map(|change| self.moved(change));
        view! {
            {weakened("details.ripple_decisions", &ripple.decisions)}
            {weakened("details.ripple", &ripple.cards)}
            {weakened("details.ripple_stronger", &ripple.stronger)}
            {listed("details.ripple_figures", moved.collect())}
        }
        .into_any()
    }

    /// One figure before and after; where a person would read the same twice, that its parts do.
    fn moved(&self, change: &Changed) -> AnyView {
        let about = match change.subject {
            Subject::Entity(handle) => self.figures.get().entity(handle),
            Subject::Canvas(_) | Subject::Workspace => None,
        };
        let title = change.kind.title(language().code());
        let title = match about {
            Some(id) => format!("{title} · {}", self.name(&id)),
            None => title.to_owned(),
        };
        let (before, after) = (value(change, &change.before), value(change, &change.after));
        let words = if before == after {
            tf("details.ripple_parts", &[("figure", &title)])
        } else {
            tf(
                "details.ripple_figure",
                &[("figure", &title), ("before", &before), ("after", &after)],
            )
        };
        view! { <li>{words}</li> }.into_any()
    }

    /// One direction of the trace; nothing when it leads nowhere.
    fn steps(&self, heading: &'static str, steps: &[Step]) -> Option<AnyView> {
        listed(heading, steps.iter().map(|step| self.row(step)).collect())
    }

    fn row(&self, step: &Step) -> AnyView {
        let through = step.through.as_ref().map(relation);
        let strength = match step.left_out {
            Some(reason) => Some(left_out_words(reason)),
            None => step
                .strength
                .map(|strength| tf("details.why_strength", &[("n", &decimal(strength))])),
        };
        let known = [
            strength,
            step.value.map(decimal),
            step.n.map(|n| tf("figures.n", &[("n", &decimal(n))])),
            step.date.map(day),
            step.by.as_ref().map(|by| person(&self.session, by)),
        ];
        let known: Vec<AnyView> = known
            .into_iter()
            .flatten()
            .map(|fact| view! { <li>{fact}</li> }.into_any())
            .collect();
        let depth = format!("--depth:{}", step.depth.saturating_sub(1));
        let source = step
            .source
            .clone()
            .filter(|source| source.starts_with("https://"));
        let left_out = step.left_out.map(LeftOut::name);
        view! {
            <li style=depth data-left-out=left_out>
                <span class="ui-hint">{through}</span> " "
                {self.opener(&step.entity)}
                <ul class="why-facts ui-hint" role="list">
                    {known}
                    {source.map(|url| view! { <li><a href=url target="_blank" rel="noopener">{t("figures.source")}</a></li> })}
                </ul>
            </li>
        }
        .into_any()
    }

    fn opener(&self, id: &EntityId) -> AnyView {
        let (session, id, words) = (self.session.clone(), id.clone(), self.name(id));
        view! {
            <button type="button" class="details-other" on:click=move |_| session.open(Opened::Details(id.clone()))>{words}</button>
        }
        .into_any()
    }

    /// What an entity is called in a list.
    fn name(&self, id: &EntityId) -> String {
        self.figures.get().with(|_, book| {
            let handle = book.index().find(id.as_str());
            handle.map_or_else(String::new, |handle| {
                trace::name(&book.index().reader(), handle, language().code())
            })
        })
    }
}

/// A list under its heading; nothing when it is empty.
fn listed(heading: &'static str, rows: Vec<AnyView>) -> Option<AnyView> {
    (!rows.is_empty()).then(|| {
        view! {
            <h4 class="ui-hint">{t(heading)}</h4>
            <ul class="why-steps" role="list">{rows}</ul>
        }
        .into_any()
    })
}

/// A figure's value in few words.
fn value(change: &Changed, figure: &Option<Figure>) -> String {
    match figure.as_ref().map(|figure| (&figure.outcome, figure)) {
        Some((Outcome::Number(value) | Outcome::Range { likely: value, .. }, figure)) => {
            with_unit(*value, &figure.unit)
        }
        Some((Outcome::Word(word), _)) => change.kind.name(word, language().code()),
        Some((Outcome::Missing(_), _)) | None => t("figures.missing"),
        Some((Outcome::Order(_) | Outcome::Parts, _)) => String::new(),
    }
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

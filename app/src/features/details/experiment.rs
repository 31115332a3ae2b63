//! What an experiment says: its verdict, each criterion with what was measured, and the lock that
//! keeps the plan from following the data.

use document::Command;
use domain::experiment::{self, Broken, EXPERIMENT, LOCK, LOCK_BROKEN, Lock, Remark, Word};
use domain::{EntityId, FieldValue, KindId, catalogue};
use leptos::prelude::*;
use workspace::{Body, Session};

use super::locks::{Point, point};
use super::moment;
use crate::features::{UseFigures, parts_of_figure, person_name, verdict_words};
use crate::i18n::{language, t, tf};
use crate::ui::{Button, IconName};

/// The figure that the verdict is.
pub(super) const VERDICT: &str = "verdict";

/// The verdict; nothing for a note of another kind.
#[component]
pub(super) fn ExperimentVerdict(
    /// The note.
    id: EntityId,
    /// What it holds.
    body: ArcRwSignal<Body>,
    /// The session.
    session: Session,
    /// The workspace's figures.
    figures: UseFigures,
) -> impl IntoView {
    let is_experiment = {
        let body = body.clone();
        Memo::new(move |_| body.with(|body| body.kind.as_str() == "experiment"))
    };
    move || {
        is_experiment.get().then(
            || view! { <Judged id=id.clone() body=body.clone() session=session.clone() figures=figures.clone()/> },
        )
    }
}

#[component]
fn Judged(
    id: EntityId,
    body: ArcRwSignal<Body>,
    session: Session,
    figures: UseFigures,
) -> impl IntoView {
    move || {
        // A lock changes no figure, so every edit counts.
        figures.get().watch_all();
        let (session, id) = (session.clone(), id.clone());
        let verdict = figures.get().with(|_, book| {
            let handle = book.index().find(id.as_str())?;
            Some(experiment::verdict(
                &book.index().reader(),
                handle,
                book.today(),
            ))
        })?;
        let shown = figures.get().of_entity(&id);
        let shown = shown.iter().find(|figure| figure.kind.id == VERDICT);
        let parts = shown.map(|figure| parts_of_figure(&session, &figures, figure));
        let locking = session.clone();
        let lock = move || {
            // A refusal has been told in a toast.
            let _ = locking.dispatch(Command::LockExperiment { id: id.clone() });
        };
        let word = verdict_words(&verdict);
        // A lock that somebody dated ahead is one all the same.
        let is_ahead = verdict.remarks.contains(&Remark::LockAhead);
        let may_lock = verdict.word == Word::Planned && !is_ahead;
        Some(view! {
            <section class="details-part details-fields" aria-label=t("verdict.title")>
                <h3 class="ui-label">{t("verdict.title")}</h3>
                <p class="verdict" data-word=verdict.word.name() role="status"><strong>{word}</strong></p>
                {parts}
                <Locked body=body.clone() session=session.clone()/>
                {(session.may_edit() && may_lock).then(|| view! {
                    <Button label=move || t("verdict.lock") icon=IconName::Shield on_press=lock.clone()/>
                    <p class="ui-hint">{t("verdict.lock_more")}</p>
                })}
            </section>
        })
    }
}

/// Who locked the plan, when, and at which point of the workspace's history; and who changed it
/// afterwards.
#[component]
fn Locked(body: ArcRwSignal<Body>, session: Session) -> impl IntoView {
    let text = move |field: &str| {
        body.with(|body| match body.fields.get(field) {
            Some(FieldValue::Text(text)) => Some(text.clone()),
            _ => None,
        })
    };
    move || {
        let lock: Lock = text(LOCK)?.parse().ok()?;
        let (who, when) = (person_name(&session, &lock.by), moment(lock.at));
        let locked = tf("verdict.locked", &[("person", &who), ("when", &when)]);
        // The beginnings of the heads name the point well enough to compare it with another.
        let heads = lock.heads.split(',').filter_map(|head| head.get(..8));
        let heads = heads.collect::<Vec<_>>().join(", ");
        let point = match point(&session, &lock.heads) {
            Point::None => t("verdict.locked_nowhere"),
            Point::Here => tf("verdict.locked_at", &[("heads", &heads)]),
            Point::Elsewhere => tf("verdict.locked_elsewhere", &[("heads", &heads)]),
        };
        let broken = text(LOCK_BROKEN).and_then(|mark| mark.parse::<Broken>().ok());
        let broken = broken.map(|broken| {
            let known = catalogue::kind(&KindId::from(EXPERIMENT.to_owned()));
            let known = known.and_then(|kind| kind.field_at(&broken.field));
            let field = known.map_or(broken.field, |known| {
                known.title.text(language().code()).to_owned()
            });
            let (who, when) = (person_name(&session, &broken.by), moment(broken.at));
            let words = tf(
                "verdict.changed_since",
                &[("field", &field), ("person", &who), ("when", &when)],
            );
            view! { <p class="ui-hint">{words}</p> }
        });
        Some(view! { <p class="ui-hint">{locked}" "{point}</p> {broken} })
    }
}

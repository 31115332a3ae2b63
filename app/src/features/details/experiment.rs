//! What an experiment says: its verdict, each criterion with what was measured, and the lock that
//! keeps the plan from following the data.

use document::Command;
use domain::EntityId;
use domain::experiment::{self, Remark, Word};
use leptos::prelude::*;
use workspace::{Body, Session};

use crate::features::{UseFigures, parts_of_figure, verdict_words};
use crate::i18n::t;
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
    let is_experiment = Memo::new(move |_| body.with(|body| body.kind.as_str() == "experiment"));
    move || {
        is_experiment.get().then(
            || view! { <Judged id=id.clone() session=session.clone() figures=figures.clone()/> },
        )
    }
}

#[component]
fn Judged(id: EntityId, session: Session, figures: UseFigures) -> impl IntoView {
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
                {(session.may_edit() && may_lock).then(|| view! {
                    <Button label=move || t("verdict.lock") icon=IconName::Shield on_press=lock.clone()/>
                    <p class="ui-hint">{t("verdict.lock_more")}</p>
                })}
            </section>
        })
    }
}

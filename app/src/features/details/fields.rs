//! The fields of a note's kind: what can be said about it beside its text.
//!
//! Those that have a value, need one or carry figures stand first; the others wait behind "More
//! values", so that a note without any stays a note.

mod checklist;
mod entry;
mod input;
mod locked;

use domain::catalogue::{self, Field, FieldType};
use domain::{EntityId, KindId};
use leptos::html;
use leptos::prelude::*;
use workspace::{Body, Session};

use crate::features::UseFigures;
use crate::i18n::{t, tn};
use crate::ui::focus::enter;
use checklist::ChecklistEntry;
use entry::FieldEntry;

/// The fields, each as what its type is entered with.
#[component]
pub(super) fn NoteFields(
    /// The note.
    id: EntityId,
    /// What it holds.
    body: ArcRwSignal<Body>,
    /// The field that is to be entered, if the details were opened for one.
    asked: Option<String>,
    /// The session.
    session: Session,
    /// The workspace's figures.
    figures: UseFigures,
) -> impl IntoView {
    let kind = {
        let body = body.clone();
        Memo::new(move |_| body.with(|body| body.kind.clone()))
    };
    move || {
        let fields = fields_of(&kind.get());
        if fields.is_empty() {
            return None;
        }
        let is_asked = |field: &Field| asked.as_ref() == Some(&field.id);
        // Which stand first is decided once: an entry must not jump away under the one who fills it.
        let (first, others): (Vec<_>, Vec<_>) = body.with_untracked(|body| {
            let stands_first = |field: &&Field| is_asked(field) || is_shown(field, body);
            fields.into_iter().partition(stands_first)
        });
        let entries = |fields: Vec<&'static Field>| {
            let entries = fields.into_iter().map(|field| {
                let entry = entry(field, &id, &body, &session, &figures);
                if is_asked(field) {
                    view! { <Asked>{entry}</Asked> }.into_any()
                } else {
                    entry
                }
            });
            entries.collect_view()
        };
        let count = others.len();
        let (first, others) = (entries(first), entries(others));
        Some(view! {
            <section class="details-part details-fields">
                <h3 class="ui-label">{move || t("details.fields")}</h3>
                <div class="details-grid">{first}</div>
                {(count > 0).then(|| view! {
                    <details class="details-more">
                        <summary>{move || tn("details.more_fields", count)}</summary>
                        <div class="details-grid">{others}</div>
                    </details>
                })}
            </section>
        })
    }
}

/// Takes the focus to the field that is to be entered, once the dialog has given it to its first.
#[component]
fn Asked(children: Children) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if place.get().is_some() {
            request_animation_frame(move || {
                if let Some(place) = place.get_untracked() {
                    enter(&place);
                }
            });
        }
    });
    view! { <div class="details-asked" node_ref=place>{children()}</div> }
}

/// The fields of a kind but its colour, which has a place of its own, and what only a program
/// writes.
fn fields_of(kind: &KindId) -> Vec<&'static Field> {
    let fields = catalogue::kind(kind).map(|kind| &*kind.fields);
    fields
        .unwrap_or_default()
        .iter()
        .filter(|field| field.takes != FieldType::Colour && !is_written_by_program(field))
        .collect()
}

/// Locks and frozen figures are written by their commands alone and read elsewhere.
fn is_written_by_program(field: &Field) -> bool {
    matches!(
        field.id.as_str(),
        "lock" | "locked-plan" | "lock-broken" | "frozen"
    )
}

fn is_shown(field: &Field, body: &Body) -> bool {
    field.required || field.prominent || body.fields.keys().any(|key| field.keeps(key))
}

fn entry(
    field: &'static Field,
    id: &EntityId,
    body: &ArcRwSignal<Body>,
    session: &Session,
    figures: &UseFigures,
) -> AnyView {
    let (id, body, session) = (id.clone(), body.clone(), session.clone());
    match &field.takes {
        FieldType::Checklist { options } => {
            view! { <ChecklistEntry field=field options=options id=id body=body session=session/> }
                .into_any()
        }
        _ => {
            let figures = figures.clone();
            view! { <FieldEntry field=field id=id body=body session=session figures=figures/> }
                .into_any()
        }
    }
}

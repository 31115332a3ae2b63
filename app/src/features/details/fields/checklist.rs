//! A checklist: each item is a value of its own, so that two people may tick at once.

use document::Command;
use domain::catalogue::{Choice, Field};
use domain::{EntityId, FieldValue};
use leptos::prelude::*;
use workspace::{Body, Session};

use crate::i18n::language;
use crate::ui::{CheckGroup, Checkbox};

/// The items of a checklist.
#[component]
pub(super) fn ChecklistEntry(
    /// Which field of the kind: its name and its points.
    field: &'static Field,
    /// Its items.
    options: &'static [Choice],
    /// The note.
    id: EntityId,
    /// What it holds.
    body: ArcRwSignal<Body>,
    /// The session.
    session: Session,
) -> impl IntoView {
    let items = options
        .iter()
        .map(|item| {
            let key = format!("{}.{}", field.id, item.id);
            let ticked = {
                let (body, key) = (body.clone(), key.clone());
                Signal::derive(move || {
                    body.with(|body| body.fields.get(&key) == Some(&FieldValue::Flag(true)))
                })
            };
            let (session, id) = (session.clone(), id.clone());
            let tick = move |ticked: bool| {
                // A refusal has been told in a toast.
                let _ = session.dispatch(Command::SetField {
                    id: id.clone(),
                    field: key.clone(),
                    value: Some(FieldValue::Flag(ticked)),
                });
            };
            view! {
                <Checkbox label=move || item.title.text(language().code()).to_owned() checked=ticked on_change=tick/>
            }
        })
        .collect_view();
    let help = move || {
        let help = field.help.as_ref()?;
        Some(help.text(language().code()).to_owned())
    };
    view! {
        <CheckGroup label=move || field.title.text(language().code()).to_owned() hint=Signal::derive(help)>
            {items}
        </CheckGroup>
    }
}

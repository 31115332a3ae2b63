//! The colour of a note.

use document::Command;
use domain::{EntityId, FieldValue};
use leptos::prelude::*;
use workspace::{Body, Session};

use crate::features::hue_swatches;
use crate::i18n::t;
use crate::ui::{ColourPicker, Swatch};

/// The field of a note that holds its colour.
const FIELD: &str = "colour";

/// The colours to choose from, and plain paper.
#[component]
pub(super) fn NoteColour(
    /// The note.
    id: EntityId,
    /// Its fields.
    body: ArcRwSignal<Body>,
    /// The session.
    session: Session,
) -> impl IntoView {
    let chosen = Signal::derive(move || {
        body.with(|body| match body.fields.get(FIELD) {
            Some(FieldValue::Text(name)) => name.clone(),
            _ => String::new(),
        })
    });
    let swatches = move || {
        let plain = Swatch {
            value: String::new(),
            label: t("colour.none"),
        };
        std::iter::once(plain)
            .chain(hue_swatches())
            .collect::<Vec<_>>()
    };
    let choose = move |name: String| {
        let value = (!name.is_empty()).then_some(FieldValue::Text(name));
        // A refusal has been told in a toast.
        let _ = session.dispatch(Command::SetField {
            id: id.clone(),
            field: FIELD.to_owned(),
            value,
        });
    };
    view! { <ColourPicker label=move || t("details.colour") swatches=swatches value=chosen on_choose=choose/> }
}

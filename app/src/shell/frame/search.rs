//! The search box: finds notes on all canvases by their words; Enter goes to the note.

use domain::EntityId;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, KeyboardEvent};
use workspace::Session;
use workspace::search::search;

use crate::i18n::t;
use crate::shell::finding::{go_to_note, hit_detail};
use crate::ui::{Choice, Combobox, IconName, focus, lower_case};

/// More than this does not fit under the box.
const LIMIT: usize = 12;

/// The combobox "Search".
#[component]
pub(in crate::shell) fn SearchBox(
    /// The session.
    session: Session,
    /// The element, for the command that leads here.
    node: NodeRef<Input>,
) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let choices = {
        let session = session.clone();
        Signal::derive(move || {
            search(
                session.workspace().projection(),
                &query.get(),
                LIMIT,
                lower_case,
            )
            .into_iter()
            .map(|hit| Choice {
                detail: hit_detail(&session, &hit),
                value: hit.id.to_string(),
                label: hit.text,
                icon: Some(IconName::StickyNote),
                ..Choice::default()
            })
            .collect::<Vec<_>>()
        })
    };
    let choose = move |id: String| {
        query.set(String::new());
        go_to_note(&session, &EntityId::from(id));
    };
    let came_from = StoredValue::new_local(None::<HtmlElement>);
    let arrive = move |event: FocusEvent| {
        let from = event.related_target().and_then(|it| it.dyn_into().ok());
        let _ = came_from.try_set_value(from);
    };
    // The box itself has used the key while there was something to close or to take back.
    let leave = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            event.prevent_default();
            event.stop_propagation();
            focus::leave(came_from.try_get_value().flatten());
        }
    };
    view! {
        <div on:focusin=arrive on:keydown=leave>
            <Combobox
                label=move || t("search.title")
                placeholder=Signal::derive(move || Some(t("search.placeholder")))
                nothing=Signal::derive(move || Some(t("search.nothing")))
                query=query
                choices=choices
                on_choose=choose
                keys="/"
                node_ref=node
            />
        </div>
    }
}

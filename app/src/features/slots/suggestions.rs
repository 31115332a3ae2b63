//! What the method suggests for a slot: a menu of notes to start from.

use std::sync::Arc;

use domain::Slot;
use leptos::prelude::*;

use crate::features::use_session;
use crate::i18n::{language, t, tf};
use crate::ui::{IconName, MenuButton, MenuItem};

/// The menu.
pub(super) fn suggestions(slot: Arc<Slot>) -> AnyView {
    let named = slot.clone();
    let session = use_session();
    let items = move || -> Vec<MenuItem> {
        let code = language().code();
        slot.suggestions
            .iter()
            .map(|suggestion| {
                let (session, id) = (session.clone(), slot.id.clone());
                let (words, fields) = (
                    suggestion.text.text(code).to_owned(),
                    suggestion.fields.clone(),
                );
                MenuItem::new(words.clone(), move || {
                    let fields = fields.clone();
                    let added = workspace::commands::add_with(&session, &id, &words, fields);
                    session.focused().set(added);
                })
            })
            .collect()
    };
    let label = move || {
        let title = named.title.text(language().code());
        tf("slots.suggestions_for", &[("slot", title)])
    };
    let may_edit = use_session();
    view! {
        <div class="slot-suggestions" hidden=move || !may_edit.may_edit()>
            <MenuButton
                label=label
                words=Signal::derive(|| Some(t("slots.suggestions")))
                icon=IconName::Lightbulb
                items=items
            />
        </div>
    }
    .into_any()
}

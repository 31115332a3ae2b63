//! The text box for new notes of a slot: Enter keeps one and opens the next, Esc leaves.
//!
//! Invariant: nothing typed is lost. Leaving with the pointer keeps the note; Esc discards
//! it and offers it back once; what could not be kept is the slot's draft, which the slot shows and
//! opens again.

use domain::EntityId;
use leptos::html::Textarea;
use leptos::prelude::*;
use web_sys::KeyboardEvent;
use workspace::Session;

use super::later::{Part, later};
use super::names::SlotName;
use super::surface::Surface;
use super::textbox;
use crate::features::grow;
use crate::features::use_session;
use crate::i18n::tf;

/// The box that adds notes to one slot of the canvas in view.
#[component]
pub(super) fn Composer(
    /// The slot.
    name: SlotName,
    /// The canvas.
    surface: Surface,
    /// Called when the person leaves with Esc or an empty Enter, with the last note that was kept.
    on_done: Callback<Option<EntityId>>,
) -> impl IntoView {
    let session = use_session();
    let area = NodeRef::<Textarea>::new();
    area.on_load(|area| {
        textbox::enter(&area, None);
        textbox::into_view(&area);
    });
    // What is typed is in the box already.
    let draft = untrack(|| session.draft(&session.canvas_now(), name.id()));
    let length = RwSignal::new(draft.encode_utf16().count());
    let room = later(&surface, Part::Room(length));
    let writing = Writing {
        session,
        length,
        slot: name.clone(),
        area,
        kept: StoredValue::new(None),
    };

    let typed = {
        let writing = writing.clone();
        move |_| writing.typed()
    };
    let pressed = {
        let writing = writing.clone();
        move |event: KeyboardEvent| writing.pressed(&event, on_done)
    };
    let left = move |event| {
        if textbox::has_left(&event) {
            writing.left();
        }
    };
    view! {
        <textarea
            node_ref=area
            class="note-box"
            rows="1"
            spellcheck="true"
            enterkeyhint="done"
            aria-label=move || tf("slots.note_in", &[("slot", &name.title())])
            prop:value=draft
            on:input=typed
            on:keydown=pressed
            on:blur=left
        ></textarea>
        {room}
    }
}

/// One open box.
#[derive(Clone)]
struct Writing {
    session: Session,
    /// How many UTF-16 units the box holds.
    length: RwSignal<usize>,
    slot: SlotName,
    area: NodeRef<Textarea>,
    kept: StoredValue<Option<EntityId>>,
}

impl Writing {
    fn typed(&self) {
        let Some(area) = self.area.try_get_untracked().flatten() else {
            return;
        };
        grow(&area);
        self.length.set(area.text_length() as usize);
        self.session
            .keep_draft(&self.session.canvas_now(), self.slot.id(), &area.value());
    }

    fn pressed(&self, event: &KeyboardEvent, on_done: Callback<Option<EntityId>>) {
        let enter = event.key() == "Enter" && !event.shift_key();
        // Enter and Esc belong to the input method while it composes.
        if event.is_composing() || !(enter || event.key() == "Escape") {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        let empty = self
            .area
            .get_untracked()
            .is_none_or(|area| area.value().trim().is_empty());
        if enter && !empty {
            self.keep();
        } else {
            let kept = self.kept.try_get_value().flatten();
            self.close();
            if let Some(area) = self.area.get_untracked() {
                let canvas = self.session.canvas_now();
                self.session
                    .discard_draft(&canvas, self.slot.id(), &area.value());
            }
            on_done.run(kept);
        }
    }

    /// Leaving with the pointer or Tab keeps the note. After Esc the box is on its way out, and its
    /// text discarded.
    fn left(&self) {
        if self.session.adding().get_untracked().as_ref() == Some(self.slot.id()) {
            self.keep();
            self.close();
        }
    }

    /// Makes a note of the text and empties the box. A refusal has been told by the session; then
    /// the text stays, in the box and as a draft.
    fn keep(&self) {
        let Some(area) = self.area.try_get_untracked().flatten() else {
            return;
        };
        let added = workspace::commands::add_to(&self.session, self.slot.id(), &area.value());
        if added.is_some() {
            let _ = self.kept.try_set_value(added);
            self.session
                .keep_draft(&self.session.canvas_now(), self.slot.id(), "");
            area.set_value("");
            let _ = self.length.try_set(0);
            grow(&area);
            // Once the new note is in the page, the box has moved down.
            request_animation_frame(move || textbox::into_view(&area));
        }
    }

    fn close(&self) {
        self.session.adding().set(None);
    }
}

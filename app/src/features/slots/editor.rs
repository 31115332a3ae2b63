//! The text box over a note: Enter keeps, Esc takes this edit back, a colleague's change merges in.
//!
//! Typing is committed after each pause, so that a tab that dies loses half a second at most.
//! Invariant: the box is only written to with what the text session says, caret included.

use std::time::Duration;

use domain::EntityId;
use leptos::html::Textarea;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use web_sys::KeyboardEvent;
use workspace::{Session, TextSession};

use super::textbox;
use crate::features::use_session;

/// How long a pause in typing is before it is committed.
const PAUSE: Duration = Duration::from_millis(400);

/// One open box: the text session and the element that it is typed in.
#[derive(Clone, Copy)]
struct Editing {
    area: NodeRef<Textarea>,
    text: StoredValue<Option<TextSession>, LocalStorage>,
    pause: StoredValue<Option<TimeoutHandle>>,
}

/// The text box of a note that is being edited.
#[component]
pub(super) fn NoteEditor(
    /// The note.
    id: EntityId,
    /// The accessible name of the box.
    #[prop(into)]
    label: Signal<String>,
    /// Called when the person has finished with Enter or Esc: the note takes the focus.
    on_done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let editing = Editing {
        area: NodeRef::new(),
        text: StoredValue::new_local(TextSession::start(session.workspace(), &id)),
        pause: StoredValue::new(None),
    };
    let first = editing
        .text
        .with_value(|text| text.as_ref().map(|text| text.value().to_owned()));
    editing.area.on_load(|area| textbox::enter(&area));
    follow_colleagues(&session, &id, editing);
    keep_on_leaving(&session, editing);

    let typed = {
        let session = session.clone();
        move |_| editing.typed(&session)
    };
    let pressed = {
        let session = session.clone();
        move |event: KeyboardEvent| editing.pressed(&event, &session, on_done)
    };
    let left = move |event| {
        if textbox::has_left(&event) {
            close(&session, &id);
        }
    };
    view! {
        <textarea
            node_ref=editing.area
            class="note-box"
            rows="1"
            spellcheck="true"
            enterkeyhint="done"
            aria-label=label
            prop:value=first.unwrap_or_default()
            on:input=typed
            on:keydown=pressed
            on:blur=left
            on:compositionstart=move |_| editing.compose(true)
            on:compositionend=move |_| editing.compose(false)
        ></textarea>
    }
}

impl Editing {
    fn typed(self, session: &Session) {
        let Some(area) = self.area.get_untracked() else {
            return;
        };
        self.with_text(|text| text.input(&area.value()));
        textbox::grow(&area);
        self.stop_waiting();
        let session = session.clone();
        let handle = set_timeout_with_handle(move || self.reconcile(&session), PAUSE).ok();
        let _ = self.pause.try_set_value(handle);
    }

    fn pressed(self, event: &KeyboardEvent, session: &Session, on_done: Callback<()>) {
        // Enter and Esc belong to the input method while it composes.
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "Enter" if !event.shift_key() => {
                event.prevent_default();
                event.stop_propagation();
                self.reconcile(session);
                on_done.run(());
            }
            "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                self.take_back(session);
                on_done.run(());
            }
            _ => {}
        }
    }

    fn compose(self, composing: bool) {
        self.with_text(|text| text.compose(composing));
    }

    /// Commits what was typed, lets in what a colleague typed, and shows the outcome.
    fn reconcile(self, session: &Session) {
        self.stop_waiting();
        let area = self.area.try_get_untracked().flatten();
        let selection = area.as_ref().map(textbox::selection).unwrap_or_default();
        // Taken out while it works: a commit wakes the effect that reconciles again.
        let Some(mut text) = self.text.try_update_value(Option::take).flatten() else {
            return;
        };
        let outcome = text.reconcile(session.workspace(), selection);
        let _ = self.text.try_set_value(Some(text));
        match (outcome, area) {
            (Ok(Some(update)), Some(area)) => {
                area.set_value(&update.value);
                textbox::select(&area, update.selection);
                textbox::grow(&area);
            }
            (Err(error), _) => session.refuse(&error),
            _ => {}
        }
    }

    fn take_back(self, session: &Session) {
        self.stop_waiting();
        let text = self.text.try_update_value(Option::take).flatten();
        if let Some(Err(error)) = text.map(|text| text.take_back(session.workspace())) {
            session.refuse(&error);
        }
    }

    fn with_text(self, act: impl FnOnce(&mut TextSession)) {
        let _ = self.text.try_update_value(|text| text.as_mut().map(act));
    }

    fn stop_waiting(self) {
        if let Some(handle) = self.pause.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    }
}

/// A change of the note's text from elsewhere is merged into the open box.
fn follow_colleagues(session: &Session, id: &EntityId, editing: Editing) {
    let Some(note) = session.workspace().projection().note(id) else {
        return;
    };
    let session = session.clone();
    Effect::new(move |before: Option<String>| {
        let text = note.body.with(|body| body.text.clone());
        if before.is_some_and(|before| before != text) {
            editing.reconcile(&session);
        }
        text
    });
}

/// However the box goes away, what was typed is kept: by a click elsewhere, by another view, or
/// because a colleague deleted the note, which then is offered back with this text.
fn keep_on_leaving(session: &Session, editing: Editing) {
    let session = session.clone();
    on_cleanup(move || {
        editing.stop_waiting();
        let Some(mut text) = editing.text.try_update_value(Option::take).flatten() else {
            return;
        };
        queue_microtask(move || {
            text.compose(false);
            if let Err(error) = text.reconcile(session.workspace(), workspace::Selection::default())
            {
                session.refuse(&error);
            }
        });
    });
}

/// The box has lost the focus: the note shows its text again.
fn close(session: &Session, id: &EntityId) {
    if session.editing().get_untracked().as_ref() == Some(id) {
        session.editing().set(None);
    }
}

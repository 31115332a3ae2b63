//! The text of a note in a box of several lines: typing is committed after each pause, a
//! colleague's edit merges in, and leaving keeps everything.

use std::time::Duration;

use domain::EntityId;
use leptos::html::Textarea;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use web_sys::HtmlTextAreaElement;
use workspace::{Selection, Session, TextSession};

use crate::i18n::t;
use crate::ui::unique_id;

/// How long a pause in typing is before it is committed.
const PAUSE: Duration = Duration::from_millis(400);

/// One open box.
#[derive(Clone, Copy)]
struct Editing {
    area: NodeRef<Textarea>,
    text: StoredValue<Option<TextSession>, LocalStorage>,
    pause: StoredValue<Option<TimeoutHandle>>,
}

/// The text of a note, to edit.
#[component]
pub(super) fn NoteText(
    /// The note.
    id: EntityId,
    /// The session.
    session: Session,
) -> impl IntoView {
    let field = unique_id("note-text");
    let text = TextSession::start(session.workspace(), &id);
    let first = text
        .as_ref()
        .map(|text| text.value().to_owned())
        .unwrap_or_default();
    let editing = Editing {
        area: NodeRef::new(),
        text: StoredValue::new_local(text),
        pause: StoredValue::new(None),
    };
    follow(&session, &id, editing);
    let leaving = session.clone();
    on_cleanup(move || editing.leave(leaving));
    let (typing, composed, left) = (session.clone(), session.clone(), session);
    view! {
        <div class="ui-field">
            <label class="ui-label" for=field.clone()>{move || t("details.text")}</label>
            <textarea
                node_ref=editing.area
                id=field
                class="ui-input ui-area"
                rows="3"
                spellcheck="true"
                autofocus=true
                prop:value=first
                on:input=move |_| editing.typed(&typing)
                on:blur=move |_| editing.reconcile(&left)
                on:compositionstart=move |_| editing.compose(true)
                on:compositionend=move |_| {
                    editing.compose(false);
                    editing.typed(&composed);
                }
            ></textarea>
        </div>
    }
}

impl Editing {
    fn typed(self, session: &Session) {
        let Some(area) = self.area.get_untracked() else {
            return;
        };
        let _ = self
            .text
            .try_update_value(|text| text.as_mut().map(|text| text.input(&area.value())));
        self.stop_waiting();
        let session = session.clone();
        let handle = set_timeout_with_handle(move || self.reconcile(&session), PAUSE).ok();
        let _ = self.pause.try_set_value(handle);
    }

    fn compose(self, composing: bool) {
        let _ = self
            .text
            .try_update_value(|text| text.as_mut().map(|text| text.compose(composing)));
    }

    /// Commits what was typed, lets in what a colleague typed, and shows the outcome.
    fn reconcile(self, session: &Session) {
        self.stop_waiting();
        let area = self.area.try_get_untracked().flatten();
        let selection = area.as_ref().map(selection).unwrap_or_default();
        // Taken out while it works: a commit wakes the effect that reconciles again.
        let Some(mut text) = self.text.try_update_value(Option::take).flatten() else {
            return;
        };
        let outcome = text.reconcile(session.workspace(), selection);
        let _ = self.text.try_set_value(Some(text));
        match (outcome, area) {
            (Ok(Some(update)), Some(area)) => {
                area.set_value(&update.value);
                select(&area, update.selection);
            }
            (Err(error), _) => session.refuse(&error),
            _ => {}
        }
    }

    /// The dialog goes away: what was typed is kept.
    fn leave(self, session: Session) {
        self.stop_waiting();
        let Some(mut text) = self.text.try_update_value(Option::take).flatten() else {
            return;
        };
        queue_microtask(move || {
            text.compose(false);
            if let Err(error) = text.reconcile(session.workspace(), Selection::default()) {
                session.refuse(&error);
            }
        });
    }

    fn stop_waiting(self) {
        if let Some(handle) = self.pause.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    }
}

/// A change of the note's text from elsewhere is merged into the open box.
fn follow(session: &Session, id: &EntityId, editing: Editing) {
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

fn selection(area: &HtmlTextAreaElement) -> Selection {
    let end = |value: Result<Option<u32>, _>| {
        value.ok().flatten().and_then(|at| usize::try_from(at).ok())
    };
    Selection {
        start: end(area.selection_start()).unwrap_or_default(),
        end: end(area.selection_end()).unwrap_or_default(),
    }
}

fn select(area: &HtmlTextAreaElement, selection: Selection) {
    let at = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    // Fails only on an element that has no text.
    let _ = area.set_selection_range(at(selection.start), at(selection.end));
}

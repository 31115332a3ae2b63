//! A note's text that is open in a box: typing is committed after each pause, a colleague's edit
//! merges in with the caret kept, and however the box goes away, what was typed stays.
//!
//! Typing is committed half a second late at most, so that a tab that dies loses no more; a page
//! that is left or hidden commits first.
//! A text that is too long, or whose note takes no words any more, stays in its box as long as that
//! is open, and then as the draft of its slot.
//! A box that is taken off the page because its note moves leaves its text and the caret to the one
//! that takes its place.
//! Invariant: the box is only written to with what the text session says.

mod handover;

use std::time::Duration;

use domain::EntityId;
use leptos::html::Textarea;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use workspace::{Draft, Message, Selection, Session, TextSession, Tone};

pub(crate) use handover::Handover;
use handover::Left;

use super::is_too_long;
use crate::platform::page;

/// How long a pause in typing is before it is committed.
const PAUSE: Duration = Duration::from_millis(400);

/// One open box: the text session and the element that it is typed in.
#[derive(Clone, Copy)]
pub(crate) struct OpenText {
    /// The box.
    pub(crate) area: NodeRef<Textarea>,
    text: StoredValue<Option<TextSession>, LocalStorage>,
    pause: StoredValue<Option<TimeoutHandle>>,
    /// Whether the session has been told that something typed waits here.
    told: StoredValue<bool>,
    /// How many UTF-16 units the box holds.
    length: RwSignal<usize>,
    /// What was the draft of the slot before the words of this box became it.
    rescued: StoredValue<Option<Draft>>,
    /// What was selected in the box that this one has taken over from.
    caret: StoredValue<Option<Selection>>,
}

impl OpenText {
    /// Opens the text of a note for as long as the component lives that calls this. Where notes
    /// move, it goes on with what a former box of the note has left in `handover`.
    pub(crate) fn open(session: &Session, id: &EntityId, handover: Option<Handover>) -> Self {
        let left = handover.and_then(|handover| handover.take(id));
        let (text, caret) = match left {
            Some(left) => (Some(left.text), Some(left.selection)),
            None => (TextSession::start(session.workspace(), id), None),
        };
        let open = Self {
            area: NodeRef::new(),
            text: StoredValue::new_local(text),
            pause: StoredValue::new(None),
            told: StoredValue::new(false),
            length: RwSignal::new(0),
            rescued: StoredValue::new(None),
            caret: StoredValue::new(caret),
        };
        open.measure();
        if let Some(handover) = handover {
            handover.opened(id, open);
        }
        if caret.is_some() {
            open.commit_soon(session);
        }
        open.follow_colleagues(session, id);
        open.keep_on_leaving(session, handover);
        open.keep_before_the_page(session);
        open
    }

    /// What the box shows first.
    pub(crate) fn first(self) -> String {
        self.text
            .with_value(|text| text.as_ref().map(|text| text.value().to_owned()))
            .unwrap_or_default()
    }

    /// How many UTF-16 units the box holds, for whoever tells how much room is left.
    pub(crate) const fn length(self) -> RwSignal<usize> {
        self.length
    }

    /// Whether the box holds more than a note can: it is committed once that has been cut.
    pub(crate) fn is_too_long(self) -> bool {
        self.length.try_get_untracked().is_some_and(is_too_long)
    }

    fn measure(self) {
        let length = self.text.try_with_value(|text| {
            text.as_ref()
                .map_or(0, |text| text.value().encode_utf16().count())
        });
        if self.length.try_get_untracked() != length {
            let _ = self.length.try_set(length.unwrap_or_default());
        }
    }

    /// The person has typed.
    pub(crate) fn typed(self, session: &Session) {
        let Some(area) = self.area.try_get_untracked().flatten() else {
            return;
        };
        self.with_text(|text| text.input(&area.value()));
        self.measure();
        grow(&area);
        self.commit_soon(session);
    }

    /// Commits after a pause, unless the person goes on typing.
    fn commit_soon(self, session: &Session) {
        self.tell(session);
        self.stop_waiting();
        let session = session.clone();
        let handle = set_timeout_with_handle(move || self.reconcile(&session), PAUSE).ok();
        let _ = self.pause.try_set_value(handle);
    }

    /// What the box that this one has taken over from had selected.
    pub(crate) fn caret(self) -> Option<Selection> {
        self.caret.try_get_value().flatten()
    }

    /// Goes on with what a former box has left.
    fn take_over(self, left: Left) {
        let (value, selection) = (left.text.value().to_owned(), left.selection);
        let _ = self.text.try_set_value(Some(left.text));
        let _ = self.caret.try_set_value(Some(selection));
        self.measure();
        if let Some(area) = self.area.try_get_untracked().flatten() {
            area.set_value(&value);
            select(&area, selection);
            grow(&area);
        }
    }

    /// Whether both are the same box.
    fn is(self, other: Self) -> bool {
        self.text == other.text
    }

    /// An input method starts or ends composing.
    pub(crate) fn compose(self, composing: bool) {
        self.with_text(|text| text.compose(composing));
    }

    /// Commits what was typed, lets in what a colleague typed, and shows the outcome.
    pub(crate) fn reconcile(self, session: &Session) {
        self.stop_waiting();
        if self.is_too_long() {
            return;
        }
        let area = self.area.try_get_untracked().flatten();
        let selected = area.as_ref().map(selection).unwrap_or_default();
        // Taken out while it works: a commit wakes the effect that reconciles again.
        let Some(mut text) = self.text.try_update_value(Option::take).flatten() else {
            return;
        };
        let outcome = text.reconcile(session.workspace(), selected);
        let _ = self.text.try_set_value(Some(text));
        self.measure();
        self.tell(session);
        match (outcome, area) {
            (Ok(Some(update)), Some(area)) => {
                area.set_value(&update.value);
                select(&area, update.selection);
                grow(&area);
            }
            (Err(error), _) => return session.refuse(&error),
            _ => {}
        }
        self.forget_rescue(session);
    }

    /// Takes back what was typed in this box; a colleague's words stay.
    pub(crate) fn take_back(self, session: &Session) {
        self.stop_waiting();
        self.forget_rescue(session);
        let text = self.text.try_update_value(Option::take).flatten();
        self.tell(session);
        if let Some(Err(error)) = text.map(|text| text.take_back(session.workspace())) {
            session.refuse(&error);
        }
    }

    fn with_text(self, act: impl FnOnce(&mut TextSession)) {
        let _ = self.text.try_update_value(|text| text.as_mut().map(act));
    }

    /// Tells the session whether something is typed here that the document does not have.
    fn tell(self, session: &Session) {
        let waits = self
            .text
            .try_with_value(|text| text.as_ref().is_some_and(TextSession::is_pending));
        let waits = waits.unwrap_or_default();
        let told = self
            .told
            .try_update_value(|told| std::mem::replace(told, waits));
        match (told, waits) {
            (Some(false), true) => session.typing_began(),
            (Some(true), false) => session.typing_ended(),
            _ => {}
        }
    }

    fn stop_waiting(self) {
        if let Some(handle) = self.pause.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    }

    /// A change of the note's text from elsewhere is merged into the box.
    fn follow_colleagues(self, session: &Session, id: &EntityId) {
        let Some(note) = session.workspace().projection().note(id) else {
            return;
        };
        let session = session.clone();
        Effect::new(move |before: Option<String>| {
            let text = note.body.with(|body| body.text.clone());
            if before.is_some_and(|before| before != text) {
                self.reconcile(&session);
            }
            text
        });
    }

    /// The page is left or hidden, perhaps for good: there may be no other moment.
    fn keep_before_the_page(self, session: &Session) {
        let session = session.clone();
        let leaving = page::before_leaving(move || {
            // What an input method is still composing would be lost with the page.
            self.compose(false);
            if self.is_too_long() {
                self.rescue(&session);
            } else {
                self.reconcile(&session);
            }
        });
        // For as long as the component lives.
        let _ = StoredValue::new_local(leaving);
    }

    /// By a click elsewhere, by another view, because a colleague moved the note, or because one
    /// deleted it, which then is offered back with this text.
    fn keep_on_leaving(self, session: &Session, handover: Option<Handover>) {
        let session = session.clone();
        on_cleanup(move || {
            self.stop_waiting();
            let text = self.text.try_update_value(Option::take).flatten();
            self.tell(&session);
            let Some(mut text) = text else {
                return;
            };
            text.compose(false);
            let already = self.rescued.try_update_value(Option::take).flatten();
            let is_open = session
                .editing()
                .with_untracked(|id| id.as_ref() == Some(text.id()));
            let finish = {
                let session = session.clone();
                move |text| finish(&session, text, already)
            };
            match handover.filter(|_| is_open) {
                Some(handover) => {
                    let area = self.area.try_get_untracked().flatten();
                    let selection = area.as_ref().map(selection).unwrap_or_default();
                    let left = Left { text, selection };
                    handover.leave(self, left, |left| finish(left.text));
                }
                None => queue_microtask(move || finish(text)),
            }
        });
    }

    /// The page may go with the box: its words wait as the draft of the note's slot.
    fn rescue(self, session: &Session) {
        self.forget_rescue(session);
        let words = self.text.try_with_value(|text| {
            let text = text.as_ref()?;
            session.rescue(text.id(), text.value())
        });
        let _ = self.rescued.try_set_value(words.flatten());
    }

    /// The box has gone on: what it held then is no draft any more.
    fn forget_rescue(self, session: &Session) {
        if let Some((canvas, slot, before)) = self.rescued.try_update_value(Option::take).flatten()
        {
            session.keep_draft(&canvas, &slot, &before);
        }
    }
}

/// The box is gone for good: what was typed is committed, or kept as the draft of its slot.
fn finish(session: &Session, mut text: TextSession, already: Option<Draft>) {
    if let Some((canvas, slot, before)) = already {
        session.keep_draft(&canvas, &slot, &before);
    }
    let outcome = text.reconcile(session.workspace(), Selection::default());
    if outcome.is_err() && session.rescue(text.id(), text.value()).is_some() {
        session.toast(Message::plain("toast.kept_as_draft"), Tone::Problem, None);
    } else if let Err(error) = outcome {
        session.refuse(&error);
    }
}

/// Makes the box as high as its text, in browsers whose style sheets cannot (`field-sizing`).
pub(crate) fn grow(area: &HtmlTextAreaElement) {
    if web_sys::css::supports_with_value("field-sizing", "content").unwrap_or(false) {
        return;
    }
    let style = HtmlElement::style(area);
    // Styles that are refused leave a box that scrolls.
    let _ = style.set_property("height", "auto");
    let _ = style.set_property("height", &format!("{}px", area.scroll_height()));
}

/// Selects that part of the box's text.
pub(crate) fn select(area: &HtmlTextAreaElement, selection: Selection) {
    let unit = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    // Fails only on an element that has no text.
    let _ = area.set_selection_range(unit(selection.start), unit(selection.end));
}

fn selection(area: &HtmlTextAreaElement) -> Selection {
    let unit = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or_default() as usize;
    Selection {
        start: unit(area.selection_start()),
        end: unit(area.selection_end()),
    }
}

//! The title of a canvas and those of its slots, one a line: enough to make one. It is another view of
//! the same text.

use domain::catalogue::{Canvas, Outline};
use leptos::prelude::*;
use workspace::Session;

use super::draft::Draft;
use crate::i18n::{language, t};
use crate::ui::{TextArea, TextField};

/// Lines for slots in sight.
const ROWS: u32 = 4;

/// The fields.
#[component]
pub(super) fn OutlineFields(
    /// The text that they are about.
    draft: Draft,
    /// The session, which knows what is called what already.
    session: Session,
) -> impl IntoView {
    let fields = Fields {
        title: RwSignal::new(String::new()),
        slots: RwSignal::new(String::new()),
    };
    // The last one that could be read: what is being typed need not be one at every letter.
    let canvas = StoredValue::new(None::<Canvas>);
    Effect::new(move |_| {
        if let Ok(read) = draft.reading.get() {
            fields.show(&Outline::of(&read, language().code()));
            canvas.set_value(Some(read));
        }
    });
    Effect::new(move |_| {
        let wanted = fields.outline();
        let code = language().code();
        let Some(canvas) = canvas.get_value() else {
            return;
        };
        let is_so = draft.reading.with_untracked(Result::is_ok);
        if is_so && Outline::of(&canvas, code) == wanted {
            return;
        }
        let projection = session.workspace().projection();
        let is_taken = |id: &_| projection.canvas(id).is_some();
        draft.text.set(wanted.carried_out(&canvas, code, is_taken));
    });
    view! {
        <TextField label=move || t("own_canvas.title") value=fields.title autofocus=true/>
        <TextArea
            label=move || t("own_canvas.slot_titles")
            value=fields.slots
            hint=Signal::derive(|| Some(t("own_canvas.slot_titles_more")))
            rows=ROWS
        />
    }
}

/// What stands in the fields.
#[derive(Clone, Copy)]
struct Fields {
    title: RwSignal<String>,
    slots: RwSignal<String>,
}

impl Fields {
    fn outline(self) -> Outline {
        let slots = self.slots.get();
        let lines = slots.lines().map(str::trim).filter(|line| !line.is_empty());
        Outline {
            title: self.title.with(|title| title.trim().to_owned()),
            slots: lines.map(str::to_owned).collect(),
        }
    }

    /// Shows it; fields that say the same already keep their blanks and the caret.
    fn show(self, outline: &Outline) {
        if untrack(|| self.outline()) != *outline {
            self.title.set(outline.title.clone());
            self.slots.set(outline.slots.join("\n"));
        }
    }
}

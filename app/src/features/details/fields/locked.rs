//! A value that a lock holds: whoever changes it is asked first, since the experiment is invalid for
//! ever afterwards.
//!
//! Invariant: until the answer, nothing is written; whoever closes the details has kept the plan.

use domain::FieldValue;
use leptos::prelude::*;

use crate::i18n::t;
use crate::ui::{Button, ButtonLook};

/// What somebody entered and has to answer for.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    write: Callback<Option<FieldValue>>,
    is_locked: Callback<(), bool>,
    waiting: RwSignal<Option<Option<FieldValue>>>,
    refused: RwSignal<u32>,
}

impl Asking {
    /// Writes at once what no lock holds.
    pub(super) fn new(
        write: Callback<Option<FieldValue>>,
        is_locked: impl Fn() -> bool + Send + Sync + 'static,
    ) -> Self {
        Self {
            write,
            is_locked: Callback::new(move |()| is_locked()),
            waiting: RwSignal::new(None),
            refused: RwSignal::new(0),
        }
    }

    /// Writes the value, or asks first.
    pub(super) fn set(&self, value: Option<FieldValue>) {
        match self.is_locked.run(()) {
            true => self.waiting.set(Some(value)),
            false => self.write.run(value),
        }
    }

    /// Read where the box is drawn: it shows the kept value anew once a change was refused.
    pub(super) fn follow(&self) {
        self.refused.track();
    }

    /// The question, while there is one.
    pub(super) fn question(self) -> impl IntoView {
        let change = move || {
            if let Some(value) = self.waiting.try_update(Option::take).flatten() {
                self.write.run(value);
            }
        };
        let keep = move || {
            self.waiting.set(None);
            self.refused.update(|times| *times += 1);
        };
        move || {
            self.waiting.with(Option::is_some).then(|| view! {
                <div class="details-question" role="alert">
                    <p>{t("details.locked_asks")}</p>
                    <Button label=move || t("details.locked_change") look=ButtonLook::Danger on_press=change/>
                    <Button label=move || t("details.locked_keep") on_press=keep/>
                </div>
            })
        }
    }
}

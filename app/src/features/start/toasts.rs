//! The start page's own short messages: there is no session here to keep them.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::i18n::t;
use crate::ui::{ToastItem, ToastRegion, Tone};

/// How long a calm message stays.
const CALM: Duration = Duration::from_secs(10);

/// The messages on show.
#[derive(Clone, Copy)]
pub(super) struct StartToasts {
    items: RwSignal<Vec<ToastItem>, LocalStorage>,
    latest: StoredValue<u64>,
}

impl StartToasts {
    /// None yet.
    pub(super) fn new() -> Self {
        Self {
            items: RwSignal::new_local(Vec::new()),
            latest: StoredValue::new(0),
        }
    }

    /// Says what happened, with a way back if there is one. It leaves by itself.
    pub(super) fn tell(self, words: String, undo: Option<Box<dyn Fn() + Send + Sync>>) {
        let Some(id) = self.next() else { return };
        let action = undo.map(|undo| {
            let run: Arc<dyn Fn() + Send + Sync> = Arc::new(move || {
                self.dismiss(id);
                undo();
            });
            (ArcSignal::derive(|| t("command.edit.undo")), run)
        });
        self.show(ToastItem {
            id,
            words: words.into(),
            tone: Tone::Calm,
            action,
        });
        set_timeout(move || self.dismiss(id), CALM);
    }

    /// Says what went wrong. It stays until it is dismissed.
    pub(super) fn problem(self, words: String) {
        let Some(id) = self.next() else { return };
        self.show(ToastItem {
            id,
            words: words.into(),
            tone: Tone::Problem,
            action: None,
        });
    }

    /// The place where they appear.
    pub(super) fn region(self) -> impl IntoView {
        let items = self.items;
        view! { <ToastRegion items=Signal::derive_local(move || items.get()) on_dismiss=move |id| self.dismiss(id)/> }
    }

    /// `None` once the page has been left.
    fn next(self) -> Option<u64> {
        self.latest.try_update_value(|latest| {
            *latest += 1;
            *latest
        })
    }

    fn show(self, item: ToastItem) {
        let _ = self.items.try_update(|items| items.push(item));
    }

    fn dismiss(self, id: u64) {
        let _ = self
            .items
            .try_update(|items| items.retain(|item| item.id != id));
    }
}

//! When damaged chunks stop mattering: the server and this device hold the same, and no change waits
//! for one that is missing. What the chunks held has then come back from the other side.

use std::rc::Rc;

use leptos::prelude::{GetUntracked, Set};
use wasm_bindgen_futures::spawn_local;

use super::Inner;

impl Inner {
    /// Withdraws the report of damaged chunks once nothing is missing any more.
    pub(super) fn recover(self: &Rc<Self>) {
        if self.damaged.get_untracked() == 0 || !self.is_acknowledged() {
            return;
        }
        let missing = self
            .workspace
            .with_document(|document| document.missing_dependencies());
        if missing != Some(0) {
            return;
        }
        self.damaged.set(0);
        self.compact_soon();
        let (chunks, id) = (self.device.chunks().clone(), self.id);
        spawn_local(async move {
            // A note that cannot be written is written after the next opening.
            let _ = chunks.note_recovered(&id).await;
        });
    }
}

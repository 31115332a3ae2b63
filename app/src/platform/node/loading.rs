//! Opening: the chunks of this device become the document; what cannot be read is put aside, and
//! the other tabs and the server are asked for what is missing.

use std::rc::Rc;

use document::ProductDocument;
use leptos::prelude::Set;

use super::Inner;
use crate::platform::chunk_store::{Chunk, Loaded};
use crate::platform::clock;

impl Inner {
    /// Loads the document and attaches it. `painted`: there is a picture, which the browser should
    /// get to paint before this keeps the thread busy.
    pub(super) async fn load(self: Rc<Self>, painted: bool) {
        let loaded = self.device.chunks().load(&self.id).await;
        if painted {
            clock::painted().await;
        }
        let (document, damaged) = self.read(loaded).await;
        if damaged > 0 {
            self.damaged.set(damaged);
        }
        self.keeping.start(document.heads());
        self.workspace.attach(document);
        clock::mark("groundwork:editable");
        self.refresh_availability();
        self.siblings_join();
        self.server_connect();
        self.paint_soon();
        self.compact_soon();
        self.status_soon();
    }

    /// The document that the chunks make, and how many chunks are damaged. Those that it rejects go
    /// into quarantine; those from there that it understands by now come back.
    async fn read(&self, loaded: Loaded) -> (ProductDocument, usize) {
        let Loaded {
            chunks,
            second_chances,
            mut damaged,
            ..
        } = loaded;
        let known = chunks.len();
        let all: Vec<Chunk> = chunks.into_iter().chain(second_chances).collect();
        if all.is_empty() {
            return (ProductDocument::awaiting(self.device.session()), damaged);
        }
        let (document, rejected) = ProductDocument::load(self.device.session(), &all);
        damaged += rejected.len();
        let (mut returned, mut refused) = (Vec::new(), Vec::new());
        for (index, chunk) in all.into_iter().enumerate() {
            match (
                rejected.iter().find(|rejected| rejected.index == index),
                index < known,
            ) {
                (None, true) => self.keeping.contains([chunk.key]),
                (None, false) => {
                    self.keeping.contains([chunk.key.clone()]);
                    returned.push(chunk);
                }
                (Some(rejected), true) => refused.push((chunk, rejected.error.clone())),
                // It stays in quarantine.
                (Some(_), false) => {}
            }
        }
        // A move that fails is tried again at the next opening: nothing was deleted.
        let _ = self.device.chunks().quarantine(&refused).await;
        let _ = self.device.chunks().release(&returned).await;
        (document, damaged)
    }
}

//! Opening: the chunks of this device become the document; what cannot be read is put aside, and
//! the other tabs and the server are asked for what is missing.

use std::rc::Rc;

use document::ProductDocument;
use leptos::prelude::{GetUntracked, Set};

use super::Inner;
use crate::platform::chunk_store::{Chunk, ChunkKey, Loaded};
use crate::platform::clock;

impl Inner {
    /// Loads the document and attaches it. `painted`: there is a picture, which the browser should
    /// get to paint before this keeps the thread busy.
    pub(super) async fn load(self: Rc<Self>, painted: bool) {
        let loaded = self.device.chunks().load(&self.id).await;
        if painted {
            clock::painted().await;
        }
        let damaged = loaded.damaged;
        let document = self.read(loaded).await;
        self.keeping.start(document.heads());
        let damaged = damaged + self.damaged.get_untracked();
        if damaged != self.damaged.get_untracked() {
            self.damaged.set(damaged);
        }
        self.workspace.attach(document);
        self.refresh_availability();
        self.siblings_join();
        self.server_connect();
        self.paint_soon();
        self.compact_soon();
        self.status_soon();
    }

    /// The document that the chunks make. Those it rejects go into quarantine; those from there
    /// that it understands by now come back.
    async fn read(&self, loaded: Loaded) -> ProductDocument {
        let session = self.device.session();
        let Loaded {
            chunks,
            mut second_chances,
            ..
        } = loaded;
        let from_quarantine = second_chances.len();
        let mut all = chunks;
        all.append(&mut second_chances);
        if all.is_empty() {
            return ProductDocument::awaiting(session);
        }
        let (document, rejected) = ProductDocument::load(session, &all);
        let first_second_chance = all.len() - from_quarantine;
        let (mut accepted, mut returned, mut refused) =
            (Vec::<ChunkKey>::new(), Vec::new(), Vec::new());
        for (index, chunk) in all.into_iter().enumerate() {
            let error = rejected.iter().find(|rejected| rejected.index == index);
            match error {
                None => {
                    accepted.push(chunk.key.clone());
                    if index >= first_second_chance {
                        returned.push(chunk);
                    }
                }
                Some(error) => {
                    refused.push((chunk, error.error.clone(), index >= first_second_chance))
                }
            }
        }
        self.keeping.contains(accepted);
        if !refused.is_empty() {
            self.damaged.set(refused.len());
        }
        let fresh: Vec<(Chunk, String)> = refused
            .into_iter()
            .filter(|(_, _, known)| !known)
            .map(|(chunk, reason, _)| (chunk, reason))
            .collect();
        // A move that fails is tried again at the next opening: nothing was deleted.
        let _ = self.device.chunks().quarantine(&fresh).await;
        let _ = self.device.chunks().release(&returned).await;
        document
    }
}

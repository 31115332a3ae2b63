//! The open workspace as a file, and what a file has of it.

use document::Heads;
use leptos::prelude::GetUntracked;

use super::Node;
use crate::platform::bundle::{self, BundleProblem};

impl Node {
    /// The workspace with its whole history as one file; none before it has loaded.
    pub fn saved(&self) -> Option<Vec<u8>> {
        let write = |document: &document::ProductDocument| {
            let ready = document.is_ready();
            ready.then(|| bundle::write(self.id, document))
        };
        self.workspace.with_document(write).flatten()
    }

    /// Merges what a file has of this workspace; how many changes were new.
    ///
    /// # Errors
    /// When it is no whole file of this workspace, or this person may not change it.
    pub fn merge(&self, file: &[u8]) -> Result<usize, BundleProblem> {
        if !self.workspace.access().get_untracked().may_edit() {
            return Err(BundleProblem::NotAllowed);
        }
        let chunks = bundle::chunks_of(bundle::read(file)?, &self.id)?;
        let before = self
            .workspace
            .with_document(|document| (document.is_ready(), document.heads()));
        let Some((true, before)) = before else {
            return Err(BundleProblem::NotReady);
        };
        // On a copy first: what has been merged cannot be taken back.
        let snapshot = self
            .workspace
            .with_document(document::ProductDocument::snapshot);
        let together: Vec<_> = snapshot.into_iter().chain(chunks.iter().cloned()).collect();
        let session = self.inner().device.session();
        let (copy, rejected) = document::ProductDocument::load(session, &together);
        if !rejected.is_empty() {
            return Err(BundleProblem::Damaged);
        }
        bundle::fits(&copy)?;
        let mut taken = Ok(());
        self.workspace.apply(|document| {
            let mut dirty = document::DirtySet::default();
            for chunk in &chunks {
                match document.apply_chunk(chunk) {
                    Ok(more) => dirty.merge(more),
                    Err(_) => taken = Err(BundleProblem::Damaged),
                }
            }
            dirty
        });
        // Changes that show nowhere announce nothing, and are kept all the same.
        self.inner().merged();
        taken?;
        Ok(self.changes_after(&before))
    }

    fn changes_after(&self, before: &Heads) -> usize {
        let count = |document: &document::ProductDocument| document.changes_since(before);
        self.workspace.with_document(count).unwrap_or_default()
    }
}

impl super::Inner {
    /// Changes have come in from a file.
    fn merged(self: &std::rc::Rc<Self>) {
        self.keep();
        self.recover();
        self.refresh_availability();
        self.server_pump();
        self.status_soon();
    }
}

//! A workspace in one file: saved here, merged there, with no server between.
//!
//! Invariant: a file is read as a whole or not at all (see [`sync::bundle`]), and merging it can only
//! add: merged twice, or late, it adds nothing that is there already.

use document::ProductDocument;
use domain::compact;
use sync::DocumentId;
use sync::bounded::Limits;
use sync::bundle::{Bundle, BundleError, BundledDocument, MAGIC};

use super::chunk::{Chunk, ChunkKind};
use super::{Device, clock, tabs};

/// The ending of such a file's name.
pub const ENDING: &str = "groundwork";

/// Why a file was not merged. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BundleProblem {
    /// It is something else.
    Foreign,
    /// A newer version wrote it.
    Newer,
    /// It is not complete.
    Torn,
    /// It is damaged, or holds what no document takes.
    Damaged,
    /// It holds another workspace, of this name.
    Other(String),
    /// The workspace has not loaded.
    NotReady,
    /// This device has the workspace open to look at alone.
    NotAllowed,
    /// The device could not keep it.
    NotStored,
}

impl From<BundleError> for BundleProblem {
    fn from(error: BundleError) -> Self {
        match error {
            BundleError::Foreign => Self::Foreign,
            BundleError::Newer(_) => Self::Newer,
            BundleError::Torn => Self::Torn,
            BundleError::Damaged | BundleError::Refused(_) => Self::Damaged,
        }
    }
}

/// Whether a file is a saved workspace, whole or not.
pub fn is_bundle(file: &[u8]) -> bool {
    file.starts_with(&MAGIC)
}

/// The file of one workspace.
pub(super) fn write(id: DocumentId, document: &ProductDocument) -> Vec<u8> {
    Bundle {
        name: document.name(),
        made: clock::now(),
        documents: vec![BundledDocument {
            id,
            chunks: vec![document.snapshot()],
        }],
    }
    .write()
}

/// What a file holds.
pub(super) fn read(file: &[u8]) -> Result<Bundle, BundleProblem> {
    Ok(Bundle::read(file, &Limits::default())?)
}

impl Device {
    /// Takes in the workspace that a file holds: a new one on this device, or what is new of one
    /// that is here. Open tabs see it at once.
    ///
    /// # Errors
    /// When the file is not a whole workspace, would spoil the one that is here, which this device may
    /// only look at, or cannot be kept.
    pub async fn take_in(&self, file: &[u8]) -> Result<DocumentId, BundleProblem> {
        let mut documents = read(file)?.documents;
        if documents.is_empty() {
            return Err(BundleProblem::Damaged);
        }
        let BundledDocument { id, chunks } = documents.swap_remove(0);
        if !self.may_change(&id).await {
            return Err(BundleProblem::NotAllowed);
        }
        let (document, rejected) = ProductDocument::load(self.session(), &chunks);
        if !rejected.is_empty() || !document.is_ready() {
            return Err(BundleProblem::Damaged);
        }
        fits(&document)?;
        let bytes = document.snapshot();
        let chunk = Chunk::new(&id, ChunkKind::Snapshot, &bytes).at_heads(document.heads());
        let kept = self.chunks().put_durably(chunk).await;
        kept.map_err(|_| BundleProblem::NotStored)?;
        tabs::tell(&id, &bytes, &document.heads());
        self.note_opened(&id, &document.name());
        Ok(id)
    }
}

/// Whether this version can show a document with what a file holds.
pub(super) fn fits(document: &ProductDocument) -> Result<(), BundleProblem> {
    if document.is_from_newer_version() {
        return Err(BundleProblem::Newer);
    }
    Ok(())
}

/// The chunks of one document of a file, in the order in which they stand there.
pub(super) fn chunks_of(bundle: Bundle, id: &DocumentId) -> Result<Vec<Vec<u8>>, BundleProblem> {
    let name = bundle.name;
    let mut all = Vec::new();
    for document in bundle.documents {
        if document.id == *id {
            all.extend(document.chunks);
        }
    }
    if all.is_empty() {
        return Err(BundleProblem::Other(name));
    }
    // The whole documents first: they hold what changes build on.
    compact::sort_by_key(&mut all, |chunk| chunk.get(8).copied());
    Ok(all)
}

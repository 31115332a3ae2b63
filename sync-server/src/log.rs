//! What may be written to the log of a document: knowing its id is the right to edit it, so no
//! log line carries it in full.

use sync::DocumentId;

/// The first characters of a document's id: enough to follow it through a log, not to open it.
pub(crate) fn short(document: &DocumentId) -> String {
    const SHOWN: usize = 6;
    let mut text = document.to_string();
    text.truncate(SHOWN);
    text.push('…');
    text
}

//! Files of the open workspace: "Export…" takes it out, "Import…" lets a file in, or merges a
//! saved workspace.
//!
//! Invariant: an import is looked at before it happens, happens as one gesture, and a file that
//! cannot be read changes nothing. An export needs no server and no working storage.

mod export;
mod file_name;
mod import;
mod merge;
mod preview;

pub(crate) use export::ExportDialog;
pub(crate) use import::ImportDialog;

//! The product document: an Automerge document that holds a workspace, read as plain data and
//! changed by commands alone.
//!
//! Nothing of Automerge leaves this crate except through the two doors for the sync shell,
//! [`ProductDocument::exchange`] and [`ProductDocument::peek`]. The rules, numbered, are in
//! `app/docs/SPEC.md`; tests cite them.

mod anew;
mod command;
mod delta;
mod digest;
mod dirty;
mod error;
mod execute;
mod genesis;
mod heads;
mod history;
mod identity;
mod intrusion;
mod label;
mod last_edit;
pub mod later;
mod merge;
mod order;
mod outmoved;
mod plans;
mod product;
mod read;
mod record;
mod schema;
mod wiped;
mod writer;

pub use command::{Anchor, Command, Context, NewLink, Position, TextSplice};
pub use dirty::DirtySet;
pub use error::{ChunkError, CommandError, RejectedChunk};
pub use execute::{ImportOutlook, is_too_much};
pub use heads::{Heads, NotHeads};
pub use history::UndoOutcome;
pub use identity::SessionIdentity;
pub use intrusion::Intrusion;
pub use label::GestureLabel;
pub use last_edit::LastEdit;
pub use product::ProductDocument;
pub use schema::LONGEST_TEXT;

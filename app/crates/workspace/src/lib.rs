//! The workspace as the interface sees it: the projection of the document into signals, what one
//! tab looks at, and the table of commands.
//!
//! Everything takes one way: command → transaction on the document → dirty set → re-read → compare
//! → set the signal. This crate depends on `reactive_graph` alone of the reactive stack and runs
//! natively; it knows no DOM, storage or network.

mod access;
pub mod announce;
pub mod backoff;
pub mod commands;
mod environment;
mod figures;
pub mod keys;
mod listeners;
mod message;
pub mod navigation;
pub mod presence;
mod projection;
pub mod search;
mod session;
pub mod status;
mod text_session;
mod workspace;

pub use access::{Access, Ending, Role};
pub use commands::{Group, UserCommand, commands};
pub use environment::Environment;
pub use figures::Figures;
pub use listeners::{Listeners, Subscription};
pub use message::{Message, Toast, Tone};
pub use projection::{Body, Note, OwnCanvas, Projection};
pub use session::{Dialog, Draft, Request, Session, Theme, refusal};
pub use status::SyncStatus;
pub use text_session::{BoxUpdate, Selection, TextSession};
pub use workspace::{Change, Origin, Workspace};

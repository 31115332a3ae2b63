//! A workspace as JSON: `{"format": "groundwork", "version": 1, …}`.
//!
//! Written for a person to read and write by hand as well: ids may be any distinct texts, and
//! everything optional may be left out. See `app/docs/format.md`.

mod node;
mod read;
mod write;
mod written;

pub(super) use read::read;
pub use write::to_json;

/// The value of `format`.
const FORMAT: &str = "groundwork";

#[cfg(test)]
mod tests;

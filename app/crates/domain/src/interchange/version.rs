//! The version of a file of our own. Nothing but this one will do: what a wrong one meant nobody
//! knows.

use serde_json::Value;

use super::Complaint;
use crate::ImportError;

/// The version of the format that is read and written.
pub(super) const VERSION: u64 = 1;

/// Holds a version that stands in that line to this one; `place` says where it stands.
///
/// # Errors
/// It is a newer one, or none at all.
pub(super) fn check(version: &Value, line: usize, place: Complaint) -> Result<(), ImportError> {
    let number = version.as_f64().unwrap_or_default();
    if number == VERSION as f64 {
        return Ok(());
    }
    let is_newer = number > VERSION as f64 && number.fract() == 0.0;
    Err(match version.as_u64().filter(|_| is_newer) {
        Some(version) => ImportError::NewerVersion {
            line,
            version,
            newest: VERSION,
        },
        None => ImportError::Invalid {
            line,
            place: vec![place],
            problem: Complaint::new("import.problem.version").with("found", version.to_string()),
        },
    })
}

//! What can be put in order.

/// The kinds that can be put in order.
pub(super) const ITEMS: &[&str] = &["solution", "roadmap-item", "backlog-item", "opportunity"];

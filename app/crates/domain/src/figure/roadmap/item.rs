//! What the figures of a roadmap are about.

pub(super) const ITEM: &[&str] = &["roadmap-item"];

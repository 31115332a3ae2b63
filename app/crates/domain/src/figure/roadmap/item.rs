//! What the figures of a roadmap are about, and what of it is with customers.

use super::super::context::Context;
use crate::index::Handle;

pub(super) const ITEM: &[&str] = &["roadmap-item"];

/// Whether an item has been shipped by today.
pub(super) fn is_shipped(context: &Context<'_>, item: Handle) -> bool {
    let by_status = matches!(
        context.text(item, "status"),
        Some("measuring" | "kept" | "rolled-back")
    );
    by_status
        || context
            .days_ago(item, "shipped-on")
            .is_some_and(|days| days >= 0)
}

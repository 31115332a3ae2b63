//! What can be put in order, and what of it is over.

use super::super::context::Context;
use super::super::record::Figure;
use super::super::remark::{self, Part};
use crate::index::{Handle, Reader};
use crate::value::Date;

/// The kinds that can be put in order.
pub(super) const ITEMS: &[&str] = &["solution", "roadmap-item", "backlog-item", "opportunity"];

/// Whether an item is done or given up, so that no work is planned for it any more.
pub(in super::super) fn is_over(reader: &Reader<'_>, item: Handle, today: Date) -> bool {
    let (kind, status) = standing(reader, item);
    let is_past = |field| reader.date(item, field).is_some_and(|date| date <= today);
    let is_done = match kind {
        "solution" => status == "live",
        "roadmap-item" => {
            ["measuring", "kept", "rolled-back"].contains(&status)
                || reader.text(item, "lane") == Some("done")
                || is_past("shipped-on")
        }
        "backlog-item" => status == "done" || is_past("done-on"),
        _ => false,
    };
    is_done || is_given_up(kind, status)
}

/// Whether an item was given up.
pub(in super::super) fn is_dropped(reader: &Reader<'_>, item: Handle) -> bool {
    let (kind, status) = standing(reader, item);
    is_given_up(kind, status)
}

fn is_given_up(kind: &str, status: &str) -> bool {
    matches!(
        (kind, status),
        ("roadmap-item", "killed") | ("solution" | "backlog-item", "dropped")
    )
}

/// The kind of an item and its status, empty where it has none.
fn standing<'a>(reader: &Reader<'a>, item: Handle) -> (&'a str, &'a str) {
    let status = reader.text(item, "status").unwrap_or_default();
    (reader.kind(item), status)
}

impl Figure {
    /// Whether an item is still to be done, and so to be put in order; one that is not is named.
    pub(super) fn is_to_do(&mut self, context: &Context<'_>, item: Handle) -> bool {
        let is_over = is_over(context, item, context.today);
        if is_over {
            let reason = Part::Name("done or dropped");
            self.remark_with(&remark::LEFT_OUT, [context.part(item), reason]);
        }
        !is_over
    }
}

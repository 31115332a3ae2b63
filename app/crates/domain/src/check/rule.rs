//! A check and how it is carried out.

use super::ask::Ask;
use super::finding::Report;
use super::kind::CheckKind;
use crate::index::Handle;

/// A check and how it is carried out.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) kind: CheckKind,
    pub(super) run: Run,
}

/// What a rule looks at.
#[derive(Debug)]
pub(super) enum Run {
    /// Each entity of these kinds; of all kinds where none is named.
    Entity(
        &'static [&'static str],
        fn(&Ask<'_>, Handle, &mut Report<'_>),
    ),
    /// The workspace as a whole.
    Workspace(fn(&Ask<'_>, &mut Report<'_>)),
}

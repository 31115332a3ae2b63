//! What a link lets people do.

use std::fmt;
use std::str::FromStr;

/// A role; each may do what those before it may.
///
/// The server knows no schema: what it can enforce is who may read and who may write which
/// document of a workspace (see [`super::Registration`]). Whatever a role may not do inside a
/// document that it may write is hidden by the app, not prevented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Read.
    View,
    /// Write where comments are kept.
    Comment,
    /// Write.
    Edit,
    /// Write where a workshop is led from.
    Facilitate,
    /// Decide who may do what.
    Own,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 5] = [
        Self::View,
        Self::Comment,
        Self::Edit,
        Self::Facilitate,
        Self::Own,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Comment => "comment",
            Self::Edit => "edit",
            Self::Facilitate => "facilitate",
            Self::Own => "own",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Not the name of a role.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownRole;

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(name: &str) -> Result<Self, UnknownRole> {
        Self::ALL
            .into_iter()
            .find(|role| role.name() == name)
            .ok_or(UnknownRole)
    }
}

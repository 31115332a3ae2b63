//! A link as the server keeps it, and the documents that a workspace consists of.

use std::fmt;

use sync::DocumentId;

use super::Role;

/// What a link is called by in the API; it opens nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkId(String);

impl LinkId {
    /// The id of these random bytes.
    #[must_use]
    pub fn new(random: u64) -> Self {
        Self(format!("{random:016x}"))
    }

    /// As it was stored, or as someone wrote it.
    #[must_use]
    pub fn from_text(text: String) -> Self {
        Self(text)
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LinkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A link, without its key. Times are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is called by.
    pub id: LinkId,
    /// What it lets people do.
    pub role: Role,
    /// What its maker calls it; may be empty.
    pub label: String,
    /// When it was made.
    pub created: i64,
    /// When it ends, if it does.
    pub expires: Option<i64>,
    /// When it was last used, to the minute.
    pub last_used: Option<i64>,
    /// When it was revoked, if it was.
    pub revoked: Option<i64>,
}

/// What becomes of a link; what is none stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkChange {
    /// Another role.
    pub role: Option<Role>,
    /// Another label.
    pub label: Option<String>,
    /// Another end, or none any more.
    pub expires: Option<Option<i64>>,
    /// When it was revoked.
    pub revoked: Option<i64>,
}

/// A document in a workspace. The workspace's own document is in it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The document.
    pub document: DocumentId,
    /// The workspace, called by its product document.
    pub workspace: DocumentId,
    /// The least role that may read it.
    pub read: Role,
    /// The least role that may write to it.
    pub write: Role,
}

impl Registration {
    /// As documents usually are: everyone in the workspace reads, editors write.
    #[must_use]
    pub fn usual(document: DocumentId, workspace: DocumentId) -> Self {
        Self {
            document,
            workspace,
            read: Role::View,
            write: Role::Edit,
        }
    }
}

//! A secret that a client shows the server, which knows what it opens.

use std::fmt;

/// A key as it stands in a link. The engine passes it on and does not know what it means; it is
/// never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessKey(String);

impl AccessKey {
    /// The key, to be given to whoever decides.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for AccessKey {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for AccessKey {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessKey(…)")
    }
}

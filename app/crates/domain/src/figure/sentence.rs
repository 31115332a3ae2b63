//! A sentence about figures, and how sentences are declared.

use crate::localised::pick;

/// A sentence about figures, under a stable id.
#[derive(Debug, PartialEq, Eq)]
pub struct RemarkKind {
    /// Its name in files, such as `moonshot`.
    pub id: &'static str,
    pub(super) texts: [&'static str; 3],
}

impl RemarkKind {
    /// Its sentence in that language, else in English.
    #[must_use]
    pub fn text(&self, language: &str) -> &'static str {
        pick(self.texts, language)
    }
}

/// Declares sentences, and lists them as `ALL`.
macro_rules! remarks {
    ($($name:ident $id:literal $texts:expr;)*) => {
        $(pub(in crate::figure) static $name: RemarkKind = RemarkKind { id: $id, texts: $texts };)*

        /// Every sentence of this file.
        pub(super) static ALL: &[&RemarkKind] = &[$(&$name),*];
    };
}
pub(super) use remarks;

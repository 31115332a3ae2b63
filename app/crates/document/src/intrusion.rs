//! What another program has written where the app keeps a workspace, counted, to be told.

/// What is left out, and what was put in the way. Zero both in a document that only the app has
/// changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Intrusion {
    /// How many containers have something else in their place, or beside them. They are read and
    /// written all the same; the document only takes longer, since every change of it is looked at
    /// as a whole.
    pub displaced: usize,
    /// How many notes, links, places and people cannot be read, and are left out.
    pub unreadable: usize,
}

impl Intrusion {
    /// Whether there is anything to tell.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

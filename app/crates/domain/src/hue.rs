//! The eight colours of notes and people, by name; what they look like is the style sheet's matter.

use serde::{Deserialize, Serialize};

/// A named colour. A note's field `colour` holds [`Hue::name`].
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(from = "String", into = "String")]
pub enum Hue {
    /// `yellow`
    Yellow,
    /// `orange`
    Orange,
    /// `red`
    Red,
    /// `violet`
    Violet,
    /// `blue`
    Blue,
    /// `cyan`
    Cyan,
    /// `green`
    Green,
    /// `grey`, and what an unknown name is read as
    #[default]
    Grey,
}

impl Hue {
    /// All hues, in the order in which a person chooses among them.
    pub const ALL: [Hue; 8] = [
        Hue::Yellow,
        Hue::Orange,
        Hue::Red,
        Hue::Violet,
        Hue::Blue,
        Hue::Cyan,
        Hue::Green,
        Hue::Grey,
    ];

    /// The name that is stored and exported.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Hue::Yellow => "yellow",
            Hue::Orange => "orange",
            Hue::Red => "red",
            Hue::Violet => "violet",
            Hue::Blue => "blue",
            Hue::Cyan => "cyan",
            Hue::Green => "green",
            Hue::Grey => "grey",
        }
    }

    /// The hue of that name, `None` if there is none.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Hue> {
        Hue::ALL.into_iter().find(|hue| hue.name() == name)
    }
}

impl From<String> for Hue {
    fn from(name: String) -> Self {
        Hue::from_name(&name).unwrap_or_default()
    }
}

impl From<Hue> for String {
    fn from(hue: Hue) -> Self {
        hue.name().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hue_is_found_by_its_name() {
        for hue in Hue::ALL {
            assert_eq!(Hue::from_name(hue.name()), Some(hue));
        }
    }

    #[test]
    fn a_hue_of_a_newer_version_reads_as_grey() {
        assert_eq!(serde_json::from_str::<Hue>("\"teal\"").unwrap(), Hue::Grey);
    }
}

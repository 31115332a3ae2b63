//! The languages that the interface speaks.

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English, complete by definition.
    English,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// English in disguise: accented, longer and in brackets, so that a forgotten text stands out.
    Pseudo,
}

impl Language {
    /// Every language, in the order in which a person chooses.
    pub const ALL: [Self; 4] = [Self::English, Self::German, Self::Spanish, Self::Pseudo];

    /// The BCP 47 code: for the `lang` attribute, for `Intl` and to be kept on the device.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::Pseudo => "en-XA",
        }
    }

    /// The name of its file of texts.
    pub const fn file(self) -> &'static str {
        match self {
            Self::English | Self::Pseudo => "en",
            Self::German => "de",
            Self::Spanish => "es",
        }
    }

    /// The language's name in itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::Spanish => "Español",
            Self::Pseudo => "[Ƥšéûðö]",
        }
    }

    /// The writing direction, as the `dir` attribute says it.
    pub const fn direction(self) -> &'static str {
        match self {
            Self::English | Self::German | Self::Spanish | Self::Pseudo => "ltr",
        }
    }

    /// The language of exactly this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// The first of a person's preferred languages that we speak; English when we speak none.
    pub fn preferred<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        tags.into_iter()
            .filter_map(|tag| Self::from_code(tag.split('-').next().unwrap_or(tag)))
            .next()
            .unwrap_or(Self::English)
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_first_preferred_language_that_we_speak_is_chosen() {
        assert_eq!(
            Language::preferred(["fr-CA", "es-MX", "de"]),
            Language::Spanish
        );
        assert_eq!(Language::preferred(["de-AT"]), Language::German);
        assert_eq!(Language::preferred(["ja", "fr"]), Language::English);
    }

    #[test]
    fn every_language_is_found_by_its_code() {
        for language in Language::ALL {
            assert_eq!(Language::from_code(language.code()), Some(language));
        }
    }
}

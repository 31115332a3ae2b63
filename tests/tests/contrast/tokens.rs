//! Reads the custom properties of `tokens.css`: scales in `oklch()`, semantic names by `light-dark()`.

use super::colour::Colour;
use std::collections::BTreeMap;

/// Which of a semantic colour's two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Light,
    Dark,
}

/// The custom properties of a style sheet, by name without the dashes.
pub(crate) struct Tokens {
    values: BTreeMap<String, String>,
}

impl Tokens {
    /// The properties of `css`; the first value of a name counts, for the later ones are exceptions
    /// for coarse pointers and reduced motion.
    pub(crate) fn parse(css: &str) -> Self {
        let mut values = BTreeMap::new();
        for declaration in without_comments(css).split([';', '{', '}']) {
            if let Some((name, value)) = declaration
                .trim()
                .strip_prefix("--")
                .and_then(|rest| rest.split_once(':'))
            {
                values
                    .entry(name.trim().to_owned())
                    .or_insert_with(|| value.trim().to_owned());
            }
        }
        Self { values }
    }

    /// The names of the semantic colours: opaque, with a value for each scheme.
    pub(crate) fn semantic(&self) -> impl Iterator<Item = &str> {
        let opaque = |name: &&str| self.colour(name, Scheme::Light).is_some();
        let pairs = self
            .values
            .iter()
            .filter(|(_, value)| value.starts_with("light-dark("));
        pairs.map(|(name, _)| name.as_str()).filter(opaque)
    }

    /// The colour of a name in a scheme; none for a translucent or unknown one.
    pub(crate) fn colour(&self, name: &str, scheme: Scheme) -> Option<Colour> {
        self.resolve(self.values.get(name)?, scheme)
    }

    fn resolve(&self, value: &str, scheme: Scheme) -> Option<Colour> {
        if let Some(both) = inside(value, "light-dark(") {
            let (light, dark) = split_outside_brackets(both)?;
            self.resolve(if scheme == Scheme::Light { light } else { dark }, scheme)
        } else if let Some(name) = inside(value, "var(--") {
            self.colour(name, scheme)
        } else {
            let numbers: Vec<f64> = inside(value, "oklch(")?
                .split_whitespace()
                .map(str::parse)
                .collect::<Result<_, _>>()
                .ok()?;
            match numbers.as_slice() {
                [lightness, chroma, hue] => Some(Colour::oklch(*lightness, *chroma, *hue)),
                _ => None,
            }
        }
    }
}

fn without_comments(css: &str) -> String {
    let mut pieces = css.split("/*");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces
        .filter_map(|piece| piece.split_once("*/"))
        .fold(first, |text, (_, after)| text + after)
}

fn inside<'a>(value: &'a str, start: &str) -> Option<&'a str> {
    value
        .trim()
        .strip_prefix(start)?
        .strip_suffix(')')
        .map(str::trim)
}

fn split_outside_brackets(list: &str) -> Option<(&str, &str)> {
    let mut depth = 0_i32;
    for (at, letter) in list.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => return Some((list[..at].trim(), list[at + 1..].trim())),
            _ => {}
        }
    }
    None
}

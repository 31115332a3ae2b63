//! Text from outside within a message: between quotation marks, so that its ends can be seen.
//!
//! `{:?}` would do the same, and is left out of the browser's release with all else that formats for
//! debugging: what people read never goes through it.

use std::fmt::{self, Display, Formatter, Write};

/// A text between quotation marks, which are escaped in it, as are control characters.
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'a>(pub &'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_char('"')?;
        for letter in self.0.chars() {
            match letter {
                '"' | '\\' => write!(formatter, "\\{letter}")?,
                control if control.is_ascii_control() => {
                    write!(formatter, "{}", control.escape_default())?
                }
                other => formatter.write_char(other)?,
            }
        }
        formatter.write_char('"')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_text_shows_its_ends_and_nothing_in_it_looks_like_one() {
        let quoted = |text| Quoted(text).to_string();
        assert_eq!(quoted("Größe"), "\"Größe\"");
        assert_eq!(quoted("a \"b\"\\\n"), r#""a \"b\"\\\n""#);
        assert_eq!(quoted(""), "\"\"");
    }
}

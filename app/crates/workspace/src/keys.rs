//! Key chords, written as in the shortcut sheet: `Ctrl+Shift+Z`, `F2`, `?`. `Ctrl` stands for ⌘ on
//! a Mac.

/// A key with its modifiers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chord {
    ctrl: bool,
    shift: bool,
    alt: bool,
    key: String,
}

impl Chord {
    /// Reads a chord as the command table writes it.
    pub fn parse(text: &str) -> Self {
        let mut chord = Self {
            ctrl: false,
            shift: false,
            alt: false,
            key: String::new(),
        };
        let mut rest = text;
        loop {
            let (modifier, after) = match rest.split_once('+') {
                Some((modifier, after)) if !modifier.is_empty() && !after.is_empty() => {
                    (modifier, after)
                }
                _ => break,
            };
            match modifier {
                "Ctrl" => chord.ctrl = true,
                "Shift" => chord.shift = true,
                "Alt" => chord.alt = true,
                _ => break,
            }
            rest = after;
        }
        chord.key = normal(rest);
        chord
    }

    /// A chord from a keyboard event's `key` and modifiers; `ctrl` is Control or Command.
    pub fn pressed(key: &str, ctrl: bool, shift: bool, alt: bool) -> Self {
        // A sign such as `?` needs Shift on many keyboards: the sign itself says enough.
        let sign = key.chars().count() == 1 && !key.chars().all(|key| key.is_ascii_alphanumeric());
        Self {
            ctrl,
            shift: shift && !sign,
            alt,
            key: normal(key),
        }
    }
}

fn normal(key: &str) -> String {
    match key {
        " " => "Space".to_owned(),
        // Chords are compared and never shown, so either case will do; and no command has a letter
        // beyond ASCII, whose case takes large tables to know.
        key if key.chars().count() == 1 => key.to_ascii_lowercase(),
        key => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pressed_chord_equals_the_written_one() {
        assert_eq!(
            Chord::parse("Ctrl+Shift+Z"),
            Chord::pressed("Z", true, true, false)
        );
        assert_eq!(
            Chord::parse("Ctrl+z"),
            Chord::pressed("z", true, false, false)
        );
        assert_eq!(
            Chord::parse("F2"),
            Chord::pressed("F2", false, false, false)
        );
        assert_eq!(
            Chord::parse("Ctrl++"),
            Chord::pressed("+", true, true, false)
        );
    }

    #[test]
    fn a_sign_needs_no_shift() {
        assert_eq!(Chord::parse("?"), Chord::pressed("?", false, true, false));
        assert_ne!(
            Chord::parse("Shift+A"),
            Chord::pressed("A", false, false, false)
        );
    }
}

//! Keys that were meant for a box which a colleague has just taken away.
//!
//! Who types does not see at once that the note is gone: the next keys would be commands of the
//! canvas. Invariant: they are nobody's, until the person pauses, or presses a key that is never typed
//! into a text.

/// So long a pause, in milliseconds, is no typing any more.
const PAUSE: f64 = 1_000.0;

/// A stream of keys whose box is gone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Interruption {
    /// When the last of them came, by the clock of the input.
    last: f64,
}

impl Interruption {
    /// The box has gone at that moment, in milliseconds.
    pub(super) const fn at(moment: f64) -> Self {
        Self { last: moment }
    }

    /// Whether a key that is pressed at that moment still belongs to the box.
    pub(super) fn swallows(&mut self, key: &str, moment: f64) -> bool {
        let typed = moment - self.last < PAUSE && !is_deliberate(key);
        self.last = moment;
        typed
    }
}

/// Keys that lead elsewhere and write nothing.
fn is_deliberate(key: &str) -> bool {
    let is_function = key
        .strip_prefix('F')
        .is_some_and(|number| number.parse::<u8>().is_ok());
    is_function || key.starts_with("Arrow") || matches!(key, "Escape" | "Tab")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_on_is_swallowed_until_a_pause() {
        let mut interruption = Interruption::at(100.0);
        for (key, moment) in [
            ("n", 150.0),
            ("Delete", 900.0),
            ("Enter", 1_850.0),
            ("?", 2_800.0),
        ] {
            assert!(interruption.swallows(key, moment), "{key} at {moment}");
        }
        assert!(!interruption.swallows("n", 3_800.0));
    }

    #[test]
    fn a_key_that_writes_nothing_is_meant() {
        for key in ["Escape", "Tab", "ArrowLeft", "F6", "F10"] {
            assert!(!Interruption::at(0.0).swallows(key, 1.0), "{key}");
        }
        for key in ["F", "Fx", " ", "Backspace", "Shift", "Control"] {
            assert!(Interruption::at(0.0).swallows(key, 1.0), "{key}");
        }
    }
}

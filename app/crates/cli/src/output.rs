//! Printing. A reader that goes away early, such as `head`, ends the program quietly.

use std::io::{self, Write};

/// Prints a result.
pub(crate) fn print(text: &str) {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    if written.is_err() {
        std::process::exit(0);
    }
}

/// Says something to the person, apart from the result.
pub(crate) fn complain(words: &str) {
    // Nobody is left to tell when even this fails.
    let _ = writeln!(io::stderr(), "groundwork: {words}");
}

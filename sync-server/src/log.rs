//! What is logged, and how.
//!
//! Invariant: no line carries a document's full id, a key or content: knowing an id can be the
//! right to edit. What the server and the engine log is written with that in mind; what libraries
//! log below a warning is not, and is left out whatever the filter says (some log whole frames).

use std::io::{self, IsTerminal as _};

use sync::DocumentId;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt, registry};

use crate::{LogFormat, ServerError};

/// The crates that are the server.
const OURS: [&str; 2] = ["sync_server", "sync"];

/// The first characters of a document's id: enough to follow it through a log, not to open it.
pub(crate) fn short(document: &DocumentId) -> String {
    const SHOWN: usize = 6;
    let mut text = document.to_string();
    text.truncate(SHOWN);
    text.push('…');
    text
}

/// Logs to standard error from now on. `filter` is as `--log` describes it.
///
/// # Errors
/// [`ServerError::Setting`] when it cannot be read, or when a word in it is neither a level nor a
/// part of the server: it would leave everything out.
pub fn init_log(filter: &str, format: LogFormat) -> Result<(), ServerError> {
    let wanted = read(filter).ok_or_else(|| ServerError::Setting {
        setting: format!("--log {filter}"),
        reason: "it is error, warn, info, debug, trace, off, or a filter such as \
                 `sync_server=debug`",
    })?;
    let is_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let lines = fmt::layer()
        .with_writer(io::stderr)
        // Codes for colours are noise in a file.
        .with_ansi(io::stderr().is_terminal() && !is_plain);
    let lines = match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let kept = filter_fn(may_be_written);
    // Fails only when logging was begun before, which is as good.
    let _ = registry()
        .with(wanted)
        .with(lines.with_filter(kept))
        .try_init();
    Ok(())
}

/// A filter as it was typed, if it can be read.
fn read(filter: &str) -> Option<EnvFilter> {
    let word = |part: &&str| part.chars().all(|c| c.is_alphanumeric() || c == '_');
    let known =
        |part: &str| part.is_empty() || OURS.contains(&part) || part.parse::<LevelFilter>().is_ok();
    let mut words = filter.split(',').map(str::trim).filter(word);
    let understood = words.all(known);
    understood.then(|| EnvFilter::builder().parse(filter).ok())?
}

fn may_be_written(metadata: &Metadata<'_>) -> bool {
    let ours = OURS
        .iter()
        .any(|ours| metadata.target().split("::").next() == Some(ours));
    ours || *metadata.level() <= Level::WARN
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_filter_names_levels_and_parts_of_the_server() {
        for filter in [
            "warn",
            "INFO",
            "off",
            "sync_server=debug",
            "info,sync=trace",
        ] {
            assert!(read(filter).is_some(), "{filter}");
        }
        for filter in ["verbose", "sync_server=loud", "info,chatty", "a=b=c"] {
            assert!(read(filter).is_none(), "{filter}");
        }
    }
}

//! What is logged, and how.
//!
//! Invariant: no line carries a document's full id, a key or content: knowing an id can be the
//! right to edit. What the server and the engine log is written with that in mind; what libraries
//! log below a warning is not, and is left out whatever the filter says (some log whole frames).

use std::io;

use sync::DocumentId;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt, registry};

use crate::LogFormat;

/// The first characters of a document's id: enough to follow it through a log, not to open it.
pub(crate) fn short(document: &DocumentId) -> String {
    const SHOWN: usize = 6;
    let mut text = document.to_string();
    text.truncate(SHOWN);
    text.push('…');
    text
}

/// Logs to standard error from now on. `filter` is as `--log` describes it; parts that cannot be
/// understood are passed over.
pub fn init_log(filter: &str, format: LogFormat) {
    let lines = fmt::layer().with_writer(io::stderr);
    let lines = match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let kept = filter_fn(may_be_written);
    // Fails only when logging was begun before, which is as good.
    let _ = registry()
        .with(EnvFilter::new(filter))
        .with(lines.with_filter(kept))
        .try_init();
}

fn may_be_written(metadata: &Metadata<'_>) -> bool {
    let ours = ["sync_server", "sync"]
        .iter()
        .any(|ours| metadata.target().split("::").next() == Some(ours));
    ours || *metadata.level() <= Level::WARN
}

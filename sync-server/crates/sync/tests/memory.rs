//! What refusing a bomb costs in memory. It stands alone, since the peak is the whole process's.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test's helpers may panic as its tests do"
)]

#[path = "engine/bombs.rs"]
mod bombs;
#[path = "engine/documents.rs"]
#[expect(
    dead_code,
    reason = "only some of its helpers are needed to make bombs"
)]
mod documents;

use sync::bounded::{Limits, check_chunk, check_message};

/// The most memory that this process has held, in kibibytes; `None` where there is no `/proc`.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// S8
#[test]
fn refusing_every_bomb_takes_less_than_sixteen_megabytes() {
    let bombs: Vec<_> = bombs::all()
        .into_iter()
        .map(|(name, bomb)| (name, bombs::message(&bomb), bomb))
        .collect();
    // Lets the peak start from what is held now.
    if std::fs::write("/proc/self/clear_refs", "5").is_err() {
        return;
    }
    let Some(before) = peak() else { return };

    for (name, message, bomb) in &bombs {
        assert!(check_chunk(bomb, &Limits::default()).is_err(), "{name}");
        assert!(
            check_message(message, &Limits::default()).is_err(),
            "{name}"
        );
    }

    let taken = peak().unwrap_or(u64::MAX) - before;
    assert!(taken < 16 << 10, "{taken} KiB");
}

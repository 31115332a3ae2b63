//! The simulation would notice: each of these bugs, planted into the harness, is found within a few
//! seeds.

use crate::plan::Planted;
use crate::run::run;

/// How many seeds a bug may take to be found.
const SEEDS: u64 = 60;

fn is_found(bug: Planted, by: &str) {
    let failures = (1..=SEEDS).filter_map(|seed| run(seed, Some(bug)).err());
    let found = failures
        .map(|failure| failure.why)
        .find(|why| why.contains(by));
    assert!(found.is_some(), "{bug:?} is not found in {SEEDS} seeds");
}

#[test]
fn a_receipt_before_the_commit_is_found() {
    is_found(
        Planted::ReceiptBeforeCommit,
        "an edit is lost that the server had confirmed",
    );
}

#[test]
fn a_compaction_that_deletes_unmerged_chunks_is_found() {
    is_found(
        Planted::CompactionDeletesUnmerged,
        "missing on the server's disk",
    );
}

#[test]
fn an_actor_that_is_used_twice_is_found() {
    is_found(Planted::ReusedActor, "used twice");
}

#[test]
fn a_viewer_who_is_let_to_write_is_found() {
    is_found(Planted::ViewerMayWrite, "a viewer has changed the document");
}

#[test]
fn giving_up_what_somebody_has_forged_upon_is_found() {
    is_found(Planted::GivesUp, "an edit reaches nobody");
}

#[test]
fn changes_that_are_dropped_in_silence_are_found() {
    is_found(Planted::DropsInSilence, "never comes to rest");
}

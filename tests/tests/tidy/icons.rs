//! Icons: the catalogue names them, the interface compiles in those of its list.

use crate::tree::{demand_none, files};
use std::collections::BTreeSet;

/// Lucide names in the list of the interface: `Flag "flag" LuFlag,`.
fn compiled_in() -> BTreeSet<String> {
    let list = files("app/src/ui", "icon.rs");
    let lines = list.iter().flat_map(|file| file.text.lines());
    lines
        .filter(|line| line.trim_end().ends_with(',') && line.contains("\" Lu"))
        .filter_map(|line| Some(line.split('"').nth(1)?.to_owned()))
        .collect()
}

#[test]
fn every_icon_of_the_catalogue_is_compiled_in() {
    let known = compiled_in();
    assert!(
        known.contains("sticky-note"),
        "the list of icons was not found"
    );
    let missing = domain::kinds()
        .iter()
        .filter(|kind| !known.contains(&kind.icon))
        .map(|kind| format!("{}: {}", kind.id, kind.icon))
        .collect();
    demand_none(
        missing,
        "add the icon to app/src/ui/icon.rs, or name one that is there",
    );
}

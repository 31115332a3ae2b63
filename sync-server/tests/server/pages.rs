//! What the pages for authors of clients say, held against the code.

use std::collections::BTreeSet;

const PROTOCOL: &str = include_str!("../../PROTOCOL.md");

/// Where close codes are named, each as a constant.
const CODES: &str = include_str!("../../crates/sync/src/close_code.rs");

/// What libraries say where there is no close frame.
const NO_FRAME: u16 = 1006;

/// The close codes in the first column of the page's table.
fn described() -> BTreeSet<u16> {
    let section = PROTOCOL.split("## When it ends").nth(1).unwrap();
    let table = section.split("| code | why |").nth(1).unwrap();
    let rows = table.lines().skip(2);
    let rows = rows.take_while(|line| line.starts_with('|'));
    rows.map(|row| row.split('|').nth(1).unwrap().trim().parse().unwrap())
        .collect()
}

#[test]
fn each_close_code_is_described_and_each_that_is_described_is_one() {
    let mut used = BTreeSet::from([NO_FRAME]);
    for part in CODES.split(": Self = Self(").skip(1) {
        used.insert(part.split(')').next().unwrap().parse().unwrap());
    }
    assert!(used.len() > 10, "{used:?}");
    assert_eq!(described(), used);
}

//! What the pages for authors of clients say, held against the code.

use std::collections::BTreeSet;

use sync::ServerLimits;
use sync_server::AddressLimits;

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

/// A number as the page writes it.
fn written(number: usize) -> String {
    match (number / 1_000, number % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}

#[test]
fn the_limits_that_an_operator_may_set_are_described_with_their_defaults() {
    let (address, node) = (AddressLimits::default(), ServerLimits::default());
    let mib = |bytes: u32| format!("{} MiB", bytes >> 20);
    for (flag, default) in [
        ("--max-connections", written(address.connections)),
        ("--max-messages", written(address.messages as usize)),
        ("--max-bytes", mib(address.bytes)),
        (
            "--max-new-documents",
            written(address.new_documents as usize),
        ),
        ("--max-documents", written(node.documents_per_connection)),
    ] {
        let section = PROTOCOL.split("## Limits").nth(1).unwrap();
        let row = section
            .lines()
            .find(|line| line.contains(&format!("(`{flag}`)")));
        let row = row.unwrap_or_else(|| panic!("{flag} is not described"));
        let cell = row.split('|').nth(2).unwrap().trim();
        assert!(
            cell.starts_with(&default),
            "{flag}: {cell}, and not {default}"
        );
    }
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

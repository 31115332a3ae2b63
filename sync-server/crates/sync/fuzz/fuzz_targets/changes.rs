//! Any operations at all, in a change whose frame is sound.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/corpus/changes.rs"]
mod changes;

fuzz_target!(|input: &[u8]| changes::check(input));

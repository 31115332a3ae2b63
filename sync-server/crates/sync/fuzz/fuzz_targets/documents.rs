//! Any columns at all, in a whole document whose frame is sound.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/corpus/documents.rs"]
mod documents;

fuzz_target!(|input: &[u8]| documents::check(input));

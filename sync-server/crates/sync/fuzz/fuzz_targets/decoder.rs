//! Any bytes, for whatever reads some from outside.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/corpus/decoder.rs"]
mod decoder;

fuzz_target!(|input: &[u8]| decoder::check(input));

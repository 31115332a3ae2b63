//! What the bounded decoder lets through, Automerge takes without a panic and gives back.

#![no_main]

use automerge::Automerge;
use libfuzzer_sys::fuzz_target;
use sync::bounded::{Limits, check_chunk, check_message};
use sync::bundle::Bundle;

fuzz_target!(|input: &[u8]| {
    let limits = Limits::default();
    let _ = check_message(input, &limits);
    let _ = Bundle::read(input, &limits);
    if check_chunk(input, &limits).is_ok() {
        let mut document = Automerge::new();
        if document.load_incremental(input).is_ok() {
            let _ = document.save();
        }
    }
});

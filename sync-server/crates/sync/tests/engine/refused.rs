//! What the bounded decoder turns away, and how fast.

use std::time::{Duration, Instant};

use sync::bounded::{Limits, Refusal, What, check_chunk, check_message};

use crate::bombs::{self, message, number};
use crate::documents::{chunk, content, document, put};

/// The mark is 100 ms; unoptimised code on a busy machine gets more.
const PATIENCE: Duration = Duration::from_millis(if cfg!(debug_assertions) { 1_000 } else { 100 });

/// S8
#[test]
fn every_bomb_is_refused_quickly() {
    let limits = Limits::default();
    for (name, bomb) in bombs::all() {
        assert!(bomb.len() < 1_200_000, "{name} is small");
        let start = Instant::now();
        assert!(check_chunk(&bomb, &limits).is_err(), "{name}");
        assert!(check_message(&message(&bomb), &limits).is_err(), "{name}");
        assert!(
            start.elapsed() < 2 * PATIENCE,
            "{name} took {:?}",
            start.elapsed()
        );
    }
}

fn check(bytes: &[u8], expected: Refusal) {
    assert_eq!(check_chunk(bytes, &Limits::default()), Err(expected));
}

fn saved() -> Vec<u8> {
    let mut document = document(1);
    put(&mut document, "key", "value");
    document.save()
}

/// S7
#[test]
fn a_refusal_says_what_exceeds_what() {
    let small = Limits {
        bytes: 100,
        ..Limits::default()
    };
    let too_long = Refusal::TooMuch {
        what: What::Bytes,
        limit: 100,
    };
    assert_eq!(check_chunk(&[0; 101], &small), Err(too_long));
    assert_eq!(too_long.to_string(), "bytes: above the limit of 100");

    let few = Limits {
        operations: 10,
        ..Limits::default()
    };
    let operations = Refusal::TooMuch {
        what: What::Operations,
        limit: 10,
    };
    assert_eq!(check_chunk(&bombs::change_of(1, 11), &few), Err(operations));
    assert!(check_chunk(&bombs::change_of(1, 10), &few).is_ok());

    let tight = Limits {
        inflated: 1 << 20,
        ..Limits::default()
    };
    let bomb = bombs::document(&[], &[(0x42 | 8, bombs::deflated_zeros(16))]);
    let inflated = Refusal::TooMuch {
        what: What::InflatedBytes,
        limit: 1 << 20,
    };
    assert_eq!(check_chunk(&bomb, &tight), Err(inflated));
    let large = bombs::document(&[], &[(0x42 | 8, bombs::deflated_zeros(48))]);
    let by_ratio = Refusal::Ratio(What::InflatedBytes);
    assert_eq!(check_chunk(&large, &Limits::default()), Err(by_ratio));
}

/// S7
#[test]
fn framing_that_is_not_automerges_is_refused() {
    let good = saved();
    check(&good[..good.len() - 1], Refusal::Malformed("chunk header"));
    check(
        &[&good[..], &[0]].concat(),
        Refusal::Malformed("chunk header"),
    );
    let flipped = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    };
    check(&flipped(0), Refusal::Malformed("chunk header"));
    check(&flipped(4), Refusal::Checksum);
    check(&flipped(good.len() - 1), Refusal::Checksum);
    let (_, data) = content(&good);
    check(&chunk(3, &data), Refusal::ChunkType(3));
    check(&chunk(9, &data), Refusal::ChunkType(9));
    check(
        &chunk(0, &[&data[..], &[0]].concat()),
        Refusal::Malformed("document"),
    );
    // A length written with a byte more than it needs.
    let long = [&good[..9], &[0xff, 0x00]].concat();
    check(&long, Refusal::Malformed("chunk header"));
}

/// S7
#[test]
fn a_deflated_change_that_is_torn_or_followed_by_more_is_refused() {
    let mut document = document(1);
    put(&mut document, "key", &"some text ".repeat(100));
    let mut change = document.get_changes(&[]).remove(0);
    let bytes = change.bytes().into_owned();
    assert_eq!(bytes[8], 2, "it is deflated");
    assert!(check_chunk(&bytes, &Limits::default()).is_ok());

    let (_, data) = content(&bytes);
    let with_checksum_of = |data: &[u8]| {
        let mut again = chunk(2, data);
        again[4..8].copy_from_slice(&bytes[4..8]);
        again
    };
    check(
        &with_checksum_of(&data[..data.len() - 4]),
        Refusal::Malformed("compressed data"),
    );
    check(
        &with_checksum_of(&[&data[..], &[0]].concat()),
        Refusal::Malformed("compressed data"),
    );
    check(&chunk(2, &data), Refusal::Checksum);
}

/// S9
#[test]
fn a_bloom_filter_that_would_divide_by_zero_or_probe_forever_is_refused() {
    let with_filter = |filter: &[u8]| {
        let have = [vec![1, 0], number(filter.len() as u64), filter.to_vec()].concat();
        let bytes = [vec![0x42, 0, 0], have, vec![0]].concat();
        check_message(&bytes, &Limits::default())
    };
    assert!(with_filter(&[]).is_ok());
    assert!(with_filter(&[1, 10, 7, 0xff, 0xff]).is_ok());
    let malformed = Err(Refusal::Malformed("Bloom filter"));
    assert_eq!(with_filter(&[1, 0, 7]), malformed);
    assert_eq!(with_filter(&[1, 10, 7, 0xff]), malformed);
    let forever = [vec![1, 10], number(u64::from(u32::MAX)), vec![0xff, 0xff]].concat();
    let limit = Limits::default().bloom_probes;
    assert_eq!(
        with_filter(&forever),
        Err(Refusal::TooMuch {
            what: What::BloomProbes,
            limit
        })
    );
}

/// S9
#[test]
fn counts_in_a_message_are_limited() {
    let check = |bytes: &[u8], what, limit| {
        let expected = Err(Refusal::TooMuch { what, limit });
        assert_eq!(check_message(bytes, &Limits::default()), expected);
    };
    let many = number(u64::MAX);
    let limits = Limits::default();
    check(
        &[vec![0x42], many.clone()].concat(),
        What::Dependencies,
        limits.dependencies,
    );
    check(
        &[vec![0x42, 0], many.clone()].concat(),
        What::Dependencies,
        limits.dependencies,
    );
    check(
        &[vec![0x42, 0, 0], many.clone()].concat(),
        What::Summaries,
        limits.summaries,
    );
    check(
        &[vec![0x42, 0, 0, 0], many].concat(),
        What::Chunks,
        limits.chunks,
    );
    assert!(check_message(&[0x44, 0, 0, 0, 0], &limits).is_err());
    assert!(check_message(&[0x42, 0, 0, 0], &limits).is_err());
}

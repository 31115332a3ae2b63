//! The limits of an address, with the time in the test's hands.

use std::time::Duration;

use super::*;

const LIMITS: AddressLimits = AddressLimits {
    connections: 2,
    messages: 3,
    bytes: 100,
    new_documents: 4,
};

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn later(now: Instant, ms: u64) -> Instant {
    now + Duration::from_millis(ms)
}

#[test]
fn an_address_has_so_many_connections_and_gets_them_back() {
    let (guard, now) = (Guard::new(LIMITS), Instant::now());
    let here = address("192.0.2.1");
    let first = guard.enter(here, now).unwrap();
    let _second = guard.enter(here, now).unwrap();
    assert_eq!(guard.enter(here, now).err(), Some(Excess::Connections));
    guard.enter(address("192.0.2.2"), now).unwrap();
    drop(first);
    guard.enter(here, now).unwrap();
}

#[test]
fn messages_come_in_bursts_and_at_a_steady_rate() {
    let (guard, now) = (Guard::new(LIMITS), Instant::now());
    let pass = guard.enter(address("192.0.2.1"), now).unwrap();
    for _ in 0..30 {
        pass.message(1, now).unwrap();
    }
    assert!(matches!(pass.message(1, now), Err(Excess::Messages(_))));
    let second = later(now, 1_000);
    for _ in 0..3 {
        pass.message(1, second).unwrap();
    }
    assert!(matches!(pass.message(1, second), Err(Excess::Messages(_))));
}

#[test]
fn bytes_count_too() {
    let (guard, now) = (Guard::new(LIMITS), Instant::now());
    let pass = guard.enter(address("192.0.2.1"), now).unwrap();
    let too_much = |length| matches!(pass.message(length, now), Err(Excess::Bytes(_)));
    assert!(too_much(1_001));
    pass.message(1_000, now).unwrap();
    assert!(too_much(1));
}

#[test]
fn coming_back_does_not_start_afresh() {
    let (guard, now) = (Guard::new(LIMITS), Instant::now());
    let here = address("192.0.2.1");
    let pass = guard.enter(here, now).unwrap();
    for _ in 0..4 {
        guard.new_document(here, now).unwrap();
    }
    drop(pass);
    // One of four an hour is there again after a quarter of it.
    let quarter = Duration::from_secs(15 * 60);
    assert_eq!(
        guard.new_document(here, now),
        Err(Excess::NewDocuments(quarter))
    );
    guard
        .new_document(here, later(now, 15 * 60 * 1_000))
        .unwrap();
}

#[test]
fn who_is_told_when_to_come_back_is_let_in_then() {
    let (guard, now) = (Guard::new(LIMITS), Instant::now());
    let here = address("192.0.2.1");
    for _ in 0..30 {
        guard.request(here, now).unwrap();
    }
    for _ in 0..4 {
        guard.new_document(here, now).unwrap();
    }
    let soon = guard.request(here, now).unwrap_err().retry_after();
    guard.request(here, later(now, soon * 1_000)).unwrap();
    let in_a_quarter = guard.new_document(here, now).unwrap_err().retry_after();
    guard
        .new_document(here, later(now, in_a_quarter * 1_000))
        .unwrap();
    assert_eq!((soon, in_a_quarter), (1, 901));
}

#[test]
fn a_network_of_the_sixth_version_is_one_address_and_the_mapped_fourth_is_itself() {
    let (guard, now) = (Guard::new(LIMITS), Instant::now());
    let _one = guard.enter(address("2001:db8::1"), now).unwrap();
    let _two = guard.enter(address("2001:db8::ffff:2"), now).unwrap();
    assert!(guard.enter(address("2001:db8::3"), now).is_err());
    guard.enter(address("2001:db8:0:1::1"), now).unwrap();
    let _three = guard.enter(address("::ffff:192.0.2.1"), now).unwrap();
    let _four = guard.enter(address("192.0.2.1"), now).unwrap();
    assert!(guard.enter(address("192.0.2.1"), now).is_err());
}

#[test]
fn addresses_that_are_gone_are_forgotten() {
    let (guard, now) = (Guard::new(LIMITS), Instant::now());
    let stays = guard.enter(address("192.0.2.1"), now).unwrap();
    for n in 0..5_000_u32 {
        let passing = IpAddr::from((n + (10 << 24)).to_be_bytes());
        drop(guard.enter(passing, now).unwrap());
    }
    assert!(guard.lock().by_address.len() <= 2_048);
    stays.message(1, now).unwrap();
}

#[test]
fn a_limit_of_nothing_lets_nothing_through() {
    let limits = AddressLimits {
        new_documents: 0,
        ..LIMITS
    };
    let (guard, now) = (Guard::new(limits), Instant::now());
    let here = address("192.0.2.1");
    let hour = Duration::from_secs(3_600);
    assert_eq!(
        guard.new_document(here, later(now, 60_000)),
        Err(Excess::NewDocuments(hour))
    );
}

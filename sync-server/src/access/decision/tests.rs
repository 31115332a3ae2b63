//! Who may do what, for each way in which a key and a document can stand to each other.

use super::*;
use crate::access::{Claim, Key, Link, LinkChange, Registration};
use crate::store::{MemoryStore, Store};

const NOW: i64 = 1_000_000;
const WORKSPACE: DocumentId = DocumentId::from_bytes([1; 16]);
const BOARD: DocumentId = DocumentId::from_bytes([2; 16]);
const STRANGE: DocumentId = DocumentId::from_bytes([3; 16]);

fn key(n: u8) -> KeyHash {
    KeyHash::from_bytes([n; 32])
}

fn link(n: u8, role: Role) -> Link {
    Link {
        id: LinkId::new(n.into()),
        role,
        label: String::new(),
        created: NOW,
        expires: None,
        last_used: None,
        revoked: None,
    }
}

/// A workspace with a board, its owner's key 5, and one link for each role under its number.
fn workspace() -> MemoryStore {
    let mut store = MemoryStore::new();
    {
        let mut access = store.access();
        let first = link(5, Role::Own);
        let claimed = access.claim(&WORKSPACE, &first, &key(5)).unwrap();
        assert_eq!(claimed, Claim::Made(first));
        for (n, role) in (1..).zip(&Role::ALL[..4]) {
            access
                .add_link(&WORKSPACE, &link(n, *role), &key(n))
                .unwrap();
        }
        access
            .register(&Registration::usual(BOARD, WORKSPACE), NOW)
            .unwrap();
    }
    store
}

fn ask(store: &mut MemoryStore, document: DocumentId, keys: &[KeyHash], open: bool) -> Decision {
    decide(&mut *store.access(), &document, keys, open, NOW).unwrap()
}

/// The role and whether it may write; none when refused.
fn granted(decision: Decision) -> Option<(Role, bool)> {
    match decision {
        Decision::Granted(grant) => Some((grant.role, grant.write)),
        Decision::Refused(_) => None,
    }
}

#[test]
fn a_key_opens_its_workspace_and_every_document_in_it() {
    let mut store = workspace();
    for document in [WORKSPACE, BOARD] {
        let of = |store: &mut MemoryStore, n| granted(ask(store, document, &[key(n)], false));
        assert_eq!(of(&mut store, 1), Some((Role::View, false)));
        assert_eq!(of(&mut store, 2), Some((Role::Comment, false)));
        assert_eq!(of(&mut store, 3), Some((Role::Edit, true)));
        assert_eq!(of(&mut store, 4), Some((Role::Facilitate, true)));
        assert_eq!(of(&mut store, 5), Some((Role::Own, true)));
    }
}

#[test]
fn without_a_key_or_with_another_an_owned_document_is_as_if_it_were_not_there() {
    let mut store = workspace();
    let nothing = Decision::Refused(Refusal::NoLink);
    for open in [false, true] {
        assert_eq!(ask(&mut store, BOARD, &[], open), nothing);
        assert_eq!(ask(&mut store, BOARD, &[key(99)], open), nothing);
    }
    let unowned = Decision::Refused(Refusal::Unowned);
    assert_eq!(ask(&mut store, STRANGE, &[key(5)], false), unowned);
}

#[test]
fn a_document_that_nobody_owns_is_open_where_that_is_allowed() {
    let mut store = workspace();
    let open = granted(ask(&mut store, STRANGE, &[], true));
    assert_eq!(open, Some((Role::Edit, true)));
}

#[test]
fn comments_and_what_leads_a_workshop_are_written_by_those_who_may() {
    let mut store = workspace();
    let comments = Registration {
        write: Role::Comment,
        ..Registration::usual(STRANGE, WORKSPACE)
    };
    store.access().register(&comments, NOW).unwrap();
    let of = |store: &mut MemoryStore, n| granted(ask(store, STRANGE, &[key(n)], false));
    assert_eq!(of(&mut store, 1), Some((Role::View, false)));
    assert_eq!(of(&mut store, 2), Some((Role::Comment, true)));
    let hidden = Registration {
        read: Role::Facilitate,
        write: Role::Facilitate,
        ..comments
    };
    store.access().register(&hidden, NOW).unwrap();
    assert_eq!(of(&mut store, 3), None);
    assert_eq!(of(&mut store, 4), Some((Role::Facilitate, true)));
}

#[test]
fn the_strongest_of_several_keys_counts() {
    let mut store = workspace();
    let keys = [key(1), key(3), key(99), key(2)];
    let best = granted(ask(&mut store, BOARD, &keys, false));
    assert_eq!(best, Some((Role::Edit, true)));
}

#[test]
fn a_link_ends_when_it_expires_or_is_revoked() {
    let mut store = workspace();
    let mut change = |n, change| {
        let id = LinkId::new(n);
        let changed = store.access().change_link(&WORKSPACE, &id, &change);
        assert!(changed.unwrap().is_some());
    };
    change(
        1,
        LinkChange {
            expires: Some(Some(NOW)),
            ..LinkChange::default()
        },
    );
    change(
        2,
        LinkChange {
            expires: Some(Some(NOW + 1)),
            ..LinkChange::default()
        },
    );
    change(
        3,
        LinkChange {
            revoked: Some(NOW),
            ..LinkChange::default()
        },
    );
    let ended = Decision::Refused(Refusal::Expired);
    assert_eq!(ask(&mut store, BOARD, &[key(1)], false), ended);
    assert!(granted(ask(&mut store, BOARD, &[key(2)], false)).is_some());
    let revoked = Decision::Refused(Refusal::Less);
    assert_eq!(ask(&mut store, BOARD, &[key(3)], false), revoked);
}

/// S33
#[test]
fn a_clock_that_is_set_back_opens_no_link_again() {
    let mut store = workspace();
    let change = LinkChange {
        expires: Some(Some(NOW)),
        ..LinkChange::default()
    };
    let id = LinkId::new(1);
    let changed = store.access().change_link(&WORKSPACE, &id, &change);
    assert!(changed.unwrap().is_some());
    let at = |store: &mut MemoryStore, now| {
        decide(&mut *store.access(), &BOARD, &[key(1)], false, now).unwrap()
    };
    assert!(granted(at(&mut store, NOW - 1)).is_some());
    let ended = Decision::Refused(Refusal::Expired);
    assert_eq!(at(&mut store, NOW), ended);
    assert_eq!(at(&mut store, NOW - 100_000), ended);
}

/// S34
#[test]
fn a_key_is_random_and_reads_back_from_its_text_alone() {
    let key = Key::random().unwrap();
    let again: Key = key.reveal().parse().unwrap();
    assert_eq!(key.hash(), again.hash());
    assert_ne!(key.hash(), Key::random().unwrap().hash());
    assert!(!format!("{key:?} {:?}", key.hash()).contains(&key.reveal()));
    let (short, long) = (bs58::encode([7; 31]), bs58::encode([7; 33]));
    let wrong = ["0".to_owned(), "z".repeat(10_000), String::new()];
    for text in wrong
        .into_iter()
        .chain([short.into_string(), long.into_string()])
    {
        assert!(text.parse::<Key>().is_err(), "{text}");
    }
}

/// S33: of several links that have ended, the one that did so last is why a connection is closed.
#[test]
fn the_link_that_ended_last_is_the_reason() {
    let reason = |expired: i64, revoked: i64| {
        let mut store = workspace();
        let ends = LinkChange {
            expires: Some(Some(expired)),
            ..LinkChange::default()
        };
        let revokes = LinkChange {
            revoked: Some(revoked),
            ..LinkChange::default()
        };
        for (n, change) in [(1, ends), (2, revokes)] {
            let changed = store
                .access()
                .change_link(&WORKSPACE, &LinkId::new(n), &change);
            assert!(changed.unwrap().is_some());
        }
        let one = ask(&mut store, BOARD, &[key(1), key(2)], false);
        assert_eq!(one, ask(&mut store, BOARD, &[key(2), key(1)], false));
        one
    };
    let (less, expired) = (Refusal::Less, Refusal::Expired);
    assert_eq!(reason(NOW - 9, NOW - 1), Decision::Refused(less));
    assert_eq!(reason(NOW - 1, NOW - 9), Decision::Refused(expired));
}

/// S34
#[test]
fn a_key_that_is_not_random_is_told_from_one_that_is() {
    for _ in 0..1_000 {
        assert!(Key::random().unwrap().is_varied());
    }
    let counted: Vec<u8> = (1..=32).collect();
    let padded = [
        vec![0; 20],
        (0..12_u8).map(|n| n.wrapping_mul(37)).collect(),
    ]
    .concat();
    for weak in [vec![0; 32], b"ab".repeat(16), counted, padded] {
        let key: Key = bs58::encode(&weak).into_string().parse().unwrap();
        assert!(!key.is_varied(), "{weak:?}");
    }
}

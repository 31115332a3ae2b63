//! What every store must do, run against each of them.

mod access;

use sync::{Chunk, DocumentId};

use super::{MemoryStore, SessionId, SqliteStore, Store, Write};

const DOCUMENT: DocumentId = DocumentId::from_bytes([7; 16]);
const OTHER: DocumentId = DocumentId::from_bytes([8; 16]);

fn chunk(text: &str) -> Chunk {
    Chunk::new(text.as_bytes().to_vec())
}

fn append(document: DocumentId, text: &str) -> Write {
    Write::Append {
        document,
        chunk: chunk(text),
        from: Vec::new(),
    }
}

fn quarantine(text: &str) -> Write {
    Write::Quarantine {
        document: DOCUMENT,
        hash: chunk(text).hash,
        reason: "torn".to_owned(),
    }
}

/// What is stored of `DOCUMENT`, as text.
fn texts(store: &mut dyn Store) -> Vec<String> {
    let chunks = store.load(&DOCUMENT).unwrap();
    let whole = chunks.into_iter().filter(|chunk| !chunk.quarantined);
    whole
        .map(|chunk| String::from_utf8(chunk.bytes).unwrap())
        .collect()
}

fn on_every_store(check: impl Fn(&mut dyn Store)) {
    check(&mut MemoryStore::new());
    let directory = tempfile::tempdir().unwrap();
    check(&mut SqliteStore::open(directory.path()).unwrap());
}

#[test]
fn a_document_loads_in_the_order_in_which_it_was_stored() {
    on_every_store(|store| {
        let group: Vec<_> = (0..50).map(|n| append(DOCUMENT, &format!("{n}"))).collect();
        store.write(&group[..20]).unwrap();
        store.write(&group[20..]).unwrap();
        let expected: Vec<_> = (0..50).map(|n| n.to_string()).collect();
        assert_eq!(texts(store), expected);
    });
}

#[test]
fn one_group_holds_several_documents_and_keeps_them_apart() {
    on_every_store(|store| {
        store
            .write(&[append(DOCUMENT, "a"), append(OTHER, "b")])
            .unwrap();
        assert_eq!(texts(store), ["a"]);
        assert_eq!(store.documents().unwrap(), [DOCUMENT, OTHER]);
    });
}

#[test]
fn an_unknown_document_has_no_chunks() {
    on_every_store(|store| assert_eq!(texts(store), Vec::<String>::new()));
}

#[test]
fn a_chunk_written_twice_is_stored_once() {
    on_every_store(|store| {
        store
            .write(&[append(DOCUMENT, "a"), append(DOCUMENT, "b")])
            .unwrap();
        store.write(&[append(DOCUMENT, "a")]).unwrap();
        assert_eq!(texts(store), ["a", "b"]);
    });
}

#[test]
fn a_replacement_takes_out_exactly_what_it_names() {
    on_every_store(|store| {
        store
            .write(&["a", "b", "c"].map(|text| append(DOCUMENT, text)))
            .unwrap();
        store.write(&[append(OTHER, "a")]).unwrap();
        let superseded = vec![chunk("a").hash, chunk("b").hash, chunk("never stored").hash];
        let snapshot = chunk("ab");
        store
            .write(&[Write::Replace {
                document: DOCUMENT,
                snapshot,
                superseded,
            }])
            .unwrap();
        // In their place: what comes behind them may build on it.
        assert_eq!(texts(store), ["ab", "c"]);
        assert_eq!(store.load(&OTHER).unwrap().len(), 1);
    });
}

#[test]
fn a_replacement_never_takes_its_own_snapshot_out() {
    on_every_store(|store| {
        store.write(&[append(DOCUMENT, "a")]).unwrap();
        let superseded = vec![chunk("a").hash];
        store
            .write(&[Write::Replace {
                document: DOCUMENT,
                snapshot: chunk("a"),
                superseded,
            }])
            .unwrap();
        assert_eq!(texts(store), ["a"]);
    });
}

#[test]
fn a_quarantined_chunk_is_kept_aside_with_its_reason() {
    on_every_store(|store| {
        store
            .write(&[append(DOCUMENT, "a"), append(DOCUMENT, "b")])
            .unwrap();
        store.write(&[quarantine("a")]).unwrap();
        let loaded = store.load(&DOCUMENT).unwrap();
        assert_eq!(texts(store), ["b"]);
        assert!(
            loaded
                .iter()
                .any(|c| c.quarantined && c.hash == chunk("a").hash)
        );
        let aside = store.quarantined(&DOCUMENT).unwrap();
        assert_eq!(
            (aside[0].bytes.as_slice(), aside[0].reason.as_str()),
            (&b"a"[..], "torn")
        );
    });
}

#[test]
fn a_chunk_stored_again_is_no_longer_missing_but_its_damaged_copy_is_kept() {
    on_every_store(|store| {
        store
            .write(&[
                append(DOCUMENT, "a"),
                quarantine("a"),
                append(DOCUMENT, "a"),
            ])
            .unwrap();
        assert!(
            store
                .load(&DOCUMENT)
                .unwrap()
                .iter()
                .all(|chunk| !chunk.quarantined)
        );
        assert_eq!(store.quarantined(&DOCUMENT).unwrap().len(), 1);
        store.write(&[quarantine("a")]).unwrap();
        assert!(
            store
                .load(&DOCUMENT)
                .unwrap()
                .iter()
                .all(|chunk| chunk.quarantined)
        );
    });
}

#[test]
fn a_damaged_chunk_is_mended_when_it_is_stored_again() {
    on_every_store(|store| {
        let damaged = Chunk {
            bytes: b"torn".to_vec(),
            ..chunk("whole")
        };
        store
            .write(&[Write::Append {
                document: DOCUMENT,
                chunk: damaged,
                from: Vec::new(),
            }])
            .unwrap();
        store.write(&[append(DOCUMENT, "whole")]).unwrap();
        assert_eq!(texts(store), ["whole"]);
    });
}

/// S35
#[test]
fn who_brought_a_chunk_is_kept_also_when_a_snapshot_takes_its_place() {
    on_every_store(|store| {
        let delivered = |text, sessions: &[i64]| Write::Append {
            document: DOCUMENT,
            chunk: chunk(text),
            from: sessions.iter().copied().map(SessionId).collect(),
        };
        assert!(!store.knows(&DOCUMENT).unwrap());
        let group = [delivered("a", &[1, 2]), delivered("a", &[2])];
        store.write(&group).unwrap();
        let replace = Write::Replace {
            document: DOCUMENT,
            snapshot: chunk("A"),
            superseded: vec![chunk("a").hash],
        };
        store.write(&[replace]).unwrap();
        let mut kept = store.deliveries(&DOCUMENT).unwrap();
        kept.sort_unstable();
        let expected = [1, 2].map(|session| (chunk("a").hash, SessionId(session)));
        assert_eq!(kept, expected);
        assert_eq!(store.deliveries(&OTHER).unwrap(), []);
        assert!(store.knows(&DOCUMENT).unwrap() && !store.knows(&OTHER).unwrap());
    });
}

/// S40
#[test]
fn who_brought_whose_changes_is_noted_once() {
    on_every_store(|store| {
        let note = |author: &str, bringer: &str, session| Write::Note {
            document: DOCUMENT,
            author: author.to_owned(),
            bringer: bringer.to_owned(),
            session: SessionId(session),
        };
        let group = [
            note("ada", "ben", 1),
            note("ada", "", 2),
            note("ada", "ben", 3),
        ];
        store.write(&group).unwrap();
        let mut noted = store.brought(&DOCUMENT).unwrap();
        noted.sort_unstable();
        let expected = [("ada", ""), ("ada", "ben")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(noted, expected);
        assert_eq!(store.brought(&OTHER).unwrap(), []);
    });
}

//! Everything in `fixtures/decoder` and `fixtures/changes`, as it is, torn and with flipped bits:
//! nothing panics, and what the gate lets through is given back and loads. `GROUNDWORK_WRITE=1` writes
//! the seeds anew; what a fuzzer has found is put there by hand and stays.

#![expect(
    clippy::expect_used,
    reason = "a test's helpers may panic as its tests do"
)]

#[path = "corpus/changes.rs"]
mod changes;
#[path = "corpus/decoder.rs"]
mod decoder;
#[path = "corpus/documents.rs"]
mod documents;

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use automerge::sync::{State, SyncDoc};
use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjType, ROOT};
use sync::bundle::{Bundle, BundledDocument};
use sync::{Chunk, DocumentId};

fn folder(of: &str) -> PathBuf {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    fixtures.join(of)
}

/// A document of one note whose text is long enough to be deflated.
fn document() -> Automerge {
    let mut document = Automerge::new().with_actor(ActorId::from([7; 16]));
    let mut edit = document.transaction();
    let notes = edit.put_object(ROOT, "notes", ObjType::Map).expect("a map");
    let note = edit.put_object(&notes, "n", ObjType::Map).expect("a map");
    edit.put(&note, "at", -1.5).expect("a number");
    let text = edit.put_object(&note, "text", ObjType::Text).expect("text");
    let words = "why is this so? ".repeat(40);
    edit.splice_text(&text, 0, 0, &words).expect("words");
    edit.commit();
    let mut edit = document.transaction();
    edit.splice_text(&text, 3, 12, "👩‍🔬").expect("words");
    edit.delete(&note, "at").expect("it is there");
    edit.commit();
    document
}

fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let document = document();
    let first = document.get_changes(&[]).remove(0);
    let latest = document.save_after(&[first.hash()]);
    let mut state = State::new();
    let asked = document.generate_sync_message(&mut state);
    let bundle = Bundle {
        name: "seed".to_owned(),
        made: 0,
        documents: vec![BundledDocument {
            id: DocumentId::from_bytes([1; 16]),
            chunks: vec![document.save(), latest.clone()],
        }],
    };
    vec![
        ("document", document.save()),
        ("document-not-deflated", document.save_nocompress()),
        ("changes", document.save_after(&[])),
        ("change", latest),
        ("sync-message", asked.expect("something to say").encode()),
        ("bundle", bundle.write()),
    ]
}

#[test]
fn every_seed_and_every_crasher_is_read_without_a_panic() {
    if std::env::var_os("GROUNDWORK_WRITE").is_some() {
        fs::create_dir_all(folder("decoder")).expect("a folder");
        for (name, bytes) in seeds() {
            fs::write(folder("decoder").join(name), bytes).expect("a file");
        }
    }
    let mut count = 0;
    for file in fs::read_dir(folder("decoder")).expect("the fixtures") {
        let input = fs::read(file.expect("a file").path()).expect("its bytes");
        decoder::check(&input);
        for at in (0..input.len()).step_by(1 + input.len() / 150) {
            decoder::check(input.get(..at).unwrap_or_default());
            for bit in 0..8 {
                let mut flipped = input.clone();
                if let Some(byte) = flipped.get_mut(at) {
                    *byte ^= 1 << bit;
                }
                decoder::check(&flipped);
                decoder::check(&mended(flipped));
            }
        }
        count += 1;
    }
    assert!(count >= seeds().len(), "{count} files");
}

/// The same with the checksum of its first chunk put right, so that more of it is looked at.
fn mended(mut chunk: Vec<u8>) -> Vec<u8> {
    let content = chunk.get(8..).map(Chunk::hash_of);
    if let (Some(hash), Some(checksum)) = (content, chunk.get_mut(4..8)) {
        checksum.copy_from_slice(hash.get(..4).unwrap_or_default());
    }
    chunk
}

#[test]
fn every_change_that_a_fuzzer_made_is_refused_or_stands() {
    let mut count = 0;
    for file in fs::read_dir(folder("changes")).expect("the fixtures") {
        let input = fs::read(file.expect("a file").path()).expect("its bytes");
        for at in 0..=input.len() {
            changes::check(input.get(..at).unwrap_or_default());
        }
        for at in 0..input.len() {
            for bit in 0..8 {
                let mut flipped = input.clone();
                if let Some(byte) = flipped.get_mut(at) {
                    *byte ^= 1 << bit;
                }
                changes::check(&flipped);
            }
        }
        count += 1;
    }
    assert!(count > 0, "there are some");
}

/// Documents with one byte of one column changed, and a sound frame around it.
fn forgeries() -> impl Iterator<Item = [u8; 3]> {
    let columns = 0..21_u8;
    columns.flat_map(|column| {
        (0..40).flat_map(move |at| [0, 1, 2, 3, 0x7f, 0x7e].map(|byte| [column, at, byte]))
    })
}

#[test]
fn every_forged_document_is_refused_or_can_be_used() {
    assert!(!documents::is_refused(&[]), "it is honest");
    documents::use_unchecked(&[]);
    forgeries().for_each(|forgery| documents::check(&forgery));
    for file in fs::read_dir(folder("documents")).expect("the fixtures") {
        documents::check(&fs::read(file.expect("a file").path()).expect("its bytes"));
    }
}

/// What the rule is for: without it some of them end the process, and a page with it.
#[test]
fn forged_documents_end_automerge() {
    let ends = |forgery: &[u8; 3]| catch_unwind(|| documents::use_unchecked(forgery)).is_err();
    let ending: Vec<_> = forgeries().step_by(7).filter(ends).collect();
    assert!(!ending.is_empty());
    assert!(ending.iter().all(|it| documents::is_refused(it)));
}

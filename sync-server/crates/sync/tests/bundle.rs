//! Documents in a file: what comes back, and what is refused.

#![expect(
    clippy::unwrap_used,
    reason = "a test's helpers may panic as its tests do"
)]

use automerge::transaction::Transactable;
use automerge::{Automerge, ROOT};
use sync::bounded::Limits;
use sync::bundle::{Bundle, BundleError, BundledDocument};
use sync::{Chunk, DocumentId};

fn chunk(key: &str) -> Vec<u8> {
    let mut document = Automerge::new();
    let mut transaction = document.transaction();
    transaction.put(ROOT, key, "text").unwrap();
    transaction.commit();
    document.save()
}

fn bundle() -> Bundle {
    let document = |number: u8, keys: &[&str]| BundledDocument {
        id: DocumentId::from_bytes([number; 16]),
        chunks: keys.iter().map(|key| chunk(key)).collect(),
    };
    Bundle {
        name: "Understudy 🎻".to_owned(),
        made: 1_790_000_000_000,
        documents: vec![
            document(1, &["a", "b"]),
            document(2, &[]),
            document(3, &["c"]),
        ],
    }
}

fn read(file: &[u8]) -> Result<Bundle, BundleError> {
    Bundle::read(file, &Limits::default())
}

/// S37
#[test]
fn a_bundle_comes_back_as_it_was() {
    let bundle = bundle();
    assert_eq!(read(&bundle.write()), Ok(bundle));
    let empty = Bundle::default();
    assert_eq!(read(&empty.write()), Ok(empty));
}

/// S37
#[test]
fn other_files_are_told_apart() {
    for file in [&b""[..], b"# Problem\n", &chunk("a"), b"\x89PNG\r\n\x1a\n"] {
        assert_eq!(read(file), Err(BundleError::Foreign));
    }
    let mut newer = bundle().write();
    newer[8] = 2;
    assert_eq!(read(&newer), Err(BundleError::Newer(2)));
}

/// S37
#[test]
fn a_torn_file_is_refused_wherever_it_ends() {
    let file = bundle().write();
    for end in 8..file.len() {
        let error = read(&file[..end]).unwrap_err();
        assert_eq!(error, BundleError::Torn, "at {end} of {}", file.len());
    }
    assert_eq!(read(&[&file[..], b"x"].concat()), Err(BundleError::Torn));
}

/// S37
#[test]
fn one_flipped_bit_anywhere_is_found() {
    let file = bundle().write();
    for at in 0..file.len() {
        let mut damaged = file.clone();
        damaged[at] ^= 4;
        assert!(read(&damaged).is_err(), "at {at}");
    }
}

/// S37, S8: the hashes are right, and the content is not for Automerge.
#[test]
fn a_chunk_that_the_bounded_decoder_refuses_is_not_let_through() {
    let mut hostile = bundle();
    hostile.documents[0].chunks[1] = b"no chunk at all".to_vec();
    assert!(matches!(
        read(&hostile.write()),
        Err(BundleError::Refused(_))
    ));
}

/// S37: a manifest that is whole and lies.
#[test]
fn any_manifest_is_read_without_a_panic() {
    arbtest::arbtest(|u| {
        let manifest: Vec<u8> = u.arbitrary()?;
        let mut file = sync::bundle::MAGIC.to_vec();
        file.push(1);
        file.extend(u32::try_from(manifest.len()).unwrap().to_be_bytes());
        file.extend(&manifest);
        file.extend(Chunk::hash_of(&file));
        file.extend(u.arbitrary::<[u8; 8]>()?);
        let _ = read(&file);
        Ok(())
    })
    .budget_ms(1000);
}

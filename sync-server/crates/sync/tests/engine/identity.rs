//! Names of documents.

use sync::DocumentId;

const TEXT: &str = "4NMNnkMhL8jXrdJ9jamS58PAVdXu";

fn check(text: &str, expected: Option<[u8; 16]>) {
    let read = DocumentId::from_url(text).ok();
    assert_eq!(read.map(|id| *id.as_bytes()), expected, "{text}");
}

/// S1: the id of automerge-repo's own documentation, read and written back.
#[test]
fn an_address_is_read_with_and_without_scheme_path_and_heads() {
    let id: DocumentId = TEXT.parse().expect("a published id");
    let bytes = Some(*id.as_bytes());
    check(TEXT, bytes);
    check(&format!("automerge:{TEXT}"), bytes);
    check(&format!(" automerge:{TEXT}/notes/1 "), bytes);
    check(&format!("automerge:{TEXT}?heads=abc"), bytes);
    check(&format!("{TEXT}#abc"), bytes);
    assert_eq!(id.to_url(), format!("automerge:{TEXT}"));
}

/// S1
#[test]
fn what_is_no_id_is_refused() {
    check("", None);
    check("automerge:", None);
    check("automerge:0OIl", None);
    check(&TEXT.replace('X', "Y"), None);
    check(&TEXT.repeat(100_000), None);
    check(&bs58::encode([1; 15]).with_check().into_string(), None);
}

/// S1
#[test]
fn every_id_survives_being_written_and_read() {
    arbtest::arbtest(|u| {
        let bytes: [u8; 16] = u.arbitrary()?;
        check(&DocumentId::from_bytes(bytes).to_url(), Some(bytes));
        Ok(())
    })
    .budget_ms(200);
}

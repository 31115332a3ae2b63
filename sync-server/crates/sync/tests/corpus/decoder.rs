//! What the gate lets into a document, empty or not, Automerge takes without a panic, gives back,
//! and loads again.

use std::sync::LazyLock;

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjType, PatchLog, ROOT};
use sync::bounded::{Gate, Limits, check_chunk, check_message};
use sync::bundle::Bundle;
use sync::{Chunk, StoredChunk, inspect};

/// The first change of the fixtures' document, so that the others fit.
static DOCUMENT: LazyLock<Automerge> = LazyLock::new(|| {
    let mut document = Automerge::new().with_actor(ActorId::from([7; 16]));
    let mut edit = document.transaction();
    let notes = edit.put_object(ROOT, "notes", ObjType::Map).expect("a map");
    let note = edit.put_object(&notes, "n", ObjType::Map).expect("a map");
    edit.put(&note, "at", -1.5).expect("a number");
    let text = edit.put_object(&note, "text", ObjType::Text).expect("text");
    let words = "why is this so? ".repeat(40);
    edit.splice_text(&text, 0, 0, &words).expect("words");
    edit.commit();
    document
});

fn take(mut document: Automerge, input: &[u8]) {
    let mut patches = PatchLog::active();
    let taken = Gate::default().take(input, &Limits::default(), &mut document, &mut patches);
    document.make_patches(&mut patches);
    // Marks out of order are found by loading alone; no gate of ours promises more.
    let marks = taken.as_ref().is_ok_and(|report| report.marks);
    let again = Automerge::load(&document.save());
    if taken.is_ok() && !marks {
        let again = again.expect("what is saved loads");
        assert_eq!(again.get_heads(), document.get_heads());
    }
}

/// Gives bytes to everything that reads some from outside.
pub(crate) fn check(input: &[u8]) {
    let limits = Limits::default();
    let _ = check_message(input, &limits);
    let _ = Bundle::read(input, &limits);
    if check_chunk(input, &limits).is_err() {
        return;
    }
    // As the server loads it: what Automerge does not take is set aside.
    let chunk = StoredChunk {
        hash: Chunk::hash_of(input),
        bytes: input.to_vec(),
        quarantined: false,
        heads: Vec::new(),
    };
    let _ = inspect(vec![chunk], &limits);
    take(Automerge::new(), input);
    take(DOCUMENT.clone(), input);
}

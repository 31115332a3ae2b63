//! Any operations at all, in a change whose frame is sound and that follows a document: the gate
//! refuses it, or Automerge takes it, gives it back and loads it again.
//!
//! Bytes by chance seldom get past a checksum; here it is made for them.

use std::sync::LazyLock;

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjType, PatchLog, ROOT};
use sync::Chunk;
use sync::bounded::{Gate, Limits};

/// One object of each kind by the actor whose bytes are ones, with operations 1 to 11.
static DOCUMENT: LazyLock<Automerge> = LazyLock::new(|| {
    let mut document = Automerge::new().with_actor(ActorId::from([1; 16]));
    let mut edit = document.transaction();
    let map = edit.put_object(ROOT, "m", ObjType::Map).expect("a map");
    let list = edit.put_object(ROOT, "l", ObjType::List).expect("a list");
    let text = edit.put_object(ROOT, "t", ObjType::Text).expect("a text");
    edit.put_object(ROOT, "b", ObjType::Table).expect("a table");
    edit.put(&map, "k", 1).expect("a value");
    edit.insert(&list, 0, "a").expect("an element");
    edit.insert(&list, 1, "b").expect("an element");
    edit.splice_text(&text, 0, 0, "abcd").expect("letters");
    edit.commit();
    document
});

fn unsigned(out: &mut Vec<u8>, mut value: usize) {
    while value > 0x7f {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push((value & 0x7f) as u8);
}

/// A framed change by another actor, whose columns are the input.
fn framed(columns: &[u8]) -> Vec<u8> {
    let heads = DOCUMENT.get_heads();
    let mut data = Vec::new();
    unsigned(&mut data, heads.len());
    heads.iter().for_each(|head| data.extend(head.0));
    data.push(16);
    data.extend([9; 16]);
    // The first change, operations from 12 on, at time zero, without a message; one other actor.
    data.extend([1, 12, 0, 0, 1, 16]);
    data.extend([1; 16]);
    data.extend(columns);
    let mut hashed = vec![1];
    unsigned(&mut hashed, data.len());
    hashed.extend(data);
    let checksum = Chunk::hash_of(&hashed);
    let mut bytes = vec![0x85, 0x6f, 0x4a, 0x83];
    bytes.extend(checksum.iter().take(4));
    bytes.extend(hashed);
    bytes
}

/// Gives the change whose columns these are to the gate.
pub(crate) fn check(input: &[u8]) {
    let mut document = DOCUMENT.clone();
    let mut patches = PatchLog::active();
    let limits = Limits::default();
    let taken = Gate::default().take(&framed(input), &limits, &mut document, &mut patches);
    document.make_patches(&mut patches);
    if taken.is_ok_and(|report| !report.marks) {
        let again = Automerge::load(&document.save()).expect("what is saved loads");
        assert_eq!(again.get_heads(), document.get_heads());
        let told = document.save_after(&DOCUMENT.get_heads());
        let mut other = DOCUMENT.clone();
        other.load_incremental(&told).expect("what is told loads");
        assert_eq!(other.get_heads(), document.get_heads());
    }
}

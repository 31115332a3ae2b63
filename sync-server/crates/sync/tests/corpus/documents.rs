//! Any columns at all, in a whole document whose frame is sound: the decoder refuses it, or Automerge
//! loads it without a panic, reads it, edits it, saves it and loads it again.
//!
//! A forger makes the hashes right as well, and so do we.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use automerge::transaction::Transactable;
use automerge::{
    ActorId, Automerge, Change, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value,
};
use sync::Chunk;
use sync::bounded::{Limits, check_chunk};

/// Three people who have written, counted, replaced and deleted at the same time.
static DOCUMENT: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut first = Automerge::new().with_actor(ActorId::from([1; 16]));
    let mut edit = first.transaction();
    let map = edit.put_object(ROOT, "m", ObjType::Map).expect("a map");
    let list = edit.put_object(&map, "l", ObjType::List).expect("a list");
    let text = edit.put_object(ROOT, "t", ObjType::Text).expect("a text");
    edit.put(&map, "k", 1).expect("a value");
    edit.put(&map, "n", ScalarValue::counter(1))
        .expect("a number");
    edit.insert(&list, 0, "a").expect("an element");
    edit.insert(&list, 1, "b").expect("an element");
    edit.splice_text(&text, 0, 0, "abcd").expect("letters");
    edit.commit();
    let mut others: Vec<_> = (2..4)
        .map(|actor| first.clone().with_actor(ActorId::from([actor; 16])))
        .collect();
    for other in &mut others {
        let mut edit = other.transaction();
        edit.put(&map, "k", "other").expect("a value");
        edit.increment(&map, "n", 2).expect("a number");
        edit.put(&list, 0, 7).expect("a value");
        edit.splice_text(&text, 2, 1, "xy").expect("letters");
        edit.insert_object(&list, 1, ObjType::Map).expect("a map");
        edit.commit();
        first.merge(other).expect("they have one past");
    }
    let mut edit = first.transaction();
    edit.delete(&map, "k").expect("it is there");
    edit.delete(&list, 0).expect("it is there");
    edit.commit();
    first.save_nocompress()
});

fn number(bytes: &mut &[u8]) -> usize {
    let (mut value, mut shift) = (0, 0);
    while let Some((byte, rest)) = bytes.split_first() {
        *bytes = rest;
        value |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            break;
        }
    }
    value
}

fn unsigned(out: &mut Vec<u8>, mut value: usize) {
    while value > 0x7f {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push((value & 0x7f) as u8);
}

/// A document taken apart: its actors, its heads, and the specification and data of the columns of its
/// changes and of its operations. Where the heads are among the changes is left out.
struct Parts<'a> {
    actors: &'a [u8],
    heads: Vec<ChangeHash>,
    columns: [Vec<(usize, Vec<u8>)>; 2],
}

impl<'a> Parts<'a> {
    fn of(document: &'a [u8]) -> Self {
        let mut rest = document.split_at(9).1;
        number(&mut rest);
        let content = rest;
        for _ in 0..number(&mut rest) {
            let length = number(&mut rest);
            rest = rest.split_at(length).1;
        }
        let actors = content.split_at(content.len() - rest.len()).0;
        let heads = number(&mut rest);
        rest = rest.split_at(32 * heads).1;
        let layouts = [0; 2].map(|_| {
            let count = number(&mut rest);
            let columns = (0..count).map(|_| (number(&mut rest), number(&mut rest)));
            columns.collect::<Vec<_>>()
        });
        let columns = layouts.map(|layout| {
            let columns = layout.into_iter().map(|(specification, length)| {
                let (data, behind) = rest.split_at(length);
                rest = behind;
                (specification, data.to_vec())
            });
            columns.collect()
        });
        Self {
            actors,
            heads: Vec::new(),
            columns,
        }
    }

    fn framed(&self) -> Vec<u8> {
        let mut data = self.actors.to_vec();
        unsigned(&mut data, self.heads.len());
        self.heads.iter().for_each(|head| data.extend(head.0));
        for columns in &self.columns {
            unsigned(&mut data, columns.len());
            for (specification, column) in columns {
                unsigned(&mut data, *specification);
                unsigned(&mut data, column.len());
            }
        }
        for (_, column) in self.columns.iter().flatten() {
            data.extend(column);
        }
        let mut hashed = vec![0];
        unsigned(&mut hashed, data.len());
        hashed.extend(data);
        let mut bytes = vec![0x85, 0x6f, 0x4a, 0x83];
        bytes.extend(Chunk::hash_of(&hashed).iter().take(4));
        bytes.extend(hashed);
        bytes
    }
}

/// The document with other columns: the input names one after the other, and says what to do with it:
/// put a byte somewhere, or bytes in the place of all.
fn forged(mut input: &[u8]) -> Parts<'static> {
    let mut parts = Parts::of(&DOCUMENT);
    while let Some(([column, what], rest)) = input.split_first_chunk::<2>() {
        input = rest;
        let count = parts.columns.iter().map(Vec::len).sum::<usize>();
        let mut columns = parts.columns.iter_mut().flatten();
        let Some((_, data)) = columns.nth(usize::from(*column & 0x7f) % count) else {
            break;
        };
        if column & 0x80 == 0 {
            let (byte, rest) = input.split_first().unwrap_or((&0, &[]));
            input = rest;
            let at = usize::from(*what) % data.len().max(1);
            data.get_mut(at).into_iter().for_each(|it| *it = *byte);
        } else {
            let (new, rest) = input.split_at(usize::from(*what).min(input.len()));
            input = rest;
            *data = new.to_vec();
        }
    }
    parts
}

/// Every object in sight.
fn objects(document: &Automerge, object: &ObjId, found: &mut Vec<ObjId>) {
    for (value, id) in document.values(object) {
        if matches!(value, Value::Object(_)) {
            found.push(id.clone());
            objects(document, &id, found);
        }
    }
}

/// Uses a document as an app does.
fn used(mut document: Automerge) {
    let mut found = vec![ROOT];
    objects(&document, &ROOT, &mut found);
    document.hydrate(None);
    let before = document.get_heads();
    let mut edit = document.transaction();
    for object in &found {
        let length = edit.length(object);
        let _ = match edit.object_type(object) {
            Ok(ObjType::Map) => edit.put(object, "k", "new"),
            Ok(ObjType::Text) => edit.splice_text(object, length / 2, 1, "new"),
            Ok(ObjType::List) if length > 0 => edit.delete(object, length / 2),
            _ => Ok(()),
        };
    }
    edit.commit();
    document.diff(&[], &before);
    let again = Automerge::load(&document.save()).expect("what is saved loads");
    assert_eq!(again.get_heads(), document.get_heads());
    let mut told = Automerge::new();
    let changes = document.get_changes(&[]);
    told.apply_changes(changes).expect("what is told is taken");
    assert_eq!(told.get_heads(), document.get_heads());
}

/// The document whose columns these are, with the heads that it has.
///
/// # Panics
/// When Automerge does.
fn with_its_heads(mut parts: Parts<'_>) -> Option<Vec<u8>> {
    let document = Automerge::load_unverified_heads(&parts.framed()).ok()?;
    let changes = document.get_changes(&[]);
    let mut heads: BTreeSet<_> = changes.iter().map(Change::hash).collect();
    for dependency in changes.iter().flat_map(Change::deps) {
        heads.remove(dependency);
    }
    parts.heads = heads.into_iter().collect();
    Some(parts.framed())
}

/// Gives the document whose columns these are to the decoder.
pub(crate) fn check(input: &[u8]) {
    let parts = forged(input);
    let checked = check_chunk(&parts.framed(), &Limits::default());
    if checked.is_ok_and(|report| !report.marks)
        && let Some(bytes) = with_its_heads(parts)
        && let Ok(document) = Automerge::load(&bytes)
    {
        used(document);
    }
}

/// Whether the decoder refuses the document whose columns these are.
pub(crate) fn is_refused(input: &[u8]) -> bool {
    check_chunk(&forged(input).framed(), &Limits::default()).is_err()
}

/// Gives it to Automerge alone.
///
/// # Panics
/// When Automerge does.
pub(crate) fn use_unchecked(input: &[u8]) {
    let document = with_its_heads(forged(input)).and_then(|bytes| Automerge::load(&bytes).ok());
    document.into_iter().for_each(used);
}

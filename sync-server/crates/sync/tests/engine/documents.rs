//! Random documents of many kinds, from one source of bytes.

use arbtest::arbitrary::{Result, Unstructured};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc, ScalarValue};

/// A document with an actor named by `name`.
pub(crate) fn document(name: u8) -> Automerge {
    Automerge::new().with_actor(ActorId::from([name; 16]))
}

/// One change that puts a value under a key of the root.
pub(crate) fn put(document: &mut Automerge, key: &str, value: &str) {
    let mut transaction = document.transaction();
    transaction
        .put(ROOT, key, value)
        .expect("the root is a map");
    transaction.commit();
}

/// Some random changes of every kind that the library writes.
pub(crate) fn edit(document: &mut Automerge, u: &mut Unstructured) -> Result<()> {
    for _ in 0..u.int_in_range(1..=6)? {
        let mut transaction = document.transaction();
        for _ in 0..u.int_in_range(1..=12)? {
            operation(&mut transaction, u)?;
        }
        let options = CommitOptions::default().with_time(u.int_in_range(-5_i64..=2_000_000_000)?);
        if u.arbitrary()? {
            transaction.commit_with(options.with_message("said in passing"));
        } else {
            transaction.commit_with(options);
        }
    }
    Ok(())
}

fn operation<T: Transactable + ReadDoc>(transaction: &mut T, u: &mut Unstructured) -> Result<()> {
    let keys = ["a", "b", "notes", "text", "tally"];
    let key = *u.choose(&keys)?;
    let object = transaction.get(ROOT, "text").ok().flatten();
    match u.int_in_range(0..=9)? {
        0 => drop(transaction.put(ROOT, key, scalar(u)?)),
        1 => drop(transaction.put_object(ROOT, "text", ObjType::Text)),
        2 => drop(transaction.put_object(ROOT, "notes", ObjType::Map)),
        3 => drop(transaction.delete(ROOT, key)),
        4 => drop(transaction.put(ROOT, "tally", ScalarValue::counter(1))),
        5 => drop(transaction.increment(ROOT, "tally", 3)),
        6 => {
            if let Ok(Some((_, list))) = transaction.get(ROOT, "list") {
                let length = transaction.length(&list);
                drop(transaction.insert(&list, length / 2, scalar(u)?));
            } else {
                drop(transaction.put_object(ROOT, "list", ObjType::List));
            }
        }
        _ => {
            if let Some((_, text)) = object {
                let length = transaction.length(&text);
                let at = u.int_in_range(0..=length)?;
                let delete = u.int_in_range(0..=(length - at).min(20))?;
                let word = *u.choose(&["note", "Grüße 👩‍👧", "a much longer piece of text ", ""])?;
                let times = u.int_in_range(1..=40)?;
                let delete = isize::try_from(delete).unwrap_or(0);
                drop(transaction.splice_text(&text, at, delete, &word.repeat(times)));
            }
        }
    }
    Ok(())
}

fn scalar(u: &mut Unstructured) -> Result<ScalarValue> {
    Ok(match u.int_in_range(0..=8)? {
        0 => ScalarValue::Null,
        1 => ScalarValue::Boolean(u.arbitrary()?),
        2 => ScalarValue::Int(u.arbitrary()?),
        3 => ScalarValue::Uint(u.arbitrary()?),
        4 => ScalarValue::F64(1.5),
        5 => ScalarValue::Bytes(u.arbitrary()?),
        6 => ScalarValue::Timestamp(u.arbitrary()?),
        7 => ScalarValue::Str("x".repeat(u.int_in_range(0..=600)?).into()),
        _ => ScalarValue::Str("short".into()),
    })
}

/// A chunk around this content, with the checksum that belongs to it.
pub(crate) fn chunk(kind: u8, data: &[u8]) -> Vec<u8> {
    let mut framed = vec![kind];
    unsigned(&mut framed, data.len() as u64);
    framed.extend(data);
    let hash = sync::Chunk::new(framed.clone()).hash;
    let mut chunk = vec![0x85, 0x6f, 0x4a, 0x83];
    chunk.extend(&hash[..4]);
    chunk.extend(framed);
    chunk
}

/// Appends an unsigned LEB128 number.
pub(crate) fn unsigned(out: &mut Vec<u8>, mut value: u64) {
    loop {
        let low = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

/// The content of a chunk: what follows its magic bytes, checksum, type and length.
pub(crate) fn content(chunk: &[u8]) -> (u8, Vec<u8>) {
    let mut at = 9;
    while chunk[at] & 0x80 != 0 {
        at += 1;
    }
    (chunk[8], chunk[at + 1..].to_vec())
}

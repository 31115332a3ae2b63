//! The bounded decoder takes everything that Automerge writes, and no input makes it panic.

use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;
use automerge::sync::{State, SyncDoc};
use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc, SaveOptions};
use sync::bounded::{Limits, check_chunk, check_message};

use crate::documents::{chunk, content, document, edit, put};

/// Two random documents with a common past.
fn pair(u: &mut Unstructured) -> Result<(Automerge, Automerge)> {
    let mut one = document(1);
    edit(&mut one, u)?;
    let mut other = one.fork().with_actor(ActorId::from([2; 16]));
    edit(&mut one, u)?;
    edit(&mut other, u)?;
    Ok((one, other))
}

/// S7
#[test]
fn whatever_automerge_saves_is_accepted() {
    arbtest(|u| {
        let (mut one, mut other) = pair(u)?;
        one.merge(&mut other).expect("they have a common past");
        for deflate in [true, false] {
            let saved = one.save_with_options(SaveOptions {
                deflate,
                retain_orphans: true,
            });
            let report = check_chunk(&saved, &Limits::default()).expect("a saved document");
            let heads: Vec<_> = one.get_heads().iter().map(|head| head.0).collect();
            assert_eq!(report.heads, heads);
            assert_eq!(report.total_changes, one.get_changes(&[]).len() as u64);
        }
        let mut all = Vec::new();
        for mut change in one.get_changes(&[]) {
            let report = check_chunk(change.raw_bytes(), &Limits::default()).expect("a change");
            assert_eq!(report.changes, [change.hash().0]);
            assert!(report.operations >= change.len() as u64);
            let deflated = check_chunk(&change.bytes(), &Limits::default()).expect("deflated");
            assert_eq!(deflated.changes, [change.hash().0]);
            all.extend(change.bytes().iter());
        }
        check_chunk(&all, &Limits::default()).expect("one after the other");
        Ok(())
    })
    .budget_ms(1_000);
}

/// S7, S9: every message of a whole synchronisation, with peers that know either version.
#[test]
fn whatever_automerge_sends_is_accepted() {
    arbtest(|u| {
        let (mut one, mut other) = pair(u)?;
        if u.arbitrary()? {
            other = document(3);
        }
        let old_peer: bool = u.arbitrary()?;
        let (mut to_other, mut to_one) = (State::new(), State::new());
        for _ in 0..20 {
            exchange(&mut one, &mut to_other, &mut other, &mut to_one, old_peer);
            exchange(&mut other, &mut to_one, &mut one, &mut to_other, old_peer);
        }
        assert_eq!(one.get_heads(), other.get_heads());
        Ok(())
    })
    .budget_ms(1_000);
}

fn exchange(
    from: &mut Automerge,
    state: &mut State,
    to: &mut Automerge,
    to_state: &mut State,
    old_peer: bool,
) {
    let Some(mut message) = from.generate_sync_message(state) else {
        return;
    };
    if old_peer {
        message.flags = None;
    }
    let heads: Vec<_> = message.heads.iter().map(|head| head.0).collect();
    let report = check_message(&message.clone().encode(), &Limits::default()).expect("a message");
    assert_eq!(report.heads, heads);
    let carried = message.changes.iter().map(<[u8]>::len).sum::<usize>();
    assert!(report.chunks.is_empty() || carried > 0);
    to.receive_sync_message(to_state, message)
        .expect("a message");
}

/// S7
#[test]
fn a_canvas_of_two_thousand_notes_is_accepted_even_in_one_change() {
    let mut canvas = document(1);
    let mut transaction = canvas.transaction();
    for note in 0..2_000 {
        let id = format!(
            "{:032x}",
            u128::from(note as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        );
        let map = transaction.put_object(ROOT, id, ObjType::Map).unwrap();
        for field in ["kind", "colour", "created", "deleted"] {
            transaction
                .put(&map, field, "the same for many notes")
                .unwrap();
        }
        let text = transaction.put_object(&map, "text", ObjType::Text).unwrap();
        transaction
            .splice_text(&text, 0, 0, &format!("note {note} says what it says"))
            .unwrap();
    }
    transaction.commit();
    let saved = canvas.save();
    let report = check_chunk(&saved, &Limits::default()).expect("two thousand notes");
    assert!(report.operations > 60_000);
    let change = canvas.get_changes(&[]).remove(0);
    check_chunk(change.raw_bytes(), &Limits::default()).expect("in one change");
}

/// S7
#[test]
fn a_long_text_deleted_in_one_change_is_accepted() {
    let mut document = document(1);
    let mut transaction = document.transaction();
    let text = transaction.put_object(ROOT, "t", ObjType::Text).unwrap();
    transaction
        .splice_text(&text, 0, 0, &"word ".repeat(20_000))
        .unwrap();
    transaction.commit();
    let before = document.get_heads();
    let mut transaction = document.transaction();
    let length = isize::try_from(transaction.length(&text)).unwrap();
    transaction.splice_text(&text, 0, length, "").unwrap();
    transaction.commit();

    let deletion = document.save_after(&before);
    assert!(deletion.len() < 200, "it says little");
    check_chunk(&deletion, &Limits::default()).expect("a deletion");
    check_chunk(&document.save(), &Limits::default()).expect("the document");
}

/// S7: where the decoder accepts what was changed, Automerge reads the same in it.
#[test]
fn a_changed_byte_is_found_or_harmless() {
    arbtest(|u| {
        let (one, _) = pair(u)?;
        let mut bytes = one.save();
        let at = u.choose_index(bytes.len())?;
        bytes[at] = u.arbitrary()?;
        if check_chunk(&bytes, &Limits::default()).is_ok() {
            let loaded = Automerge::load(&bytes).expect("accepted by both");
            assert_eq!(loaded.get_heads(), one.get_heads());
        }
        Ok(())
    })
    .budget_ms(1_000);
}

/// S8: content that was made up, under the right checksum, so that it is looked at.
#[test]
fn no_bytes_make_the_bounded_decoder_panic() {
    let mut sample = document(1);
    put(&mut sample, "key", "value");
    let templates = [
        sample.save_nocompress(),
        sample.get_changes(&[])[0].raw_bytes().to_vec(),
    ]
    .map(|bytes| content(&bytes));
    arbtest(|u| {
        let (kind, mut data) = u.choose(&templates)?.clone();
        for _ in 0..u.int_in_range(1..=6)? {
            let at = u.choose_index(data.len())?;
            data[at] = u.arbitrary()?;
        }
        let made_up: Vec<u8> = u.arbitrary()?;
        for bytes in [
            chunk(kind, &data),
            chunk(u.int_in_range(0..=4)?, &made_up),
            made_up,
        ] {
            drop(check_chunk(&bytes, &Limits::default()));
            let message = crate::bombs::message(&bytes);
            drop(check_message(&message, &Limits::default()));
            drop(check_message(&bytes, &Limits::default()));
        }
        Ok(())
    })
    .budget_ms(1_000);
}

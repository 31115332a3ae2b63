//! Chunks in any order, damaged or not: what can be read is read, and nothing panics.

use document::{ChunkError, Heads, ProductDocument};

use super::support::{ada_and_ben, add, delete, exchange, field, identity, product, run, splice};

fn load(chunks: &[Vec<u8>]) -> (ProductDocument, Vec<usize>) {
    let (product, rejected) = ProductDocument::load(identity("cem", 3), chunks);
    (
        product,
        rejected.into_iter().map(|chunk| chunk.index).collect(),
    )
}

/// A workspace and its chunks: genesis and a first note, two changes in one, one change, a change
/// by a colleague.
fn chunks() -> (ProductDocument, Vec<Vec<u8>>) {
    let (mut ada, mut ben) = (product("ada", 1), product("ben", 2));
    run(&mut ada, 0, add("n", "n 🐌"));
    let mut chunks = vec![ada.snapshot()];
    let mut heads = ada.heads();
    let mut cut = |ada: &ProductDocument| {
        chunks.push(ada.chunk_since(&heads).unwrap());
        heads = ada.heads();
    };
    run(&mut ada, 1, splice("n", 0, 1, "m"));
    run(&mut ada, 2, field("n", "colour", "red"));
    cut(&ada);
    run(&mut ada, 3, add("m", "m"));
    cut(&ada);
    run(&mut ben, 0, add("b", "ben's"));
    exchange(&mut ada, &mut ben);
    cut(&ada);
    (ada, chunks)
}

/// D36
#[test]
fn chunks_load_in_every_order() {
    let (ada, chunks) = chunks();
    for order in permutations(chunks.len()) {
        let shuffled: Vec<Vec<u8>> = order.iter().map(|index| chunks[*index].clone()).collect();

        let (loaded, rejected) = load(&shuffled);

        assert!(rejected.is_empty());
        assert_eq!(
            (loaded.heads(), loaded.graph()),
            (ada.heads(), ada.graph()),
            "{order:?}"
        );
        assert_eq!(loaded.missing_dependencies(), 0);
    }
}

fn permutations(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let shorter = permutations(count - 1);
    let insert = |order: &Vec<usize>, at: usize| {
        let mut order = order.clone();
        order.insert(at, count - 1);
        order
    };
    shorter
        .iter()
        .flat_map(|order| (0..count).map(|at| insert(order, at)))
        .collect()
}

/// D36: all in one chunk, too, and a snapshot after other chunks.
#[test]
fn chunks_load_joined_and_twice() {
    let (ada, chunks) = chunks();
    let joined = chunks.concat();

    let (loaded, rejected) = load(&[joined.clone(), chunks[2].clone(), ada.snapshot(), joined]);

    assert!(rejected.is_empty());
    assert_eq!(loaded.graph(), ada.graph());
}

/// D4, D36: the snapshot of a workspace of which nothing has arrived yet.
#[test]
fn a_snapshot_of_nothing_loads() {
    let nothing = ProductDocument::awaiting(identity("ada", 1)).snapshot();

    let (mut loaded, rejected) = load(&[nothing]);

    assert!(rejected.is_empty() && !loaded.is_ready());
    assert_eq!(loaded.apply_chunk(&[]), Err(ChunkError::Empty));
}

/// D37: a change whose forerunner is missing waits, survives a snapshot, and is there when the
/// forerunner comes.
#[test]
fn a_change_waits_for_what_it_depends_on() {
    let (ada, chunks) = chunks();
    let (mut loaded, rejected) = load(&[chunks[0].clone(), chunks[2].clone()]);
    assert!(rejected.is_empty());
    assert_eq!(loaded.missing_dependencies(), 1);
    assert_eq!(loaded.graph().entities.len(), 1);

    let (mut again, _) = load(&[loaded.snapshot()]);
    assert_eq!(again.missing_dependencies(), 1);
    for product in [&mut loaded, &mut again] {
        product.apply_chunk(&chunks[1]).unwrap();
        product.apply_chunk(&chunks[3]).unwrap();
        assert_eq!(product.graph(), ada.graph());
    }
}

/// D38: every byte of a chunk, flipped in turn, is noticed; the others load.
#[test]
fn a_flipped_byte_is_noticed_and_the_rest_loads() {
    let (_, chunks) = chunks();
    let (healthy, _) = load(&[chunks[0].clone(), chunks[3].clone()]);
    for (damaged, flip) in [(1, 0xff), (1, 0x01), (2, 0x80)] {
        for at in 0..chunks[damaged].len() {
            let mut bytes = chunks[damaged].clone();
            bytes[at] ^= flip;

            let (loaded, rejected) = load(&[chunks[0].clone(), bytes, chunks[3].clone()]);

            assert_eq!(rejected, [1], "byte {at}");
            assert_eq!(loaded.graph(), healthy.graph());
        }
    }
}

/// D38: whole documents, too.
#[test]
fn a_flipped_byte_of_a_snapshot_is_noticed() {
    let (ada, _) = chunks();
    let snapshot = ada.snapshot();
    for at in 0..snapshot.len() {
        let mut bytes = snapshot.clone();
        bytes[at] ^= 0x10;

        let (loaded, rejected) = load(&[bytes]);

        assert_eq!(rejected, [0], "byte {at}");
        assert!(!loaded.is_ready());
    }
}

/// D38: a torn write, and something behind the end.
#[test]
fn a_cut_or_lengthened_chunk_is_noticed() {
    let (ada, chunks) = chunks();
    let change = &chunks[2];
    for length in 0..change.len() {
        assert_eq!(
            load(&[ada.snapshot(), change[..length].to_vec()]).1,
            [1],
            "{length}"
        );
    }
    let longer = [change.as_slice(), &[0]].concat();
    assert_eq!(load(&[longer.clone(), ada.snapshot()]).1, [0]);
    let mut cem = product("cem", 3);
    assert!(matches!(
        cem.apply_chunk(&longer),
        Err(ChunkError::Unreadable(_))
    ));
    assert_eq!(cem.heads(), product("cem", 4).heads());
}

/// D38: a joined chunk with one damaged piece is left out as a whole.
#[test]
fn nothing_of_a_damaged_chunk_is_taken_in() {
    let (ada, chunks) = chunks();
    let (mut cem, _) = load(&[chunks[0].clone()]);
    let heads = cem.heads();
    let mut bytes = chunks[1..].concat();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;

    assert!(matches!(
        cem.apply_chunk(&bytes),
        Err(ChunkError::Unreadable(_))
    ));
    assert_eq!(cem.heads(), heads);
    cem.apply_chunk(&chunks[1..].concat()).unwrap();
    assert_eq!(cem.graph(), ada.graph());
}

/// D38
#[test]
fn arbitrary_bytes_are_refused_without_a_panic() {
    let (_, chunks) = chunks();
    arbtest::arbtest(|u| {
        let mut bytes = u.choose(&chunks)?.clone();
        for _ in 0..u.int_in_range(1..=4)? {
            let from = u.choose_index(bytes.len())?;
            let to = u.int_in_range(from..=bytes.len())?;
            bytes.splice(from..to, u.bytes(2)?.iter().copied());
        }
        let (mut cem, rejected) = load(&[bytes.clone()]);
        assert_eq!(cem.apply_chunk(&bytes).is_err(), rejected == [0]);
        Ok(())
    })
    .budget_ms(1000);
}

/// D39: two documents whose changes contradict each other (one actor, used twice) cannot be
/// joined; the first stays.
#[test]
fn a_contradicting_chunk_is_refused() {
    let (mut one, mut two) = (product("ada", 1), product("ada", 1));
    run(&mut one, 0, add("a", "one"));
    run(&mut two, 0, add("b", "two"));

    let (loaded, rejected) = load(&[one.snapshot(), two.snapshot()]);

    assert_eq!(rejected, [1]);
    assert_eq!(loaded.graph(), one.graph());
    let refused = one.apply_chunk(&two.snapshot()).unwrap_err().to_string();
    assert!(refused.contains("same author and number"), "{refused}");
    assert_eq!(loaded.graph(), one.graph());
}

/// D40
#[test]
fn chunks_say_exactly_what_the_other_lacks() {
    let (mut ada, ben) = ada_and_ben("n");
    assert_eq!(ada.chunk_since(&ben.heads()), None);
    run(&mut ada, 1, splice("n", 0, 1, "m"));
    run(&mut ada, 2, delete("n"));

    assert_eq!(ada.changes_since(&ben.heads()), 2);
    assert!(ada.has(&ben.heads()) && !ben.has(&ada.heads()));
    let mut ben = ben;
    ben.apply_chunk(&ada.chunk_since(&ben.heads()).unwrap())
        .unwrap();
    assert_eq!(ben.heads(), ada.heads());
    assert_eq!(ben.changes_since(&Heads::default()), 4);
}

/// D36: a change that another program wrote compressed.
#[test]
fn a_compressed_change_loads() {
    let (mut ada, ben) = ada_and_ben("");
    run(
        &mut ada,
        1,
        splice("n", 0, 0, &"a long and dull text ".repeat(100)),
    );
    let mut change = ada.peek(|document| document.get_last_local_change().unwrap());
    let compressed = change.bytes().into_owned();
    assert_eq!(compressed[8], 2);

    for at in 0..compressed.len() {
        let mut bytes = compressed.clone();
        bytes[at] ^= 0x20;
        let (loaded, rejected) = load(&[ben.snapshot(), bytes]);
        // A bit between the end of the compressed data and the next whole byte says nothing.
        assert!(
            rejected == [1] || loaded.graph() == ada.graph(),
            "byte {at}"
        );
    }
    let (loaded, rejected) = load(&[ben.snapshot(), compressed]);
    assert!(rejected.is_empty());
    assert_eq!(loaded.graph(), ada.graph());
}

/// A chunk that writes into an object of the name 900 of an actor who is here, made after everything
/// in a workspace.
fn lie(product: &ProductDocument) -> Vec<u8> {
    use automerge::legacy::{Key, ObjectId, Op, OpId, OpType};
    let operation = |actor: &automerge::ActorId| Op {
        action: OpType::Put(1.into()),
        obj: ObjectId::Id(OpId(900, actor.clone())),
        key: Key::Map("k".into()),
        pred: vec![].into(),
        insert: false,
    };
    let change = product.peek(|document| {
        let last = document.get_changes(&[]).pop().expect("some change");
        automerge::ExpandedChange {
            operations: vec![operation(last.actor_id())],
            actor_id: automerge::ActorId::from(b"liar"),
            hash: None,
            seq: 1,
            start_op: 1_000.try_into().expect("not zero"),
            time: 0,
            message: None,
            deps: document.get_heads(),
            extra_bytes: Vec::new(),
            author: None,
        }
    });
    automerge::Change::from(change).raw_bytes().to_vec()
}

/// D50: from another tab, from a file, from the device.
#[test]
fn a_chunk_that_builds_on_nothing_is_refused_and_named() {
    let (ada, chunks) = chunks();
    let lie = lie(&ada);
    let (mut cem, _) = load(&chunks);
    assert!(matches!(cem.apply_chunk(&lie), Err(ChunkError::Refused(_))));
    assert_eq!(cem.graph(), ada.graph());

    let mut all = chunks;
    all.insert(1, lie);
    let (loaded, rejected) = load(&all);
    assert_eq!(rejected, [1]);
    assert_eq!((loaded.heads(), loaded.graph()), (ada.heads(), ada.graph()));
}

/// D50, D37: one that waited goes when its turn comes, and keeps nothing out.
#[test]
fn a_chunk_that_waited_and_builds_on_nothing_goes() {
    let (ada, chunks) = chunks();
    let (mut cem, _) = load(&chunks[..1]);
    cem.apply_chunk(&lie(&ada)).unwrap();
    assert!(cem.missing_dependencies() > 0);
    for chunk in &chunks[1..] {
        cem.apply_chunk(chunk).unwrap();
    }
    assert_eq!((cem.heads(), cem.graph()), (ada.heads(), ada.graph()));
    assert_eq!(cem.missing_dependencies(), 0);
    assert!(load(&[cem.snapshot()]).1.is_empty());
}

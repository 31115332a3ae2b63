//! Taking a message without Automerge's walk comes to the same as with it.

use arbtest::arbitrary::{Result, Unstructured};
use automerge::transaction::Transactable as _;
use automerge::{ActorId, ROOT};

use super::*;

/// One side of an exchange.
struct Side {
    document: Automerge,
    state: State,
}

impl Side {
    fn new(actor: u8) -> Self {
        let document = Automerge::new().with_actor(ActorId::from([actor]));
        let state = State::new();
        Self { document, state }
    }

    fn edit(&mut self, u: &mut Unstructured) -> Result<()> {
        for _ in 0..u.int_in_range(0..=3)? {
            let mut transaction = self.document.transaction();
            let key = ["a", "b", "c"][u.choose_index(3)?];
            transaction.put(ROOT, key, u.arbitrary::<u32>()?).unwrap();
            transaction.commit();
        }
        Ok(())
    }

    /// Takes a message as Automerge does, and compares what [`take`] makes of the same.
    fn receive(&mut self, message: &Message) {
        let (mut document, mut state) = (self.document.clone(), self.state.clone());
        let patches = &mut PatchLog::inactive();
        take(message.clone(), &mut state, &mut document, patches).unwrap();
        self.document
            .receive_sync_message(&mut self.state, message.clone())
            .unwrap();
        assert_eq!(document.get_heads(), self.document.get_heads());
        // What is said is [`receive`]'s to know.
        state
            .last_sent_heads
            .clone_from(&self.state.last_sent_heads);
        assert_eq!(state, self.state);
    }
}

fn pass(from: &mut Side, to: &mut Side) {
    if let Some(message) = from.document.generate_sync_message(&mut from.state) {
        to.receive(&message);
    }
}

/// S10
#[test]
fn a_message_is_taken_as_automerge_takes_it() {
    arbtest::arbtest(|u| {
        let (mut one, mut other) = (Side::new(1), Side::new(2));
        for actor in 3..u.int_in_range(4..=15)? {
            one.edit(u)?;
            other.edit(u)?;
            if u.ratio(1, 12)? {
                // It has lost everything, or is a new connection.
                one = Side::new(actor);
            }
            if u.ratio(3, 4)? {
                pass(&mut one, &mut other);
            }
            if u.ratio(3, 4)? {
                pass(&mut other, &mut one);
            }
        }
        Ok(())
    })
    .budget_ms(1000);
}

/// S39: instead of those that wait, what has to come before them is asked for, in order and once.
#[test]
fn what_is_missing_is_asked_for_in_order() {
    let (mut gate, mut document) = (Gate::default(), Automerge::new());
    let mut waiting = Vec::new();
    for actor in 1..=9 {
        let mut source = Automerge::new().with_actor(ActorId::from([actor]));
        for number in 0..2 {
            let mut transaction = source.transaction();
            transaction.put(ROOT, "n", number).unwrap();
            transaction.commit();
        }
        waiting.extend(source.get_last_local_change());
    }
    let held: Vec<_> = waiting.iter().map(Change::hash).collect();
    let patches = &mut PatchLog::inactive();
    gate.admit(waiting, &Limits::default(), &mut document, patches)
        .unwrap();
    let mut message = document.generate_sync_message(&mut State::new()).unwrap();
    message.need = held;
    Awaited::of(&gate, &document).ask_in(&mut message);
    assert_eq!(message.need.len(), 9);
    assert!(message.need.is_sorted());
    Message::decode(&message.encode()).unwrap();
}

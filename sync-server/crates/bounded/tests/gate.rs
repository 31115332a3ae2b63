//! The gate: what is honest comes in, in whatever order; what lies does not, and breaks nothing.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test's helpers may panic as its tests do"
)]

#[path = "gate/documents.rs"]
mod documents;
#[path = "gate/honest.rs"]
mod honest;
#[path = "gate/hostile.rs"]
mod hostile;

use automerge::{ActorId, Automerge, Change, PatchLog};
use bounded::{Gate, GateError, Limits};

/// A document by an actor of this number.
fn document(actor: u8) -> Automerge {
    Automerge::new().with_actor(ActorId::from([actor; 16]))
}

/// A document behind a gate.
#[derive(Clone, Default)]
struct Guarded {
    gate: Gate,
    document: Automerge,
}

impl Guarded {
    fn admit(&mut self, changes: Vec<Change>) -> Result<(), GateError> {
        let patches = &mut PatchLog::active();
        let limits = Limits::default();
        self.gate
            .admit(changes, &limits, &mut self.document, patches)
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), GateError> {
        let patches = &mut PatchLog::active();
        let taken = self
            .gate
            .take(bytes, &Limits::default(), &mut self.document, patches);
        self.document.make_patches(patches);
        taken.map(|_| ())
    }

    /// What is saved loads again, and is the same.
    fn stands(&self) {
        let again = Automerge::load(&self.document.save()).expect("it loads");
        assert_eq!(again.get_heads(), self.document.get_heads());
        let told = self.document.save_after(&[]);
        let mut again = Automerge::new();
        again.load_incremental(&told).expect("it loads");
        assert_eq!(again.get_heads(), self.document.get_heads());
    }
}

//! What the decoder and the gate in front of a document cost: the same changes with Automerge alone,
//! behind the decoder, and behind both.

use std::time::Instant;

use automerge::{ActorId, Automerge, Change, PatchLog};
use sync::bounded::{Gate, Limits, check_chunk};

use crate::figures::print;
use crate::harness::Step;
use crate::sync_load::notes;

/// The notes of the document, who writes in it, and how often everyone does at the same instant.
const NOTES: usize = 200;
const WRITERS: usize = 20;
const INSTANTS: usize = 100;

/// The sizes of a document of which one note is edited first.
const IMPORTS: [usize; 3] = [200, 1_000, 10_000];

/// What a change passes on its way into a document.
#[derive(Clone, Copy)]
enum Way {
    Automerge,
    Decoder,
    DecoderAndGate,
}

/// One document and what stands in front of it.
struct Receiver {
    document: Automerge,
    gate: Gate,
    way: Way,
}

impl Receiver {
    fn new(document: &Automerge, way: Way) -> Self {
        Self {
            document: document.clone(),
            gate: Gate::default(),
            way,
        }
    }

    /// Microseconds that one change takes.
    fn take(&mut self, bytes: &[u8]) -> Step<f64> {
        let (limits, patches) = (Limits::default(), &mut PatchLog::inactive());
        let begun = Instant::now();
        if !matches!(self.way, Way::Automerge) {
            check_chunk(bytes, &limits)?;
        }
        if matches!(self.way, Way::DecoderAndGate) {
            (self.gate).take_checked(bytes, &limits, &mut self.document, patches)?;
        } else {
            let change = Change::from_bytes(bytes.to_vec())?;
            self.document.apply_changes_log_patches([change], patches)?;
        }
        Ok(begun.elapsed().as_secs_f64() * 1e6)
    }
}

/// Prints what single edits take each way, and what whole documents and the first edit after an
/// import take.
pub(crate) fn measure() -> Step {
    edits()?;
    for notes in IMPORTS {
        whole(notes)?;
        first_edit(notes)?;
    }
    Ok(())
}

/// A whole document: what the decoder takes for it, and Automerge.
fn whole(count: usize) -> Step {
    let saved = notes::document(count)?.save();
    let (mut checked, mut loaded) = (Vec::new(), Vec::new());
    for _ in 0..9 {
        let begun = Instant::now();
        check_chunk(&saved, &Limits::default())?;
        checked.push(begun.elapsed().as_secs_f64() * 1e3);
        let begun = Instant::now();
        Automerge::load(&saved)?;
        loaded.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    print(&format!("a document of {count} notes, decoder"), &checked);
    print("    Automerge", &loaded);
    Ok(())
}

fn edits() -> Step {
    let start = notes::document(NOTES)?;
    let changes = changes(&start)?;
    println!(
        "{} edits by {WRITERS} writers at the same instants, {NOTES} notes; microseconds of each:",
        changes.len()
    );
    let ways = [
        ("    Automerge alone", Way::Automerge),
        ("    behind the decoder", Way::Decoder),
        ("    behind the decoder and the gate", Way::DecoderAndGate),
    ];
    for (what, way) in ways {
        let mut receiver = Receiver::new(&start, way);
        let taken: Vec<_> = changes
            .iter()
            .map(|change| receiver.take(change))
            .collect::<Step<_>>()?;
        let mean = taken.iter().sum::<f64>() / taken.len() as f64;
        let median = crate::figures::at(&taken, 0.5);
        let p95 = crate::figures::at(&taken, 0.95);
        println!("{what:<44} mean {mean:>8.1}  median {median:>8.1}  p95 {p95:>8.1} µs");
    }
    Ok(())
}

/// Everyone changes what everyone had at the instant before.
fn changes(start: &Automerge) -> Step<Vec<Vec<u8>>> {
    let (mut shared, mut all) = (start.clone(), Vec::new());
    for instant in 0..INSTANTS {
        let heads = shared.get_heads();
        let before = all.len();
        for writer in 0..WRITERS {
            let mut own = notes::copy(&shared, writer);
            notes::edit(&mut own, writer, instant)?;
            all.push(own.save_after(&heads));
        }
        for change in all.iter().skip(before) {
            shared.apply_changes([Change::from_bytes(change.clone())?])?;
        }
    }
    Ok(all)
}

/// One edit of a document that came as a whole: everything about its notes is to be looked up.
fn first_edit(count: usize) -> Step {
    let document = notes::document(count)?;
    let heads = document.get_heads();
    let mut own = document.clone().with_actor(ActorId::from([7; 16]));
    notes::edit(&mut own, count - 1, 1)?;
    let first = own.save_after(&heads);
    let heads = own.get_heads();
    notes::edit(&mut own, count - 1, 2)?;
    let second = own.save_after(&heads);
    for (what, way) in [("alone", Way::Automerge), ("gate", Way::DecoderAndGate)] {
        let (mut at_first, mut then) = (Vec::new(), Vec::new());
        for _ in 0..5 {
            let mut receiver = Receiver::new(&document, way);
            at_first.push(receiver.take(&first)? / 1e3);
            then.push(receiver.take(&second)? / 1e3);
        }
        print(&format!("first edit of {count} notes, {what}"), &at_first);
        print(&format!("    the edit after that, {what}"), &then);
    }
    Ok(())
}

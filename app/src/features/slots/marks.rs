//! What stands on a note beside its words: the verdict on an experiment, on its own note and on that
//! of what was learned from it; and that evidence counts nothing.
//!
//! Invariant: a mark is words with an icon; its colour says nothing that they do not say.

use domain::experiment::{EXPERIMENT, Verdict, Word, verdict};
use domain::figure::FigureBook;
use domain::trace;
use domain::{EntityId, KindId};
use leptos::html::P;
use leptos::prelude::*;
use workspace::Session;

use crate::features::{left_out_words, use_figures, verdict_words};
use crate::i18n::{t, tf};
use crate::ui::{Icon, IconName, unique_id};

const LEARNING: &str = "learning";
const EVIDENCE: &str = "evidence";

/// Whether notes of that kind carry a mark.
pub(super) fn is_marked(kind: &KindId) -> bool {
    [EXPERIMENT, LEARNING, EVIDENCE].contains(&kind.as_str())
}

/// The mark of a note of such a kind, which follows every edit of the workspace.
pub(super) fn mark(session: &Session, id: EntityId) -> AnyView {
    let figures = use_figures(session);
    let said = Memo::new(move |_| {
        // A lock changes no figure, so every edit counts.
        figures.get().watch_all();
        figures.get().with(|_, book| said(book, &id))
    });
    let mark = move || {
        let (name, words) = said.get()?;
        let described = unique_id("mark");
        let paragraph = NodeRef::<P>::new();
        let description = described.clone();
        paragraph.on_load(move |paragraph| {
            // A note's name is its text alone; assistive technology reads the mark behind it.
            if let Ok(Some(note)) = paragraph.closest("[data-note]") {
                let _ = note.set_attribute("aria-describedby", &description);
            }
        });
        Some(view! {
            <p class="note-mark" id=described data-verdict=name node_ref=paragraph>
                <Icon name=icon(name)/>
                <span>{words}</span>
            </p>
        })
    };
    mark.into_any()
}

/// What is said: its name and its words.
fn said(book: &FigureBook, id: &EntityId) -> Option<(&'static str, String)> {
    let reader = book.index().reader();
    let note = book.index().find(id.as_str())?;
    if reader.is(note, EXPERIMENT) {
        let verdict = verdict(&reader, note, book.today());
        let is_late = ["running", "done", "stopped"]
            .map(Some)
            .contains(&reader.text(note, "status"));
        if verdict.word == Word::Planned && is_late {
            return Some(("unlocked", t("verdict.unlocked")));
        }
        return Some((name(&verdict), verdict_words(&verdict)));
    }
    if reader.is(note, EVIDENCE) {
        let reason = trace::left_out(&reader, note, book.today())?;
        return Some((reason.name(), left_out_words(reason)));
    }
    let mut sources = reader.to(note, "concludes-in");
    let experiment = sources.find(|source| reader.is(*source, EXPERIMENT))?;
    let verdict = verdict(&reader, experiment, book.today());
    let words = tf(
        "verdict.of_experiment",
        &[("verdict", &verdict_words(&verdict))],
    );
    Some((name(&verdict), words))
}

/// That of its word; a plan that is locked and has no data yet is told from one that runs.
fn name(verdict: &Verdict) -> &'static str {
    match verdict.word {
        Word::Running if verdict.reached.is_none() => "locked",
        ref word => word.name(),
    }
}

fn icon(name: &str) -> IconName {
    match name {
        "planned" => IconName::FlaskConical,
        "locked" => IconName::Shield,
        "running" => IconName::Loader,
        "supported" => IconName::CircleCheck,
        "refuted" => IconName::X,
        "mixed" => IconName::Shuffle,
        "invalid" => IconName::TriangleAlert,
        "retracted" => IconName::Undo,
        _ => IconName::CircleHelp,
    }
}

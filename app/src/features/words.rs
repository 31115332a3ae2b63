//! What the domain's things are called in the language of this tab: for every feature alike.

use domain::catalogue::{CanvasError, Flaw, Wrong};
use domain::interchange::{Complaint, Line, Piece, Warning, headings};
use domain::value::Misfit;
use domain::{
    Canvas, CanvasId, EntityId, FieldValue, Hue, ImportError, PersonId, SlotId, UNPLACED,
    catalogue, trace,
};
use leptos::prelude::{Get, With};
use workspace::Session;

use crate::i18n::{language, number, t, tf, tn, tnf};
use crate::platform::{bundle::BundleProblem, files::FileError, settings};
use crate::ui::Swatch;

/// The kind of a note that has not become anything yet.
const NOTE: &str = "note";

/// A canvas by name; its id when neither the catalogue nor the workspace has it. Read in a view, it
/// follows.
pub(crate) fn canvas_title(session: &Session, canvas: &CanvasId) -> String {
    let known = session.workspace().projection().canvas(canvas);
    title_of(known.as_deref(), canvas)
}

/// A slot by name. What a canvas does not know stands in its tray, and is called so. Read in a view,
/// it follows.
pub(crate) fn slot_title(session: &Session, canvas: &CanvasId, slot: &SlotId) -> String {
    let known = session.workspace().projection().canvas(canvas);
    slot_title_of(known.as_deref(), slot)
}

/// The name of a canvas; the id of one that is not known.
pub(crate) fn title_of(canvas: Option<&Canvas>, id: &CanvasId) -> String {
    canvas.map_or_else(
        || id.to_string(),
        |known| known.title.text(language().code()).to_owned(),
    )
}

/// The name of a slot, or of the tray of what the canvas does not know.
pub(crate) fn slot_title_of(canvas: Option<&Canvas>, slot: &SlotId) -> String {
    match canvas.and_then(|canvas| canvas.slot(slot)) {
        Some(known) if *slot != UNPLACED => known.title.text(language().code()).to_owned(),
        _ => t("slots.unplaced"),
    }
}

/// What a note says; of one that says nothing what it is, and of what. Read in a view, it follows the
/// note.
pub(crate) fn note_words(session: &Session, id: &EntityId) -> String {
    let Some(note) = session.workspace().projection().note(id) else {
        return t("slots.empty_note");
    };
    let body = note.body.get();
    if !body.text.trim().is_empty() {
        return body.text;
    }
    let kind = catalogue::kind(&body.kind).filter(|kind| kind.id != *NOTE);
    let Some(kind) = kind else {
        return t("slots.empty_note");
    };
    let title = kind.title.text(language().code());
    let of = trace::belongs_by(body.kind.as_str()).find_map(|field| {
        let FieldValue::Text(owner) = body.fields.get(field)? else {
            return None;
        };
        let owner = session
            .workspace()
            .projection()
            .note(&owner.trim().into())?;
        Some(owner.body.with(|body| first_line(&body.text))).filter(|line| !line.is_empty())
    });
    of.map_or_else(|| title.to_owned(), |of| format!("{title}: {of}"))
}

/// The first line of a text that says anything, by which it stands in a list; empty where none does.
pub(crate) fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    line.unwrap_or_default().to_owned()
}

/// A person by name. Read in a view, it follows the name.
pub(crate) fn person_name(session: &Session, person: &PersonId) -> String {
    let people = session.workspace().projection().people.clone();
    let name = people.with(|people| people.get(person).map(|known| known.name.clone()));
    name.filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| t("people.someone"))
}

/// The colours to choose from, by name.
pub(crate) fn hue_swatches() -> Vec<Swatch> {
    let label = |hue| match hue {
        Hue::Yellow => t("colour.yellow"),
        Hue::Orange => t("colour.orange"),
        Hue::Red => t("colour.red"),
        Hue::Violet => t("colour.violet"),
        Hue::Blue => t("colour.blue"),
        Hue::Cyan => t("colour.cyan"),
        Hue::Green => t("colour.green"),
        Hue::Grey => t("colour.grey"),
    };
    Hue::ALL
        .into_iter()
        .map(|hue| Swatch {
            value: hue.name().to_owned(),
            label: label(hue),
        })
        .collect()
}

/// Whether that person is the one at this device.
pub(crate) fn is_me(person: &PersonId) -> bool {
    settings::identity().person == *person
}

/// Why a value does not fit its field, and what would.
pub(crate) fn misfit_words(misfit: &Misfit) -> String {
    let parts: Vec<(&str, &str)> = misfit
        .parts
        .iter()
        .map(|(name, part)| (*name, part.as_str()))
        .collect();
    tf(misfit.key, &parts)
}

/// Why a canvas of one's own cannot be used.
pub(crate) fn canvas_problem(error: &CanvasError) -> String {
    let slot = |key: &str, slot: &SlotId| tf(key, &[("slot", slot.as_str())]);
    match error {
        CanvasError::Taken(id) => tf("own_canvas.error.taken", &[("id", id.as_str())]),
        CanvasError::BadId(id) => tf("own_canvas.error.bad_id", &[("id", id)]),
        CanvasError::Untitled => t("own_canvas.error.untitled"),
        CanvasError::NoSlots => t("own_canvas.error.no_slots"),
        CanvasError::BadLayout => t("own_canvas.error.layout"),
        CanvasError::UntitledSlot(id) => slot("own_canvas.error.untitled_slot", id),
        CanvasError::TwiceTheSlot(id) => slot("own_canvas.error.twice", id),
        CanvasError::Outside(id) => slot("own_canvas.error.outside", id),
        CanvasError::TakesNothing(id) => slot("own_canvas.error.takes_nothing", id),
        CanvasError::UnknownSlot(id) => slot("own_canvas.error.unknown_slot", id),
        CanvasError::Overlap(one, other) => tf(
            "own_canvas.error.overlap",
            &[("slot", one.as_str()), ("other", other.as_str())],
        ),
        CanvasError::UnknownKind(id, kind) => tf(
            "own_canvas.error.unknown_kind",
            &[("slot", id.as_str()), ("kind", kind.as_str())],
        ),
        CanvasError::UnknownFigure(id) => tf("own_canvas.error.unknown_figure", &[("id", id)]),
        CanvasError::BadAddress(url) => tf("own_canvas.error.address", &[("url", url)]),
        // What the reader says is English; whoever edits the text is told every flaw in words.
        CanvasError::Unreadable { line, .. } => tf(
            "own_canvas.error.unreadable",
            &[("line", &line.to_string())],
        ),
    }
}

/// One thing that is wrong with a canvas that somebody writes, and where it stands in its text.
pub(crate) fn flaw_words(flaw: &Flaw) -> String {
    let words = match &flaw.what {
        Wrong::Shape(complaint) => complaint_words(complaint),
        Wrong::Sense(error) => canvas_problem(error),
    };
    placed_flaw(flaw.line, &flaw.field, &words)
}

/// What is wrong in a line and a member of a canvas's text.
pub(crate) fn placed_flaw(line: usize, field: &str, problem: &str) -> String {
    let line = number(line);
    if field.is_empty() {
        return tf(
            "own_canvas.where_line",
            &[("line", &line), ("problem", problem)],
        );
    }
    tf(
        "own_canvas.where",
        &[("line", &line), ("field", field), ("problem", problem)],
    )
}

/// What an import tells about a file that it took.
pub(crate) fn warning_words(warning: &Warning) -> String {
    let reason = warning.misfit.as_ref().map(misfit_words);
    let flaw = warning.flaw.as_ref().map(flaw_words);
    let canvas = |part: &str| {
        let id = CanvasId::from(part);
        title_of(catalogue::canvas(&id), &id)
    };
    let parts: Vec<(&str, String)> = warning
        .parts
        .iter()
        .map(|(name, part)| match *name {
            "canvas" => ("canvas", canvas(part)),
            name => (name, part.clone()),
        })
        .chain(reason.map(|reason| ("reason", reason)))
        .chain(flaw.map(|flaw| ("flaw", flaw)))
        .collect();
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, part)| (*name, part.as_str()))
        .collect();
    let words = match warning.count {
        Some(count) => tnf(warning.key, count, &parts),
        None => tf(warning.key, &parts),
    };
    let Some(Line {
        table,
        number: line,
    }) = &warning.line
    else {
        return words;
    };
    let (key, table) = match table {
        None => ("import.warning.at", ""),
        Some(table) => ("import.warning.in_table", table.as_str()),
    };
    let line = number(*line);
    tf(
        key,
        &[("table", table), ("line", &line), ("warning", &words)],
    )
}

/// Why a file could not be read at all.
pub(crate) fn file_problem(error: &FileError) -> String {
    match error {
        FileError::TooLarge => t("import.error.too_large_to_read"),
        FileError::Unreadable => t("import.error.unreadable"),
    }
}

/// Why a saved workspace was not merged.
pub(crate) fn bundle_problem(problem: &BundleProblem) -> String {
    t(match problem {
        BundleProblem::Foreign => "bundle.foreign",
        BundleProblem::Newer => "bundle.newer",
        BundleProblem::Torn => "bundle.torn",
        BundleProblem::Damaged => "bundle.damaged",
        BundleProblem::NotReady => "bundle.not_ready",
        BundleProblem::NotAllowed => "bundle.not_allowed",
        BundleProblem::NotStored => "bundle.not_stored",
        BundleProblem::Other(name) => return tf("bundle.other", &[("name", name)]),
    })
}

/// What is wrong in detail, or where.
fn complaint_words(complaint: &Complaint) -> String {
    let parts: Vec<(&str, String)> = complaint
        .parts
        .iter()
        .map(|(name, piece)| match piece {
            Piece::Text(text) => (*name, text.clone()),
            Piece::Phrase(phrase) => (*name, complaint_words(phrase)),
        })
        .collect();
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, part)| (*name, part.as_str()))
        .collect();
    tf(complaint.key, &parts)
}

fn all_words(complaints: &[Complaint], separator: &str) -> String {
    let words: Vec<String> = complaints.iter().map(complaint_words).collect();
    words.join(separator)
}

/// What is wrong with a file's content, and what to do, in one line; in further lines what could have
/// been read.
pub(crate) fn import_problem(error: &ImportError) -> String {
    let n = |count: usize| number(count);
    match error {
        ImportError::Empty => t("import.error.empty"),
        ImportError::TooLarge { megabytes, limit } => tf(
            "import.error.too_large",
            &[("n", &n(*megabytes)), ("limit", &n(*limit))],
        ),
        ImportError::Utf16 => t("import.error.utf16"),
        ImportError::NotText { line } => tf("import.error.not_text", &[("line", &n(*line))]),
        ImportError::JsonSyntax {
            line,
            column,
            problem,
        } => tf(
            "import.error.json_syntax",
            &[
                ("line", &n(*line)),
                ("column", &n(*column)),
                ("problem", &complaint_words(problem)),
            ],
        ),
        ImportError::TooDeep { line, column } => tf(
            "import.error.too_deep",
            &[("line", &n(*line)), ("column", &n(*column))],
        ),
        ImportError::UnknownXml { found } => tf("import.error.unknown_xml", &[("found", found)]),
        ImportError::UnknownJson { found } => tf(
            "import.error.unknown_json",
            &[("found", &complaint_words(found))],
        ),
        ImportError::NewerVersion { .. } => t("import.error.newer_version"),
        ImportError::Invalid {
            line,
            place,
            problem,
        } if place.is_empty() => tf(
            "import.error.invalid_line",
            &[("line", &n(*line)), ("problem", &complaint_words(problem))],
        ),
        ImportError::Invalid {
            line,
            place,
            problem,
        } => tf(
            "import.error.invalid",
            &[
                ("line", &n(*line)),
                ("place", &all_words(place, ", ")),
                ("problem", &complaint_words(problem)),
            ],
        ),
        ImportError::NoSlotHeading { found } => {
            let found = complaint_words(found);
            let words = tf("import.error.no_slot_heading", &[("found", &found)]);
            let looked_for = headings(language().code());
            format!("{words}\n{}", all_words(&looked_for, "\n"))
        }
        ImportError::EmptyTable => t("import.error.empty_table"),
        ImportError::UnknownTable { found } => {
            tf("import.error.unknown_table", &[("found", found)])
        }
        ImportError::NoNotes { items } => tn("import.error.no_notes", *items),
        // A problem that is younger than this list is told in the domain's own words.
        other => other.to_string(),
    }
}

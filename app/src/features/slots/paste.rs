//! Pasting on a canvas: each line of a text becomes a note, list marks left out.

use workspace::{Message, Tone};

use super::dom;
use super::surface::Surface;

/// More lines than this are no list of notes; they are a file, and "Import…" is for files.
const MOST: usize = 200;

/// Text was pasted while a note or a slot's button had the focus.
pub(super) fn pasted(surface: &Surface, event: &web_sys::Event) {
    use wasm_bindgen::JsCast;
    if dom::is_text_box(event.target()) {
        return;
    }
    let Some(slot) = dom::slot_at(event.target()) else {
        return;
    };
    let text = event
        .dyn_ref::<web_sys::ClipboardEvent>()
        .and_then(web_sys::ClipboardEvent::clipboard_data)
        .and_then(|data| data.get_data("text/plain").ok())
        .unwrap_or_default();
    event.prevent_default();
    if !surface.session.insist_on_editing() {
        return;
    }
    let notes = notes_in(&text);
    if notes.len() > MOST {
        surface
            .session
            .toast(Message::plain("toast.paste_too_long"), Tone::Problem, None);
        return;
    }
    let mut last = None;
    for note in notes {
        last = workspace::commands::add_to(&surface.session, &slot, note).or(last);
    }
    if let Some(last) = last {
        surface.choose(&last);
    }
}

/// The lines of a text, without the marks of a list and without empty ones.
fn notes_in(text: &str) -> Vec<&str> {
    text.lines()
        .map(without_mark)
        .filter(|line| !line.is_empty())
        .collect()
}

fn without_mark(line: &str) -> &str {
    let line = line.trim();
    let mark = ["- ", "* ", "+ ", "• ", "– "]
        .into_iter()
        .find_map(|mark| line.strip_prefix(mark));
    mark.map_or(line, str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_list_becomes_one_note_a_line() {
        let text = "- No time to cook\r\n\r\n* Too dear\n  • Unhealthy  \n-- not a mark";
        assert_eq!(
            notes_in(text),
            ["No time to cook", "Too dear", "Unhealthy", "-- not a mark"]
        );
    }

    #[test]
    fn a_mark_alone_is_a_line_like_any_other() {
        assert_eq!(notes_in("-\n3 - 2"), ["-", "3 - 2"]);
    }
}

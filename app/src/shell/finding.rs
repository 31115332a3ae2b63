//! Going to a note that was found, on whichever canvas shows it.

use domain::EntityId;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use workspace::search::Hit;
use workspace::{Request, Session};

use crate::features::{canvas_title, slot_title};

/// Shows the canvas that holds a note and puts the focus on the note.
pub(super) fn go_to_note(session: &Session, id: &EntityId) {
    let Some(note) = session.workspace().projection().note(id) else {
        return;
    };
    let here = session.canvas_now();
    let canvas = note.places.with_untracked(|places| {
        if places.contains_key(&here) {
            Some(here.clone())
        } else {
            places.keys().next().cloned()
        }
    });
    // The canvas moves the focus to the chosen note only when nothing else holds it.
    if let Some(active) = document()
        .active_element()
        .and_then(|active| active.dyn_into::<HtmlElement>().ok())
    {
        let _ = active.blur();
    }
    if let Some(canvas) = canvas.filter(|canvas| *canvas != here) {
        session.request(Request::OpenCanvas(canvas));
    }
    session.focused().set(Some(id.clone()));
}

/// Where a note was found: "Problem · Lean Canvas".
pub(super) fn hit_detail(session: &Session, hit: &Hit) -> String {
    let Some((canvas, slot)) = &hit.place else {
        return String::new();
    };
    let slot = slot_title(session, canvas, slot);
    format!("{slot} · {}", canvas_title(session, canvas))
}

//! The parts of a canvas that come once its notes are on show: the guided mode, menus, dragging, credits
//! and the fit on paper.

use std::sync::Arc;

use domain::Slot;
use futures_util::FutureExt;
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::credits::Credits;
use super::drag::{Drag, Gesture};
use super::drag_overlay::DragOverlay;
use super::guide::GuideMenu;
use super::guide_bar::GuideBar;
use super::note_menu::NoteMenu;
use super::own_menu;
use super::print::print_on_sheets;
use super::suggestions::suggestions;
use super::surface::Surface;
use crate::features::{is_complete, room_left};
use crate::ui::install_icons;

/// One of the parts, by its place.
#[derive(Clone)]
pub(super) enum Part {
    /// In the head of the view.
    Menus,
    /// Between head and slots.
    Guide,
    /// At the end of a slot for which the method suggests something.
    Suggestions(Arc<Slot>),
    /// Below the slots, and above all.
    Rest,
    /// Below a box: how much room its text has, by its length in UTF-16 units.
    Room(RwSignal<usize>),
    /// Over all: the note on its way.
    Carried(Drag),
}

/// Fetches the parts. Each entry to their code has to be told that it is here.
pub(crate) async fn fetch_parts() -> Result<(), SplitLoaderError> {
    fetch_drawing().await?;
    fetch_answering().await
}

/// The part, once its code is here.
pub(super) fn later(surface: &Surface, part: Part) -> AnyView {
    let (surface, complete) = (surface.clone(), is_complete());
    (move || {
        complete
            .get()
            // With its code here, the future is done at once.
            .then(|| draw(part.clone(), surface.clone()).now_or_never()?.ok())
            .flatten()
    })
    .into_any()
}

#[wasm_split(later, fallible, preload(fetch_drawing))]
fn draw(part: Part, surface: Surface) -> Result<AnyView, SplitLoaderError> {
    install_icons();
    Ok(match part {
        Part::Menus => {
            let own = own_menu(&surface);
            view! {
                <GuideMenu guide=surface.guide/>
                {own}
            }
            .into_any()
        }
        Part::Guide => view! { <GuideBar surface=surface/> }.into_any(),
        Part::Suggestions(slot) => suggestions(slot),
        Part::Room(length) => room_left(length),
        Part::Carried(drag) => view! { <DragOverlay drag=drag surface=surface/> }.into_any(),
        Part::Rest => {
            print_on_sheets(&surface);
            view! {
                <Credits canvas=surface.canvas.clone()/>
                <NoteMenu surface=surface/>
            }
            .into_any()
        }
    })
}

/// Lets a drag answer the pointer, whose code is here.
pub(super) fn carry_on(drag: Drag, gesture: Gesture) {
    // With its code here, the future is done at once.
    let _ = answer(drag, gesture).now_or_never();
}

#[wasm_split(later, fallible, preload(fetch_answering))]
fn answer(drag: Drag, gesture: Gesture) -> Result<(), SplitLoaderError> {
    drag.answer(&gesture);
    Ok(())
}

//! The slots view: a canvas, drawn as regions of notes on its grid.
//!
//! Invariant: a canvas is data. Nothing here names a canvas or a slot. One handler of each kind on
//! the canvas serves all notes, so that a thousand notes are a thousand plain elements.

mod composer;
mod credits;
mod dom;
mod drag;
mod drag_overlay;
mod editor;
mod figures;
mod geometry;
mod guide;
mod guide_bar;
mod interruption;
mod keyboard;
mod landing;
mod later;
mod marks;
mod names;
mod note;
mod note_menu;
mod paste;
mod print;
mod slot;
mod suggestions;
mod surface;
mod textbox;

use std::sync::Arc;

use document::{Anchor, Position};
use domain::catalogue::CanvasRef;
use domain::{EntityId, SlotId};
use leptos::prelude::*;
use web_sys::{MouseEvent, PointerEvent};

use crate::features::{command_items, use_session};
use crate::i18n::{language, t};
use crate::ui::{IconName, MenuButton};
use drag::{Drag, Gesture};
use figures::CanvasFigures;
pub(crate) use later::fetch_parts;
use later::{Part, later};
use slot::{SlotRegion, Tray};
use surface::Surface;

/// What can be done with a canvas that the workspace brings.
const OWN_COMMANDS: [&str; 3] = ["canvas.edit", "canvas.save", "canvas.remove"];

/// A canvas with its heading, its guide and its credits.
#[component]
pub(crate) fn SlotsView(
    /// The canvas to draw.
    canvas: CanvasRef,
    /// The id of the heading, which names the main region.
    heading: &'static str,
) -> impl IntoView {
    let surface = Surface::new(canvas.clone(), use_session());
    surface.follow_focus();
    surface.watch_pointer();
    let drag = {
        let surface = surface.clone();
        Drag::install(
            surface.root,
            Callback::new(move |drop| land(&surface, drop)),
        )
    };
    tell_what_is_carried(&surface, drag);
    let slots = canvas
        .slots
        .iter()
        .map(|slot| view! { <SlotRegion region=Arc::new(slot.clone()) surface=surface.clone() drag=drag/> })
        .collect_view();
    // On paper the canvas must say whose it is.
    let workspace_name = surface.session.workspace().projection().name.clone();
    let tray = view! { <Tray surface=surface.clone()/> };
    let (title, purpose) = (canvas.title.clone(), canvas.description.clone());
    let grid = format!(
        "--columns:{};--rows:{}",
        canvas.layout.columns, canvas.layout.rows
    );
    view! {
        <header class="view-head">
            <p class="view-workspace">{move || workspace_name.get()}</p>
            <h1 id=heading class="view-title" data-page-heading="" tabindex="-1">
                {move || title.text(language().code()).to_owned()}
            </h1>
            <p class="view-purpose">{move || purpose.text(language().code()).to_owned()}</p>
            {later(&surface, Part::Menus)}
        </header>
        {later(&surface, Part::Guide)}
        <Ground surface=surface.clone() drag=drag>
            <div class="slots-grid" style=grid>
                {slots}
            </div>
            {tray}
        </Ground>
        <CanvasFigures surface=surface.clone()/>
        {later(&surface, Part::Rest)}
        {later(&surface, Part::Carried(drag))}
    }
}

/// What can be done with a canvas of one's own; nothing for one of the catalogue.
fn own_menu(surface: &Surface) -> Option<AnyView> {
    let CanvasRef::Own(_) = surface.canvas else {
        return None;
    };
    let session = surface.session.clone();
    let items = move || command_items(&session, &OWN_COMMANDS);
    Some(
        view! { <MenuButton label=move || t("slots.own_menu") icon=IconName::Ellipsis items=items/> }
            .into_any(),
    )
}

/// The element around all slots, which hears pointer and keys for all notes.
#[component]
fn Ground(surface: Surface, drag: Drag, children: Children) -> impl IntoView {
    let within = RwSignal::new(false);
    let tab_index = move || if within.get() { "-1" } else { "0" };
    let set_within = move |now: bool| {
        // The focus also leaves when the view goes away, and its signals have gone before.
        if within.try_get_untracked() != Some(now) {
            let _ = within.try_set(now);
        }
    };
    let root = surface.root;
    keep_still_while_dragging(root, drag);

    let (enter, arrive, keys, pasted) = (
        surface.clone(),
        surface.clone(),
        surface.clone(),
        surface.clone(),
    );
    let (press, click, double) = (surface.clone(), surface.clone(), surface.clone());
    let (context, over, regain, out) = (surface.clone(), surface.clone(), surface.clone(), surface);
    view! {
        <div
            node_ref=root
            class="slots"
            role="group"
            aria-label=move || t("slots.notes")
            data-region=""
            data-canvas=""
            tabindex=tab_index
            data-dragging=move || drag.dragged().with(Option::is_some).then_some("true")
            on:focus=move |_| enter_by_keyboard(&enter)
            on:focusin=move |event| {
                set_within(true);
                if let Some(stop) = dom::stop_at(event.target()) {
                    arrive.arrived(&stop);
                }
            }
            on:focusout=move |event| {
                set_within(event.related_target().is_some_and(|to| dom::is_within(root, &to)));
                regain.regain(&event);
            }
            on:keydown=move |event| keyboard::press(&keys, &event)
            on:paste=move |event| paste::pasted(&pasted, &event)
            on:click=move |event| clicked(&click, &event)
            on:dblclick=move |event| opened(&double, &event)
            on:contextmenu=move |event| menu_asked(&context, drag, &event)
            on:pointerover=move |event| hovered(&over, &event)
            on:pointerleave=move |_| out.point_at(None)
            on:pointerdown=move |event| {
                press.remember_choice();
                if press.session.can_edit_now() {
                    drag.hear(Gesture::Pressed(event));
                }
            }
            on:pointermove=move |event| drag.hear(Gesture::Moved(event))
            on:pointerup=move |event| drag.hear(Gesture::Released(event))
            on:pointercancel=move |_| drag.cancel()
        >
            {children()}
        </div>
    }
}

/// The session knows which note is on its way, for whoever shows that to others.
fn tell_what_is_carried(surface: &Surface, drag: Drag) {
    let (dragged, carried) = (drag.dragged(), surface.session.carried());
    let id = Memo::new(move |_| dragged.with(|dragged| dragged.as_ref().map(|it| it.id.clone())));
    let leaving = carried.clone();
    Effect::new(move |_| carried.set(id.get()));
    on_cleanup(move || leaving.set(None));
}

/// A note was dropped: one command.
fn land(surface: &Surface, (id, slot, before): (EntityId, SlotId, Option<EntityId>)) {
    let anchor = before.map_or(Anchor::Last, Anchor::Before);
    let position = Position {
        canvas: surface.canvas.id.clone(),
        slot,
        anchor,
    };
    workspace::commands::place(&surface.session, &id, position);
    surface.choose(&id);
}

/// Tab has reached the canvas. A press with the pointer on bare ground is not meant for a note.
fn enter_by_keyboard(surface: &Surface) {
    let by_keyboard = surface
        .root
        .try_get_untracked()
        .flatten()
        .is_some_and(|root| root.matches(":focus-visible").unwrap_or(true));
    if by_keyboard {
        surface.enter();
    }
}

/// A finger that taps the note it had already chosen means to edit it.
fn clicked(surface: &Surface, event: &MouseEvent) {
    let finger = dom::is_touch(event);
    let Some(id) =
        dom::note_at(event.target()).filter(|_| finger && !dom::is_control(event.target()))
    else {
        return;
    };
    if surface.was_chosen(&id) {
        edit(surface, id);
    }
}

/// A double click edits a note, or adds one on bare ground.
fn opened(surface: &Surface, event: &MouseEvent) {
    if dom::is_control(event.target()) {
        return;
    }
    match (dom::note_at(event.target()), dom::slot_at(event.target())) {
        (Some(id), _) => edit(surface, id),
        (None, Some(slot)) if surface.canvas.slot(&slot).is_some() => surface.add(&slot),
        _ => {}
    }
}

fn edit(surface: &Surface, id: EntityId) {
    surface.choose(&id);
    if surface.session.insist_on_editing() {
        surface.session.edit(&id);
    }
}

/// The right button, the menu key or Shift+F10 opens the note's menu; in text boxes the browser's
/// own menu stays.
fn menu_asked(surface: &Surface, drag: Drag, event: &MouseEvent) {
    if drag.is_dragging() {
        event.prevent_default();
        return;
    }
    if let Some(id) = dom::note_at(event.target()).filter(|_| !dom::is_control(event.target())) {
        event.prevent_default();
        // From the keyboard it comes without a button pressed: then the menu belongs to the note.
        let by_pointer = event.button() == 2;
        let point = by_pointer.then(|| (f64::from(event.client_x()), f64::from(event.client_y())));
        surface.open_menu(&id, point);
    }
}

fn hovered(surface: &Surface, event: &PointerEvent) {
    if event.pointer_type() != "touch" {
        surface.point_at(dom::note_at(event.target()));
    }
}

/// While a finger carries a note the page must not scroll under it; a pointer event cannot prevent
/// that, a touch event that is not passive can.
fn keep_still_while_dragging(root: NodeRef<leptos::html::Div>, drag: Drag) {
    root.on_load(move |root| dom::on_touch_move(&root, move || drag.is_dragging()));
}

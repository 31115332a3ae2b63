//! One slot: a region named by its title, with its question, its notes in order and a box for more.

use std::sync::Arc;

use domain::{Slot, SlotId, UNPLACED};
use leptos::prelude::*;
use workspace::{Request, Session};

use super::composer::Composer;
use super::drag::Drag;
use super::later::{Part, later};
use super::names::SlotName;
use super::note::NoteItem;
use super::surface::Surface;
use crate::features::use_session;
use crate::i18n::{language, number, t, tf};
use crate::ui::{Icon, IconName, unique_id};

/// A slot of the canvas.
#[component]
pub(super) fn SlotRegion(
    /// The slot; a property named `slot` would be read as something else.
    region: Arc<Slot>,
    /// The canvas around it.
    surface: Surface,
    /// The canvas's drag, for whether it would land here.
    drag: Drag,
) -> impl IntoView {
    let slot = region;
    let name = SlotName::Known(slot.clone());
    let notes = surface.notes(&slot.id);
    let empty = {
        let notes = notes.clone();
        Memo::new(move |_| notes.with(Vec::is_empty))
    };
    let heading = unique_id("slot");
    let question_id = format!("{heading}-question");
    let explained = RwSignal::new(false);
    let target = {
        let id = slot.id.clone();
        Memo::new(move |_| drag.is_over(&id))
    };
    let step = surface.guide.step_of(&slot.id);
    let title = {
        let name = name.clone();
        move || name.title()
    };
    let help = {
        let name = name.clone();
        let question_id = question_id.clone();
        move || {
            let (name, question_id) = (name.clone(), question_id.clone());
            (!empty.get()).then(|| {
                view! {
                    <button
                        type="button"
                        class="ui-button ui-icon-button slot-help"
                        data-look="quiet"
                        data-stop=""
                        tabindex="-1"
                        aria-controls=question_id
                        aria-expanded=move || if explained.get() { "true" } else { "false" }
                        aria-label=move || tf("slots.help", &[("slot", &name.title())])
                        on:click=move |_| explained.update(|explained| *explained = !*explained)
                    >
                        <Icon name=IconName::CircleHelp/>
                    </button>
                }
            })
        }
    };
    let question = {
        let (name, question_id) = (name.clone(), question_id.clone());
        move || {
            let (name, question_id) = (name.clone(), question_id.clone());
            (empty.get() || explained.get()).then(
                || view! { <p class="slot-question" id=question_id>{move || name.question()}</p> },
            )
        }
    };
    let suggested =
        (!slot.suggestions.is_empty()).then(|| later(&surface, Part::Suggestions(slot.clone())));
    view! {
        <section
            class="slot"
            data-slot=slot.id.to_string()
            data-part=slot.part_of.is_some().then_some("true")
            data-target=move || target.get().then_some("true")
            data-step=move || step.get().map(|step| if step.now { "now" } else { "other" })
            style=grid_area(&slot)
            aria-labelledby=heading.clone()
        >
            <div class="slot-head">
                {move || step.get().map(|step| view! { <span class="slot-step" aria-hidden="true">{number(step.number)}</span> })}
                <h2 class="slot-title" id=heading.clone()>{title}</h2>
                {help}
            </div>
            <div class="slot-body">
                {question}
                <SlotNotes name=name.clone() surface=surface.clone() heading=heading.clone()/>
                {limit_hint(&slot, &surface)}
                <AddNote name=name surface=surface/>
                {suggested}
            </div>
        </section>
    }
}

/// The tray of notes that have no slot here; there only while it holds some.
#[component]
pub(super) fn Tray(
    /// The canvas around it.
    surface: Surface,
) -> impl IntoView {
    let name = SlotName::tray();
    let notes = surface.notes(name.id());
    let empty = Memo::new(move |_| notes.with(Vec::is_empty));
    move || {
        (!empty.get()).then(|| {
            let heading = unique_id("tray");
            view! {
                <section class="slot slot-tray" data-slot=UNPLACED aria-labelledby=heading.clone()>
                    <div class="slot-head">
                        <h2 class="slot-title" id=heading.clone()>{move || t("slots.unplaced")}</h2>
                    </div>
                    <p class="slot-question">{move || t("slots.unplaced_hint")}</p>
                    <SlotNotes name=name.clone() surface=surface.clone() heading=heading.clone()/>
                </section>
            }
        })
    }
}

/// The notes of a slot, in order; a note that stays keeps its element.
#[component]
fn SlotNotes(name: SlotName, surface: Surface, heading: String) -> impl IntoView {
    let notes = surface.notes(name.id());
    // `role`: a list without bullets is no list to Safari's screen reader.
    view! {
        <ul class="slot-notes" role="list" aria-labelledby=heading>
            <For each=move || notes.get() key=|id| id.clone() let:id>
                <NoteItem id=id within=name.clone() surface=surface.clone()/>
            </For>
        </ul>
    }
}

/// The button that adds a note, or the box in which one is being written.
#[component]
fn AddNote(name: SlotName, surface: Surface) -> impl IntoView {
    let adding = use_session().adding();
    let open = {
        let id = name.id().clone();
        Memo::new(move |_| adding.with(|adding| adding.as_ref() == Some(&id)))
    };
    // A memo: another role with the same right must not draw the box anew, which would close it.
    let session = use_session();
    let may_edit = Memo::new({
        let session = session.clone();
        move |_| session.may_edit()
    });
    let draft = waiting_draft(session, may_edit, &name, &surface);
    focus_what_was_written(open, may_edit, name.id(), &surface);
    let button_or_box = move || {
        let (surface, id) = (surface.clone(), name.id().clone());
        if !may_edit.get() {
            ().into_any()
        } else if open.get() {
            let leaving = surface.clone();
            let done = Callback::new(move |kept| leaving.leave_composer(&id, kept));
            view! { <Composer name=name.clone() surface=surface on_done=done/> }.into_any()
        } else {
            let name = name.clone();
            view! {
                <button
                    type="button"
                    class="slot-add"
                    data-stop=""
                    data-add=""
                    tabindex="-1"
                    aria-label=move || tf("slots.add_to", &[("slot", &name.title())])
                    on:click=move |_| surface.add(&id)
                >
                    <Icon name=IconName::Plus/>
                    <span aria-hidden="true">{move || t("slots.add")}</span>
                </button>
            }
            .into_any()
        }
    };
    view! {
        {move || (!open.get() || !may_edit.get()).then(|| draft.clone())}
        {button_or_box}
    }
}

/// A row with what was typed for a new note and not kept: it opens the box with it.
fn waiting_draft(
    session: Session,
    may_edit: Memo<bool>,
    name: &SlotName,
    surface: &Surface,
) -> impl Fn() -> Option<AnyView> + Clone + Send + 'static + use<> {
    let (id, canvas) = (name.id().clone(), session.canvas_now());
    let surface = surface.clone();
    let text = {
        let id = id.clone();
        Memo::new(move |_| session.draft(&canvas, &id))
    };
    move || {
        let (surface, id, text) = (surface.clone(), id.clone(), text.get());
        (!text.is_empty()).then(|| {
            let (words, icon) = match may_edit.get() {
                true => ("slots.draft", IconName::Pencil),
                false => ("slots.copy_draft", IconName::Copy),
            };
            let discard = (!may_edit.get()).then(|| discard(&surface, &id, &text));
            view! {
                <button
                    type="button"
                    class="slot-add slot-draft"
                    data-stop=""
                    tabindex="-1"
                    on:click=move |_| take_up(&surface, &id)
                >
                    <Icon name=icon/>
                    <span>{tf(words, &[("text", &text)])}</span>
                </button>
                {discard}
            }
            .into_any()
        })
    }
}

/// The button by which whoever may not write any more gets rid of a draft; others do it in the box.
fn discard(surface: &Surface, id: &SlotId, text: &str) -> impl IntoView + use<> {
    let (surface, id, text) = (surface.clone(), id.clone(), text.to_owned());
    let press = move |_| {
        let canvas = &surface.canvas.id;
        surface.session.discard_draft(canvas, &id, &text);
        surface.leave_composer(&id, None);
    };
    view! {
        <button type="button" class="slot-add" data-stop="" tabindex="-1" on:click=press>
            <Icon name=IconName::X/>
            <span>{move || t("slots.discard_draft")}</span>
        </button>
    }
}

/// The box has gone with the right to write, and its draft stands in its place.
fn focus_what_was_written(open: Memo<bool>, may_edit: Memo<bool>, id: &SlotId, surface: &Surface) {
    let (surface, id) = (surface.clone(), id.clone());
    Effect::new(move |was_open: Option<bool>| {
        let open = open.get();
        if was_open == Some(true) && !open && !may_edit.get_untracked() {
            surface.focus_draft(&id);
        }
        open
    });
}

/// Opens the box with the draft; whoever may not write any more gets it to take elsewhere.
fn take_up(surface: &Surface, id: &SlotId) {
    let session = &surface.session;
    if session.can_edit_now() {
        surface.add(id);
    } else {
        session.request(Request::CopyText(session.draft(&surface.canvas.id, id)));
    }
}

/// A quiet word when a slot holds more notes than the method advises.
fn limit_hint(slot: &Arc<Slot>, surface: &Surface) -> impl IntoView + use<> {
    let slot = slot.clone();
    let limit = slot.limit.and_then(|limit| usize::try_from(limit).ok());
    let notes = surface.notes(&slot.id);
    let over = Memo::new(move |_| limit.filter(|limit| notes.with(Vec::len) > *limit));
    move || {
        over.get().map(|limit| {
            let advice = slot
                .advice
                .as_ref()
                .map(|advice| advice.text(language().code()).to_owned());
            view! {
                <p class="slot-limit" title=advice>{tf("slots.limit", &[("n", &number(limit))])}</p>
            }
        })
    }
}

fn grid_area(slot: &Slot) -> String {
    let area = &slot.area;
    // On a screen each row is two: the titles, and what is below them.
    let (first, count) = (2 * area.row - 1, 2 * area.row_span);
    format!(
        "--column:{}/span {};--row:{}/span {};--rows-of-two:{first}/span {count}",
        area.column, area.column_span, area.row, area.row_span
    )
}

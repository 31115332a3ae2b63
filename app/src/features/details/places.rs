//! Where a note stands: one row a canvas, the way there, and the way off it.

use document::Command;
use domain::{CanvasId, EntityId, Placement};
use leptos::prelude::*;
use workspace::{Dialog as Opened, Note, Request, Session};

use crate::features::{canvas_title, slot_title};
use crate::i18n::{t, tf};
use crate::ui::{Button, ButtonLook, IconName};

/// The places of a note.
#[component]
pub(super) fn NotePlaces(
    /// The note.
    id: EntityId,
    /// Its places.
    note: Note,
    /// The session.
    session: Session,
) -> impl IntoView {
    let rows = {
        let (id, session) = (id.clone(), session.clone());
        move || {
            let places = note.places.get();
            if places.is_empty() {
                return view! { <p class="ui-hint">{t("details.no_place")}</p> }.into_any();
            }
            let rows = places
                .into_iter()
                .map(|place| row(&session, &id, place))
                .collect_view();
            view! { <ul class="details-rows" role="list">{rows}</ul> }.into_any()
        }
    };
    view! {
        <section class="details-part">
            <h3 class="ui-label">{move || t("details.places")}</h3>
            {rows}
            {move || session.may_edit().then(|| {
                let (session, id) = (session.clone(), id.clone());
                view! {
                    <Button
                        label=move || t("details.place_on")
                        look=ButtonLook::Quiet
                        icon=IconName::Plus
                        on_press=move || session.open(Opened::MoveTo(id.clone()))
                    />
                }
            })}
        </section>
    }
}

fn row(
    session: &Session,
    id: &EntityId,
    (canvas, place): (CanvasId, Placement),
) -> impl IntoView + use<> {
    let (title, slot) = (
        canvas_title(session, &canvas),
        slot_title(session, &canvas, &place.slot),
    );
    let (shown, taken) = (title.clone(), title.clone());
    let (showing, show_id, show_on) = (session.clone(), id.clone(), canvas.clone());
    let show = move || {
        showing.close_dialog();
        showing.focused().set(Some(show_id.clone()));
        if showing.canvas_now() != show_on {
            showing.request(Request::OpenCanvas(show_on.clone()));
        }
    };
    let (taking, looking, id) = (session.clone(), session.clone(), id.clone());
    let take_off = move || {
        // A refusal has been told in a toast.
        let _ = taking.dispatch(Command::Unplace {
            id: id.clone(),
            canvas: canvas.clone(),
        });
    };
    view! {
        <li class="details-row">
            <p><span>{slot}</span> " " <span class="ui-hint">{title}</span></p>
            <Button
                label=move || t("details.show")
                name=Signal::derive(move || Some(tf("details.show_named", &[("canvas", &shown)])))
                look=ButtonLook::Quiet
                on_press=show
            />
            {move || looking.may_edit().then(|| {
                let taken = taken.clone();
                view! {
                    <Button
                        label=move || t("details.take_off")
                        name=Signal::derive(move || Some(tf("details.take_off_named", &[("canvas", &taken)])))
                        look=ButtonLook::Quiet
                        on_press=take_off.clone()
                    />
                }
            })}
        </li>
    }
}

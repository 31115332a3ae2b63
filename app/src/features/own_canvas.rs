//! The dialogs "Add a canvas…" and "Edit this canvas…": a canvas of one's own by its titles or as
//! text, checked before anything is written.
//!
//! Invariant: what is refused leaves the text as it is, with the line and the member named.

mod beginning;
mod draft;
mod effects;
mod outline;
mod picture;
mod problem;

use document::Command;
use domain::EntityId;
use leptos::prelude::*;
use workspace::{Request, Session};

use crate::features::use_session;
use crate::i18n::{language, t};
use crate::ui::{
    Action, Banner, Button, ButtonLook, Dialog, DialogActions, DialogSize, TextArea, Tone,
};
use beginning::{Beginning, template};
use draft::Draft;
use effects::Effects;
use outline::OutlineFields;
use picture::Picture;

/// Lines of the text in sight.
const ROWS: u32 = 12;

/// Adds a canvas to the workspace.
#[component]
pub(crate) fn AddCanvasDialog(
    /// Called once it has closed.
    on_close: Action,
) -> impl IntoView {
    let session = use_session();
    let draft = Draft::new(session.clone(), None, template());
    let keep = {
        let session = session.clone();
        move || {
            if let Some(canvas) = draft.check() {
                add(&session, draft, canvas.id);
            }
        }
    };
    view! {
        <Dialog title=move || t("command.canvas.add") size=DialogSize::Large on_close=on_close>
            <p class="ui-hint">{move || t("own_canvas.about")}</p>
            <Beginning draft=draft anew=true/>
            <OutlineFields draft=draft session=session.clone()/>
            <Told draft=draft/>
            <Picture draft=draft/>
            <details class="details-more own-canvas-whole">
                <summary>{move || t("own_canvas.whole")}</summary>
                <p class="ui-hint">{move || t("own_canvas.whole_more")}</p>
                <Text draft=draft/>
                <Kinds/>
            </details>
            <Ending session=session label=move || t("own_canvas.add") on_keep=keep/>
        </Dialog>
    }
}

/// Changes a canvas that the workspace brings.
#[component]
pub(crate) fn EditCanvasDialog(
    /// The entity that holds it.
    id: EntityId,
    /// Called once it has closed.
    on_close: Action,
) -> impl IntoView {
    let session = use_session();
    let present = session.workspace().projection().definition(&id);
    let draft = Draft::new(
        session.clone(),
        Some(id.clone()),
        present.unwrap_or_default(),
    );
    let keep = {
        let (session, id) = (session.clone(), id.clone());
        move || {
            if draft.check().is_some() {
                replace(&session, draft, &id);
            }
        }
    };
    view! {
        <Dialog title=move || t("command.canvas.edit") size=DialogSize::Large on_close=on_close>
            <Effects draft=draft holder=id session=session.clone()/>
            <Beginning draft=draft/>
            <Text draft=draft/>
            <Told draft=draft/>
            <Picture draft=draft/>
            <Kinds/>
            <Ending session=session label=move || t("own_canvas.save") on_keep=keep/>
        </Dialog>
    }
}

/// What is wrong with it, once somebody wanted it used.
#[component]
fn Told(draft: Draft) -> impl IntoView {
    move || {
        draft.told().map(|problem| {
            let rows = draft.text.with_untracked(|text| problem.words(text));
            let rows = rows.into_iter().map(|row| view! { <li>{row}</li> });
            view! {
                <Banner tone=Tone::Problem title=move || t("own_canvas.problem")>
                    <ul class="import-warnings">{rows.collect_view()}</ul>
                </Banner>
            }
        })
    }
}

/// The text.
#[component]
fn Text(draft: Draft) -> impl IntoView {
    draft.area.on_load(|area| {
        area.set_spellcheck(false);
        // A browser without the attribute shows the text all the same.
        let _ = area.set_attribute("autocapitalize", "off");
    });
    view! {
        <div class="own-canvas-text">
            <TextArea
                label=move || t("own_canvas.text")
                value=draft.text
                hint=Signal::derive(|| Some(t("own_canvas.text_more")))
                rows=ROWS
                node_ref=draft.area
            />
        </div>
    }
}

/// The ids that slots can name.
#[component]
fn Kinds() -> impl IntoView {
    let rows = move || {
        let code = language().code();
        domain::kinds()
            .iter()
            .map(|kind| {
                let title = kind.title.text(code).to_owned();
                view! { <li><code>{kind.id.to_string()}</code> " " <span class="ui-hint">{title}</span></li> }
            })
            .collect_view()
    };
    view! {
        <details class="details-more">
            <summary>{move || t("own_canvas.kinds")}</summary>
            <ul class="own-canvas-kinds" role="list">{rows}</ul>
        </details>
    }
}

#[component]
fn Ending(
    session: Session,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] on_keep: Action,
) -> impl IntoView {
    view! {
        <DialogActions>
            <Button label=move || t("start.cancel") on_press=move || session.close_dialog()/>
            <Button label=label look=ButtonLook::Primary on_press=on_keep/>
        </DialogActions>
    }
}

/// Adds it and shows it; a refusal has been told in a toast.
fn add(session: &Session, draft: Draft, canvas: domain::CanvasId) {
    let command = Command::AddCanvas {
        id: EntityId::from(session.workspace().environment().id()),
        definition: draft.text.get_untracked(),
    };
    if session.dispatch(command).is_ok() {
        session.close_dialog();
        session.focused().set(None);
        session.request(Request::OpenCanvas(canvas));
    }
}

/// Replaces it, and brings it back if it has been removed meanwhile: one gesture. A refusal has been
/// told in a toast.
fn replace(session: &Session, draft: Draft, id: &EntityId) {
    let commands = [
        Command::Restore {
            ids: vec![id.clone()],
        },
        Command::ReplaceCanvas {
            id: id.clone(),
            definition: draft.text.get_untracked(),
        },
    ];
    if session.dispatch_together(commands).is_ok() {
        session.close_dialog();
    }
}

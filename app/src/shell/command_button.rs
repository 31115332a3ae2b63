//! A command of the table as a button.

use leptos::prelude::*;
use workspace::Session;
use workspace::commands::command;

use crate::i18n::t;
use crate::ui::{Button, ButtonLook, IconButton, IconName};

/// How a command is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Its icon; the words are its name and tooltip.
    Icon,
    /// Its icon and its words, without an outline.
    Row,
    /// The one action that stands out.
    Primary,
}

/// A button that runs the command `id`; nothing for an id that the table does not have, and for
/// whoever may not run it.
#[component]
pub(super) fn CommandButton(
    /// The session that the command works on.
    session: Session,
    /// The command's id.
    id: &'static str,
    /// How it is drawn.
    shape: Shape,
    /// Whether it can run now, where that changes while it is on show.
    #[prop(into, optional)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let command = command(id)?;
    let keys = command.keys.first().copied().unwrap_or_default();
    let icon = IconName::named(command.icon);
    let offered = {
        let session = session.clone();
        Memo::new(move |_| command.is_offered(&session))
    };
    let button = move || {
        let session = session.clone();
        let press = move || {
            command.try_run(&session);
        };
        match (shape, icon) {
        (Shape::Icon, Some(icon)) => view! {
            <IconButton label=move || t(command.title) icon=icon keys=keys disabled=disabled on_press=press/>
        }
        .into_any(),
        (Shape::Icon | Shape::Row, icon) => view! {
            <Button label=move || t(command.title) look=ButtonLook::Quiet icon=icon keys=keys disabled=disabled on_press=press/>
        }
        .into_any(),
        (Shape::Primary, icon) => view! {
            <Button label=move || t(command.title) look=ButtonLook::Primary icon=icon keys=keys disabled=disabled on_press=press/>
        }
        .into_any(),
        }
    };
    Some(move || offered.get().then(&button))
}

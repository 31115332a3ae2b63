//! What commands ask of the world outside the workspace.

use std::time::Duration;

use leptos::html::Input;
use leptos::prelude::*;
use sync::DocumentId;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use workspace::{Dialog, Message, Request, Session, Theme, Tone};

use super::navigation::{Arrival, Navigator};
use super::route::Route;
use super::views_shown::ViewsShown;
use super::{appearance, regions};
use crate::platform::files;

/// Answers the requests of a session.
pub(super) fn answer(
    session: &Session,
    document: DocumentId,
    navigator: Navigator,
    search: NodeRef<Input>,
    views: ViewsShown,
) {
    let answering = session.clone();
    session.on_request(move |request| match request {
        Request::OpenCanvas(canvas) => {
            // A note may have been chosen there; without one the heading says where one is.
            let arrival = if answering.focused().with_untracked(Option::is_some) {
                Arrival::Elsewhere
            } else {
                Arrival::Heading
            };
            navigator.go(Route::view(document, canvas), arrival);
        }
        Request::OpenStart => navigator.go(Route::Start, Arrival::Heading),
        Request::Print => {
            // A browser that cannot print has said so itself.
            let _ = window().print();
        }
        Request::SaveFile { name, content } => save(&answering, &name, &content),
        Request::CopyText(text) => copy(answering.clone(), text),
        Request::UseTheme(theme) => {
            appearance::use_theme(theme);
            answering.announce(vec![Message::plain(match theme {
                Theme::Light => "announce.theme_light",
                Theme::Dark => "announce.theme_dark",
                Theme::System => "announce.theme_system",
            })]);
        }
        Request::FocusSearch => focus_search(&answering, search),
        // The palette that asked gives the focus back first.
        Request::FocusName => set_timeout(focus_name, Duration::from_millis(50)),
        Request::FoldViews => {
            let message = if views.toggle() {
                "announce.views_shown"
            } else {
                "announce.views_folded"
            };
            answering.announce(vec![Message::plain(message)]);
        }
        Request::CycleRegion { back } => regions::cycle(back),
    });
}

fn save(session: &Session, name: &str, content: &str) {
    let (message, tone) = if files::download(name, "application/json", content.as_bytes()) {
        (
            Message::plain("export.given").with("name", name),
            Tone::Calm,
        )
    } else {
        (Message::plain("export.refused"), Tone::Problem)
    };
    session.toast(message, tone, None);
}

fn copy(session: Session, text: String) {
    spawn_local(async move {
        if files::copy(&text).await {
            let message = Message::plain("toast.copied").with("text", text);
            session.toast(message, Tone::Calm, None);
        } else {
            session.toast(Message::plain("toast.copy_failed"), Tone::Problem, None);
        }
    });
}

fn focus_name() {
    let name = document().query_selector(".frame-name").ok().flatten();
    if let Some(name) = name.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) {
        // An element that is on show takes the focus.
        let _ = name.focus();
        name.select();
    }
}

/// Where the bar has no room for the box, the palette finds notes as well.
fn focus_search(session: &Session, search: NodeRef<Input>) {
    match search
        .get_untracked()
        .filter(|input| input.get_client_rects().length() > 0)
    {
        Some(input) => {
            // An element that is on show takes the focus.
            let _ = input.focus();
            input.select();
        }
        None => session.open(Dialog::Palette),
    }
}

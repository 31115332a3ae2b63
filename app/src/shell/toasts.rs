//! The session's toasts on the screen. Calm ones leave by themselves, problems wait for an answer.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use workspace::commands::command;
use workspace::{Session, Toast, Tone as SessionTone};

use super::words::words;
use crate::i18n::t;
use crate::ui::{ToastItem, ToastRegion, Tone};

/// Long enough to read two lines and press "Undo"; what it undoes stays undoable afterwards.
const CALM: Duration = Duration::from_secs(8);
/// While someone points at a toast or has the focus in it, it stays.
const AGAIN: Duration = Duration::from_secs(2);

/// The toasts of a session.
#[component]
pub(super) fn Toasts(
    /// The session.
    session: Session,
) -> impl IntoView {
    leave_in_time(&session);
    let items = {
        let session = session.clone();
        Signal::derive_local(move || {
            let toasts = session.toasts().get();
            toasts
                .into_iter()
                .map(|toast| item(&session, toast))
                .collect::<Vec<_>>()
        })
    };
    view! { <ToastRegion items=items on_dismiss=move |id| session.dismiss(id)/> }
}

fn item(session: &Session, toast: Toast) -> ToastItem {
    let Toast {
        id,
        message,
        tone,
        action,
        ..
    } = toast;
    let action = action.and_then(command).map(|command| {
        let session = session.clone();
        let run: Arc<dyn Fn() + Send + Sync> = Arc::new(move || session.answer(id));
        (ArcSignal::derive(move || t(command.title)), run)
    });
    let (session, canvas) = (session.clone(), session.canvas());
    ToastItem {
        id,
        words: ArcSignal::derive(move || words(&session, &message, &canvas.get())),
        tone: match tone {
            SessionTone::Calm => Tone::Calm,
            SessionTone::Problem => Tone::Problem,
        },
        action,
    }
}

fn leave_in_time(session: &Session) {
    let session = session.clone();
    Effect::new(move |latest: Option<u64>| {
        let latest = latest.unwrap_or_default();
        session.toasts().with(|toasts| {
            for toast in toasts
                .iter()
                .filter(|toast| toast.id > latest && toast.tone == SessionTone::Calm)
            {
                dismiss_after(CALM, session.clone(), toast.id);
            }
            toasts.last().map_or(latest, |toast| toast.id.max(latest))
        })
    });
}

fn dismiss_after(time: Duration, session: Session, id: u64) {
    set_timeout(
        move || {
            let held = document().query_selector(".ui-toasts:hover, .ui-toasts:focus-within");
            if matches!(held, Ok(Some(_))) {
                dismiss_after(AGAIN, session, id);
            } else {
                session.dismiss(id);
            }
        },
        time,
    );
}

//! What a person may do can change while they do it: an owner takes a link back, or lets it do more.

use leptos::prelude::*;
use workspace::{Access, Session};

use super::navigation;

/// Tells the session of every such change, for as long as the component around it lives.
pub(super) fn follow(session: &Session) {
    let access = session.workspace().access();
    let session = session.clone();
    Effect::new(move |before: Option<Access>| {
        let now = access.get();
        if let Some(before) = before.filter(|before| *before != now) {
            session.rights_changed(before);
            request_animation_frame(|| request_animation_frame(take_up_the_focus));
        }
        now
    });
}

/// The box in which somebody wrote may be gone, and nothing else have taken the focus over.
fn take_up_the_focus() {
    if navigation::is_focus_free() {
        navigation::focus_heading(0);
    }
}

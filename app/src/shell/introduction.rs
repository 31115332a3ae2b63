//! Tells the others who one is: once there is a name, with the first edit of a workspace, and when
//! name or colour change. Who only reads leaves no trace in the document.

use document::Command;
use domain::Person;
use leptos::prelude::*;
use workspace::{Origin, Session};

use crate::platform::Device;

/// Keeps the name in the document in step with the name on this device.
pub(super) fn introduce(device: &Device, session: &Session) {
    let identity = device.identity();
    let (changed, telling) = (identity.clone(), session.clone());
    Effect::new(move |before: Option<()>| {
        changed.track();
        if before.is_some() {
            tell(&changed, &telling);
        }
    });
    let (identity, telling) = (identity, session.clone());
    let listening = session.workspace().on_change(move |change| {
        if change.origin == Origin::Local {
            let (identity, session) = (identity.clone(), telling.clone());
            // After everyone has heard of the edit itself.
            queue_microtask(move || tell(&identity, &session));
        }
    });
    // Until the page of this workspace is left.
    StoredValue::new_local(listening);
}

fn tell(identity: &ArcRwSignal<crate::platform::Identity>, session: &Session) {
    let workspace = session.workspace();
    let me = identity.get_untracked();
    let person = Person {
        name: me.name,
        colour: me.colour,
    };
    let known = workspace
        .projection()
        .people
        .with_untracked(|people| people.get(&me.person).cloned());
    if person.name.is_empty() || known.as_ref() == Some(&person) || !workspace.is_editable() {
        return;
    }
    // In the gesture that is under way, so that leaving a text box can still take that one back.
    if let Err(error) =
        workspace.dispatch_in(workspace.last_gesture(), Command::SetPerson { person })
    {
        session.refuse(&error);
    }
}

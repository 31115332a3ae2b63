//! The dialog "Share workspace": one's name at the first time, links with roles for owners, and for
//! everyone else what they may pass on; and whose changes have come through somebody else.
//!
//! Invariant: it promises nothing that is not so. A link's key is shown once, when it is made; what
//! a role only hides is not called forbidden.

mod address;
mod brought;
mod change;
mod claim;
mod link_box;
mod list;
mod member;
mod new_link;
mod person;
mod qr;
mod refusal;
mod room;
mod row;
mod wording;

use leptos::prelude::*;
use workspace::{Access, Role};

use crate::features::use_session;
use crate::i18n::t;
use crate::platform::{Device, Node};
use crate::ui::{Action, Banner, Dialog, Tone};
use address::Address;
use brought::Brought;
use claim::Claim;
use list::{LinkList, Links};
use member::Member;
use new_link::NewLink;
use person::Who;
use room::RoomNotice;

/// What the parts of the dialog share.
#[derive(Clone)]
struct Sharing {
    node: Node,
    /// Where others open the workspace.
    address: RwSignal<Address>,
    /// What is to be said aloud.
    said: RwSignal<Option<String>>,
    /// Keeps the person's name, if they have just given it.
    keep_name: Callback<()>,
    links: Links,
}

/// Shares the open workspace.
#[component]
pub(crate) fn ShareDialog(
    /// This device, which keeps the person's name.
    device: Device,
    /// The workspace.
    node: Node,
    /// Called once it has closed.
    on_close: Action,
) -> impl IntoView {
    let who = Who::new(&device);
    let sharing = Sharing {
        address: RwSignal::new(Address::of(node.id)),
        said: RwSignal::new(None),
        keep_name: who.keep(&device),
        links: Links::new(&node),
        node,
    };
    let access = use_session().workspace().access();
    let is_made_here = sharing.node.is_made_here();
    let part = {
        let access = access.clone();
        Memo::new(move |_| Part::of(access.get(), is_made_here))
    };
    let is_open = move || access.get() == Access::Open;
    let open_until =
        move || is_open().then(|| view! { <p class="ui-hint">{move || t("share.open_until")}</p> });
    let (said, parts, keep_name) = (sharing.said, sharing.clone(), sharing.keep_name);
    // Also by the Esc key, and however else it closes.
    let close = move || {
        keep_name.run(());
        on_close.run(());
    };
    let content = move || {
        let sharing = parts.clone();
        match part.get() {
            Part::Owner => view! {
                <NewLink sharing=sharing.clone()/>
                {open_until.clone()}
                <LinkList sharing=sharing/>
            }
            .into_any(),
            Part::Member(role) => view! { <Member sharing=sharing role=Some(role)/> }.into_any(),
            Part::Anybody => view! {
                <Member sharing=sharing.clone() role=None/>
                <Claim sharing=sharing/>
            }
            .into_any(),
            Part::Nobody => view! { <Claim sharing=sharing/> }.into_any(),
            Part::Outside => view! {
                <Banner tone=Tone::Warning title=move || t("share.ended") detail=Signal::derive(|| Some(t("notice.ended_more")))/>
            }
            .into_any(),
        }
    };
    // Nobody sees whose link has ended, and there is nothing to pass on. A memo: the box in which a name is being typed must stay.
    let is_seen = Memo::new(move |_| part.get() != Part::Outside);
    let person = move || {
        let who = who.clone();
        is_seen
            .get()
            .then(|| view! { <person::Person who=who keep_name=keep_name/> })
    };
    let room = move || {
        let sharing = sharing.clone();
        is_seen
            .get()
            .then(|| view! { <RoomNotice sharing=sharing/> })
    };
    view! {
        <Dialog title=move || t("share.title") said=said on_close=close>
            {person}
            {content}
            <Brought/>
            {room}
        </Dialog>
    }
}

/// Which part of the dialog concerns this person.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// They decide who may do what, from the first link on if nobody owns the workspace yet.
    Owner,
    /// They came by a link with this role.
    Member(Role),
    /// Whoever knows the address may edit.
    Anybody,
    /// The server keeps nothing for whoever knows the address.
    Nobody,
    /// Their link opens nothing any more.
    Outside,
}

impl Part {
    fn of(access: Access, is_made_here: bool) -> Self {
        match access {
            Access::By(Role::Own) => Self::Owner,
            Access::Open if is_made_here => Self::Owner,
            Access::By(role) => Self::Member(role),
            Access::Open => Self::Anybody,
            Access::Unserved => Self::Nobody,
            Access::Ended(_) => Self::Outside,
        }
    }
}

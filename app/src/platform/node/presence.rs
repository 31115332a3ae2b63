//! Who else has the workspace open now, where they are, and what they are told of this tab.
//!
//! What is told is one CBOR map that the server passes on unread, as PROTOCOL.md describes it.
//! Invariant: what cannot be read shows nobody and breaks nothing.

mod form;

use std::cell::RefCell;
use std::rc::Rc;

use domain::{Hue, PersonId};
use leptos::prelude::{ArcRwSignal, GetUntracked, Set, Update};
use workspace::presence::{self, Onlooker, Presence};

use super::{Inner, Node};
use crate::platform::clock::{self, Scheduled};

/// How soon after a change it is told: the engine tells it thirty times a second at most.
const TELL_WITHIN_MS: u32 = 34;

/// Someone in another tab, on this device or elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Colleague {
    /// The connection, which is new each time they come.
    pub peer: String,
    /// Who they say they are.
    pub person: PersonId,
    /// Their name; empty if they have not said it.
    pub name: String,
    /// The colour by which others know them.
    pub colour: Hue,
    /// From which device they are here, where the server says so.
    pub device: Option<sync::Device>,
}

/// Those who are there, in the order of their connections' names.
pub(super) type Colleagues = ArcRwSignal<Vec<Colleague>>;

/// Where this tab is, and where others are.
#[derive(Default)]
pub(super) struct Whereabouts {
    mine: RefCell<Presence>,
    tell_due: RefCell<Option<Scheduled>>,
    /// Apart from the colleagues themselves, who change far less often.
    pub(super) others: ArcRwSignal<Vec<Onlooker>>,
}

impl Node {
    /// Where others are, in the order of their connections' names.
    pub fn onlookers(&self) -> ArcRwSignal<Vec<Onlooker>> {
        self.inner().whereabouts.others.clone()
    }

    /// Shows others where this tab is from now on. Many calls make few messages: the last one counts.
    pub fn show(&self, presence: Presence) {
        let inner = self.inner();
        if *inner.whereabouts.mine.borrow() == presence {
            return;
        }
        *inner.whereabouts.mine.borrow_mut() = presence;
        if inner.whereabouts.tell_due.borrow().is_some() {
            return;
        }
        let weak = Rc::downgrade(inner);
        let due = Scheduled::after(TELL_WITHIN_MS, move || {
            if let Some(inner) = weak.upgrade() {
                inner.whereabouts.tell_due.take();
                inner.server_tick();
            }
        });
        *inner.whereabouts.tell_due.borrow_mut() = Some(due);
    }
}

impl Inner {
    /// Does what is due by the clock: says who is here, and what has arrived.
    pub(super) fn server_tick(self: &Rc<Self>) {
        let me = self.device.identity().get_untracked();
        let others = self.colleagues.get_untracked();
        let observed = others.iter().any(|one| one.person != me.person);
        let presence = self.whereabouts.mine.borrow().told(observed);
        let frames = {
            let mut client = self.server.client.borrow_mut();
            client.present(&self.id, form::encode(&me, &presence));
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "milliseconds since the page was opened"
            )]
            client.tick(clock::monotonic() as u64)
        };
        for frame in frames {
            self.server.send(&frame);
        }
    }

    /// Someone is here, has changed, or is gone.
    pub(super) fn colleague(&self, peer: &str, data: Option<&[u8]>, device: Option<sync::Device>) {
        let (mut colleague, presence) = data.and_then(|data| form::decode(peer, data)).unzip();
        if let Some(colleague) = &mut colleague {
            colleague.device = device;
        }
        self.hear_of(peer, colleague.as_ref().zip(presence));
        let before = self.colleagues.get_untracked();
        let at = before.partition_point(|known| known.peer.as_str() < peer);
        let known = before.get(at).filter(|known| known.peer == peer);
        if known == colleague.as_ref() {
            return;
        }
        let was_known = known.is_some();
        self.colleagues.update(|all| {
            if was_known {
                all.remove(at);
            }
            if let Some(colleague) = colleague {
                all.insert(at, colleague);
            }
        });
    }

    fn hear_of(&self, peer: &str, heard: Option<(&Colleague, Presence)>) {
        let heard = heard.map(|(who, presence)| Onlooker {
            peer: who.peer.clone(),
            person: who.person.clone(),
            name: who.name.clone(),
            colour: who.colour,
            presence,
            since: clock::monotonic(),
        });
        let mut all = self.whereabouts.others.get_untracked();
        if presence::hear(&mut all, peer, heard) {
            self.whereabouts.others.set(all);
        }
    }

    /// Nobody is known to be here.
    pub(super) fn no_colleagues(&self) {
        if !self.colleagues.get_untracked().is_empty() {
            self.colleagues.set(Vec::new());
            self.whereabouts.others.set(Vec::new());
        }
    }
}

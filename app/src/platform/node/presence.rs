//! Who else has the workspace open now, and what they are told of this tab.
//!
//! What is told is one CBOR map that the server passes on unread: `person`, `name` and `colour`,
//! and whatever later versions add. Invariant: what cannot be read shows nobody and breaks nothing.

use std::rc::Rc;

use domain::{Hue, PersonId};
use leptos::prelude::{ArcRwSignal, GetUntracked, Set, Update};
use minicbor::{Decoder, Encoder};

use super::Inner;
use crate::platform::Identity;
use crate::platform::clock;

/// A name longer than this is cut by whoever reads it.
const MAX_NAME: usize = 200;

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
}

/// Those who are there, in the order of their connections' names.
pub(super) type Colleagues = ArcRwSignal<Vec<Colleague>>;

impl Inner {
    /// Does what is due by the clock: says who is here, and what has arrived.
    pub(super) fn server_tick(self: &Rc<Self>) {
        let me = self.device.identity().get_untracked();
        let frames = {
            let mut client = self.server.client.borrow_mut();
            client.present(&self.id, encode(&me));
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
    pub(super) fn colleague(&self, peer: &str, data: Option<&[u8]>) {
        let colleague = data.and_then(|data| decode(peer, data));
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

    /// Nobody is known to be here.
    pub(super) fn no_colleagues(&self) {
        if !self.colleagues.get_untracked().is_empty() {
            self.colleagues.set(Vec::new());
        }
    }
}

fn encode(me: &Identity) -> Option<Vec<u8>> {
    let mut encoder = Encoder::new(Vec::new());
    encoder.map(3).ok()?;
    for (key, value) in [
        ("person", me.person.as_str()),
        ("name", me.name.as_str()),
        ("colour", me.colour.name()),
    ] {
        encoder.str(key).ok()?.str(value).ok()?;
    }
    Some(encoder.into_writer())
}

fn decode(peer: &str, data: &[u8]) -> Option<Colleague> {
    let mut decoder = Decoder::new(data);
    let (mut person, mut name, mut colour) = (None, String::new(), Hue::default());
    for _ in 0..decoder.map().ok()?? {
        match decoder.str().ok()? {
            "person" => person = Some(PersonId::from(decoder.str().ok()?)),
            "name" => name = decoder.str().ok()?.chars().take(MAX_NAME).collect(),
            "colour" => {
                let said = decoder.str().ok()?;
                let known = Hue::ALL.into_iter().find(|hue| hue.name() == said);
                colour = known.unwrap_or_default();
            }
            _ => decoder.skip().ok()?,
        }
    }
    Some(Colleague {
        peer: peer.to_owned(),
        person: person?,
        name,
        colour,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_tells_is_what_others_read() {
        let me = Identity {
            person: PersonId::from("p1"),
            name: "Zoë".to_owned(),
            colour: Hue::Blue,
        };
        let colleague = decode("app-1", &encode(&me).unwrap()).unwrap();
        assert_eq!((colleague.person, colleague.name), (me.person, me.name));
        assert_eq!(
            (colleague.colour, colleague.peer.as_str()),
            (Hue::Blue, "app-1")
        );
    }

    #[test]
    fn what_is_no_such_map_shows_nobody() {
        for data in [
            &b""[..],
            b"\xf6",
            b"\xa1",
            b"\xa1\x01\x02",
            b"\xbf\xff",
            b"\xa0",
        ] {
            assert_eq!(decode("app-1", data), None);
        }
    }
}

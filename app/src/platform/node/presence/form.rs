//! The CBOR map by which a tab shows itself: `person`, `name` and `colour`, and where it is. Readers
//! pass over keys that they do not know.

use domain::{CanvasId, EntityId, Hue, PersonId, SlotId};
use minicbor::data::Type;
use minicbor::{Decoder, Encoder};
use workspace::presence::{Presence, Spot};

use super::Colleague;
use crate::platform::Identity;

/// A name longer than this is cut by whoever reads it.
const MAX_NAME: usize = 200;
/// Ids longer than this are not looked at, nor told: the whole has to fit into four kilobytes.
const MAX_ID: usize = 500;

/// The map; none when it cannot be written, which no content brings about.
pub(super) fn encode(me: &Identity, presence: &Presence) -> Option<Vec<u8>> {
    let mut encoder = Encoder::new(Vec::new());
    let mut fields = 0;
    let mut text = |key: &str, value: &str| {
        if value.len() <= MAX_ID {
            fields += 1;
            encoder.str(key).ok()?.str(value).ok()?;
        }
        Some(())
    };
    text("person", me.person.as_str())?;
    text("name", &cut(&me.name))?;
    text("colour", me.colour.name())?;
    if let Some(canvas) = &presence.canvas {
        text("canvas", canvas.as_str())?;
    }
    if let Some(note) = &presence.note {
        text("note", note.as_str())?;
    }
    if let Some(carried) = &presence.carried {
        text("carried", carried.as_str())?;
    }
    if let Some((start, end)) = presence.caret {
        fields += 1;
        let caret = encoder.str("caret").ok()?.array(2).ok()?;
        caret.u32(start).ok()?.u32(end).ok()?;
    }
    if let Some(spot) = presence.pointer.as_ref()
        && spot.slot.as_str().len() <= MAX_ID
    {
        fields += 1;
        let pointer = encoder.str("pointer").ok()?.array(3).ok()?;
        pointer.str(spot.slot.as_str()).ok()?;
        pointer.u16(spot.x).ok()?.u16(spot.y).ok()?;
    }
    // Its length is said first, for readers that know no other maps.
    let mut map = Encoder::new(Vec::new());
    map.map(fields).ok()?;
    let mut map = map.into_writer();
    map.extend(encoder.into_writer());
    Some(map)
}

/// Who shows themselves, and where they are.
pub(super) fn decode(peer: &str, data: &[u8]) -> Option<(Colleague, Presence)> {
    let mut decoder = Decoder::new(data);
    let (mut person, mut name, mut colour) = (None, String::new(), Hue::default());
    let mut presence = Presence::default();
    let mut left = decoder.map().ok()?;
    loop {
        match &mut left {
            Some(0) => break,
            Some(left) => *left -= 1,
            None if decoder.datatype().ok()? == Type::Break => break,
            None => {}
        }
        match decoder.str().ok()? {
            "person" => person = Some(PersonId::from(decoder.str().ok()?)),
            "name" => name = cut(decoder.str().ok()?),
            "colour" => {
                let said = decoder.str().ok()?;
                let known = Hue::ALL.into_iter().find(|hue| hue.name() == said);
                colour = known.unwrap_or_default();
            }
            "canvas" => presence.canvas = id(&mut decoder)?.map(CanvasId::from),
            "note" => presence.note = id(&mut decoder)?.map(EntityId::from),
            "carried" => presence.carried = id(&mut decoder)?.map(EntityId::from),
            "caret" => presence.caret = caret(&mut decoder)?,
            "pointer" => presence.pointer = pointer(&mut decoder)?,
            _ => decoder.skip().ok()?,
        }
    }
    let colleague = Colleague {
        peer: peer.to_owned(),
        person: person?,
        name,
        colour,
        device: None,
    };
    Some((colleague, presence))
}

fn cut(name: &str) -> String {
    // No character takes more than four bytes.
    name.chars().take(MAX_NAME.min(MAX_ID / 4)).collect()
}

/// A text of a length that an id can have; the outer `None` is for what is no text at all.
fn id<'a>(decoder: &mut Decoder<'a>) -> Option<Option<&'a str>> {
    let text = decoder.str().ok()?;
    Some((text.len() <= MAX_ID).then_some(text))
}

fn caret(decoder: &mut Decoder<'_>) -> Option<Option<(u32, u32)>> {
    if decoder.array().ok()? != Some(2) {
        return None;
    }
    let (start, end) = (decoder.u32().ok()?, decoder.u32().ok()?);
    Some((start <= end).then_some((start, end)))
}

fn pointer(decoder: &mut Decoder<'_>) -> Option<Option<Spot>> {
    if decoder.array().ok()? != Some(3) {
        return None;
    }
    let slot = id(decoder)?.map(SlotId::from);
    let (x, y) = (decoder.u16().ok()?, decoder.u16().ok()?);
    Some(slot.map(|slot| Spot { slot, x, y }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me() -> Identity {
        Identity {
            person: PersonId::from("p1"),
            name: "Zoë".to_owned(),
            colour: Hue::Blue,
        }
    }

    #[test]
    fn what_one_tells_is_what_others_read() {
        let presence = Presence {
            canvas: Some(CanvasId::from("lean-canvas")),
            note: Some(EntityId::from("n1")),
            caret: Some((3, 7)),
            carried: Some(EntityId::from("n2")),
            pointer: Some(Spot::at(SlotId::from("problem"), 0.25, 1.0)),
        };
        for presence in [presence, Presence::default()] {
            let written = encode(&me(), &presence).unwrap();
            let (colleague, read) = decode("app-1", &written).unwrap();
            assert_eq!(read, presence);
            assert_eq!((colleague.person, colleague.name), (me().person, me().name));
            assert_eq!(
                (colleague.colour, colleague.peer.as_str()),
                (Hue::Blue, "app-1")
            );
        }
    }

    #[test]
    fn whatever_one_is_called_it_fits_into_what_the_server_takes() {
        let long = "𝔊".repeat(5_000);
        let presence = Presence {
            canvas: Some(CanvasId::from(long.as_str())),
            note: Some(EntityId::from(long.as_str())),
            caret: Some((u32::MAX, u32::MAX)),
            carried: Some(EntityId::from(long.as_str())),
            pointer: Some(Spot::at(SlotId::from(long.as_str()), 0.5, 0.5)),
        };
        let me = Identity { name: long, ..me() };
        let written = encode(&me, &presence).unwrap();
        assert!(written.len() < 4_096, "{}", written.len());
        let (colleague, _) = decode("app-1", &written).unwrap();
        assert!(!colleague.name.is_empty());
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
            b"\xa2fpersonbp1ecaret\x01",
            b"\xa2fpersonbp1gpointer\x83aa\x01",
        ] {
            assert_eq!(decode("app-1", data), None);
        }
    }
}

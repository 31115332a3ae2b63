//! Who is where on the canvases: what this tab shows of itself, and what it shows of others.
//!
//! Nothing here is ever stored. Invariants: while nobody else is here nothing is told but who one
//! is; the last word of each counts; a pointer that rests is gone after a few seconds, whatever its
//! owner's connection does.

#[cfg(test)]
mod tests;

use domain::{CanvasId, EntityId, Hue, PersonId, SlotId};

/// How long a pointer that does not move stays in sight, in milliseconds.
pub const POINTER_RESTS_MS: f64 = 5_000.0;

/// The whole of a slot's width or height, in the units of [`Spot`].
pub const WHOLE: u16 = 1_000;

/// A place within a slot, in thousandths of its width and height, so that it means the same on a
/// screen of any width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The slot, of the canvas on which they are.
    pub slot: SlotId,
    /// From its left edge, 0 to [`WHOLE`].
    pub x: u16,
    /// From its upper edge, 0 to [`WHOLE`].
    pub y: u16,
}

impl Spot {
    /// The place at these shares of a slot's width and height; what lies outside is at the edge.
    pub fn at(slot: SlotId, x: f64, y: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 1,000; what is no number becomes 0"
        )]
        let share = |share: f64| (share.clamp(0.0, 1.0) * f64::from(WHOLE)).round() as u16;
        Self {
            slot,
            x: share(x),
            y: share(y),
        }
    }

    /// Its shares of the slot's width and height, between 0 and 1.
    pub fn shares(&self) -> (f64, f64) {
        let share = |part: u16| f64::from(part.min(WHOLE)) / f64::from(WHOLE);
        (share(self.x), share(self.y))
    }
}

/// What one tab shows of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    /// The canvas in view.
    pub canvas: Option<CanvasId>,
    /// The note that has the focus.
    pub note: Option<EntityId>,
    /// Where the caret is in that note's text, if it is being edited: start and end of what is
    /// chosen, in UTF-16 units.
    pub caret: Option<(u32, u32)>,
    /// The note that is being dragged.
    pub carried: Option<EntityId>,
    /// Where the pointer is.
    pub pointer: Option<Spot>,
}

impl Presence {
    /// What is told of it: all of it to others, nothing to nobody.
    pub fn told(&self, to_others: bool) -> Self {
        if to_others {
            self.clone()
        } else {
            Self::default()
        }
    }
}

/// Somebody else's tab as it was last heard of.
#[derive(Clone, Debug, PartialEq)]
pub struct Onlooker {
    /// Its connection.
    pub peer: String,
    /// Whose it is.
    pub person: PersonId,
    /// Their name; empty if they have not said it.
    pub name: String,
    /// The colour by which others know them.
    pub colour: Hue,
    /// What it shows.
    pub presence: Presence,
    /// Since when, in milliseconds on any clock that does not go back.
    pub since: f64,
}

/// What is drawn of one other tab on the canvas in view.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its connection.
    pub peer: String,
    /// Whose it is, by their own word.
    pub person: PersonId,
    /// The name to write beside it.
    pub name: String,
    /// The colour to draw it in.
    pub colour: Hue,
    /// The note to outline.
    pub note: Option<EntityId>,
    /// The caret in that note's text.
    pub caret: Option<(u32, u32)>,
    /// Where to draw the pointer, if it is to be seen.
    pub pointer: Option<Spot>,
    /// The note that the pointer carries.
    pub carried: Option<EntityId>,
}

/// What is to be drawn of others on a canvas at this moment, and when that changes by itself, on the
/// clock of [`Onlooker::since`]. One's own other tabs are not drawn.
pub fn marks(
    onlookers: &[Onlooker],
    me: &PersonId,
    canvas: &CanvasId,
    now: f64,
) -> (Vec<Mark>, Option<f64>) {
    let mut marks = Vec::new();
    let mut next: Option<f64> = None;
    for one in onlookers {
        let presence = &one.presence;
        if one.person == *me || presence.canvas.as_ref() != Some(canvas) {
            continue;
        }
        // What is carried is held: it rests as long as its owner likes.
        let held = presence.carried.is_some();
        let rests_at = one.since + POINTER_RESTS_MS;
        let pointer = presence.pointer.clone().filter(|_| held || now < rests_at);
        if pointer.is_some() && !held {
            next = Some(next.map_or(rests_at, |next| next.min(rests_at)));
        }
        if pointer.is_none() && presence.note.is_none() {
            continue;
        }
        marks.push(Mark {
            peer: one.peer.clone(),
            person: one.person.clone(),
            name: one.name.clone(),
            colour: one.colour,
            note: presence.note.clone(),
            caret: presence.caret.filter(|_| presence.note.is_some()),
            carried: presence.carried.clone().filter(|_| pointer.is_some()),
            pointer,
        });
    }
    (marks, next)
}

/// Takes down what was heard of one tab; `None` when it is gone. What is said again in the same
/// words is no news and does not make a resting pointer move. Tells whether anything changed.
pub fn hear(onlookers: &mut Vec<Onlooker>, peer: &str, heard: Option<Onlooker>) -> bool {
    let at = onlookers.partition_point(|known| known.peer.as_str() < peer);
    let known = onlookers.get_mut(at).filter(|known| known.peer == peer);
    match (known, heard) {
        (None, None) => false,
        (Some(_), None) => {
            onlookers.remove(at);
            true
        }
        (None, Some(heard)) => {
            onlookers.insert(at, heard);
            true
        }
        (Some(known), Some(heard)) => {
            let moved = known.presence.pointer != heard.presence.pointer
                || known.presence.carried != heard.presence.carried;
            let since = if moved { heard.since } else { known.since };
            let heard = Onlooker { since, ..heard };
            let news = *known != heard;
            *known = heard;
            news
        }
    }
}

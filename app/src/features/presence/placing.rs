//! From marks to places in the window.

use domain::Hue;
use leptos::prelude::WithUntracked;
use workspace::Session;
use workspace::presence::Mark;

use super::dom::{self, Area};
use crate::i18n::t;

/// What of one other tab is drawn where, relative to the window.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed {
    /// Its connection.
    pub(super) peer: String,
    /// The name to write; empty when there is none.
    pub(super) name: String,
    /// Its colour.
    pub(super) colour: Hue,
    /// Around a note; around the outlines of others who are on it too.
    pub(super) note: Option<Area>,
    /// The names above the outline or below it; empty where another tab's outline has them.
    pub(super) label: String,
    /// Where the names are, so that they cover no text under one's own hands.
    pub(super) side: Side,
    /// Where in the text its caret stands, while it writes.
    pub(super) caret: Option<Area>,
    /// The lines of what is chosen there.
    pub(super) chosen: Vec<Area>,
    /// The tip of the pointer.
    pub(super) pointer: Option<(f64, f64)>,
    /// Whether that is over the box in which one writes: then it has no name beside it.
    pub(super) over_box: bool,
    /// The words of the note that it carries.
    pub(super) carried: Option<String>,
}

/// Where the names of those on a note are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Side {
    /// Above the note.
    #[default]
    Above,
    /// Below it, since one writes above it.
    Below,
    /// Nowhere: one writes above it and below.
    Nowhere,
}

impl Side {
    /// Its name in the style sheet.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::Below => "below",
            Self::Nowhere => "nowhere",
        }
    }

    /// The first at which names on a note are not over the box in which one writes.
    fn beside(note: Area, own: Option<Area>) -> Self {
        let Some(own) = own else { return Self::Above };
        let meets = |top: f64| {
            let label = Area {
                top,
                height: LABEL,
                ..note
            };
            label.meets(own)
        };
        if !meets(note.top - LABEL) {
            Self::Above
        } else if !meets(note.top + note.height) {
            Self::Below
        } else {
            Self::Nowhere
        }
    }
}

/// How high a line of names is at most, in pixels.
const LABEL: f64 = 20.0;
/// How far one outline lies outside another.
const APART: f64 = 3.0;

/// Everything that is drawn, and the part of the window in which it may be.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct View {
    ground: Area,
    /// What is drawn, in places relative to the ground.
    pub(super) placed: Vec<Placed>,
}

impl View {
    /// What is drawn of one tab.
    pub(super) fn of(&self, peer: &str) -> Option<Placed> {
        self.placed.iter().find(|one| one.peer == peer).cloned()
    }

    /// The style of the layer: nothing is drawn outside what the canvas scrolls in.
    pub(super) fn clip(&self) -> String {
        let Area {
            left,
            top,
            width,
            height,
        } = self.ground;
        format!(
            "inset-block-start:{top}px;left:{left}px;inline-size:{width}px;block-size:{height}px"
        )
    }
}

impl Placed {
    /// Where all marks are drawn now. A note or slot that is not in the page is not marked.
    pub(super) fn all(marks: &[Mark], session: &Session) -> View {
        let Some(ground) = dom::ground().map(|ground| dom::area(&ground)) else {
            return View::default();
        };
        let placed = marks
            .iter()
            .filter_map(|mark| Some((mark, Self::of(mark, ground, session)?)));
        let mut placed: Vec<_> = placed.collect();
        share_notes(&mut placed, dom::own_box().map(|own| inside(own, ground)));
        View {
            placed: placed.into_iter().map(|(_, placed)| placed).collect(),
            ground,
        }
    }

    fn of(mark: &Mark, ground: Area, session: &Session) -> Option<Self> {
        let inside = |area: Area| inside(area, ground);
        let note = mark.note.as_ref().and_then(|id| dom::note(id.as_str()));
        let writing = note.as_ref().zip(mark.caret);
        let caret = writing.and_then(|(note, (_, end))| dom::caret(note, end));
        let chosen = writing.map_or_else(Vec::new, |(note, of)| dom::chosen(note, of));
        let pointer = mark.pointer.as_ref().and_then(|spot| {
            let slot = inside(dom::area(&dom::slot(spot.slot.as_str())?));
            let (x, y) = spot.shares();
            Some((slot.left + x * slot.width, slot.top + y * slot.height))
        });
        let carried = mark.carried.as_ref().and_then(|id| {
            let note = session.workspace().projection().note(id)?;
            Some(note.body.with_untracked(|body| body.text.clone()))
        });
        (note.is_some() || pointer.is_some()).then(|| Self {
            peer: mark.peer.clone(),
            name: mark.name.clone(),
            colour: mark.colour,
            note: note.map(|note| inside(dom::area(&note))),
            label: String::new(),
            side: Side::Above,
            caret: caret.map(inside),
            chosen: chosen.into_iter().map(inside).collect(),
            over_box: pointer
                .zip(dom::own_box())
                .is_some_and(|(at, own)| inside(own).grown(LABEL).holds(at)),
            pointer,
            carried,
        })
    }
}

fn inside(area: Area, ground: Area) -> Area {
    Area {
        left: area.left - ground.left,
        top: area.top - ground.top,
        ..area
    }
}

/// On each note everybody has one outline, however many tabs they are on it with, outside those of the
/// others; the first has the names of all.
fn share_notes(placed: &mut [(&Mark, Placed)], own: Option<Area>) {
    for first in 0..placed.len() {
        let (before, rest) = placed.split_at_mut(first);
        let Some(((mark, placed), after)) = rest.split_first_mut() else {
            return;
        };
        let Some(area) = placed.note.filter(|_| mark.note.is_some()) else {
            continue;
        };
        if before.iter().any(|(other, _)| other.note == mark.note) {
            continue;
        }
        let mut people = vec![(&mark.person, &mark.name)];
        for (other, its) in after
            .iter_mut()
            .filter(|(other, _)| other.note == mark.note)
        {
            if people.contains(&(&other.person, &other.name)) {
                its.note = None;
                continue;
            }
            #[expect(clippy::cast_precision_loss, reason = "a few people on one note")]
            let out = APART * people.len() as f64;
            its.note = Some(area.grown(out));
            people.push((&other.person, &other.name));
        }
        placed.label = people
            .into_iter()
            .map(|(_, name)| match name.trim() {
                "" => t("people.someone"),
                name => name.to_owned(),
            })
            .collect::<Vec<_>>()
            .join(", ");
        placed.side = Side::beside(area, own);
    }
}

#[cfg(test)]
mod tests;

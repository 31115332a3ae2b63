//! From marks to places in the window.

use domain::Hue;
use leptos::prelude::WithUntracked;
use workspace::Session;
use workspace::presence::Mark;

use super::dom::{self, Area};

/// What of one other tab is drawn where, relative to the window.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed {
    /// Its connection.
    pub(super) peer: String,
    /// The name to write; empty when there is none.
    pub(super) name: String,
    /// Its colour.
    pub(super) colour: Hue,
    /// Around a note.
    pub(super) note: Option<Area>,
    /// The caret.
    pub(super) caret: Option<Area>,
    /// The tip of the pointer.
    pub(super) pointer: Option<(f64, f64)>,
    /// The words of the note that it carries.
    pub(super) carried: Option<String>,
}

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
            .filter_map(|mark| Self::of(mark, ground, session));
        View {
            placed: placed.collect(),
            ground,
        }
    }

    fn of(mark: &Mark, ground: Area, session: &Session) -> Option<Self> {
        let inside = |area: Area| Area {
            left: area.left - ground.left,
            top: area.top - ground.top,
            ..area
        };
        let note = mark.note.as_ref().and_then(|id| dom::note(id.as_str()));
        let caret = note
            .as_ref()
            .zip(mark.caret)
            .and_then(|(note, (_, end))| dom::caret(note, end));
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
            caret: caret.map(inside),
            pointer,
            carried,
        })
    }
}

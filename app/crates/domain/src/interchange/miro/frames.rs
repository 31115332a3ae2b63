//! Which slot each item of a board belongs to.
//!
//! The way up leads through the parents that items name; an item without a parent belongs to the
//! smallest frame that contains its centre. The first container on the way up that is titled like
//! a slot decides. A shape counts as a frame when it bears a slot's name and contains other items:
//! many canvas templates are drawn so.

use std::collections::BTreeMap;

use super::item::Item;
use crate::interchange::names;
use crate::{Canvas, Slot, compact};

/// How far up parents are followed: boards are flat, and a circle must end.
const HIGHEST: usize = 16;

/// The containers of a board.
pub(super) struct Frames<'a> {
    by_id: BTreeMap<&'a str, &'a Item>,
    containers: Vec<&'a Item>,
    /// The canvas of items that stand within none by name.
    canvas: &'static Canvas,
}

/// Where an item belongs; no slot is the tray.
#[derive(Clone, Copy)]
pub(super) struct Home<'a> {
    pub(super) canvas: &'static Canvas,
    pub(super) slot: Option<&'static Slot>,
    /// The title of the nearest container that has one.
    pub(super) within: Option<&'a str>,
}

impl<'a> Frames<'a> {
    /// `usual` is the canvas of a board on which nothing is titled like one.
    pub(super) fn new(items: &'a [Item], usual: &'static Canvas) -> Self {
        let by_id = items.iter().filter(|item| !item.id.is_empty());
        let by_id = compact::gather(by_id.map(|item| (item.id.as_str(), item)));
        let is_container = |item: &&Item| item.is_frame() || is_drawn_frame(item, items);
        let containers: Vec<&Item> = items.iter().filter(is_container).collect();
        let titles: Vec<&str> = containers.iter().map(|frame| frame.text.as_str()).collect();
        let named = titles.iter().find_map(|title| canvas_named(title));
        let canvas = names::best_canvas(&titles).or(named).unwrap_or(usual);
        Self {
            by_id,
            containers,
            canvas,
        }
    }

    /// Whether the item is a container and therefore no note.
    pub(super) fn is_frame(&self, item: &Item) -> bool {
        self.containers
            .iter()
            .any(|frame| std::ptr::eq(*frame, item))
    }

    /// Where the item belongs.
    pub(super) fn home(&self, item: &Item) -> Home<'a> {
        let above = self.above(item);
        let named = above.iter().find_map(|frame| canvas_named(&frame.text));
        let canvas = named.unwrap_or(self.canvas);
        let slot = above
            .iter()
            .find_map(|frame| names::find_slot(canvas, &frame.text));
        let titles = above.iter().map(|frame| frame.text.as_str());
        Home {
            canvas,
            slot,
            within: titles.into_iter().find(|title| !title.is_empty()),
        }
    }

    /// Whether the item only repeats the name of the slot that it stands in.
    pub(super) fn is_label(&self, item: &Item, canvas: &Canvas, slot: &Slot) -> bool {
        matches!(item.kind.as_str(), "text" | "shape")
            && names::find_slot(canvas, &item.text).is_some_and(|named| named.id == slot.id)
    }

    /// The containers around an item, the nearest first.
    fn above(&self, item: &Item) -> Vec<&'a Item> {
        let mut above: Vec<&'a Item> = Vec::new();
        let mut next = self.parent(item);
        while let Some(parent) = next.filter(|_| above.len() < HIGHEST) {
            above.push(parent);
            next = self.parent(parent);
        }
        above
    }

    fn parent(&self, item: &Item) -> Option<&'a Item> {
        if let Some(parent) = item.parent.as_deref().and_then(|id| self.by_id.get(id)) {
            // Within its parent the item's place is relative, so drawn frames are compared there.
            let within = self
                .containers
                .iter()
                .filter(|frame| frame.parent == item.parent);
            return smallest_around(item, within.copied()).or(Some(parent));
        }
        let free = self
            .containers
            .iter()
            .filter(|frame| frame.parent.is_none());
        smallest_around(item, free.copied())
    }
}

fn canvas_named(title: &str) -> Option<&'static Canvas> {
    names::find_canvas(title).or_else(|| names::split_canvas(title).map(|(canvas, _)| canvas))
}

fn smallest_around<'a>(item: &Item, frames: impl Iterator<Item = &'a Item>) -> Option<&'a Item> {
    let area = |frame: &Item| frame.size.0 * frame.size.1;
    frames
        .filter(|frame| {
            !std::ptr::eq(*frame, item) && area(frame) > area(item) && contains(frame, item)
        })
        .min_by(|a, b| area(a).total_cmp(&area(b)))
}

fn contains(frame: &Item, item: &Item) -> bool {
    let (Some((x, y)), Some((frame_x, frame_y))) = (item.at, frame.at) else {
        return false;
    };
    let (width, height) = frame.size;
    (x - frame_x).abs() <= width / 2.0 && (y - frame_y).abs() <= height / 2.0
}

fn is_drawn_frame(item: &Item, items: &[Item]) -> bool {
    item.kind == "shape"
        && names::is_known(&item.text)
        && items.iter().any(|other| {
            !other.is_structure()
                && other.parent == item.parent
                && smallest_around(other, [item].into_iter()).is_some()
        })
}

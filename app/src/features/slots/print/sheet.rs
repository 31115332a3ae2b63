//! The sheets themselves: before the browser prints, the canvas is laid out as on paper, measured, and
//! what does not fit is moved to further pages; afterwards everything is as it was.
//!
//! Invariant: every change that is made to the page here is taken back after printing.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::super::surface::Surface;
use super::{AS_PUBLISHED, SMALLEST, ways};
use crate::i18n::{t, tf, tn};

/// Marks the canvas while it is laid out as on paper; `cut` where long notes are shortened.
const PAPER: &str = "data-paper";
/// Marks a note that stands on a later page only.
const LEFT_OVER: &str = "data-left-over";
/// Marks a note that may be broken at the end of a column.
const LONG: &str = "data-long";
/// On a slot: how many of its notes stand on a later page.
const MORE: &str = "data-more";
/// The tray stands on a page of its own.
const APART: &str = "data-apart";
/// The height that the canvas may have beside its title and its credits, in millimetres, and how much
/// of it is kept for letters that turn out wider on paper than on the screen.
const HEIGHT: f64 = 165.0;
const SPARE: f64 = 3.0;
const PIXELS_PER_MILLIMETRE: f64 = 96.0 / 25.4;
/// A note of more characters than this may be broken.
const LONG_TEXT: usize = 200;

/// Lays the canvas out for paper whenever the browser is about to print.
pub(in crate::features::slots) fn print_on_sheets(surface: &Surface) {
    let printing = surface.clone();
    let before = window_event_listener_untyped("beforeprint", move |_| {
        if let Some(sheet) = Sheet::of(&printing) {
            sheet.lay_out(&printing);
        }
    });
    let printed = surface.clone();
    let after = window_event_listener_untyped("afterprint", move |_| {
        if let Some(sheet) = Sheet::of(&printed) {
            sheet.put_away();
        }
    });
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
}

/// The canvas on the page. What cannot be set on an element leaves it as on the screen.
struct Sheet {
    root: HtmlElement,
    grid: HtmlElement,
}

/// One slot, and how many of its notes the first page shows.
struct Part {
    section: Element,
    notes: Vec<Element>,
    shown: usize,
}

impl Sheet {
    fn of(surface: &Surface) -> Option<Self> {
        let root = surface.root.try_get_untracked().flatten()?;
        let root: HtmlElement = root.unchecked_into();
        let grid = root.query_selector(".slots-grid").ok()??;
        Some(Self {
            root,
            grid: grid.dyn_into().ok()?,
        })
    }

    fn lay_out(&self, surface: &Surface) {
        self.put_away();
        let _ = self.root.set_attribute(PAPER, "whole");
        for note in all(&self.root, ".note") {
            let text = note.text_content().unwrap_or_default();
            if text.chars().count() > LONG_TEXT {
                let _ = note.set_attribute(LONG, "true");
            }
        }
        let ways = ways(&surface.canvas, &surface.texts());
        let fits = ways.iter().any(|(scale, widths)| {
            self.set(*scale, widths);
            // A tray is small enough to stand below the canvas, or it gets a page.
            let _ = if *scale < AS_PUBLISHED {
                self.root.set_attribute(APART, "true")
            } else {
                self.root.remove_attribute(APART)
            };
            self.fits()
        });
        let mut parts = self.parts();
        if !fits {
            let _ = self.root.set_attribute(PAPER, "cut");
            self.share_out(&mut parts);
        }
        self.fill_the_page();
        self.go_on(surface, &parts);
    }

    fn set(&self, scale: f64, widths: &[f64]) {
        let columns: Vec<String> = widths
            .iter()
            .map(|width| format!("minmax(0, {width:.4}fr)"))
            .collect();
        let style = self.root.style();
        let _ = style.set_property("--print-scale", &scale.max(SMALLEST).to_string());
        let _ = style.set_property("--print-columns", &columns.join(" "));
    }

    fn fits(&self) -> bool {
        let height = self.root.get_bounding_client_rect().height();
        height <= (HEIGHT - SPARE) * PIXELS_PER_MILLIMETRE
    }

    /// The grid takes what the tray below it leaves of the page.
    fn fill_the_page(&self) {
        let whole = self.root.get_bounding_client_rect().height();
        let below = whole - self.grid.get_bounding_client_rect().height();
        let height = HEIGHT - below / PIXELS_PER_MILLIMETRE;
        let style = self.root.style();
        let _ = style.set_property("--print-height", &format!("{height:.1}mm"));
    }

    fn parts(&self) -> Vec<Part> {
        let sections = all(&self.grid, ".slot").into_iter();
        let part = |section: Element| {
            let notes = all(&section, ".slot-notes > .note");
            let shown = notes.len();
            Part {
                section,
                notes,
                shown,
            }
        };
        sections.map(part).collect()
    }

    /// Leaves as many notes in each slot as the page holds: first as many in all, then more where
    /// there is room left.
    fn share_out(&self, parts: &mut [Part]) {
        let most = parts.iter().map(|part| part.notes.len()).max().unwrap_or(0);
        let mut shown = largest(0, most, |count| {
            parts.iter_mut().for_each(|part| part.show(count));
            self.fits()
        });
        parts.iter_mut().for_each(|part| part.show(shown));
        for part in parts {
            shown = part.shown;
            let most = largest(shown, part.notes.len(), |count| {
                part.show(count);
                self.fits()
            });
            part.show(most);
        }
    }

    /// Adds the further pages with what the first does not show in full.
    fn go_on(&self, surface: &Surface, parts: &[Part]) {
        let mut lists = Vec::new();
        for part in parts {
            let over: Vec<&Element> = part
                .notes
                .iter()
                .enumerate()
                .filter(|(at, note)| *at >= part.shown || is_cut(note))
                .map(|(_, note)| note)
                .collect();
            if !over.is_empty() {
                let _ = part
                    .section
                    .set_attribute(MORE, &tn("print.more", over.len()));
                lists.push((&part.section, over));
            }
        }
        let tray = self.root.query_selector(".slot-tray").ok().flatten();
        let tray = tray.filter(|_| self.root.has_attribute(APART));
        let unplaced = tray.as_ref().map(|tray| all(tray, ".note"));
        if let (Some(tray), Some(notes)) = (&tray, &unplaced) {
            lists.push((tray, notes.iter().collect()));
        }
        if lists.is_empty() {
            return;
        }
        let title = surface.canvas.title.text(crate::i18n::language().code());
        if let Some(pages) = further_pages(title, &lists)
            && let Some(main) = self.root.parent_element()
        {
            let _ = main.append_child(&pages);
        }
    }

    fn put_away(&self) {
        for attribute in [PAPER, APART] {
            let _ = self.root.remove_attribute(attribute);
        }
        for property in ["--print-scale", "--print-columns", "--print-height"] {
            let _ = self.root.style().remove_property(property);
        }
        for attribute in [LEFT_OVER, LONG, MORE] {
            for element in all(&self.root, &format!("[{attribute}]")) {
                let _ = element.remove_attribute(attribute);
            }
        }
        for pages in all(&document(), ".further-pages") {
            pages.remove();
        }
    }
}

impl Part {
    fn show(&mut self, count: usize) {
        let count = count.min(self.notes.len());
        let (from, to) = (count.min(self.shown), count.max(self.shown));
        for note in self.notes.iter().take(to).skip(from) {
            let _ = if count > self.shown {
                note.remove_attribute(LEFT_OVER)
            } else {
                note.set_attribute(LEFT_OVER, "true")
            };
        }
        self.shown = count;
        // It takes a line of the slot, which is measured too.
        let _ = if count < self.notes.len() {
            let more = tn("print.more", self.notes.len() - count);
            self.section.set_attribute(MORE, &more)
        } else {
            self.section.remove_attribute(MORE)
        };
    }
}

/// The largest number from `least` to `most` for which something still holds, as it does for `least`.
fn largest(least: usize, most: usize, mut holds: impl FnMut(usize) -> bool) -> usize {
    let (mut good, mut bad) = (least, most + 1);
    while bad - good > 1 {
        let middle = usize::midpoint(good, bad);
        if holds(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    good
}

/// Whether a note shows only the beginning of its text.
fn is_cut(note: &Element) -> bool {
    let text = note.query_selector(".note-text").ok().flatten();
    text.is_some_and(|text| text.scroll_height() > text.client_height() + 1)
}

fn further_pages(title: &str, lists: &[(&Element, Vec<&Element>)]) -> Option<Element> {
    let pages = element("section", "further-pages")?;
    let heading = element("h2", "")?;
    heading.set_text_content(Some(&tf("print.continued", &[("view", title)])));
    pages.append_child(&heading).ok()?;
    let columns = element("div", "further-columns")?;
    for (section, notes) in lists {
        let title = section.query_selector(".slot-title").ok().flatten();
        let words = title.and_then(|title| title.text_content());
        let heading = element("h3", "")?;
        heading.set_text_content(Some(&words.unwrap_or_else(|| t("slots.unplaced"))));
        columns.append_child(&heading).ok()?;
        let list = element("ul", "")?;
        for note in notes {
            let copy: Element = note.clone_node_with_deep(true).ok()?.unchecked_into();
            let _ = copy.remove_attribute(LEFT_OVER);
            list.append_child(&copy).ok()?;
        }
        columns.append_child(&list).ok()?;
    }
    pages.append_child(&columns).ok()?;
    Some(pages)
}

fn element(name: &str, class: &str) -> Option<Element> {
    let element = document().create_element(name).ok()?;
    element.set_class_name(class);
    Some(element)
}

fn all(within: &web_sys::Node, selector: &str) -> Vec<Element> {
    let found = match within.dyn_ref::<Element>() {
        Some(element) => element.query_selector_all(selector),
        None => document().query_selector_all(selector),
    };
    let Ok(found) = found else { return Vec::new() };
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::largest;

    #[test]
    fn the_largest_that_holds_is_found_with_few_questions() {
        for limit in 3..=20 {
            let mut asked = 0;
            let found = largest(3, 20, |count| {
                asked += 1;
                count <= limit
            });
            assert_eq!(found, limit);
            assert!(asked <= 5, "{asked}");
        }
    }
}

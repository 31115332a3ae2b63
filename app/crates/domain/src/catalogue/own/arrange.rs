//! Where the slots of a canvas lie that does not say so: in reading order, on the cells that are free.

use super::MOST_CELLS;
use crate::catalogue::{Canvas, GridArea, Layout};

/// So many slots without a place of their own lie beside one another.
const BESIDE: usize = 4;

/// Gives a layout to a canvas without one, and an area to each slot without one. What has no room
/// left keeps an area outside of the layout.
pub(super) fn arrange(canvas: &mut Canvas) {
    let is_free = |area: &GridArea| area.column == 0 && area.row == 0;
    let free = canvas.slots.iter().filter(|slot| is_free(&slot.area));
    let free = free.count();
    let edge = |of: fn(&GridArea) -> (u32, u32)| {
        let areas = canvas.slots.iter().map(|slot| of(&slot.area));
        let edges = areas.map(|(first, span)| first.saturating_add(span).saturating_sub(1));
        edges.max().unwrap_or_default().min(MOST_CELLS)
    };
    let has_layout = canvas.layout != Layout::default();
    let (columns, rows) = match has_layout {
        true => (canvas.layout.columns, canvas.layout.rows),
        false => {
            let beside = u32::try_from(free.min(BESIDE)).unwrap_or_default();
            let columns = edge(|area| (area.column, area.column_span)).max(beside);
            (columns, edge(|area| (area.row, area.row_span)))
        }
    };
    if free > 0 && (1..=MOST_CELLS).contains(&columns) {
        let mut cells = Cells::new(columns);
        for slot in canvas.slots.iter().filter(|slot| !is_free(&slot.area)) {
            cells.take(&slot.area);
        }
        let most = if has_layout { rows } else { MOST_CELLS };
        for slot in canvas.slots.iter_mut().filter(|slot| is_free(&slot.area)) {
            let Some((column, row)) = cells.next().filter(|(_, row)| *row <= most) else {
                break;
            };
            slot.area = GridArea {
                column,
                row,
                column_span: 1,
                row_span: 1,
            };
        }
    }
    if !has_layout {
        let last = canvas.slots.iter().map(|slot| slot.area.row).max();
        canvas.layout = Layout {
            columns,
            rows: rows.max(last.unwrap_or_default()),
        };
    }
}

/// Which cells of the largest layout are taken.
struct Cells {
    columns: u32,
    taken: Vec<bool>,
    next: usize,
}

impl Cells {
    fn new(columns: u32) -> Self {
        let count = usize::try_from(columns * MOST_CELLS).unwrap_or_default();
        Self {
            columns,
            taken: vec![false; count],
            next: 0,
        }
    }

    fn take(&mut self, area: &GridArea) {
        let ends = |first: u32, span: u32, last: u32| {
            first.max(1)..=first.saturating_add(span).saturating_sub(1).min(last)
        };
        for row in ends(area.row, area.row_span, MOST_CELLS) {
            for column in ends(area.column, area.column_span, self.columns) {
                let index = (row - 1) * self.columns + column - 1;
                let index = usize::try_from(index).unwrap_or(usize::MAX);
                if let Some(cell) = self.taken.get_mut(index) {
                    *cell = true;
                }
            }
        }
    }

    /// The column and the row of the next free cell.
    fn next(&mut self) -> Option<(u32, u32)> {
        let rest = self.taken.iter().skip(self.next);
        let index = self.next + rest.take_while(|taken| **taken).count();
        self.next = index + 1;
        let index = u32::try_from(index)
            .ok()
            .filter(|_| index < self.taken.len())?;
        Some((index % self.columns + 1, index / self.columns + 1))
    }
}

//! Moving by direction: which of many boxes lies next in the direction of an arrow key.
//!
//! Pure arithmetic on boxes as the browser has laid them out, so that the arrows follow what the
//! eye sees on a wide screen, on a phone where the slots stack, and from right to left.

/// A box on the screen, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    /// Left edge.
    pub(crate) left: f64,
    /// Upper edge.
    pub(crate) top: f64,
    /// Right edge.
    pub(crate) right: f64,
    /// Lower edge.
    pub(crate) bottom: f64,
}

/// The direction of an arrow key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
}

impl Direction {
    /// The direction of a key as the browser names it.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        match key {
            "ArrowLeft" => Some(Self::Left),
            "ArrowRight" => Some(Self::Right),
            "ArrowUp" => Some(Self::Up),
            "ArrowDown" => Some(Self::Down),
            _ => None,
        }
    }
}

impl Area {
    /// How far one has to go from here to `other` in `direction`, and how far it lies to the side;
    /// `None` when it does not lie there. Boxes that overlap by less than half count as beyond.
    fn step(self, other: Self, direction: Direction) -> Option<(f64, f64)> {
        let (along, size, aside) = match direction {
            Direction::Left => (
                self.left - other.right,
                other.right - other.left,
                gap(self.top, self.bottom, other.top, other.bottom),
            ),
            Direction::Right => (
                other.left - self.right,
                other.right - other.left,
                gap(self.top, self.bottom, other.top, other.bottom),
            ),
            Direction::Up => (
                self.top - other.bottom,
                other.bottom - other.top,
                gap(self.left, self.right, other.left, other.right),
            ),
            Direction::Down => (
                other.top - self.bottom,
                other.bottom - other.top,
                gap(self.left, self.right, other.left, other.right),
            ),
        };
        (along > -size / 2.0).then_some((along.max(0.0), aside))
    }
}

/// The empty space between two spans on one axis; 0 when they overlap.
fn gap(start: f64, end: f64, other_start: f64, other_end: f64) -> f64 {
    (other_start - end).max(start - other_end).max(0.0)
}

/// The index of the box that lies nearest to `from` in `direction`. What lies aside weighs more
/// than what lies ahead; of two equals the one whose start is closer to ours wins, then the first.
pub(crate) fn nearest(from: Area, areas: &[Area], direction: Direction) -> Option<usize> {
    let weight = |area: &Area| {
        let (along, aside) = from.step(*area, direction)?;
        let offset = match direction {
            Direction::Left | Direction::Right => (area.top - from.top).abs(),
            Direction::Up | Direction::Down => (area.left - from.left).abs(),
        };
        Some(along + 4.0 * aside + offset / 1000.0)
    };
    areas
        .iter()
        .enumerate()
        .filter_map(|(index, area)| Some((index, weight(area)?)))
        .min_by(|(_, a), (_, b)| a.total_cmp(b))
        .map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(left: f64, top: f64, width: f64, height: f64) -> Area {
        Area {
            left,
            top,
            right: left + width,
            bottom: top + height,
        }
    }

    /// Three columns of two boxes each, 100 wide and 50 high, 10 apart, numbered by column.
    fn grid() -> Vec<Area> {
        (0..6_u8)
            .map(|index| {
                let (column, row) = (f64::from(index / 2), f64::from(index % 2));
                area(column * 110.0, row * 60.0, 100.0, 50.0)
            })
            .collect()
    }

    fn check(from: usize, direction: Direction, expected: Option<usize>) {
        let grid = grid();
        let others: Vec<Area> = grid.clone();
        let start = grid[from];
        let found = nearest(start, &others, direction).filter(|index| *index != from);
        assert_eq!(found, expected, "from {from} {direction:?}");
    }

    #[test]
    fn arrows_follow_rows_and_columns() {
        check(0, Direction::Down, Some(1));
        check(0, Direction::Right, Some(2));
        check(3, Direction::Left, Some(1));
        check(3, Direction::Up, Some(2));
    }

    #[test]
    fn an_edge_leads_nowhere() {
        check(0, Direction::Left, None);
        check(4, Direction::Up, None);
        check(5, Direction::Right, None);
    }

    #[test]
    fn a_box_straight_ahead_wins_over_a_nearer_one_aside() {
        let from = area(0.0, 0.0, 100.0, 20.0);
        let ahead = area(0.0, 80.0, 100.0, 20.0);
        let aside = area(150.0, 30.0, 100.0, 20.0);
        assert_eq!(nearest(from, &[aside, ahead], Direction::Down), Some(1));
    }
}

//! How much room a text has left, told while one types: a text beyond the limit is kept by nobody.

use document::LONGEST_TEXT;
use leptos::prelude::*;

use crate::i18n::{t, tn};

/// Where a text stands that has nearly reached the limit, or has passed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    /// So many UTF-16 units fit.
    Left(usize),
    /// So many are too many.
    Over(usize),
}

impl Room {
    /// For a text of that many UTF-16 units; nothing before the last tenth.
    const fn of(length: usize) -> Option<Self> {
        if length > LONGEST_TEXT {
            Some(Self::Over(length - LONGEST_TEXT))
        } else if length >= LONGEST_TEXT - LONGEST_TEXT / 10 {
            Some(Self::Left(LONGEST_TEXT - length))
        } else {
            None
        }
    }
}

/// Whether a text of that many UTF-16 units is too long to be kept.
pub(crate) const fn is_too_long(length: usize) -> bool {
    length > LONGEST_TEXT
}

/// The count below a box; nothing while there is room enough. It is read out when it appears and when
/// the limit is passed, not with every letter.
pub(crate) fn room_left(length: RwSignal<usize>) -> AnyView {
    let room = Memo::new(move |_| Room::of(length.get()));
    let over = Memo::new(move |_| room.get().map(|room| matches!(room, Room::Over(_))));
    let count = move || match room.get() {
        Some(Room::Left(n)) => tn("text.left", n),
        Some(Room::Over(n)) => tn("text.over", n),
        None => String::new(),
    };
    (move || {
        over.get().map(|over| {
            let told = t(if over {
                "text.too_long"
            } else {
                "text.nearly_full"
            });
            view! {
                <p class="text-room" data-over=over.then_some("true")>
                    <span aria-hidden="true">{count}</span>
                    <span role="status" class=(!over).then_some("ui-hidden")>{told}</span>
                </p>
            }
        })
    })
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_begins_in_the_last_tenth_and_goes_on_beyond_the_limit() {
        let near = LONGEST_TEXT - LONGEST_TEXT / 10;
        assert_eq!(Room::of(0), None);
        assert_eq!(Room::of(near - 1), None);
        assert_eq!(Room::of(near), Some(Room::Left(LONGEST_TEXT / 10)));
        assert_eq!(Room::of(LONGEST_TEXT), Some(Room::Left(0)));
        assert_eq!(Room::of(LONGEST_TEXT + 1), Some(Room::Over(1)));
        assert!(is_too_long(LONGEST_TEXT + 1) && !is_too_long(LONGEST_TEXT));
    }
}

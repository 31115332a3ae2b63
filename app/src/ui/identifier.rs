//! Element ids for `aria-labelledby`, `aria-controls` and `for`.

use std::cell::Cell;

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(1) };
}

/// An id that no other element of this page has, such as `dialog-12`.
pub fn unique_id(prefix: &str) -> String {
    NEXT.with(|next| {
        let number = next.get();
        next.set(number.wrapping_add(1));
        format!("{prefix}-{number}")
    })
}

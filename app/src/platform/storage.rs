//! The browser's `localStorage`, with memory in its place where the browser refuses it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use web_sys::Storage;

use super::page;

thread_local! {
    static MEMORY: RefCell<BTreeMap<String, String>> = RefCell::default();
}

/// The storage; touching it throws in some private windows.
pub(crate) fn local() -> Option<Storage> {
    page::window()?.local_storage().ok().flatten()
}

/// The storage that lives as long as this tab, over reloads.
pub(crate) fn of_tab() -> Option<Storage> {
    page::window()?.session_storage().ok().flatten()
}

/// The value of `key`.
pub(crate) fn get(key: &str) -> Option<String> {
    let stored = local().and_then(|storage| storage.get_item(key).ok().flatten());
    stored.or_else(|| MEMORY.with_borrow(|memory| memory.get(key).cloned()))
}

/// The keys that start with `prefix`.
pub(crate) fn names(prefix: &str) -> Vec<String> {
    let stored = local().map_or_else(Vec::new, |storage| {
        (0..storage.length().unwrap_or_default())
            .filter_map(|index| storage.key(index).ok().flatten())
            .collect()
    });
    let remembered = MEMORY.with_borrow(|memory| memory.keys().cloned().collect::<Vec<_>>());
    let all = stored.into_iter().chain(remembered);
    all.filter(|name| name.starts_with(prefix)).collect()
}

/// Keeps a value: on the device when it can, for this tab at least.
pub(crate) fn set(key: &str, value: &str) {
    let kept = local().is_some_and(|storage| storage.set_item(key, value).is_ok());
    MEMORY.with_borrow_mut(|memory| {
        if kept {
            memory.remove(key);
        } else {
            memory.insert(key.to_owned(), value.to_owned());
        }
    });
}

/// Forgets a value.
pub(crate) fn remove(key: &str) {
    if let Some(storage) = local() {
        // A storage that cannot be written kept nothing either.
        let _ = storage.remove_item(key);
    }
    MEMORY.with_borrow_mut(|memory| memory.remove(key));
}

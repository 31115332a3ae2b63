//! A list of callbacks that may be called, added to and taken from at any moment, also by one of
//! the callbacks.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

type Callbacks = RefCell<BTreeMap<u64, Rc<dyn Fn()>>>;

/// Callbacks that are called together.
#[derive(Default)]
pub(crate) struct Listeners {
    callbacks: Rc<Callbacks>,
    next: Cell<u64>,
}

impl Listeners {
    /// Adds a callback until the subscription is dropped.
    pub(crate) fn add(&self, callback: impl Fn() + 'static) -> Subscription {
        let id = self.next.get();
        self.next.set(id + 1);
        self.callbacks.borrow_mut().insert(id, Rc::new(callback));
        Subscription {
            callbacks: Rc::downgrade(&self.callbacks),
            id,
        }
    }

    /// Calls them all.
    pub(crate) fn call(&self) {
        let callbacks: Vec<_> = self.callbacks.borrow().values().cloned().collect();
        for callback in callbacks {
            callback();
        }
    }
}

/// Keeps a callback in its list.
#[must_use = "dropping it removes the callback"]
pub(crate) struct Subscription {
    callbacks: Weak<Callbacks>,
    id: u64,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let Some(callbacks) = self.callbacks.upgrade() else {
            return;
        };
        // Taken out first: what the callback owns may come back here while it is dropped.
        let callback = callbacks.borrow_mut().remove(&self.id);
        drop(callback);
    }
}

//! Callbacks that may be called, added to and taken from at any moment, also by one of them.
//!
//! Invariant: a callback, and with it all that it owns, lives no longer than its [`Subscription`].
//! So what listens may own what it listens to.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

type Callbacks<T> = RefCell<Vec<(u64, Rc<dyn Fn(&T)>)>>;

/// Callbacks that are called together, in the order in which they came.
pub struct Listeners<T = ()> {
    callbacks: Rc<Callbacks<T>>,
    next: Cell<u64>,
}

impl<T> Default for Listeners<T> {
    fn default() -> Self {
        Self {
            callbacks: Rc::default(),
            next: Cell::new(0),
        }
    }
}

impl<T: 'static> Listeners<T> {
    /// Adds a callback until the subscription is dropped.
    pub fn add(&self, callback: impl Fn(&T) + 'static) -> Subscription {
        let id = self.next.get();
        self.next.set(id + 1);
        self.callbacks.borrow_mut().push((id, Rc::new(callback)));
        let callbacks = Rc::downgrade(&self.callbacks);
        let end = move || {
            let Some(callbacks) = callbacks.upgrade() else {
                return;
            };
            // Taken out first: what the callback owns may come back here while it is dropped.
            let place = callbacks.borrow().iter().position(|(own, _)| *own == id);
            let callback = place.map(|place| callbacks.borrow_mut().remove(place));
            drop(callback);
        };
        Subscription(Some(Box::new(end)))
    }

    /// Calls them all.
    pub fn call(&self, news: &T) {
        let callbacks = self.callbacks.borrow().clone();
        for (_, callback) in callbacks {
            callback(news);
        }
    }
}

/// Keeps a callback in its list.
#[must_use = "dropping it removes the callback"]
pub struct Subscription(Option<Box<dyn FnOnce()>>);

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(end) = self.0.take() {
            end();
        }
    }
}

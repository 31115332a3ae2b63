//! Web Locks: a way to agree between tabs who does a piece of work, never what is correct.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::page;

/// Runs `work` while holding the lock of that name. `None` when another tab holds it; then nothing was
/// run. A page over plain http has no locks: there it is run all the same.
pub(crate) async fn if_available<T, F>(name: &str, work: impl FnOnce() -> F) -> Option<T>
where
    F: Future<Output = T>,
{
    // The browser holds the lock until the promise that its callback returns is settled.
    let (finished, until_finished) = oneshot::channel::<()>();
    let (granted, grant) = oneshot::channel::<bool>();
    let parts = Rc::new(RefCell::new(Some((granted, until_finished))));
    let callback = Closure::<dyn FnMut(JsValue) -> Promise>::new(move |lock: JsValue| {
        let parts = parts.borrow_mut().take();
        future_to_promise(async move {
            if let Some((granted, until_finished)) = parts {
                let has_lock = !lock.is_null() && !lock.is_undefined();
                if granted.send(has_lock).is_ok() && has_lock {
                    // Ends when the sender is dropped at the latest.
                    let _ = until_finished.await;
                }
            }
            Ok(JsValue::UNDEFINED)
        })
    });
    let Some(request) = request(name, callback.as_ref().unchecked_ref()) else {
        return Some(work().await);
    };
    let outcome = match grant.await {
        Ok(true) => Some(work().await),
        _ => None,
    };
    drop(finished);
    // The callback has to live until the request is settled; its outcome is the lock's alone.
    let _ = JsFuture::from(request).await;
    outcome
}

/// `navigator.locks.request(name, {ifAvailable: true}, callback)`, where there is such a thing.
fn request(name: &str, callback: &Function) -> Option<Promise> {
    let navigator = page::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into())
        .ok()?
        .dyn_into::<Function>()
        .ok()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE).ok()?;
    request
        .call3(&locks, &name.into(), &options, callback)
        .ok()?
        .dyn_into::<Promise>()
        .ok()
}

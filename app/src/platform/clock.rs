//! Time as the browser tells it: the wall clock, sleeping, and callbacks at the next frame, in an
//! idle moment or after a while. Dropping a [`Scheduled`] takes its callback back.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::page;

/// How long a frame may be late before a timer stands in for it: hidden pages get no frames.
const FRAME_PATIENCE_MS: u32 = 200;
/// How long an idle moment may be awaited.
const IDLE_PATIENCE_MS: u32 = 2_000;

/// Milliseconds since 1970. Advisory: nothing depends on it being right.
pub fn now() -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the wall clock fits for 285,000 years"
    )]
    let now = js_sys::Date::now() as i64;
    now
}

/// Today on this device's calendar, which is what a person means by it.
pub fn today() -> domain::value::Date {
    let zone = js_sys::Date::new_0().get_timezone_offset();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "minutes between time zones are few"
    )]
    let minutes = zone as i64;
    // A clock beyond the year 9999 is broken; the epoch is as good a day as any then.
    domain::value::Date::from_milliseconds(now() - minutes * 60_000).unwrap_or_default()
}

/// Milliseconds that only ever grow, for measuring durations.
pub fn monotonic() -> f64 {
    page::window()
        .and_then(|window| window.performance())
        .map_or_else(js_sys::Date::now, |clock| clock.now())
}

/// Leaves a mark in the browser's timeline, for measurements and for whoever profiles.
pub fn mark(name: &str) {
    if let Some(clock) = page::window().and_then(|window| window.performance()) {
        // A browser that keeps no timeline misses nothing else.
        let _ = clock.mark(name);
    }
}

/// Waits.
pub async fn sleep(milliseconds: u32) {
    TimeoutFuture::new(milliseconds).await;
}

/// Waits until the browser has had a chance to paint.
pub async fn painted() {
    let (painted, wait) = futures_channel::oneshot::channel();
    let frame = Scheduled::frame(move || {
        // Nobody waits any more when this fails.
        let _ = painted.send(());
    });
    // The sender lives in `frame`, so this ends only when the frame came.
    let _ = wait.await;
    drop(frame);
    // The frame's callback runs before the paint; a task after it runs behind it.
    sleep(0).await;
}

type Callback = Rc<RefCell<Option<Box<dyn FnOnce()>>>>;

/// A callback that will run once, unless this is dropped before.
#[must_use = "dropping it takes the callback back"]
pub struct Scheduled {
    _timeout: Timeout,
    request: Option<Request>,
    _closure: Option<Closure<dyn FnMut()>>,
}

enum Request {
    Frame(i32),
    Idle(u32),
}

impl Scheduled {
    /// At the next animation frame, or soon after when the page gets none.
    pub fn frame(callback: impl FnOnce() + 'static) -> Self {
        let callback = share(callback);
        // A hidden page waits for nobody's eyes.
        let patience = if page::hidden() { 0 } else { FRAME_PATIENCE_MS };
        Self::whichever_first(callback, patience, |window, function| {
            window
                .request_animation_frame(function)
                .ok()
                .map(Request::Frame)
        })
    }

    /// When the page is idle, or after two seconds.
    pub fn idle(callback: impl FnOnce() + 'static) -> Self {
        Self::whichever_first(share(callback), IDLE_PATIENCE_MS, |window, function| {
            // Safari has no idle callbacks; the timer stands in.
            let has = js_sys::Reflect::has(window, &"requestIdleCallback".into()).unwrap_or(false);
            has.then(|| {
                window
                    .request_idle_callback(function)
                    .ok()
                    .map(Request::Idle)
            })
            .flatten()
        })
    }

    /// After a while.
    pub fn after(milliseconds: u32, callback: impl FnOnce() + 'static) -> Self {
        let callback = share(callback);
        let timeout = Timeout::new(milliseconds, move || run(&callback));
        Self {
            _timeout: timeout,
            request: None,
            _closure: None,
        }
    }

    fn whichever_first(
        callback: Callback,
        patience: u32,
        request: impl FnOnce(&web_sys::Window, &js_sys::Function) -> Option<Request>,
    ) -> Self {
        let late = callback.clone();
        let timeout = Timeout::new(patience, move || run(&late));
        let closure = Closure::<dyn FnMut()>::new(move || run(&callback));
        let request =
            page::window().and_then(|window| request(&window, closure.as_ref().unchecked_ref()));
        Self {
            _timeout: timeout,
            request,
            _closure: Some(closure),
        }
    }
}

impl Drop for Scheduled {
    fn drop(&mut self) {
        let Some(window) = page::window() else { return };
        match self.request {
            // Cancelling what has already run does nothing.
            Some(Request::Frame(handle)) => {
                let _ = window.cancel_animation_frame(handle);
            }
            Some(Request::Idle(handle)) => window.cancel_idle_callback(handle),
            None => {}
        }
    }
}

fn share(callback: impl FnOnce() + 'static) -> Callback {
    Rc::new(RefCell::new(Some(Box::new(callback))))
}

fn run(callback: &Callback) {
    let callback = callback.borrow_mut().take();
    if let Some(callback) = callback {
        callback();
    }
}

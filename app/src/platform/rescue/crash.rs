//! When the app breaks: what is not yet safe goes into the journal, and a screen says what happened
//! and offers to reload.
//!
//! A crash is seen by what the browser tells of it: the module trapped, and the call of JavaScript
//! that led into it ended in an error that nobody caught. That holds for memory that ran out as for
//! a panic, and in a build whose panics trap at once and tell nothing.

use std::cell::Cell;

use js_sys::{Reflect, WebAssembly::RuntimeError};
use wasm_bindgen::JsCast;

use super::{hear_witnesses, journal, screen};
use crate::platform::page;

/// The events by which a browser tells of an error that nobody caught, and the field with the error.
const TOLD: [(&str, &str); 2] = [("error", "error"), ("unhandledrejection", "reason")];

thread_local! {
    static DEAD: Cell<bool> = const { Cell::new(false) };
}

/// Makes a crash cost nothing, from now on until the page is left.
pub fn install() {
    #[cfg(not(panic = "immediate-abort"))]
    std::panic::set_hook(Box::new(|panic| {
        let error = js_sys::Error::new(&panic.to_string());
        web_sys::console::error_1(&error);
    }));
    for (event, field) in TOLD {
        let told = page::on_window(event, move |event| {
            let error = Reflect::get(event, &field.into());
            if error.is_ok_and(|error| error.is_instance_of::<RuntimeError>()) {
                end();
            }
        });
        if let Some(told) = told {
            told.forget();
        }
    }
}

/// Saves what can be saved and shows the screen, once.
fn end() {
    // Asked again below, when everyone has spoken.
    let _ = journal();
    if DEAD.replace(true) {
        return;
    }
    // Until everyone has spoken, the edit at hand counts as lost. The document may be what broke:
    // then a second crash ends the page in here, and this is what the screen goes on saying.
    screen::show(false);
    hear_witnesses();
    screen::show(journal());
}

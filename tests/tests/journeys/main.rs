//! Tests of the built site, and walks through it in a browser.
//!
//! They need `target/site` and Chromium, so a plain `cargo test` leaves them out; `cargo verify`
//! prepares both and runs them.

mod sizes;

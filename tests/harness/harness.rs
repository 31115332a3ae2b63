//! The harness of everything that drives a real browser: journeys and measurements.
//!
//! Nodes are found by the role and name that the browser itself computes for assistive technology,
//! so that a journey is also a proof of accessibility. Waiting is for a condition with a deadline,
//! never for a time.

#[path = "browser.rs"]
pub mod browser;
#[path = "keyboard.rs"]
pub mod keyboard;
#[path = "page.rs"]
pub mod page;
#[path = "server.rs"]
pub mod server;

/// What a step of a journey fails with.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A step of a journey.
pub type Step<T = ()> = Result<T, Failure>;

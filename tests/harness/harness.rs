//! The harness of everything that drives a real browser: journeys and measurements.
//!
//! Nodes are found by the role and name that the browser itself computes for assistive technology,
//! so that a journey is also a proof of accessibility. Waiting is for a condition with a deadline,
//! never for a time.

#[path = "browser.rs"]
pub(crate) mod browser;
#[path = "keyboard.rs"]
pub(crate) mod keyboard;
#[path = "page.rs"]
pub(crate) mod page;
#[path = "server.rs"]
pub(crate) mod server;
#[path = "skip.rs"]
pub(crate) mod skip;
#[path = "target.rs"]
pub(crate) mod target;

/// What a step of a journey fails with.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A step of a journey.
pub(crate) type Step<T = ()> = Result<T, Failure>;

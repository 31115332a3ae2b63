//! Browser journeys: what people do with the product, in a real browser against the real server.
//!
//! They need the built app and server (`cargo verify` builds both), Chromium and chromedriver.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used,
    reason = "a journey fails by panicking; answers of the browser are indexed as JSON, which gives null"
)]

#[expect(
    dead_code,
    reason = "the measurements use parts of it that no journey needs"
)]
#[path = "../harness/harness.rs"]
mod harness;
#[path = "../harness/samod.rs"]
mod samod_client;

#[path = "journeys/access.rs"]
mod access;
#[path = "journeys/accessibility.rs"]
mod accessibility;
#[path = "journeys/canvas.rs"]
mod canvas;
#[path = "journeys/crash.rs"]
mod crash;
#[path = "journeys/files.rs"]
mod files;
#[path = "journeys/focus.rs"]
mod focus;
#[path = "journeys/graph.rs"]
mod graph;
#[path = "journeys/links.rs"]
mod links;
#[path = "journeys/offline.rs"]
mod offline;
#[path = "journeys/own_canvas.rs"]
mod own_canvas;
#[path = "journeys/person.rs"]
mod person;
#[path = "journeys/presence.rs"]
mod presence;
#[path = "journeys/print.rs"]
mod print;
#[path = "journeys/sharing.rs"]
mod sharing;
#[path = "journeys/size.rs"]
mod size;
#[path = "journeys/start.rs"]
mod start;
#[path = "journeys/stick.rs"]
mod stick;
#[path = "journeys/storage.rs"]
mod storage;

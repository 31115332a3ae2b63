//! The engine's behaviour, rule by rule of `app/docs/SPEC.md`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test's helpers may panic as its tests do"
)]

mod accepted;
mod access;
mod bombs;
mod brought;
mod chunks;
mod damage;
mod documents;
mod durability;
mod hostile;
mod identity;
mod limits;
mod native;
mod native_hostile;
mod nesting;
mod refused;
mod schedules;
mod shared;
mod shelf;
mod synchronisation;
mod tiers;
mod wire;
mod work;
mod world;

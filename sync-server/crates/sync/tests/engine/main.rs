//! The engine's behaviour, rule by rule of `app/docs/SPEC-sync.md`.

mod accepted;
mod chunks;
mod documents;
mod durability;
mod hostile;
mod identity;
mod limits;
mod refused;
mod schedules;
mod synchronisation;
mod wire;
mod world;

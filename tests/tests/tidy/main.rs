//! The rules of the house, read off the tree: who may know whom, how long a file may be, where
//! colours and words live, what a licence may say. Each rule is a test whose message says what to
//! do.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a rule that cannot read the tree fails its test with a backtrace, as it should"
)]

mod css;
mod debugging;
mod files;
mod icons;
mod layers;
mod licences;
mod manifests;
mod messages;
mod rust;
mod style;
mod tree;
mod twins;
mod words;

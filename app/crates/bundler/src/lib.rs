//! Builds the site that the sync server serves: cargo → pieces → wasm-bindgen → wasm-opt →
//! functions in the order that compresses best → content-hashed files → the service worker's list.
//!
//! Everything that decides what the site contains is a pure function of its inputs
//! ([`site::assemble`]), so that it can be tested without a browser or a compiler; the modules
//! around it run tools and write files.

pub mod arguments;
pub mod arrange;
pub mod bindgen;
pub mod cache;
pub mod cargo;
pub mod compress;
pub mod data;
pub mod error;
pub mod fingerprint;
pub mod hash;
pub mod lean;
pub mod merge;
pub mod optimiser;
pub mod output;
pub mod pipeline;
pub mod server;
pub mod site;
pub mod sizes;
pub mod split;
pub mod style;
pub mod template;
mod tree;

pub use error::BundlerError;

//! The server from outside: real sockets, the real program, and what an attacker would send.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on panics, in its helpers too"
)]

mod access;
mod client;
#[cfg(target_os = "linux")]
mod full;
mod half_open;
mod hostile;
mod killed;
mod logs;
mod native;
mod operations;
mod pages;
mod program;
mod receipts;
mod silent;
mod sockets;
mod storm;
mod tools;

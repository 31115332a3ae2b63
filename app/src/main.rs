//! The app: installs the panic hook and mounts the shell.
#![expect(
    unreachable_pub,
    reason = "a binary exports nothing; `pub` marks what a module offers the others"
)]

mod i18n;
mod platform;
mod ui;

fn main() {}

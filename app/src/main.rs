//! The app: makes ready for its own crash and mounts the shell; nothing else.
#![expect(
    unreachable_pub,
    reason = "a binary exports nothing; `pub` marks what a module offers the others"
)]

mod features;
mod i18n;
mod platform;
mod shell;
mod ui;

fn main() {
    platform::rescue::install();
    shell::mount();
}

//! What can go wrong while the site is built, in words for the person who typed the command.

use std::{io, path::PathBuf};

/// Why there is no new site. The site of the last build that succeeded is still in place.
#[derive(Debug, thiserror::Error)]
pub enum BundlerError {
    /// The command line is not one that the bundler knows.
    #[error("{0}\n\n{usage}", usage = crate::arguments::USAGE)]
    Arguments(String),

    /// A file or folder could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// What was to be read.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },

    /// A file or folder could not be written, moved or removed.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// What was to be written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },

    /// A program could not be started at all.
    #[error("cannot run {program}: {source}")]
    Launch {
        /// The program's name.
        program: String,
        /// What the system said.
        source: io::Error,
    },

    /// A program ran and reported failure; its own words are on the screen already.
    #[error("{doing} failed ({status}); the messages above say why")]
    Failed {
        /// What was being done.
        doing: String,
        /// The exit status in words.
        status: String,
    },

    /// The WebAssembly target is missing and nothing here can add it.
    #[error(
        "Rust's target {target} is not installed, and rustup, which would add it, is not either.\n\
         Install Rust with rustup (https://rustup.rs) and start again, or install the target's \
         standard library with the package manager that Rust came from."
    )]
    NoWasmTarget {
        /// The target's name.
        target: &'static str,
    },

    /// `cargo metadata` answered something else than expected.
    #[error("cargo metadata gave no {0}")]
    Metadata(&'static str),

    /// The module could not be taken apart.
    #[error("splitting the module: {0}")]
    Split(String),

    /// wasm-bindgen refused the module.
    #[error("wasm-bindgen: {0}")]
    Bindgen(String),

    /// The module's functions could not be put in another order.
    #[error("arranging the module: {0}")]
    Arrange(String),

    /// An import of the glue that the bundler cannot serve.
    #[error("the app imports the npm module `{0}`, and the site has no npm modules")]
    NpmModule(String),

    /// A file of the catalogue or of the locales is not what it should be.
    #[error("{path}: {problem}")]
    Data {
        /// Its path within its folder.
        path: String,
        /// What is wrong with it.
        problem: String,
    },

    /// A template and what is to be filled into it do not match.
    #[error("{template}: {problem}")]
    Template {
        /// The template's file name.
        template: String,
        /// What does not match.
        problem: String,
    },

    /// A file that the site cannot do without is absent.
    #[error("{} is missing", .0.display())]
    Missing(PathBuf),
}

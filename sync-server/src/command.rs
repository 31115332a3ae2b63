//! The commands beside running the server: tools for its store, which print what they did and end.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use sync::ServerLimits;

use crate::ServerError;
use crate::tools::{backup, check, restore};

/// A tool for the store.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Write everything in the store to one file; a server may be running
    Backup {
        /// The file; an older backup of that name is replaced once the new one is verified
        file: PathBuf,
    },
    /// Put a backup in the store's place; no server may be running
    Restore {
        /// The backup
        file: PathBuf,
        /// Replace the store that is there (it is kept aside), and take a damaged backup
        #[arg(long)]
        force: bool,
    },
    /// Verify every chunk and every document; a server may be running
    Check {
        /// A backup to check instead of the store
        file: Option<PathBuf>,
    },
}

impl Command {
    /// Runs the tool on the store in `data` and returns what to print.
    ///
    /// # Errors
    /// With what to print all the same: a check that finds damage has a table to show.
    pub fn run(&self, data: &Path) -> Result<String, (String, ServerError)> {
        let bare = |error| (String::new(), error);
        match self {
            Self::Backup { file } => backup(data, file).map_err(bare),
            Self::Restore { file, force } => {
                let restored = restore(data, file, *force).map_err(bare)?;
                let mut text = format!("restored: {}", restored.contents);
                if let Some(kept) = restored.kept {
                    text += &format!("\nthe store that was there is kept as {}", kept.display());
                    text += &match restored.forgotten {
                        None => "\nwho may open what stays as it was there".to_owned(),
                        Some(reason) => format!(
                            "\nwho may open what is as in the backup: links that were revoked \
                             since open again ({reason})"
                        ),
                    };
                }
                Ok(text)
            }
            Self::Check { file } => {
                let content = ServerLimits::default().content;
                let report = check(data, file.as_deref(), &content).map_err(bare)?;
                let text = report.to_string();
                match report.troubles() {
                    0 => Ok(text),
                    troubles => {
                        let damage = format!("{troubles} in the table above; nothing was changed");
                        Err((text, ServerError::Damage(damage)))
                    }
                }
            }
        }
    }
}

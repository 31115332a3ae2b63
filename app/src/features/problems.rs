//! Why something did not work, in the language of this tab.

use domain::value::Misfit;
use workspace::Message;
use workspace::status::NotSaved;

use crate::i18n::{language, t, tf};
use crate::platform::{StorageError, bundle::BundleProblem, files::FileError};

/// Why a value does not fit its field, and what would.
pub(crate) fn misfit_words(misfit: &Misfit) -> String {
    let parts = misfit.parts(language().code());
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, part)| (*name, part.as_str()))
        .collect();
    tf(misfit.key, &parts)
}

/// Why a file could not be read at all.
pub(crate) fn file_problem(error: &FileError) -> String {
    match error {
        FileError::TooLarge => t("import.error.too_large_to_read"),
        FileError::Unreadable => t("import.error.unreadable"),
    }
}

/// Why a saved workspace was not merged.
pub(crate) fn bundle_problem(problem: &BundleProblem) -> String {
    t(match problem {
        BundleProblem::Foreign => "bundle.foreign",
        BundleProblem::Newer => "bundle.newer",
        BundleProblem::Torn => "bundle.torn",
        BundleProblem::Damaged => "bundle.damaged",
        BundleProblem::NotReady => "bundle.not_ready",
        BundleProblem::NotAllowed => "bundle.not_allowed",
        BundleProblem::NotStored => "bundle.not_stored",
        BundleProblem::Other(name) => return tf("bundle.other", &[("name", name)]),
    })
}

/// Why the device's storage did not do what it was asked. What only a fault of the app or of the
/// browser brings about is told with the reason for whoever reports it.
pub(crate) fn storage_problem(error: StorageError) -> String {
    match &error {
        StorageError::Closed | StorageError::Missing | StorageError::Failed(_) => {
            tf("start.failed", &[("reason", &error.to_string())])
        }
        StorageError::NotTaken(Message { key, arguments, .. }) => {
            let arguments = arguments.iter().map(|(name, text)| (*name, text.as_str()));
            tf(key, &arguments.collect::<Vec<_>>())
        }
        told => t(reason_key(told.reason())),
    }
}

/// Why the device's storage fails.
pub(crate) const fn reason_key(reason: NotSaved) -> &'static str {
    match reason {
        NotSaved::Refused => "sync.reason_refused",
        NotSaved::Blocked => "sync.reason_blocked",
        NotSaved::Full => "sync.reason_full",
        NotSaved::Unanswered => "sync.reason_unanswered",
        NotSaved::Failed => "sync.reason_failed",
    }
}

//! Why the device's storage does not do what it was asked.

use document::CommandError;
use indexed_db_futures::error::{Error, OpenDbError};
use wasm_bindgen::JsCast;
use workspace::status::NotSaved;
use workspace::{Message, refusal};

/// What can go wrong with the device's storage. Every case leaves the edits in memory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The browser offers no storage here, for instance in a private window.
    #[error("the browser refuses storage")]
    Refused,
    /// Another tab with another version of the app keeps the storage to itself.
    #[error("another tab holds the storage")]
    Blocked,
    /// The storage was written by a newer version of the app.
    #[error("the storage belongs to a newer version")]
    FromNewerVersion,
    /// There is no room left.
    #[error("the storage is full")]
    Full,
    /// The storage has neither confirmed nor refused what it was handed for some seconds.
    #[error("the storage does not answer")]
    Unanswered,
    /// The connection was closed under us.
    #[error("the storage was closed")]
    Closed,
    /// Nothing is stored on this device under that id.
    #[error("there is no such workspace on this device")]
    Missing,
    /// The document does not take what was to be stored.
    #[error("the document does not take it")]
    NotTaken(Message),
    /// The storage answered with another error.
    #[error("the storage failed: {0}")]
    Failed(String),
}

impl StorageError {
    /// The reason as the status tells it.
    pub fn reason(&self) -> NotSaved {
        match self {
            Self::Refused => NotSaved::Refused,
            Self::Blocked | Self::FromNewerVersion => NotSaved::Blocked,
            Self::Full => NotSaved::Full,
            Self::Unanswered => NotSaved::Unanswered,
            Self::Closed | Self::Missing | Self::NotTaken(_) | Self::Failed(_) => NotSaved::Failed,
        }
    }

    /// The case behind a DOM exception's name.
    fn from_name(name: &str, message: String) -> Self {
        match name {
            "QuotaExceededError" => Self::Full,
            "VersionError" => Self::FromNewerVersion,
            "SecurityError" => Self::Refused,
            "InvalidStateError" => Self::Closed,
            _ => Self::Failed(if message.is_empty() {
                name.to_owned()
            } else {
                message
            }),
        }
    }
}

impl From<CommandError> for StorageError {
    fn from(error: CommandError) -> Self {
        Self::NotTaken(refusal(&error))
    }
}

impl From<Error> for StorageError {
    fn from(error: Error) -> Self {
        match error {
            Error::DomException(exception) => {
                let message = exception.message();
                let exception = web_sys::DomException::from(exception);
                Self::from_name(&exception.name(), message)
            }
            other => Self::Failed(other.to_string()),
        }
    }
}

impl From<OpenDbError> for StorageError {
    fn from(error: OpenDbError) -> Self {
        match error {
            // The library reports every exception thrown by `open` itself as a version of zero.
            OpenDbError::VersionZero
            | OpenDbError::UnsupportedEnvironment
            | OpenDbError::NullFactory => Self::Refused,
            OpenDbError::Base(error) => match Self::from(error) {
                // Opening in an invalid state is how older browsers say "private window".
                Self::Closed => Self::Refused,
                other => other,
            },
        }
    }
}

impl From<wasm_bindgen::JsValue> for StorageError {
    fn from(value: wasm_bindgen::JsValue) -> Self {
        match value.dyn_into::<web_sys::DomException>() {
            Ok(exception) => Self::from_name(&exception.name(), exception.message()),
            Err(value) => Self::Failed(match value.dyn_into::<js_sys::Error>() {
                Ok(error) => error.to_string().into(),
                Err(value) => value.as_string().unwrap_or_default(),
            }),
        }
    }
}

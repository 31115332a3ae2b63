//! Things to tell the person, as plain data: the shell puts them into words.

/// A message by its key in the locale files, with what fills its placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The key, for example `toast.note_deleted`.
    pub key: &'static str,
    /// Placeholder names and their values.
    pub arguments: Vec<(&'static str, String)>,
    /// For messages with a singular and a plural.
    pub count: Option<usize>,
    /// What is said before it, as a sentence of its own.
    pub before: Option<Box<Message>>,
}

impl Message {
    /// A message without placeholders.
    pub const fn plain(key: &'static str) -> Self {
        Self {
            key,
            arguments: Vec::new(),
            count: None,
            before: None,
        }
    }

    /// The same message behind another.
    pub fn after(mut self, first: Self) -> Self {
        self.before = Some(Box::new(first));
        self
    }

    /// The same message with one placeholder filled.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.arguments.push((name, value.into()));
        self
    }

    /// The same message about `count` things.
    pub const fn counted(mut self, count: usize) -> Self {
        self.count = Some(count);
        self
    }
}

/// The beginning of a text, as much as one listens to.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 80;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{}…", start.trim_end())
}

/// How a toast speaks: `Problem` is announced as an alert and stays until dismissed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something went as asked.
    Calm,
    /// Something needs an answer.
    Problem,
}

/// A short message at the edge of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Numbered within the session.
    pub id: u64,
    /// What it says.
    pub message: Message,
    /// How it says it.
    pub tone: Tone,
    /// The command its button runs, by id (`edit.undo`).
    pub action: Option<&'static str>,
    /// How often the button runs it: a toast can be about several gestures in a row.
    pub times: usize,
    /// The gesture of the latest local change when it was shown; 0 when there was none.
    pub gesture: u64,
}

//! What the session cannot do itself.

use domain::CanvasId;

/// The look of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What a command asks of the world outside; the shell answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Show a canvas.
    OpenCanvas(CanvasId),
    /// Show the start page.
    OpenStart,
    /// Print the canvas.
    Print,
    /// Give the person a file with a text in it.
    SaveFile {
        /// What the file is called.
        name: String,
        /// What it holds: JSON.
        content: String,
    },
    /// Put text on the clipboard.
    CopyText(String),
    /// Change the look.
    UseTheme(Theme),
    /// Put the keyboard focus in the search box.
    FocusSearch,
    /// Put the keyboard focus in the workspace's name.
    FocusName,
    /// Fold the views away, or show them again.
    FoldViews,
    /// Move the keyboard focus to the next region of the page, or the previous one.
    CycleRegion {
        /// Backwards.
        back: bool,
    },
}

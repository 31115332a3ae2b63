//! The primitives of the interface, on native elements: buttons, dialogs, menus, fields, messages.
//!
//! Invariant: nothing here knows notes, canvases or workspaces; words come in as properties, apart
//! from the few that belong to the primitive itself ("Close", "3 results").

mod banner;
mod button;
mod checkbox;
mod colour_picker;
mod combobox;
mod dialog;
mod empty_state;
mod file_button;
pub(crate) mod focus;
mod icon;
mod identifier;
mod keys;
mod letter_case;
mod live_region;
mod menu;
mod menu_button;
mod radio_group;
mod select;
mod text_area;
mod text_field;
mod toast;
mod tooltip;

pub use banner::Banner;
pub use button::{Button, ButtonLook, IconButton};
pub use checkbox::{CheckGroup, Checkbox};
pub use colour_picker::{ColourPicker, Swatch};
pub use combobox::{Choice, Combobox};
pub use dialog::{Dialog, DialogActions, DialogSize};
pub use empty_state::EmptyState;
pub use file_button::FileButton;
pub use icon::{Icon, IconName, install_icons};
pub use identifier::unique_id;
pub use keys::{Kbd, chord_for_assistive_technology, chord_text, is_apple};
pub use letter_case::{lower_case, upper_case};
pub use live_region::LiveRegion;
pub use menu::{Menu, MenuItem, MenuPlace};
pub use menu_button::MenuButton;
pub use radio_group::{RadioGroup, RadioOption};
pub use select::{Select, SelectOption};
pub use text_area::TextArea;
pub use text_field::TextField;
pub use toast::{ToastItem, ToastRegion};
pub use tooltip::Tooltips;

/// Something to do when a person presses, chooses or closes.
pub type Action = leptos::prelude::UnsyncCallback<()>;

/// How a message speaks: its colour, its icon, and whether it is announced as an alert.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Something to know.
    #[default]
    Calm,
    /// Something went well.
    Good,
    /// Something to heed.
    Warning,
    /// Something that needs an answer.
    Problem,
}

impl Tone {
    /// The name that the style sheets select by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Problem => "problem",
        }
    }

    /// The ARIA role of a message in this tone.
    pub const fn role(self) -> &'static str {
        match self {
            Self::Problem => "alert",
            Self::Calm | Self::Good | Self::Warning => "status",
        }
    }

    /// The icon that says the same without colour.
    pub const fn icon(self) -> IconName {
        match self {
            Self::Calm => IconName::Info,
            Self::Good => IconName::CircleCheck,
            Self::Warning => IconName::TriangleAlert,
            Self::Problem => IconName::CircleAlert,
        }
    }
}

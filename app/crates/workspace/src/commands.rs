//! The one table of commands: toolbar, menus, palette, shortcut sheet and `app/docs/commands.md`
//! all read it.
//!
//! A command is data; what it does to the document is a `document::Command`, what it does to the
//! tab is a signal of the session, and what it needs from outside is a `Request`.

mod canvas;
mod edit;
mod note;
mod page;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

pub use note::{add_to, add_with, delete, place};
pub use page::FOLD_KEYS;

use domain::compact;

use crate::Session;
use crate::keys::Chord;

/// Where a command is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The whole workspace: sharing, files, trash.
    Workspace,
    /// Undo and redo.
    Edit,
    /// The focused note.
    Note,
    /// Moving the focus and the note by keyboard.
    Movement,
    /// Canvases of one's own.
    Canvas,
    /// What is shown and how.
    View,
}

impl Group {
    /// The message key of the group's heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Workspace => "group.workspace",
            Self::Edit => "group.edit",
            Self::Note => "group.note",
            Self::Movement => "group.movement",
            Self::Canvas => "group.canvas",
            Self::View => "group.view",
        }
    }
}

/// One action of the product.
pub struct UserCommand {
    /// Its stable name, for example `note.duplicate`.
    pub id: &'static str,
    /// The message key of its title.
    pub title: &'static str,
    /// The name of its icon in the Lucide set; empty for none.
    pub icon: &'static str,
    /// Where it is listed.
    pub group: Group,
    /// Its chords; the first is shown.
    pub keys: &'static [&'static str],
    /// Whether its chords work while typing in a field too.
    pub while_typing: bool,
    /// Whether it changes the workspace, so that only those may run it who may edit.
    pub changes: bool,
    /// Whether it can run now.
    pub when: fn(&Session) -> bool,
    /// Runs it, whether or not it can run now: [`try_run`](Self::try_run) asks first.
    pub run: fn(&Session),
}

impl UserCommand {
    /// Runs the command if it can run now, and tells whether it did. Who may not change the
    /// workspace is told so.
    pub fn try_run(&self, session: &Session) -> bool {
        let can = (self.when)(session) && (!self.changes || session.insist_on_editing());
        if can {
            (self.run)(session);
        }
        can
    }

    /// Whether bars, menus and the palette show it to this person: what they may not do is not
    /// offered. Followed where it is asked for in a view, since a role can change.
    pub fn is_offered(&self, session: &Session) -> bool {
        !self.changes || session.may_edit()
    }

    /// The same for a command that leaves the workspace as it is.
    const fn that_looks(self) -> Self {
        Self {
            changes: false,
            ..self
        }
    }
}

/// All commands, by group.
pub fn commands() -> &'static [&'static UserCommand] {
    static COMMANDS: OnceLock<Vec<&'static UserCommand>> = OnceLock::new();
    COMMANDS.get_or_init(|| {
        let mut all: Vec<&UserCommand> = page::COMMANDS
            .iter()
            .chain(edit::COMMANDS)
            .chain(canvas::COMMANDS)
            .chain(note::COMMANDS)
            .collect();
        compact::sort_by_key(&mut all, |command| command.group);
        all
    })
}

/// The command of that id.
pub fn command(id: &str) -> Option<&'static UserCommand> {
    commands().iter().copied().find(|command| command.id == id)
}

/// The command that a chord runs now.
pub fn command_for(chord: &Chord, typing: bool, session: &Session) -> Option<&'static UserCommand> {
    commands().iter().copied().find(|command| {
        (command.while_typing || !typing)
            && command.keys.iter().any(|keys| Chord::parse(keys) == *chord)
            && (command.when)(session)
    })
}

/// For commands that can run at any time.
const fn always(_: &Session) -> bool {
    true
}

/// The table as the page `app/docs/commands.md`, with titles looked up by `title`.
pub fn as_markdown(title: impl Fn(&str) -> String) -> String {
    let mut page = String::from(
        "# Commands\n\nGenerated from the table in `app/crates/workspace/src/commands`; `Ctrl` is \
         ⌘ on a Mac.\n",
    );
    let mut group = None;
    for command in commands() {
        if group != Some(command.group) {
            group = Some(command.group);
            page.push_str(&format!(
                "\n## {}\n\n| command | keys | id |\n|---|---|---|\n",
                title(command.group.title())
            ));
        }
        let keys: Vec<String> = command
            .keys
            .iter()
            .map(|keys| format!("`{keys}`"))
            .collect();
        page.push_str(&format!(
            "| {} | {} | `{}` |\n",
            title(command.title),
            keys.join(", "),
            command.id
        ));
    }
    page
}

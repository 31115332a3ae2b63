//! Commands of the whole workspace and of what is shown.

use reactive_graph::traits::{GetUntracked, Set, WithUntracked};

use super::{Group, UserCommand, always};
use crate::{Dialog, Request, Theme};

/// The chord that folds the views, for the button that is there before the table is.
pub const FOLD_KEYS: &str = "Ctrl+B";

macro_rules! page_command {
    ($id:literal, $icon:literal, $group:ident, $keys:expr, $typing:literal, $run:expr) => {
        UserCommand {
            id: $id,
            title: concat!("command.", $id),
            icon: $icon,
            group: Group::$group,
            keys: $keys,
            while_typing: $typing,
            changes: true,
            when: always,
            run: $run,
        }
    };
}

pub(super) static COMMANDS: &[UserCommand] = &[
    page_command!(
        "workspace.share",
        "share-2",
        Workspace,
        &["Ctrl+Shift+S"],
        false,
        |session| {
            session.open(Dialog::Share);
        }
    )
    .that_looks(),
    page_command!(
        "workspace.import",
        "upload",
        Workspace,
        &["Ctrl+O"],
        false,
        |session| {
            session.open(Dialog::Import);
        }
    ),
    page_command!(
        "workspace.export",
        "download",
        Workspace,
        &["Ctrl+S"],
        true,
        |session| {
            session.open(Dialog::Export);
        }
    )
    .that_looks(),
    page_command!(
        "workspace.rename",
        "pencil",
        Workspace,
        &[],
        false,
        |session| {
            session.request(Request::FocusName);
        }
    ),
    page_command!(
        "workspace.trash",
        "trash-2",
        Workspace,
        &[],
        false,
        |session| {
            session.open(Dialog::Trash);
        }
    )
    .that_looks(),
    page_command!(
        "workspace.print",
        "printer",
        Workspace,
        &["Ctrl+P"],
        true,
        |session| {
            session.request(Request::Print);
        }
    )
    .that_looks(),
    page_command!(
        "workspace.start",
        "house",
        Workspace,
        &[],
        false,
        |session| {
            session.request(Request::OpenStart);
        }
    )
    .that_looks(),
    page_command!(
        "view.palette",
        "command",
        View,
        &["Ctrl+K"],
        true,
        |session| {
            let open = session.dialog().get_untracked() == Some(Dialog::Palette);
            session.dialog().set((!open).then_some(Dialog::Palette));
        }
    )
    .that_looks(),
    page_command!(
        "view.search",
        "search",
        View,
        &["/", "Ctrl+F"],
        false,
        |session| {
            session.request(Request::FocusSearch);
        }
    )
    .that_looks(),
    page_command!(
        "view.shortcuts",
        "keyboard",
        View,
        &["?"],
        false,
        |session| {
            session.open(Dialog::Shortcuts);
        }
    )
    .that_looks(),
    page_command!("view.next_region", "", View, &["F6"], true, |session| {
        session.request(Request::CycleRegion { back: false });
    })
    .that_looks(),
    page_command!(
        "view.previous_region",
        "",
        View,
        &["Shift+F6"],
        true,
        |session| {
            session.request(Request::CycleRegion { back: true });
        }
    )
    .that_looks(),
    page_command!(
        "view.fold",
        "panel-left",
        View,
        &[FOLD_KEYS],
        true,
        |session| {
            session.request(Request::FoldViews);
        }
    )
    .that_looks(),
    page_command!("view.profile", "circle-user", View, &[], false, |session| {
        session.open(Dialog::Profile);
    })
    .that_looks(),
    page_command!("view.theme_light", "sun", View, &[], false, |session| {
        session.request(Request::UseTheme(Theme::Light));
    })
    .that_looks(),
    page_command!("view.theme_dark", "moon", View, &[], false, |session| {
        session.request(Request::UseTheme(Theme::Dark));
    })
    .that_looks(),
    page_command!(
        "view.theme_system",
        "monitor",
        View,
        &[],
        false,
        |session| {
            session.request(Request::UseTheme(Theme::System));
        }
    )
    .that_looks(),
    page_command!("view.about", "info", View, &[], false, |session| session
        .open(Dialog::About))
    .that_looks(),
    UserCommand {
        id: "view.leave_guide",
        title: "command.view.leave_guide",
        icon: "lightbulb",
        group: Group::View,
        keys: &[],
        while_typing: false,
        changes: false,
        when: |session| session.guide().with_untracked(Option::is_some),
        run: |session| session.guide().set(None),
    },
];

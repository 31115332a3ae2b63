//! The palette: every command, view and note behind one box (Ctrl+K).

use std::str::FromStr;

use domain::{CanvasId, EntityId};
use leptos::prelude::*;
use workspace::commands::{command, commands};
use workspace::search::search;
use workspace::{Request, Session};

use super::appearance_menu::is_offered;
use super::finding::{go_to_note, hit_detail};
use super::review::{FINDINGS, QUESTIONS, title_key};
use crate::features::{part_missing, speak};
use crate::i18n::{Language, language, t};
use crate::ui::{Action, Choice, Combobox, Dialog, IconName, lower_case};

/// More hits than this are no help; another letter is.
const NOTES: usize = 20;

/// What a row of the palette stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Row {
    Command(String),
    View(CanvasId),
    Note(EntityId),
    /// A language to speak, by its code.
    Language(String),
    /// An order in which the canvas in view can be filled.
    Guide(String),
}

/// The palette of a session.
#[component]
pub(super) fn Palette(
    /// The session.
    session: Session,
    /// Called once it has closed.
    on_close: Action,
) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let choices = {
        let session = session.clone();
        Signal::derive(move || choices(&session, &query.get()))
    };
    let choose = move |value: String| {
        let Ok(row) = value.parse() else { return };
        session.close_dialog();
        run(&session, &row);
    };
    view! {
        <Dialog title=move || t("palette.title") on_close=on_close>
            <Combobox
                label=move || t("palette.label")
                placeholder=Signal::derive(move || Some(t("palette.label")))
                query=query
                choices=choices
                on_choose=choose
                always_open=true
                autofocus=true
            />
        </Dialog>
    }
}

fn run(session: &Session, row: &Row) {
    match row {
        Row::Command(id) => {
            if let Some(command) = command(id) {
                command.try_run(session);
            }
        }
        Row::View(canvas) => session.request(Request::OpenCanvas(canvas.clone())),
        Row::Note(id) => go_to_note(session, id),
        Row::Language(code) => {
            if let Some(chosen) = Language::from_code(code) {
                speak(chosen, part_missing(session));
            }
        }
        Row::Guide(id) => session.guide().set(Some(id.clone())),
    }
}

fn choices(session: &Session, query: &str) -> Vec<Choice> {
    let wanted = lower_case(query.trim());
    let matches = |title: &str| {
        let title = lower_case(title);
        wanted.split_whitespace().all(|word| title.contains(word))
    };
    let views = session.workspace().projection().canvases();
    let views = views.into_iter().map(|canvas| {
        let title = canvas.title.text(language().code()).to_owned();
        choice(
            &Row::View(canvas.id.clone()),
            title,
            t("palette.view"),
            Some(IconName::LayoutGrid),
            "",
        )
    });
    let actions = commands()
        .iter()
        // Moving by a named direction is for keys; in a list it is noise.
        .filter(|command| !command.icon.is_empty() && (command.when)(session))
        .filter(|command| command.is_offered(session))
        .map(|command| {
            let icon = IconName::named(command.icon);
            let keys = command.keys.first().copied().unwrap_or_default();
            choice(
                &Row::Command(command.id.to_owned()),
                t(command.title),
                String::new(),
                icon,
                keys,
            )
        });
    let notes = search(session.workspace().projection(), query, NOTES, lower_case)
        .into_iter()
        .map(|hit| {
            let detail = hit_detail(session, &hit);
            choice(
                &Row::Note(hit.id),
                hit.text,
                detail,
                Some(IconName::StickyNote),
                "",
            )
        });
    actions
        .chain(views)
        .chain(reviews())
        .chain(guides(session))
        .chain(languages())
        .filter(|choice| matches(&choice.label))
        .chain(notes)
        .collect()
}

/// The views over everything at once.
fn reviews() -> impl Iterator<Item = Choice> {
    let known = [FINDINGS, QUESTIONS].into_iter().map(CanvasId::from);
    known.filter_map(|view| {
        let title = t(title_key(&view)?);
        let icon = Some(IconName::LayoutGrid);
        Some(choice(&Row::View(view), title, t("palette.view"), icon, ""))
    })
}

/// The orders in which the canvas in view can be filled.
fn guides(session: &Session) -> Vec<Choice> {
    let canvas = session
        .workspace()
        .projection()
        .canvas(&session.canvas_now());
    let orders = canvas
        .map(|canvas| canvas.orders.clone())
        .unwrap_or_default();
    let row = |order: &domain::GuidedOrder| {
        let title = order.title.text(language().code()).to_owned();
        let row = Row::Guide(order.id.clone());
        let icon = Some(IconName::Lightbulb);
        choice(&row, title, t("palette.guide"), icon, "")
    };
    orders.iter().map(row).collect()
}

/// The languages that are not in use now.
fn languages() -> impl Iterator<Item = Choice> {
    let others = Language::ALL
        .into_iter()
        .filter(|offered| is_offered(*offered));
    others.map(|offered| {
        let row = Row::Language(offered.code().to_owned());
        let icon = Some(IconName::Languages);
        choice(
            &row,
            offered.name().to_owned(),
            t("palette.language"),
            icon,
            "",
        )
    })
}

fn choice(
    row: &Row,
    label: String,
    detail: String,
    icon: Option<IconName>,
    keys: &'static str,
) -> Choice {
    Choice {
        value: row.to_string(),
        label,
        detail,
        icon,
        keys,
        ..Choice::default()
    }
}

impl std::fmt::Display for Row {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Command(id) => write!(formatter, "command:{id}"),
            Self::View(id) => write!(formatter, "view:{id}"),
            Self::Note(id) => write!(formatter, "note:{id}"),
            Self::Language(code) => write!(formatter, "language:{code}"),
            Self::Guide(id) => write!(formatter, "guide:{id}"),
        }
    }
}

impl FromStr for Row {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.split_once(':') {
            Some(("command", id)) => Ok(Self::Command(id.to_owned())),
            Some(("view", id)) => Ok(Self::View(CanvasId::from(id))),
            Some(("note", id)) => Ok(Self::Note(EntityId::from(id))),
            Some(("language", code)) => Ok(Self::Language(code.to_owned())),
            Some(("guide", id)) => Ok(Self::Guide(id.to_owned())),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_survives_its_value_whatever_the_id() {
        let row = Row::Note(EntityId::from("a:b/c"));
        assert_eq!(row.to_string().parse(), Ok(row));
    }
}

//! Boards exported from Trello, as JSON or CSV: every card becomes a backlog item.

use std::collections::BTreeMap;

use serde_json::Value;

use super::backlog::{self, Item, Member, Remarks, Stage, Status};
use super::builder::Builder;
use super::csv::Row;
use super::untaken::{Untaken, amount};
use super::{Format, Imported};
use crate::ImportError;
use crate::compact::gather;
use crate::value::Date;

/// Counts what has no title.
const UNREADABLE: &str = "import.warning.cards";

/// What a card can hold that has no place here, by Trello's names.
const WITHOUT_A_PLACE: [&str; 6] = [
    "attachments",
    "customFieldItems",
    "idMembersVoted",
    "locationName",
    "start",
    "stickers",
];
/// Trello's colours of labels, without their shades.
const COLOURS: [&str; 11] = [
    "green", "yellow", "orange", "red", "purple", "blue", "sky", "lime", "pink", "black", "null",
];
/// The actions that make a card.
const MAKING: [&str; 4] = [
    "createCard",
    "copyCard",
    "convertToCardFromCheckItem",
    "emailCard",
];
/// The columns of a table that are taken, and those that say nothing by themselves.
const COLUMNS: [&str; 13] = [
    "Card ID",
    "Card Name",
    "Card URL",
    "Card Description",
    "Labels",
    "Members",
    "Due Date",
    "Due Complete",
    "List ID",
    "List Name",
    "Board ID",
    "Board Name",
    "Archived",
];

/// Whether the JSON is a board: it has lists, and cards in them.
pub(super) fn is_board(top: &Value) -> bool {
    let is_list = |name: &str| top.get(name).is_some_and(Value::is_array);
    is_list("cards") && is_list("lists")
}

/// Whether a table is a board: it has the columns of Trello's export.
pub(super) fn is_table(header: &[String]) -> bool {
    ["Card ID", "Card Name", "List Name"]
        .iter()
        .all(|column| header.iter().any(|cell| cell.trim() == *column))
}

/// A board's lists of things, by what the cards name them.
struct Board<'a> {
    lists: BTreeMap<&'a str, &'a Value>,
    members: BTreeMap<&'a str, &'a Value>,
    /// By card, in the order of the file.
    checklists: BTreeMap<&'a str, Vec<&'a Value>>,
    /// Who made a card.
    made: BTreeMap<&'a str, &'a Value>,
}

impl<'a> Board<'a> {
    fn new(top: &'a Value) -> Self {
        let by_id = |name: &str| gather(items(top, name).map(|item| (text(item, "id"), item)));
        let mut checklists: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for checklist in items(top, "checklists") {
            let of_card = checklists.entry(text(checklist, "idCard"));
            of_card.or_default().push(checklist);
        }
        let making = items(top, "actions").filter(|action| MAKING.contains(&text(action, "type")));
        let made = making.filter_map(|action| {
            let card = action.get("data")?.get("card")?;
            Some((text(card, "id"), action.get("memberCreator")?))
        });
        Self {
            lists: by_id("lists"),
            members: by_id("members"),
            checklists,
            made: gather(made),
        }
    }

    fn card(&self, card: &Value, untaken: &mut Untaken) -> Item {
        let id = text(card, "id");
        let list = self.lists.get(text(card, "idList")).copied();
        let list_name = list.map(|list| text(list, "name")).unwrap_or_default();
        let is_closed = |value: &Value| value.get("closed") == Some(&Value::Bool(true));
        let archived = is_closed(card) || list.is_some_and(is_closed);
        let done = card.get("dueComplete") == Some(&Value::Bool(true));
        let mut description = text(card, "desc").to_owned();
        let checklists = self.checklists.get(id).into_iter().flatten().copied();
        for checklist in in_order(checklists, position) {
            let name = text(checklist, "name").trim();
            if !name.is_empty() {
                description.push_str(&format!("\n{name}:"));
            }
            for entry in in_order(items(checklist, "checkItems"), position) {
                for name in ["due", "idMember"] {
                    untaken.add_count(name, entry.get(name).map_or(0, amount));
                }
                let tick = match text(entry, "state") {
                    "complete" => "☑",
                    _ => "☐",
                };
                description.push_str(&format!("\n{tick} {}", text(entry, "name")));
            }
        }
        for name in WITHOUT_A_PLACE {
            untaken.add_count(name, card.get(name).map_or(0, amount));
        }
        let due = text(card, "due");
        let labels = items(card, "labels").map(|label| first(&["name", "color"], label));
        let members = items(card, "idMembers").filter_map(Value::as_str);
        let creator = self.made.get(id);
        Item {
            title: text(card, "name").to_owned(),
            description,
            status: status(list_name, archived, done),
            key: text(card, "shortLink").to_owned(),
            source: first(&["shortUrl", "url"], card),
            assigned: members
                .map(|id| match self.members.get(id) {
                    Some(known) => member(known),
                    None => Member {
                        id: None,
                        name: id.to_owned(),
                    },
                })
                .collect(),
            made: creator.and_then(|creator| Some((member(creator), seconds(id)? * 1000))),
            created: created(id),
            due: untaken.unless("due", due, backlog::day(due)),
            stage: list_name.to_owned(),
            labels: labels.filter(|label| !label.is_empty()).collect(),
            ..Item::default()
        }
    }
}

/// Reads a board in JSON.
pub(super) fn read(top: &Value) -> Result<Imported, ImportError> {
    let board = Board::new(top);
    let mut builder = Builder::default();
    builder.graph.name = text(top, "name").to_owned();
    let mut remarks = Remarks::default();
    let list_of = |card: &Value| {
        let list = board.lists.get(text(card, "idList"));
        list.map_or(0.0, |list| position(list))
    };
    // By list and within it: a stable order keeps the second.
    for card in in_order(in_order(items(top, "cards"), position).into_iter(), list_of) {
        if text(card, "name").trim().is_empty() {
            remarks.unreadable += 1;
            continue;
        }
        let item = board.card(card, &mut remarks.untaken);
        remarks.note_stage(&item);
        backlog::add(&mut builder, item);
    }
    let comments = items(top, "actions").filter(|action| text(action, "type") == "commentCard");
    remarks.untaken.add_count("commentCard", comments.count());
    let described = usize::from(!text(top, "desc").trim().is_empty());
    remarks.untaken.add_count("desc", described);
    backlog::finish(builder, UNREADABLE, remarks, Format::Trello)
}

/// Reads a board as a table.
pub(super) fn read_table(header: &[String], rows: &[Row]) -> Result<Imported, ImportError> {
    let mut builder = Builder::default();
    let mut remarks = Remarks::default();
    for row in rows {
        let cell = |column: &str| {
            let at = header.iter().position(|name| name.trim() == column);
            at.and_then(|at| row.cells.get(at))
                .map_or("", |cell| cell.trim())
        };
        if cell("Card Name").is_empty() {
            remarks.unreadable += 1;
            continue;
        }
        for (column, cell) in header.iter().zip(&row.cells) {
            let says_nothing = cell.trim().is_empty() || cell.trim() == "0";
            if !COLUMNS.contains(&column.trim()) && !says_nothing {
                remarks.untaken.add(column.trim());
            }
        }
        builder.graph.name = cell("Board Name").to_owned();
        let is_true = |column: &str| cell(column).eq_ignore_ascii_case("true");
        let list = |column: &str| -> Vec<String> {
            let parts = cell(column).split(',').map(str::trim);
            parts
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let due = cell("Due Date");
        let item = Item {
            title: cell("Card Name").to_owned(),
            description: cell("Card Description").to_owned(),
            status: status(
                cell("List Name"),
                is_true("Archived"),
                is_true("Due Complete"),
            ),
            key: cell("Card ID").to_owned(),
            source: cell("Card URL").to_owned(),
            assigned: list("Members")
                .into_iter()
                .map(|name| Member { id: None, name })
                .collect(),
            created: created(cell("Card ID")),
            due: remarks.untaken.unless("Due Date", due, backlog::day(due)),
            stage: cell("List Name").to_owned(),
            labels: list("Labels")
                .iter()
                .map(|label| uncoloured(label))
                .collect(),
            ..Item::default()
        };
        remarks.note_stage(&item);
        backlog::add(&mut builder, item);
    }
    backlog::finish(builder, UNREADABLE, remarks, Format::Trello)
}

/// A card that was archived unfinished was dropped, and one whose date is met is done. Of the others
/// the list says how far they are, if it has a name that says so.
fn status(list: &str, archived: bool, done: bool) -> Option<Status> {
    let named = Stage::new(list).status();
    match named {
        _ if done => Some(Status::Done),
        None | Some(Status::Open | Status::Doing) if archived => Some(Status::Dropped),
        named => named,
    }
}

fn member(value: &Value) -> Member {
    Member {
        id: Some(format!("trello-{}", text(value, "id")).into()),
        name: first(&["fullName", "username"], value),
    }
}

/// Trello's ids begin with the seconds since 1970 in eight hexadecimal digits.
fn seconds(id: &str) -> Option<i64> {
    let digits = id.get(..8).filter(|_| id.len() == 24)?;
    i64::from_str_radix(digits, 16).ok()
}

fn created(id: &str) -> Option<Date> {
    Date::from_milliseconds(seconds(id)? * 1000)
}

/// A label of a table without the colour behind it, "Bug (green)"; one without a name is its colour.
fn uncoloured(label: &str) -> String {
    let parts = label
        .strip_suffix(')')
        .and_then(|label| label.rsplit_once('('));
    let is_colour = |colour: &str| {
        let plain = colour.split('_').next().unwrap_or_default();
        COLOURS.contains(&plain)
    };
    match parts {
        Some((name, colour)) if is_colour(colour) => match name.trim() {
            "" => colour.to_owned(),
            name => name.to_owned(),
        },
        _ => label.to_owned(),
    }
}

/// Where something stands among its like: files hold them in the order in which they were made.
fn position(value: &Value) -> f64 {
    value.get("pos").and_then(Value::as_f64).unwrap_or_default()
}

fn in_order<'a>(
    values: impl Iterator<Item = &'a Value>,
    position: impl Fn(&Value) -> f64,
) -> Vec<&'a Value> {
    let mut values: Vec<&Value> = values.collect();
    values.sort_by(|one, other| position(one).total_cmp(&position(other)));
    values
}

fn items<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    let list = value.get(name).and_then(Value::as_array);
    list.into_iter().flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The first of the members that is a text and not empty.
fn first(names: &[&str], value: &Value) -> String {
    let mut texts = names.iter().map(|name| text(value, name));
    let found = texts.find(|text| !text.is_empty());
    found.unwrap_or_default().to_owned()
}

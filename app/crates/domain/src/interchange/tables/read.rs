//! From tables to graph.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use super::super::builder::{Builder, Order, Spot};
use super::super::csv::{self, Row};
use super::super::{Complaint, Format, Imported, Warning};
use super::{OWN_COLUMNS, Table, cell};
use crate::{
    CanvasId, Deletion, Entity, EntityId, Hue, ImportError, KindId, Link, LinkId, Person, PersonId,
    Quoted, Rank, Stamp, catalogue, number,
};

/// Reads the tables of a workspace, each known by its name.
///
/// # Errors
///
/// A table with a mistake, named with its line; nothing is read then.
pub(in crate::interchange) fn read(tables: &[Table]) -> Result<Imported, ImportError> {
    let mut builder = Builder::default();
    let mut lines = 0;
    for table in tables {
        builder.origin.tables.push((lines, table.name.clone()));
        read_table(table, lines, &mut builder).map_err(|error| within(&table.name, error))?;
        lines += table.csv.lines().count() + 1;
    }
    Ok(builder.finish(Order::ByRank, Format::Tables))
}

/// Reads one of several tables, of which `first` is the number of its line 0.
fn read_table(table: &Table, first: usize, builder: &mut Builder) -> Result<(), ImportError> {
    let sheet = Sheet::new(&table.name, first, csv::parse(&table.csv)?)?;
    if table.csv.trim().is_empty() {
        let warning = Warning::new("import.warning.empty_table");
        builder
            .warnings
            .add(warning.with("table", table.name.as_str()));
    }
    sheet.doubt_whole(&table.csv, builder);
    match table.name.as_str() {
        "links" => links(&sheet, builder),
        "placements" => placements(&sheet, builder),
        "people" => people(&sheet, builder),
        "workspace" => {
            sheet.knows_only(&["name"], builder);
            let name = sheet.rows.first().and_then(|row| sheet.cell(row, "name"));
            builder.graph.name = name.unwrap_or_default().to_owned();
            Ok(())
        }
        _ if sheet.rows.is_empty() => Ok(()),
        _ => entities(&sheet, builder),
    }
}

/// Reads one table of entities; its name is their kind where they have none of their own.
///
/// # Errors
///
/// A table with a mistake, named with its line.
pub(in crate::interchange) fn read_entities(table: &Table) -> Result<Imported, ImportError> {
    let mut builder = Builder::default();
    let rows = csv::parse(&table.csv)?;
    if rows.len() < 2 {
        return Err(ImportError::EmptyTable);
    }
    let sheet = Sheet::new(&table.name, 0, rows)?;
    sheet.doubt_whole(&table.csv, &mut builder);
    entities(&sheet, &mut builder)?;
    // A list from elsewhere says nothing about places: its notes wait in the tray.
    let placed: Vec<EntityId> = builder.graph.entities.keys().cloned().collect();
    for id in placed {
        let canvas = super::super::home_of(builder.graph.entities.get(&id));
        if let Some((canvas, slot)) = canvas {
            builder.place(id, Spot::new(canvas, slot));
        }
    }
    Ok(builder.finish(Order::AsListed, Format::Tables))
}

/// A table with its header.
struct Sheet<'a> {
    name: &'a str,
    /// The number of its line 0 among those of all tables.
    first: usize,
    header: Vec<String>,
    rows: Vec<Row>,
}

impl<'a> Sheet<'a> {
    fn new(name: &'a str, first: usize, rows: Vec<Row>) -> Result<Self, ImportError> {
        let mut rows = rows.into_iter();
        let (header_line, header) = rows
            .next()
            .map_or((1, Vec::new()), |row| (row.line, row.cells));
        let sheet = Self {
            name,
            first,
            header,
            rows: rows.collect(),
        };
        let mut meanings = HashSet::new();
        for column in &sheet.header {
            if !column.trim().is_empty() && !meanings.insert(meaning(column)) {
                let what = Complaint::new("import.problem.same_column");
                let place = vec![in_column(column.trim())];
                return Err(invalid(header_line, place, what));
            }
        }
        for row in &sheet.rows {
            sheet.check(row)?;
        }
        Ok(sheet)
    }

    /// Refuses cells that stand under no column.
    fn check(&self, row: &Row) -> Result<(), ImportError> {
        let (cells, columns) = (row.cells.len(), self.header.len());
        if cells > columns {
            let what = Complaint::new("import.problem.cells").with("n", cells.to_string());
            let what = what.with("columns", columns.to_string());
            return Err(invalid(row.line, self.row_place(row), what));
        }
        let named = self.header.iter().zip(&row.cells);
        let mut unnamed = named.filter(|(column, _)| column.trim().is_empty());
        match unnamed.find(|(_, cell)| !cell.trim().is_empty()) {
            None => Ok(()),
            Some((_, cell)) => {
                let what = Complaint::new("import.problem.unnamed");
                let what = what.with("found", Quoted(cell).to_string());
                Err(invalid(row.line, self.row_place(row), what))
            }
        }
    }

    /// Says when the last row stops before the last column, as where a file was cut short.
    fn doubt_whole(&self, text: &str, builder: &mut Builder) {
        let is_short = |row: &&Row| row.cells.len() < self.header.len();
        if let Some(row) = self.rows.last().filter(is_short)
            && !text.ends_with(['\n', '\r'])
        {
            let last = builder.origin.line(self.number(row));
            let warning = Warning::new("import.warning.cut").at(Some(last));
            builder.warnings.add(warning);
        }
    }

    /// Names the columns that the table has no use for.
    fn knows_only(&self, known: &[&str], builder: &mut Builder) {
        for column in self.header.iter().map(|column| column.trim()) {
            let is_known = known.iter().any(|known| known.eq_ignore_ascii_case(column));
            if !column.is_empty() && !is_known {
                let warning = Warning::new("import.warning.column").with("table", self.name);
                builder.warnings.add(warning.with("name", column));
            }
        }
    }

    /// The number of a row's line among those of all tables.
    fn number(&self, row: &Row) -> usize {
        self.first + row.line
    }

    /// Which row it is: by its id, if it has one.
    fn row_place(&self, row: &Row) -> Vec<Complaint> {
        let noun = match self.name {
            "links" => "import.place.link",
            "people" => "import.place.person",
            "placements" => "import.place.placement",
            _ => "import.place.entity",
        };
        let id = self.id(row, "id").filter(|id| !id.is_empty());
        let named = id.map(|id| Complaint::new(noun).with("name", Quoted(id).to_string()));
        named.into_iter().collect()
    }

    /// A mistake in a cell.
    fn problem(&self, row: &Row, column: &str, what: Complaint) -> ImportError {
        let mut place = self.row_place(row);
        place.push(in_column(column));
        invalid(row.line, place, what)
    }

    /// That the id of a row is that of the line of this number.
    fn same(&self, row: &Row, key: &'static str, first: usize, builder: &Builder) -> ImportError {
        let line = builder.origin.line(first);
        let id = Quoted(self.id(row, "id").unwrap_or_default()).to_string();
        let what = match line.table.filter(|table| table != self.name) {
            None => Complaint::new(key),
            Some(table) => {
                let what = Complaint::new("import.problem.same_entity_in");
                what.with("table", Quoted(&table).to_string())
            }
        };
        let what = what.with("id", id).with("line", line.number.to_string());
        self.problem(row, "id", what)
    }

    fn at(&self, column: &str) -> Option<usize> {
        let named = |cell: &String| cell.trim().eq_ignore_ascii_case(column);
        self.header.iter().position(named)
    }

    /// What the row has in that column, unless it is empty.
    fn cell<'r>(&self, row: &'r Row, column: &str) -> Option<&'r str> {
        let cell = row.cells.get(self.at(column)?)?;
        (!cell.is_empty()).then_some(cell.as_str())
    }

    /// The id that the row has in that column.
    fn id<'r>(&self, row: &'r Row, column: &str) -> Option<&'r str> {
        self.cell(row, column).map(cell::read_id)
    }

    fn required<'r>(&self, row: &'r Row, column: &str) -> Result<&'r str, ImportError> {
        self.id(row, column)
            .ok_or_else(|| self.problem(row, column, Complaint::new("import.problem.empty")))
    }

    fn coordinate(&self, row: &Row, column: &str) -> Result<Option<f64>, ImportError> {
        let Some(cell) = self.cell(row, column) else {
            return Ok(None);
        };
        match number::parse(cell) {
            Some(number) => Ok(Some(number)),
            None => Err(self.problem(row, column, expected("import.shape.number", cell))),
        }
    }

    fn stamp(&self, row: &Row, what: &str) -> Result<Option<Stamp>, ImportError> {
        let (at, by) = (format!("{what}_at"), format!("{what}_by"));
        let milliseconds = match (self.cell(row, &at), self.cell(row, &by)) {
            (None, None) => return Ok(None),
            (None, Some(_)) => 0,
            (Some(cell), _) => cell.parse().map_err(|_| {
                let what = expected("import.shape.milliseconds", cell);
                self.problem(row, &at, what)
            })?,
        };
        Ok(Some(Stamp {
            by: PersonId::from(self.cell(row, &by).unwrap_or_default()),
            at: milliseconds,
        }))
    }

    fn deletion(&self, row: &Row) -> Result<Option<Deletion>, ImportError> {
        let edited_since = match self.cell(row, "edited_since") {
            Some("true") => true,
            Some("false") | None => false,
            Some(other) => {
                let what = expected("import.shape.flag", other);
                return Err(self.problem(row, "edited_since", what));
            }
        };
        let stamp = self.stamp(row, "deleted")?;
        Ok(stamp.map(|Stamp { by, at }| Deletion {
            by,
            at,
            edited_since,
        }))
    }
}

fn expected(shape: &'static str, cell: &str) -> Complaint {
    let what = Complaint::new("import.problem.expected").with_phrase("expected", shape);
    what.with("found", Quoted(cell).to_string())
}

/// What a column means, the same for two that mean the same: fields are told apart by their case,
/// and one that says that it is a field by every space.
fn meaning(column: &str) -> (bool, Cow<'_, str>) {
    let name = column.trim();
    let is_own = || OWN_COLUMNS.iter().any(|own| own.eq_ignore_ascii_case(name));
    match column.starts_with("field:") {
        true => (true, column.into()),
        false if is_own() => (false, name.to_ascii_lowercase().into()),
        false => (false, name.into()),
    }
}

fn in_column(column: &str) -> Complaint {
    Complaint::new("import.place.column").with("name", Quoted(column).to_string())
}

fn invalid(line: usize, place: Vec<Complaint>, problem: Complaint) -> ImportError {
    ImportError::Invalid {
        line,
        place,
        problem,
    }
}

/// Says in which of several tables the mistake is.
fn within(table: &str, error: ImportError) -> ImportError {
    match error {
        ImportError::Invalid {
            line,
            mut place,
            problem,
        } => {
            let table =
                Complaint::new("import.place.table").with("name", Quoted(table).to_string());
            place.insert(0, table);
            ImportError::Invalid {
                line,
                place,
                problem,
            }
        }
        ImportError::UnknownTable { found } => ImportError::UnknownTable {
            found: format!("{found} ({table})"),
        },
        other => other,
    }
}

fn entities(sheet: &Sheet<'_>, builder: &mut Builder) -> Result<(), ImportError> {
    if sheet.at("text").is_none() && sheet.at("id").is_none() {
        return Err(ImportError::UnknownTable {
            found: sheet.header.join(", "),
        });
    }
    for row in &sheet.rows {
        if let Some(id) = sheet.id(row, "id") {
            builder.reserve(id.to_owned());
        }
    }
    for row in &sheet.rows {
        let id = sheet.id(row, "id").map(EntityId::from);
        let known = &builder.origin.entities;
        if let Some(first) = id.as_ref().and_then(|id| known.get(id)) {
            let key = "import.problem.same_entity";
            return Err(sheet.same(row, key, *first, builder));
        }
        let kind = sheet.id(row, "kind").unwrap_or(match sheet.name {
            "" => "note",
            name => name,
        });
        let kind = KindId::from(kind);
        let mut entity = Entity::new(kind.clone(), sheet.cell(row, "text").unwrap_or_default());
        entity.created = sheet.stamp(row, "created")?;
        entity.deleted = sheet.deletion(row)?;
        let known = catalogue::kind(&kind);
        let values = sheet.header.iter().zip(&row.cells);
        let values = values.filter_map(|(column, cell)| {
            let name = column.trim();
            if OWN_COLUMNS.iter().any(|own| own.eq_ignore_ascii_case(name)) {
                return None;
            }
            let name = column.strip_prefix("field:").unwrap_or(name);
            let field = known.and_then(|kind| kind.field_at(name));
            Some((name.to_owned(), cell::read(field, cell)?))
        });
        entity.fields = values.collect();
        let id = builder.add(id, entity);
        builder.origin.entities.insert(id, sheet.number(row));
    }
    Ok(())
}

fn links(sheet: &Sheet<'_>, builder: &mut Builder) -> Result<(), ImportError> {
    let mut known = vec!["id", "kind", "from", "to"];
    known.extend(OWN_COLUMNS.iter().filter(|column| column.contains('_')));
    sheet.knows_only(&known, builder);
    for row in &sheet.rows {
        let link = Link {
            kind: sheet.id(row, "kind").unwrap_or("relates-to").into(),
            from: sheet.required(row, "from")?.into(),
            to: sheet.required(row, "to")?.into(),
            created: sheet.stamp(row, "created")?,
            deleted: sheet.deletion(row)?,
        };
        let id = match sheet.id(row, "id") {
            Some(id) => LinkId::from(id),
            None => {
                let parts = [link.kind.as_str(), link.from.as_str(), link.to.as_str()];
                builder.free_link_id(&parts)
            }
        };
        if let Some(first) = builder.origin.links.get(&id) {
            let key = "import.problem.same_link";
            return Err(sheet.same(row, key, *first, builder));
        }
        builder.origin.links.insert(id.clone(), sheet.number(row));
        builder.graph.links.insert(id, link);
    }
    Ok(())
}

fn placements(sheet: &Sheet<'_>, builder: &mut Builder) -> Result<(), ImportError> {
    sheet.knows_only(&["canvas", "entity", "slot", "rank", "x", "y"], builder);
    for row in &sheet.rows {
        let canvas = CanvasId::from(sheet.required(row, "canvas")?);
        let entity = EntityId::from(sheet.required(row, "entity")?);
        let number = sheet.number(row);
        let written = sheet.cell(row, "rank");
        let rank = written.and_then(Rank::parse);
        if let Some(found) = written.filter(|_| rank.is_none()) {
            let warning = Warning::new("import.warning.rank").with("entity", entity.as_str());
            builder.warn(
                warning.with("found", Quoted(found).to_string()),
                Some(number),
            );
        }
        let spot = Spot {
            rank,
            x: sheet.coordinate(row, "x")?,
            y: sheet.coordinate(row, "y")?,
            ..Spot::new(canvas.clone(), sheet.required(row, "slot")?.into())
        };
        let places = &mut builder.origin.places;
        let before = places.insert((canvas.clone(), entity.clone()), number);
        if before.is_some() {
            let warning = Warning::new("import.warning.place_twice");
            let warning = warning.with("canvas", canvas.as_str());
            builder.warn(warning.with("entity", entity.as_str()), Some(number));
        }
        builder.place(entity, spot);
    }
    Ok(())
}

fn people(sheet: &Sheet<'_>, builder: &mut Builder) -> Result<(), ImportError> {
    sheet.knows_only(&["id", "name", "colour"], builder);
    let mut known: BTreeMap<PersonId, usize> = BTreeMap::new();
    for row in &sheet.rows {
        let id = PersonId::from(sheet.required(row, "id")?);
        let number = sheet.number(row);
        if let Some(first) = known.insert(id.clone(), number) {
            let key = "import.problem.same_person";
            return Err(sheet.same(row, key, first, builder));
        }
        let written = sheet.cell(row, "colour");
        let colour = written.and_then(Hue::from_name);
        if let Some(found) = written.filter(|_| colour.is_none()) {
            let warning = Warning::new("import.warning.colour");
            builder.warn(
                warning.with("found", Quoted(found).to_string()),
                Some(number),
            );
        }
        let person = Person {
            name: sheet.cell(row, "name").unwrap_or_default().to_owned(),
            colour: colour.unwrap_or_default(),
        };
        builder.graph.people.insert(id, person);
    }
    Ok(())
}

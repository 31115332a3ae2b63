//! From tables to graph.

use super::super::builder::{Builder, Order, Spot};
use super::super::csv::{self, Row};
use super::super::{Complaint, Format, Imported};
use super::{OWN_COLUMNS, Table, cell};
use crate::{
    Deletion, Entity, EntityId, Hue, ImportError, KindId, Link, LinkId, Person, PersonId, Quoted,
    Rank, Stamp, catalogue, number,
};

/// Reads the tables of a workspace, each known by its name.
///
/// # Errors
///
/// A table with a mistake, named with its line; nothing is read then.
pub(in crate::interchange) fn read(tables: &[Table]) -> Result<Imported, ImportError> {
    let mut builder = Builder::default();
    for table in tables {
        let rows = csv::parse(&table.csv).map_err(|error| within(&table.name, error))?;
        let sheet = Sheet::new(&table.name, rows);
        let read = match table.name.as_str() {
            "links" => links(&sheet, &mut builder),
            "placements" => placements(&sheet, &mut builder),
            "people" => people(&sheet, &mut builder),
            "workspace" => {
                let name = sheet.rows.first().and_then(|row| sheet.cell(row, "name"));
                builder.graph.name = name.unwrap_or_default().to_owned();
                Ok(())
            }
            _ => entities(&sheet, &mut builder),
        };
        read.map_err(|error| within(&table.name, error))?;
    }
    let (graph, warnings) = builder.finish(Order::ByRank);
    Ok(Imported {
        graph,
        format: Format::Tables,
        warnings,
        doubts: Vec::new(),
    })
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
    let sheet = Sheet::new(&table.name, rows);
    if sheet.at("text").is_none() && sheet.at("id").is_none() {
        return Err(ImportError::UnknownTable {
            found: sheet.header.join(", "),
        });
    }
    entities(&sheet, &mut builder)?;
    // A list from elsewhere says nothing about places: its notes wait in the tray.
    let placed: Vec<EntityId> = builder.graph.entities.keys().cloned().collect();
    for id in placed {
        let canvas = super::super::home_of(builder.graph.entities.get(&id));
        if let Some((canvas, slot)) = canvas {
            builder.place(id, Spot::new(canvas, slot));
        }
    }
    let (graph, warnings) = builder.finish(Order::AsListed);
    Ok(Imported {
        graph,
        format: Format::Tables,
        warnings,
        doubts: Vec::new(),
    })
}

/// A table with its header.
struct Sheet<'a> {
    name: &'a str,
    header: Vec<String>,
    rows: Vec<Row>,
}

impl<'a> Sheet<'a> {
    fn new(name: &'a str, rows: Vec<Row>) -> Self {
        let mut rows = rows.into_iter();
        let header = rows.next().map(|row| row.cells).unwrap_or_default();
        Self {
            name,
            header,
            rows: rows.collect(),
        }
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
            .ok_or_else(|| problem(row, column, Complaint::new("import.problem.empty")))
    }

    fn number(&self, row: &Row, column: &str) -> Result<Option<f64>, ImportError> {
        let Some(cell) = self.cell(row, column) else {
            return Ok(None);
        };
        match number::parse(cell) {
            Some(number) => Ok(Some(number)),
            None => Err(problem(row, column, expected("import.shape.number", cell))),
        }
    }

    fn stamp(&self, row: &Row, what: &str) -> Result<Option<Stamp>, ImportError> {
        let at = format!("{what}_at");
        let Some(at_cell) = self.cell(row, &at) else {
            return Ok(None);
        };
        let person = self.cell(row, &format!("{what}_by")).unwrap_or_default();
        let milliseconds = at_cell.parse().map_err(|_| {
            let what = expected("import.shape.milliseconds", at_cell);
            problem(row, &at, what)
        })?;
        Ok(Some(Stamp {
            by: PersonId::from(person),
            at: milliseconds,
        }))
    }

    fn deletion(&self, row: &Row) -> Result<Option<Deletion>, ImportError> {
        let edited_since = self.cell(row, "edited_since") == Some("true");
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

fn problem(row: &Row, column: &str, problem: Complaint) -> ImportError {
    let column = Complaint::new("import.place.column").with("name", Quoted(column).to_string());
    ImportError::Invalid {
        line: row.line,
        place: vec![column],
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
        other => other,
    }
}

fn entities(sheet: &Sheet<'_>, builder: &mut Builder) -> Result<(), ImportError> {
    for row in &sheet.rows {
        if let Some(id) = sheet.id(row, "id") {
            builder.reserve(id.to_owned());
        }
    }
    for row in &sheet.rows {
        if row.cells.len() > sheet.header.len() {
            let what = Complaint::new("import.problem.cells")
                .with("n", row.cells.len().to_string())
                .with("columns", sheet.header.len().to_string());
            return Err(problem(row, "id", what));
        }
        let id = sheet.id(row, "id").map(EntityId::from);
        if id
            .as_ref()
            .is_some_and(|id| builder.graph.entities.contains_key(id))
        {
            return Err(problem(
                row,
                "id",
                Complaint::new("import.problem.same_entity"),
            ));
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
        for (column, cell) in sheet.header.iter().zip(&row.cells) {
            let name = column.trim();
            if OWN_COLUMNS.iter().any(|own| own.eq_ignore_ascii_case(name)) {
                continue;
            }
            let name = column.strip_prefix("field:").unwrap_or(name);
            let field = known.and_then(|kind| kind.field_at(name));
            if let Some(value) = cell::read(field, cell) {
                entity.fields.insert(name.to_owned(), value);
            }
        }
        builder.add(id, entity);
    }
    Ok(())
}

fn links(sheet: &Sheet<'_>, builder: &mut Builder) -> Result<(), ImportError> {
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
        if builder.graph.links.insert(id, link).is_some() {
            return Err(problem(
                row,
                "id",
                Complaint::new("import.problem.same_link"),
            ));
        }
    }
    Ok(())
}

fn placements(sheet: &Sheet<'_>, builder: &mut Builder) -> Result<(), ImportError> {
    for row in &sheet.rows {
        let canvas = sheet.required(row, "canvas")?;
        let slot = sheet.required(row, "slot")?;
        let spot = Spot {
            rank: sheet.cell(row, "rank").and_then(Rank::parse),
            x: sheet.number(row, "x")?,
            y: sheet.number(row, "y")?,
            ..Spot::new(canvas.into(), slot.into())
        };
        builder.place(sheet.required(row, "entity")?.into(), spot);
    }
    Ok(())
}

fn people(sheet: &Sheet<'_>, builder: &mut Builder) -> Result<(), ImportError> {
    for row in &sheet.rows {
        let id = PersonId::from(sheet.required(row, "id")?);
        let colour = sheet.cell(row, "colour").and_then(Hue::from_name);
        let person = Person {
            name: sheet.cell(row, "name").unwrap_or_default().to_owned(),
            colour: colour.unwrap_or_default(),
        };
        builder.graph.people.insert(id, person);
    }
    Ok(())
}

//! A set of columns: their specifications, then their data in the same order.

use std::borrow::Cow;

use crate::Refusal;
use crate::budget::Budget;
use crate::column::{self, Extent, Kind};
use crate::inflate::inflate;
use crate::reader::Reader;

const PART: &str = "column layout";

/// Automerge has 9 columns for changes and 16 for operations; a later version may add some.
const MAX_COLUMNS: u64 = 64;

/// The specification's bit that marks a deflated column.
const DEFLATED: u32 = 0b1000;

/// The column of a document's changes that holds their times, which may lie before 1970.
const TIME: u32 = 0x23;

/// The column of operations that says what each does, and the number for marking a range.
const ACTION: u32 = 0x42;
const MARK: u64 = 7;

/// The columns in which every row has a value, where there is such a column at all. Automerge reads
/// some of them as if there were no other case.
pub(crate) const FILLED_OF_CHANGES: &[u32] = &[0x01, 0x03, 0x13, 0x23, 0x40, 0x43, 0x56];
pub(crate) const FILLED_OF_OPERATIONS: &[u32] =
    &[0x21, 0x23, 0x42, 0x56, 0x70, 0x71, 0x73, 0x80, 0x81, 0x83];

/// The specifications of a set of columns.
#[derive(Debug)]
pub(crate) struct Columns(Vec<Column>);

#[derive(Debug)]
struct Column {
    /// The specification without the mark for deflation.
    specification: u32,
    deflated: bool,
    length: u64,
}

/// A column with its data, inflated if it was deflated.
#[derive(Debug)]
pub(crate) struct ColumnData<'a> {
    pub(crate) specification: u32,
    pub(crate) data: Cow<'a, [u8]>,
}

impl ColumnData<'_> {
    fn kind(&self) -> Kind {
        Kind::of(self.specification)
    }

    /// What a group and its columns, or value metadata and its values, have in common.
    fn id(&self) -> u32 {
        self.specification >> 4
    }
}

impl Columns {
    /// Reads the specifications: in order, none twice.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        let count = reader.unsigned(PART)?;
        if count > MAX_COLUMNS {
            return Err(Refusal::Malformed(PART));
        }
        let mut columns: Vec<Column> = Vec::new();
        for _ in 0..count {
            let raw =
                u32::try_from(reader.unsigned(PART)?).map_err(|_| Refusal::Malformed(PART))?;
            let specification = raw & !DEFLATED;
            if columns
                .last()
                .is_some_and(|before| before.specification >= specification)
            {
                return Err(Refusal::Malformed(PART));
            }
            columns.push(Column {
                specification,
                deflated: raw & DEFLATED != 0,
                length: reader.unsigned(PART)?,
            });
        }
        Ok(Self(columns))
    }

    pub(crate) fn any_deflated(&self) -> bool {
        self.0.iter().any(|column| column.deflated)
    }

    /// Reads the columns' data one after the other, so that one inflated column is held at a time,
    /// unless the visitor keeps it.
    pub(crate) fn for_each<'a>(
        &self,
        reader: &mut Reader<'a>,
        budget: &mut Budget<'_>,
        mut visit: impl FnMut(ColumnData<'a>, &mut Budget<'_>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        for column in &self.0 {
            let stored = reader.take(column.length, PART)?;
            let data = if column.deflated {
                Cow::Owned(inflate(stored, budget)?)
            } else {
                Cow::Borrowed(stored)
            };
            visit(
                ColumnData {
                    specification: column.specification,
                    data,
                },
                budget,
            )?;
        }
        Ok(())
    }
}

/// Measures a table column by column: what it expands to, and whether its columns fit together.
#[derive(Debug)]
pub(crate) struct Table {
    /// Rows of its longest column outside groups.
    pub(crate) rows: u64,
    /// Rows that its groups claim, together.
    pub(crate) grouped: u64,
    /// Rows of the column that says what each operation does, where there is one.
    actions: Option<u64>,
    rows_limit: u64,
    actors: u64,
    filled: &'static [u32],
    group: Option<u32>,
    meta: Option<(u32, Extent)>,
}

impl Table {
    /// A table of at most `rows_limit` rows, written by this many actors, with these columns
    /// `filled`.
    pub(crate) fn new(rows_limit: u64, actors: u64, filled: &'static [u32]) -> Self {
        Self {
            rows: 0,
            grouped: 0,
            actions: None,
            rows_limit,
            actors,
            filled,
            group: None,
            meta: None,
        }
    }

    /// Adds the next column.
    pub(crate) fn add(
        &mut self,
        column: &ColumnData<'_>,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        let kind = column.kind();
        if kind == Kind::Value {
            // The values are as long as their metadata says, and there is metadata.
            return match self.meta.take() {
                Some((id, extent))
                    if id == column.id() && extent.total == column.data.len() as u64 =>
                {
                    Ok(())
                }
                _ => Err(Refusal::Malformed(PART)),
            };
        }
        self.no_values_missing()?;
        let in_group = self.group == Some(column.id());
        let limit = if in_group {
            budget.rows_limit()
        } else {
            self.rows_limit
        };
        let extent = column::measure(kind, &column.data, limit, budget)?;
        if extent.nulls && self.filled.contains(&column.specification) {
            return Err(Refusal::Malformed("column"));
        }
        match kind {
            Kind::Group => {
                self.group = Some(column.id());
                self.grouped = self.grouped.saturating_add(extent.total);
            }
            Kind::Integer if column.specification == ACTION && extent.largest >= MARK => {
                budget.note_marks();
            }
            Kind::ValueMeta => self.meta = Some((column.id(), extent)),
            Kind::Actor if extent.rows > 0 && extent.largest >= self.actors => {
                return Err(Refusal::Malformed("actor index"));
            }
            // Everything but the time is a counter, and Automerge counts in 32 bits.
            Kind::Delta
                if column.specification != TIME
                    && (extent.negative || extent.largest > u64::from(u32::MAX)) =>
            {
                return Err(Refusal::Malformed("counter"));
            }
            _ => {}
        }
        if !in_group {
            self.rows = self.rows.max(extent.rows);
            if column.specification == ACTION {
                self.actions = Some(extent.rows);
            }
        }
        Ok(())
    }

    /// Ends the table. No column tells of more operations than there are: Automerge would read
    /// such a change in one way and write it in another, which has another hash.
    pub(crate) fn finish(&self) -> Result<(), Refusal> {
        if self.actions.is_some_and(|actions| self.rows > actions) {
            return Err(Refusal::Malformed(PART));
        }
        self.no_values_missing()
    }

    /// Metadata without a column of values may only describe values of no bytes.
    fn no_values_missing(&self) -> Result<(), Refusal> {
        match self.meta {
            Some((_, extent)) if extent.total > 0 => Err(Refusal::Malformed(PART)),
            _ => Ok(()),
        }
    }
}

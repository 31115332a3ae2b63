//! Finds the operations of a chunk that make objects.
//!
//! Invariant: the columns were measured before; time is proportional to their bytes and to the
//! objects that are made, not to the other operations.

use std::borrow::Cow;

use crate::Refusal;
use crate::column::Kind;
use crate::columns::ColumnData;
use crate::nesting::Nesting;
use crate::rows::Id;
use crate::runs::{Run, Runs, Value};

/// The columns that are looked at: the object that an operation changes, the operation's own
/// number, which only documents write down, and what it does.
const INSIDE_ACTOR: u32 = 0x01;
const INSIDE_COUNTER: u32 = 0x02;
const OWN_ACTOR: u32 = 0x21;
const OWN_COUNTER: u32 = 0x23;
const ACTION: u32 = 0x42;
/// What it changes there, and whether it puts something in.
const KEY_ACTOR: u32 = 0x11;
const KEY_COUNTER: u32 = 0x13;
const KEY_TEXT: u32 = 0x15;
const INSERT: u32 = 0x34;
/// The type and length of its value, and the value.
const VALUE_META: u32 = 0x56;
const VALUE: u32 = 0x57;
/// Those that name the operations by which one was replaced or taken away.
const AFTER_COUNT: u32 = 0x80;
const AFTER_ACTOR: u32 = 0x81;
const AFTER_COUNTER: u32 = 0x83;

/// The actions that make a map, a list, a text and a table.
const MAKES: [u64; 4] = [0, 2, 4, 6];

const MALFORMED: Refusal = Refusal::Malformed("object");

/// The columns of a chunk's operations that say which objects are made, and where each operation
/// belongs.
#[derive(Debug, Default)]
pub(crate) struct Objects<'a> {
    pub(crate) inside_actor: Cow<'a, [u8]>,
    pub(crate) inside_counter: Cow<'a, [u8]>,
    pub(crate) key_actor: Cow<'a, [u8]>,
    pub(crate) key_counter: Cow<'a, [u8]>,
    pub(crate) key_text: Cow<'a, [u8]>,
    pub(crate) own_actor: Cow<'a, [u8]>,
    pub(crate) own_counter: Cow<'a, [u8]>,
    pub(crate) insert: Cow<'a, [u8]>,
    pub(crate) action: Cow<'a, [u8]>,
    pub(crate) value_meta: Cow<'a, [u8]>,
    pub(crate) value: Cow<'a, [u8]>,
    pub(crate) after_count: Cow<'a, [u8]>,
    pub(crate) after_actor: Cow<'a, [u8]>,
    pub(crate) after_counter: Cow<'a, [u8]>,
}

impl<'a> Objects<'a> {
    /// Keeps the column if it is one of those looked at.
    pub(crate) fn keep(&mut self, column: ColumnData<'a>) {
        let kept = match column.specification {
            INSIDE_ACTOR => &mut self.inside_actor,
            INSIDE_COUNTER => &mut self.inside_counter,
            KEY_ACTOR => &mut self.key_actor,
            KEY_COUNTER => &mut self.key_counter,
            KEY_TEXT => &mut self.key_text,
            OWN_ACTOR => &mut self.own_actor,
            OWN_COUNTER => &mut self.own_counter,
            INSERT => &mut self.insert,
            ACTION => &mut self.action,
            VALUE_META => &mut self.value_meta,
            VALUE => &mut self.value,
            AFTER_COUNT => &mut self.after_count,
            AFTER_ACTOR => &mut self.after_actor,
            AFTER_COUNTER => &mut self.after_counter,
            _ => return,
        };
        *kept = column.data;
    }

    /// Visits the objects that a document makes: the operation that makes each, and what it does.
    pub(crate) fn for_each_made(&self, mut visit: impl FnMut(Id, u64)) -> Result<(), Refusal> {
        let mut actor = Cursor::new(OWN_ACTOR, &self.own_actor);
        let mut counter = Cursor::new(OWN_COUNTER, &self.own_counter);
        let fits = |value: Option<u64>| value.and_then(|it| u32::try_from(it).ok());
        let mut start: u64 = 0;
        for run in Runs::new(Kind::of(ACTION), &self.action) {
            let Run { rows, value } = run?;
            let end = start.saturating_add(rows);
            if let Value::Number(action) = value
                && MAKES.contains(&action)
            {
                for row in start..end {
                    let number = fits(counter.at(row)?).ok_or(MALFORMED)?;
                    let actor = fits(actor.at(row)?).ok_or(MALFORMED)?;
                    visit(Id { number, actor }, action);
                }
            }
            start = end;
        }
        Ok(())
    }

    /// Takes note of the objects that a document makes, whose actors are these.
    pub(crate) fn of_document(
        &self,
        actors: &[&[u8]],
        nesting: &mut Nesting<'_>,
    ) -> Result<(), Refusal> {
        let mut own_actor = Cursor::new(OWN_ACTOR, &self.own_actor);
        let mut own_counter = Cursor::new(OWN_COUNTER, &self.own_counter);
        self.for_each(actors, |row, inside| {
            let own = named(own_counter.at(row)?, own_actor.at(row)?, actors)?;
            nesting.add(own.ok_or(MALFORMED)?, inside)
        })?;
        self.touched(actors, nesting)
    }

    /// Takes note of every object that a document's operations change, once for each run of them.
    fn touched(&self, actors: &[&[u8]], nesting: &mut Nesting<'_>) -> Result<(), Refusal> {
        let mut actor = Held::new(INSIDE_ACTOR, &self.inside_actor);
        let mut counter = Held::new(INSIDE_COUNTER, &self.inside_counter);
        let mut row = 0;
        loop {
            let (by, number) = (actor.at(row)?, counter.at(row)?);
            if let Some(object) = named(number, by, actors)? {
                nesting.touch(object)?;
            }
            row = actor.until.min(counter.until);
            if row == u64::MAX {
                return Ok(());
            }
        }
    }

    /// Takes note of the objects that a change makes, whose author comes first among its actors,
    /// and whose operations are numbered from `first`.
    pub(crate) fn of_change(
        &self,
        actors: &[&[u8]],
        first: u64,
        nesting: &mut Nesting<'_>,
    ) -> Result<(), Refusal> {
        let author = actors.first().copied().ok_or(MALFORMED)?;
        self.for_each(actors, |row, inside| {
            nesting.add((first.saturating_add(row), author), inside)
        })
    }

    /// Visits each operation that makes an object: its row, and the object that it is inside of,
    /// which is `None` for the root.
    fn for_each<'n>(
        &self,
        actors: &[&'n [u8]],
        mut visit: impl FnMut(u64, Option<(u64, &'n [u8])>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let mut inside_actor = Cursor::new(INSIDE_ACTOR, &self.inside_actor);
        let mut inside_counter = Cursor::new(INSIDE_COUNTER, &self.inside_counter);
        let mut start: u64 = 0;
        for run in Runs::new(Kind::of(ACTION), &self.action) {
            let Run { rows, value } = run?;
            let end = start.saturating_add(rows);
            if matches!(value, Value::Number(action) if MAKES.contains(&action)) {
                for row in start..end {
                    let inside = named(inside_counter.at(row)?, inside_actor.at(row)?, actors)?;
                    visit(row, inside)?;
                }
            }
            start = end;
        }
        Ok(())
    }
}

/// The counter and the actor that name an operation; `None` for the root, which has neither.
fn named<'n>(
    counter: Option<u64>,
    actor: Option<u64>,
    actors: &[&'n [u8]],
) -> Result<Option<(u64, &'n [u8])>, Refusal> {
    let (Some(counter), Some(actor)) = (counter, actor) else {
        return match (counter, actor) {
            (None, None) => Ok(None),
            _ => Err(MALFORMED),
        };
    };
    let actor = usize::try_from(actor)
        .ok()
        .and_then(|index| actors.get(index))
        .ok_or(MALFORMED)?;
    Ok(Some((counter, actor)))
}

/// The run of a column of plain numbers that a row lies in.
#[derive(Debug)]
struct Held<'a> {
    runs: Runs<'a>,
    value: Option<u64>,
    /// The row behind the run; no row is behind the last.
    until: u64,
}

impl<'a> Held<'a> {
    fn new(specification: u32, data: &'a [u8]) -> Self {
        Self {
            runs: Runs::new(Kind::of(specification), data),
            value: None,
            until: 0,
        }
    }

    /// The value at a row that is not before the last one asked for; `None` for a null.
    fn at(&mut self, row: u64) -> Result<Option<u64>, Refusal> {
        while row >= self.until && self.until < u64::MAX {
            (self.value, self.until) = match self.runs.next() {
                Some(run) => {
                    let Run { rows, value } = run?;
                    let number = match value {
                        Value::Number(number) => Some(number),
                        _ => None,
                    };
                    (number, self.until.saturating_add(rows))
                }
                None => (None, u64::MAX),
            };
        }
        Ok(self.value)
    }
}

/// Reads the values of a column of numbers at rows that only rise.
#[derive(Debug)]
struct Cursor<'a> {
    runs: Runs<'a>,
    run: Option<Run<'a>>,
    /// The row that the run begins at.
    start: u64,
    /// The sum of all differences before the run.
    sum: i64,
}

impl<'a> Cursor<'a> {
    fn new(specification: u32, data: &'a [u8]) -> Self {
        let mut runs = Runs::new(Kind::of(specification), data);
        Self {
            // What cannot be read was refused when the column was measured.
            run: runs.next().and_then(Result::ok),
            runs,
            start: 0,
            sum: 0,
        }
    }

    /// The value of this row; `None` for a null, as everything behind the column's end is.
    fn at(&mut self, row: u64) -> Result<Option<u64>, Refusal> {
        while let Some(run) = self.run {
            let within = row.saturating_sub(self.start);
            if within < run.rows {
                return match run.value {
                    Value::Number(number) => Ok(Some(number)),
                    Value::Difference(difference) => {
                        let sum = advanced(self.sum, difference, within.saturating_add(1))?;
                        u64::try_from(sum).map(Some).map_err(|_| MALFORMED)
                    }
                    Value::Null | Value::Text(_) => Ok(None),
                };
            }
            if let Value::Difference(difference) = run.value {
                self.sum = advanced(self.sum, difference, run.rows)?;
            }
            self.start = self.start.saturating_add(run.rows);
            self.run = self.runs.next().transpose()?;
        }
        Ok(None)
    }
}

/// A running value after so many equal steps.
fn advanced(sum: i64, difference: i64, steps: u64) -> Result<i64, Refusal> {
    i64::try_from(steps)
        .ok()
        .and_then(|steps| difference.checked_mul(steps))
        .and_then(|step| sum.checked_add(step))
        .ok_or(MALFORMED)
}

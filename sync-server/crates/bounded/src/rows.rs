//! The operations of a document, one row after the other.
//!
//! Invariant: the columns were measured before, so that there are as many rows as the limit allows at
//! most, counters fit in 32 bits, and actors are among those of the document.

use crate::Refusal;
use crate::column::Kind;
use crate::objects::Objects;
use crate::reader::Reader;
use crate::runs::{Run, Runs, Value};

const MALFORMED: Refusal = Refusal::Malformed("operation");

/// The name of an operation: its number, then the index of its actor, which is how Automerge orders
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id {
    pub(crate) number: u32,
    pub(crate) actor: u32,
}

/// What an operation changes within its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key<'a> {
    /// A key of a map.
    Text(&'a [u8]),
    /// The beginning of a sequence.
    Head,
    /// An element of a sequence.
    Element(Id),
}

/// One operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    /// `None` for the root.
    pub(crate) object: Option<Id>,
    pub(crate) key: Key<'a>,
    pub(crate) id: Id,
    pub(crate) insert: bool,
    pub(crate) action: u64,
    pub(crate) value: Type,
}

/// Of which type a value is, as far as that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Null,
    Number,
    Other,
}

/// Reads rows.
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    left: u64,
    object: Names<'a>,
    key: Names<'a>,
    key_text: Cells<'a>,
    id: Names<'a>,
    insert: Flags<'a>,
    action: Cells<'a>,
    value_meta: Cells<'a>,
    value: Reader<'a>,
    after_count: Cells<'a>,
    after: Names<'a>,
}

impl<'a> Rows<'a> {
    /// So many rows of these columns.
    pub(crate) fn new(columns: &'a Objects<'_>, rows: u64) -> Self {
        Self {
            left: rows,
            object: Names {
                actor: Cells::new(Kind::Actor, &columns.inside_actor),
                number: Cells::new(Kind::Integer, &columns.inside_counter),
            },
            key: Names {
                actor: Cells::new(Kind::Actor, &columns.key_actor),
                number: Cells::new(Kind::Delta, &columns.key_counter),
            },
            key_text: Cells::new(Kind::Text, &columns.key_text),
            id: Names {
                actor: Cells::new(Kind::Actor, &columns.own_actor),
                number: Cells::new(Kind::Delta, &columns.own_counter),
            },
            insert: Flags::new(&columns.insert),
            action: Cells::new(Kind::Integer, &columns.action),
            value_meta: Cells::new(Kind::ValueMeta, &columns.value_meta),
            value: Reader::new(&columns.value),
            after_count: Cells::new(Kind::Group, &columns.after_count),
            after: Names {
                actor: Cells::new(Kind::Actor, &columns.after_actor),
                number: Cells::new(Kind::Delta, &columns.after_counter),
            },
        }
    }

    /// The next row; what comes after it in time is added to `after`.
    pub(crate) fn next(&mut self, after: &mut Vec<Id>) -> Result<Option<Row<'a>>, Refusal> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let (object, id) = (self.object.next()?, self.id.next()?);
        let key = match (self.key_text.next()?, self.key.next()?) {
            (Cell::Text(text), Name::None) => Key::Text(text),
            (Cell::Null, Name::Head) => Key::Head,
            (Cell::Null, Name::Id(element)) => Key::Element(element),
            _ => return Err(MALFORMED),
        };
        let (Name::Id(id), Cell::Number(action)) = (id, self.action.next()?) else {
            return Err(MALFORMED);
        };
        let object = match object {
            Name::None => None,
            Name::Id(object) => Some(object),
            Name::Head => return Err(MALFORMED),
        };
        let Cell::Number(count) = self.after_count.next()? else {
            return Err(MALFORMED);
        };
        // A name for each is in the columns, or it ends.
        for _ in 0..count {
            let Name::Id(later) = self.after.next()? else {
                return Err(MALFORMED);
            };
            after.push(later);
        }
        Ok(Some(Row {
            object,
            key,
            id,
            insert: self.insert.next()?,
            action,
            value: self.value()?,
        }))
    }

    /// Reads the value of a row, which is written as Automerge writes one of its type.
    fn value(&mut self) -> Result<Type, Refusal> {
        const PART: &str = "value";
        let meta = match self.value_meta.next()? {
            Cell::Number(meta) => meta,
            _ => 0,
        };
        let mut bytes = Reader::new(self.value.take(meta >> 4, PART)?);
        let kind = match meta & 0xf {
            0 => Type::Null,
            1 | 2 => Type::Other,
            3 => {
                bytes.unsigned(PART)?;
                Type::Number
            }
            4 => {
                bytes.signed(PART)?;
                Type::Number
            }
            5 => {
                bytes.array::<8>(PART)?;
                Type::Other
            }
            6 => {
                let text = std::str::from_utf8(bytes.rest());
                text.map_err(|_| Refusal::Malformed(PART))?;
                return Ok(Type::Other);
            }
            8 | 9 => {
                bytes.signed(PART)?;
                Type::Other
            }
            // Bytes, and types of later versions.
            _ => return Ok(Type::Other),
        };
        if bytes.is_empty() {
            Ok(kind)
        } else {
            Err(Refusal::Malformed(PART))
        }
    }

    /// Whether every row and every name has been read.
    pub(crate) fn end(mut self) -> Result<bool, Refusal> {
        Ok(self.left == 0 && matches!(self.after.next()?, Name::None))
    }
}

/// Two columns that name operations together.
#[derive(Debug)]
struct Names<'a> {
    actor: Cells<'a>,
    number: Cells<'a>,
}

enum Name {
    None,
    /// Number zero, and nobody's.
    Head,
    Id(Id),
}

impl Names<'_> {
    fn next(&mut self) -> Result<Name, Refusal> {
        match (self.number.next()?, self.actor.next()?) {
            (Cell::Null, Cell::Null) => Ok(Name::None),
            (Cell::Number(0), Cell::Null) => Ok(Name::Head),
            (Cell::Number(number), Cell::Number(actor)) if number > 0 => {
                let fits = |value: u64| u32::try_from(value).map_err(|_| MALFORMED);
                Ok(Name::Id(Id {
                    number: fits(number)?,
                    actor: fits(actor)?,
                }))
            }
            _ => Err(MALFORMED),
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Cell<'a> {
    Null,
    Number(u64),
    Text(&'a [u8]),
}

/// One column, row by row; behind its end there are nulls.
#[derive(Debug)]
struct Cells<'a> {
    runs: Runs<'a>,
    run: Run<'a>,
    sum: i64,
}

impl<'a> Cells<'a> {
    fn new(kind: Kind, data: &'a [u8]) -> Self {
        Self {
            runs: Runs::new(kind, data),
            run: Run {
                rows: 0,
                value: Value::Null,
            },
            sum: 0,
        }
    }

    fn next(&mut self) -> Result<Cell<'a>, Refusal> {
        while self.run.rows == 0 {
            self.run = match self.runs.next() {
                Some(run) => run?,
                None => Run {
                    rows: u64::MAX,
                    value: Value::Null,
                },
            };
        }
        self.run.rows -= 1;
        Ok(match self.run.value {
            Value::Null => Cell::Null,
            Value::Number(number) => Cell::Number(number),
            Value::Text(text) => Cell::Text(text),
            Value::Difference(difference) => {
                self.sum = self.sum.checked_add(difference).ok_or(MALFORMED)?;
                Cell::Number(u64::try_from(self.sum).map_err(|_| MALFORMED)?)
            }
        })
    }
}

/// A column of alternating runs of false and true; behind its end all is false.
#[derive(Debug)]
struct Flags<'a> {
    reader: Reader<'a>,
    value: bool,
    left: u64,
}

impl<'a> Flags<'a> {
    fn new(data: &'a [u8]) -> Self {
        Self {
            reader: Reader::new(data),
            // The first run is of false.
            value: true,
            left: 0,
        }
    }

    fn next(&mut self) -> Result<bool, Refusal> {
        while self.left == 0 {
            if self.reader.is_empty() {
                (self.value, self.left) = (false, u64::MAX);
            } else {
                self.left = self.reader.unsigned("column")?;
                self.value = !self.value;
            }
        }
        self.left -= 1;
        Ok(self.value)
    }
}

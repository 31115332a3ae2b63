//! Whether the operations of a document fit together.
//!
//! Automerge believes the order of a document's rows, and what they say of one another. It builds
//! indexes on them and looks things up by halves; where two rows have one name, or one is not where
//! it should be, it ends the process, at once or at some later edit. So the rows are gone through
//! once: objects in order, their keys or elements in order, within each the operations in order; every
//! operation there once, and replaced or taken away by nothing but what is there too.
//!
//! Invariant: time is n log n in the operations.

use crate::Refusal;
use crate::claims::Claims;
use crate::objects::Objects;
use crate::rows::{Id, Key, Row, Rows, Type};

const MALFORMED: Refusal = Refusal::Malformed("operation");

/// What rows do: make objects, give a value, count, mark. Deletions have no rows.
const MAKES_MAP: u64 = 0;
const PUTS: u64 = 1;
const MAKES_LIST: u64 = 2;
const MAKES_TEXT: u64 = 4;
const COUNTS: u64 = 5;
const MAKES_TABLE: u64 = 6;
const MARKS: u64 = 7;

/// Goes through so many rows, whose changes claim these operations.
pub(crate) fn check(columns: &Objects<'_>, rows: u64, claims: &mut Claims) -> Result<(), Refusal> {
    let made = made(columns)?;
    let mut walk = Walk {
        made,
        claims,
        object: None,
        is_map: true,
        is_text: false,
        key: None,
        path: Vec::new(),
        group: Vec::new(),
        later: Vec::new(),
    };
    let (mut rows, mut after) = (Rows::new(columns, rows), Vec::new());
    while let Some(row) = rows.next(&mut after)? {
        walk.add(&row, &after)?;
        after.clear();
    }
    walk.end_group()?;
    if rows.end()? && walk.claims.are_whole() {
        Ok(())
    } else {
        Err(MALFORMED)
    }
}

/// The objects that are made, in order, and by which action.
fn made(columns: &Objects<'_>) -> Result<Vec<(Id, u64)>, Refusal> {
    let mut made = Vec::new();
    columns.for_each_made(|id, action| made.push((id, action)))?;
    made.sort_unstable();
    Ok(made)
}

/// Where the walk has come to.
struct Walk<'a, 'c> {
    made: Vec<(Id, u64)>,
    claims: &'c mut Claims,
    object: Option<Id>,
    is_map: bool,
    is_text: bool,
    key: Option<Key<'a>>,
    /// In a sequence: the last element and what it was inserted after, and so on.
    path: Vec<Id>,
    /// The operations of the present key or element.
    group: Vec<Id>,
    /// What has come after one of them in time.
    later: Vec<Id>,
}

impl<'a> Walk<'a, '_> {
    fn add(&mut self, row: &Row<'a>, after: &[Id]) -> Result<(), Refusal> {
        if row.object != self.object {
            self.enter(row.object)?;
        }
        let suits = match row.action {
            MAKES_MAP | MAKES_LIST | MAKES_TEXT | MAKES_TABLE => row.value == Type::Null,
            COUNTS => row.value == Type::Number,
            PUTS | MARKS => true,
            _ => false,
        };
        let in_order = after.windows(2).all(|pair| pair.first() < pair.get(1));
        if !suits || !in_order || after.first().is_some_and(|first| *first <= row.id) {
            return Err(MALFORMED);
        }
        if self.is_map {
            self.in_map(row)?;
        } else {
            self.in_sequence(row)?;
        }
        if self.group.last().is_some_and(|last| *last >= row.id) {
            return Err(MALFORMED);
        }
        self.group.push(row.id);
        self.later.extend(after);
        Ok(())
    }

    /// The rows of another object begin.
    fn enter(&mut self, object: Option<Id>) -> Result<(), Refusal> {
        self.end_group()?;
        if object <= self.object {
            return Err(MALFORMED);
        }
        let id = object.ok_or(MALFORMED)?;
        let found = self.made.binary_search_by_key(&id, |(id, _)| *id);
        let (_, action) = found
            .ok()
            .and_then(|index| self.made.get(index))
            .ok_or(MALFORMED)?;
        (self.is_map, self.is_text) = match *action {
            MAKES_MAP => (true, false),
            MAKES_LIST => (false, false),
            MAKES_TEXT => (false, true),
            // Automerge can make a table and ends when something is written into it.
            _ => return Err(MALFORMED),
        };
        self.object = object;
        self.key = None;
        self.path.clear();
        Ok(())
    }

    fn in_map(&mut self, row: &Row<'a>) -> Result<(), Refusal> {
        let Key::Text(key) = row.key else {
            return Err(MALFORMED);
        };
        if row.insert || row.action == MARKS {
            return Err(MALFORMED);
        }
        match self.key {
            Some(Key::Text(present)) if present == key => Ok(()),
            Some(Key::Text(present)) if present > key => Err(MALFORMED),
            _ => {
                self.end_group()?;
                self.key = Some(row.key);
                Ok(())
            }
        }
    }

    /// Elements are in the order in which Automerge puts them: each behind what it was inserted
    /// after, the latest first.
    fn in_sequence(&mut self, row: &Row<'a>) -> Result<(), Refusal> {
        if !row.insert {
            // Nobody writes over a letter: it is taken away, and another one put in.
            let is_here = self.key == Some(row.key) && !self.is_text;
            return if is_here && row.action != MARKS {
                Ok(())
            } else {
                Err(MALFORMED)
            };
        }
        self.end_group()?;
        let mut sibling = None;
        match row.key {
            Key::Head => {
                sibling = self.path.first().copied();
                self.path.clear();
            }
            Key::Element(before) => {
                while self.path.last().is_some_and(|last| *last != before) {
                    sibling = self.path.pop();
                }
                if self.path.is_empty() || before >= row.id {
                    return Err(MALFORMED);
                }
            }
            Key::Text(_) => return Err(MALFORMED),
        }
        if row.action == COUNTS || sibling.is_some_and(|sibling| sibling <= row.id) {
            return Err(MALFORMED);
        }
        self.path.push(row.id);
        self.key = Some(Key::Element(row.id));
        Ok(())
    }

    /// Each operation of the group is there once. What came after one of them is one of them too, or a
    /// deletion, which has no row and is of this group alone.
    fn end_group(&mut self) -> Result<(), Refusal> {
        for id in &self.group {
            self.claims.take(*id)?;
        }
        self.later.sort_unstable();
        self.later.dedup();
        for id in &self.later {
            if self.group.binary_search(id).is_err() {
                self.claims.take(*id)?;
            }
        }
        self.group.clear();
        self.later.clear();
        Ok(())
    }
}

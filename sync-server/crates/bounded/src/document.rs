//! The content of a document chunk: a whole document, its columns perhaps deflated one by one.

use crate::budget::{Budget, within};
use crate::change::{read_actors, read_operations};
use crate::claims::Claims;
use crate::columns::{Columns, FILLED_OF_CHANGES, Table};
use crate::history::History;
use crate::reader::Reader;
use crate::{ChunkReport, Refusal, What, sound};

const PART: &str = "document";

/// Checks the data of one document and adds its heads to the report.
pub(crate) fn check(
    data: &[u8],
    budget: &mut Budget<'_>,
    report: &mut ChunkReport,
) -> Result<(), Refusal> {
    let reader = &mut Reader::new(data);
    let actors = read_actors(reader, budget)?;
    // Automerge looks actors up by halves.
    if !actors.is_sorted_by(|one, next| one < next) {
        return Err(Refusal::Malformed("actors"));
    }
    let heads = reader.unsigned(PART)?;
    within(What::Dependencies, heads, budget.limits.dependencies)?;
    for _ in 0..heads {
        report.heads.push(reader.array(PART)?);
    }
    let change_columns = Columns::read(reader)?;
    let operation_columns = Columns::read(reader)?;

    let mut changes = Table::new(
        budget.limits.changes,
        actors.len() as u64,
        FILLED_OF_CHANGES,
    );
    let mut history = History::default();
    change_columns.for_each(reader, budget, |column, budget| {
        changes.add(&column, budget)?;
        history.add(&column, budget)
    })?;
    changes.finish()?;
    if changes.rows > history.len() {
        return Err(Refusal::Malformed(PART));
    }
    budget.add_changes(history.len())?;

    let (operations, objects) = read_operations(&operation_columns, reader, budget, actors.len())?;
    // A deletion has no row of its own: it is only named as a successor.
    let present = operations.rows.saturating_add(operations.grouped);
    let (claimed, claims) = history.claimed_operations(actors.len(), budget)?;
    budget.add_operations(present.max(claimed))?;
    objects.of_document(&actors, &mut budget.nesting)?;
    sound::check(&objects, operations.rows, &mut Claims::new(claims))?;

    // An old version left out where the heads are among the changes.
    if !reader.is_empty() {
        for _ in 0..heads {
            if reader.unsigned(PART)? >= history.len() {
                return Err(Refusal::Malformed(PART));
            }
        }
    }
    if reader.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Malformed(PART))
    }
}

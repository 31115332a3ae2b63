//! The content of a change chunk.

use crate::budget::{Budget, within};
use crate::columns::{Columns, FILLED_OF_OPERATIONS, Table};
use crate::objects::Objects;
use crate::reader::Reader;
use crate::{ChunkReport, Refusal, What};

const PART: &str = "change";

/// Checks the data of one change and adds what it depends on to the report.
pub(crate) fn check(
    data: &[u8],
    budget: &mut Budget<'_>,
    report: &mut ChunkReport,
) -> Result<(), Refusal> {
    let reader = &mut Reader::new(data);
    budget.add_changes(1)?;
    let dependencies = reader.unsigned("hashes")?;
    within(What::Dependencies, dependencies, budget.limits.dependencies)?;
    for _ in 0..dependencies {
        let dependency = reader.array("hashes")?;
        if (report.dependencies.len() as u64) < budget.limits.dependencies {
            report.dependencies.push(dependency);
        } else {
            report.more_dependencies = true;
        }
    }
    let actor = read_actor(reader, budget)?;
    if report.actors.last().is_none_or(|(_, last)| last != actor) {
        // The change itself has been added.
        let index = report.changes.len().saturating_sub(1);
        report.actors.push((index, actor.to_vec()));
    }
    let mut actors = vec![actor];
    let sequence = reader.unsigned(PART)?;
    let first_operation = reader.unsigned(PART)?;
    reader.signed(PART)?; // The time, which is advisory.
    let message = reader.prefixed(PART)?;
    std::str::from_utf8(message).map_err(|_| Refusal::Malformed("text"))?;
    actors.extend(read_actors(reader, budget)?);
    let columns = Columns::read(reader)?;
    if columns.any_deflated() {
        return Err(Refusal::Malformed("column layout"));
    }
    let (table, objects) = read_operations(&columns, reader, budget, actors.len())?;
    // What follows the columns belongs to later versions and to authors; Automerge keeps it as it
    // is.
    budget.add_change_operations(table.rows.saturating_add(table.grouped))?;
    let last_operation = first_operation.saturating_add(table.rows);
    if sequence == 0 || first_operation == 0 {
        return Err(Refusal::Malformed(PART));
    }
    // Automerge counts both in 32 bits.
    within(What::Operations, last_operation, u64::from(u32::MAX))?;
    within(What::Changes, sequence, u64::from(u32::MAX))?;
    objects.of_change(&actors, first_operation, &mut budget.nesting)
}

/// Reads the columns of operations by so many actors: how many they are, and what they name.
pub(crate) fn read_operations<'a>(
    columns: &Columns,
    reader: &mut Reader<'a>,
    budget: &mut Budget<'_>,
    actors: usize,
) -> Result<(Table, Objects<'a>), Refusal> {
    let mut table = Table::new(budget.rows_limit(), actors as u64, FILLED_OF_OPERATIONS);
    let mut objects = Objects::default();
    columns.for_each(reader, budget, |column, budget| {
        table.add(&column, budget)?;
        objects.keep(column);
        Ok(())
    })?;
    table.finish()?;
    Ok((table, objects))
}

/// Reads a list of hashes and returns how many there are.
pub(crate) fn read_hashes(reader: &mut Reader<'_>, budget: &Budget<'_>) -> Result<u64, Refusal> {
    let count = reader.unsigned("hashes")?;
    within(What::Dependencies, count, budget.limits.dependencies)?;
    reader.take(count.saturating_mul(32), "hashes")?;
    Ok(count)
}

/// Reads a list of actor ids.
pub(crate) fn read_actors<'a>(
    reader: &mut Reader<'a>,
    budget: &Budget<'_>,
) -> Result<Vec<&'a [u8]>, Refusal> {
    let count = reader.unsigned("actors")?;
    within(What::Actors, count, budget.limits.actors)?;
    let mut actors = Vec::new();
    for _ in 0..count {
        actors.push(read_actor(reader, budget)?);
    }
    Ok(actors)
}

fn read_actor<'a>(reader: &mut Reader<'a>, budget: &Budget<'_>) -> Result<&'a [u8], Refusal> {
    let actor = reader.prefixed("actor")?;
    within(
        What::ActorBytes,
        actor.len() as u64,
        budget.limits.actor_bytes,
    )?;
    Ok(actor)
}

//! What of an entity the catalogue cannot make sense of: kinds and fields that it does not know,
//! and values that do not fit their field. All of it is kept; here it gets its name.

use super::Warning;
use super::warnings::Warnings;
use crate::value::Misfit;
use crate::{Entity, EntityId, Graph, catalogue};

/// How much of a note's text stands for it, in characters.
const SHOWN: usize = 40;

/// One thing that makes no sense.
pub(super) struct Doubt<'a> {
    /// The field; `None` when it is the kind that is unknown.
    pub(super) field: Option<&'a str>,
    misfit: Option<Misfit>,
    kind: &'a str,
}

impl Doubt<'_> {
    /// The warning, about the entity of that name, with its line where the file has lines.
    pub(super) fn warning(&self, entity: &str, line: Option<usize>) -> Warning {
        let key = match (self.field, &self.misfit, line) {
            (None, _, None) => "import.warning.kind",
            (None, _, Some(_)) => "import.warning.kind_at",
            (Some(_), None, None) => "import.warning.field",
            (Some(_), None, Some(_)) => "import.warning.field_at",
            (Some(_), Some(_), None) => "import.warning.misfit",
            (Some(_), Some(_), Some(_)) => "import.warning.misfit_at",
        };
        let mut warning = Warning::new(key).with("entity", entity);
        warning = match self.field {
            Some(field) => warning.with("field", field),
            None => warning.with("kind", self.kind),
        };
        if let Some(line) = line {
            warning = warning.with("line", line.to_string());
        }
        warning.misfit.clone_from(&self.misfit);
        warning
    }
}

/// What of the entity makes no sense; of an unknown kind, only the kind.
pub(super) fn of(entity: &Entity) -> Vec<Doubt<'_>> {
    let doubt = |field, misfit| Doubt {
        field,
        misfit,
        kind: entity.kind.as_str(),
    };
    match catalogue::kind(&entity.kind) {
        None => vec![doubt(None, None)],
        Some(kind) => entity
            .misfits(kind)
            .map(|(field, misfit)| doubt(Some(field), misfit))
            .collect(),
    }
}

/// What of a whole graph makes no sense, for files whose lines are not known.
pub(super) fn of_graph(graph: &Graph) -> Vec<Warning> {
    let mut warnings = Warnings::default();
    for (id, entity) in &graph.entities {
        for doubt in of(entity) {
            warnings.add(doubt.warning(&name(id, entity), None));
        }
    }
    warnings.into_list()
}

/// What the person knows an entity by: its first words; its id when it says nothing.
fn name(id: &EntityId, entity: &Entity) -> String {
    let first = entity
        .text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty());
    match first {
        None => id.as_str().to_owned(),
        Some(line) if line.chars().count() <= SHOWN => line.to_owned(),
        Some(line) => line.chars().take(SHOWN).chain(['…']).collect(),
    }
}

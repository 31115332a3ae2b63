//! What a check has found: where, with what in it, and what mends it.

use std::fmt;

use super::kind::CheckKind;
use super::part::Part;
use crate::{EntityId, FieldValue, LinkId};

/// One breach of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule.
    pub check: &'static CheckKind,
    /// What it is about, the entity to open first; none when it is the workspace.
    pub subjects: Vec<EntityId>,
    /// What the words in braces of the explanation stand for.
    pub parts: Vec<(&'static str, Part)>,
    /// The command that mends it.
    pub remedy: Remedy,
}

/// A command that mends a finding, as data. What a person must choose or write is left open.
#[derive(Clone, Debug, PartialEq)]
pub enum Remedy {
    /// Link an entity with one of these kinds, an existing one or a new one.
    Link {
        /// The entity; without one, the first subject.
        at: Option<EntityId>,
        /// The kind of link.
        link: &'static str,
        /// Whether it leads from that entity.
        is_outgoing: bool,
        /// What stands at the other end; any kind where none is named.
        kinds: &'static [&'static str],
        /// The values that the other end must have.
        with: Preset,
    },
    /// Take this link away.
    RemoveLink(LinkId),
    /// Enter a value of this field of the first subject.
    Enter(String),
    /// Set this field of the first subject to this value; `None` clears it.
    Set(String, Option<FieldValue>),
    /// Make an entity of this kind.
    Add {
        /// The kind.
        kind: &'static str,
        /// The values that it must have.
        with: Preset,
    },
    /// Make an entity of this kind that names another one in a field, such as a reading of a metric.
    AddTo {
        /// The kind.
        kind: &'static str,
        /// The field of it that names the other.
        field: &'static str,
        /// The other.
        of: EntityId,
    },
    /// Move a note, the first subject or another one of them, out of its slot of this canvas.
    Move(&'static str),
    /// Lock the plan of the first subject, an experiment.
    Lock,
    /// Plan the first subject, an experiment, anew: another one that [`SUPERSEDES`] it, since this
    /// one stays as it is.
    Renew,
    /// Delete these.
    Delete(Vec<EntityId>),
}

/// Fields with the ids of their choices.
pub type Preset = &'static [(&'static str, &'static str)];

/// The link from an experiment to the one that it was planned anew for.
pub const SUPERSEDES: &str = "supersedes";

impl Remedy {
    /// The name of the command.
    #[must_use]
    pub fn command(&self) -> &'static str {
        match self {
            Self::Link { .. } => "add-link",
            Self::RemoveLink(_) => "remove-link",
            Self::Enter(_) | Self::Set(..) => "set-field",
            Self::Add { .. } | Self::AddTo { .. } => "add-entity",
            Self::Move(_) => "move",
            Self::Lock => "lock-experiment",
            Self::Renew => "renew-experiment",
            Self::Delete(_) => "delete",
        }
    }
}

impl Finding {
    /// What is wrong and what to do, in that language, else in English.
    #[must_use]
    pub fn message(&self, language: &str) -> String {
        self.message_said(language, |part| part.text(language))
    }

    /// The same where an interface says the parts.
    pub fn message_said(&self, language: &str, say: impl Fn(&Part) -> String) -> String {
        let mut message = String::new();
        let mut rest = self.check.explanation(language);
        // Filled from left to right, so that braces in a part stay what they are.
        while let Some((before, after)) = rest.split_once('{') {
            message.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                message.push('{');
                rest = after;
                continue;
            };
            match self.parts.iter().find(|(part, _)| *part == name) {
                Some((_, part)) => message.push_str(&say(part)),
                None => message.push_str(name),
            }
            rest = after;
        }
        message.push_str(rest);
        message
    }
}

/// The English words, with the title before them.
impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = self.check.title("en");
        write!(formatter, "{title}: {}", self.message("en"))
    }
}

/// Where a rule puts what it finds.
pub(super) struct Report<'a> {
    pub(super) check: &'static CheckKind,
    pub(super) findings: &'a mut Vec<Finding>,
}

impl Report<'_> {
    pub(super) fn add(
        &mut self,
        subjects: Vec<EntityId>,
        parts: Vec<(&'static str, Part)>,
        remedy: Remedy,
    ) {
        self.findings.push(Finding {
            check: self.check,
            subjects,
            parts,
            remedy,
        });
    }
}

impl Remedy {
    /// A link from the first subject.
    pub(super) fn link_to(link: &'static str, kinds: &'static [&'static str]) -> Self {
        Self::Link {
            at: None,
            link,
            is_outgoing: true,
            kinds,
            with: &[],
        }
    }

    /// A link to the first subject.
    pub(super) fn link_from(link: &'static str, kinds: &'static [&'static str]) -> Self {
        Self::Link {
            at: None,
            link,
            is_outgoing: false,
            kinds,
            with: &[],
        }
    }

    /// The same at another entity.
    pub(super) fn at(mut self, entity: EntityId) -> Self {
        if let Self::Link { at, .. } = &mut self {
            *at = Some(entity);
        }
        self
    }

    /// The same with another end that has these values.
    pub(super) fn with(mut self, preset: Preset) -> Self {
        if let Self::Link { with, .. } | Self::Add { with, .. } = &mut self {
            *with = preset;
        }
        self
    }
}

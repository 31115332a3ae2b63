//! What a check has found: where, with what in it, and what mends it.

use std::fmt;

use super::kind::CheckKind;
use crate::{EntityId, FieldValue, LinkId};

/// One breach of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule.
    pub check: &'static CheckKind,
    /// What it is about, the entity to open first; none when it is the workspace.
    pub subjects: Vec<EntityId>,
    /// What the words in braces of the explanation stand for.
    pub parts: Vec<(&'static str, String)>,
    /// The command that mends it, for the first subject.
    pub remedy: Remedy,
}

/// A command that mends a finding, as data. What a person must choose or write is left open.
#[derive(Clone, Debug, PartialEq)]
pub enum Remedy {
    /// Link the subject with an entity of one of these kinds, an existing or a new one.
    Link {
        /// The kind of link.
        link: &'static str,
        /// Whether it leads from the subject.
        is_outgoing: bool,
        /// What stands at the other end.
        kinds: &'static [&'static str],
    },
    /// Take this link away.
    RemoveLink(LinkId),
    /// Enter a value of this field.
    Enter(String),
    /// Set this field to this value; `None` clears it.
    Set(String, Option<FieldValue>),
    /// Make an entity of this kind whose field names the subject.
    Add {
        /// The kind.
        kind: &'static str,
        /// The reference field; empty where it names nothing.
        field: &'static str,
    },
    /// Lock the plan of the experiment.
    Lock,
    /// Make an experiment of the subject's kind anew: this one stays as it is.
    Duplicate,
    /// Delete the subject.
    Delete,
}

impl Remedy {
    /// The name of the command.
    #[must_use]
    pub fn command(&self) -> &'static str {
        match self {
            Self::Link { .. } => "add-link",
            Self::RemoveLink(_) => "remove-link",
            Self::Enter(_) | Self::Set(..) => "set-field",
            Self::Add { .. } => "add-entity",
            Self::Lock => "lock-experiment",
            Self::Duplicate => "duplicate",
            Self::Delete => "delete",
        }
    }
}

impl Finding {
    /// What is wrong and what to do, in that language, else in English.
    #[must_use]
    pub fn message(&self, language: &str) -> String {
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
            let part = self.parts.iter().find(|(part, _)| *part == name);
            message.push_str(part.map_or(name, |(_, value)| value));
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
        parts: Vec<(&'static str, String)>,
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

/// A link from the subject.
pub(super) fn link_to(link: &'static str, kinds: &'static [&'static str]) -> Remedy {
    Remedy::Link {
        link,
        is_outgoing: true,
        kinds,
    }
}

/// A link to the subject.
pub(super) fn link_from(link: &'static str, kinds: &'static [&'static str]) -> Remedy {
    Remedy::Link {
        link,
        is_outgoing: false,
        kinds,
    }
}

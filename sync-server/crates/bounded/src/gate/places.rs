//! Whether an operation stands where another says, as far as the document tells at once.
//!
//! What an operation did stands in the change that made it, and that may be the import of thousands of
//! notes. Nearly always something refers to what is in sight: the value under a key, a letter of a
//! text. That much the document knows by itself.

use std::collections::BTreeSet;

use automerge::legacy::{ObjectId, OpId};
use automerge::{Automerge, ChangeHash, ObjId, ObjType, ReadDoc as _};

use super::facts::Place;

/// Longer texts are not gone through.
const MOST_LETTERS: usize = 2_000;

/// How often one change may ask what stood under a key in the past, which costs more than the present.
const MOST_PAST: usize = 64;

/// What is in sight in a document.
pub(super) struct Places<'a> {
    document: &'a Automerge,
    /// The text that was gone through last, and its letters.
    text: Option<(ObjectId, BTreeSet<OpId>)>,
    /// What the present change follows, if all of it is in the document, and how often that may
    /// still be asked about.
    past: Option<(Vec<ChangeHash>, usize)>,
}

impl<'a> Places<'a> {
    pub(super) fn new(document: &'a Automerge) -> Self {
        Self {
            document,
            text: None,
            past: None,
        }
    }

    /// What comes next follows these changes.
    pub(super) fn follow(&mut self, changes: &[ChangeHash]) {
        let is_there = |hash: &ChangeHash| self.document.get_change_meta_by_hash(hash).is_some();
        let all_there = changes.iter().all(is_there);
        self.past = all_there.then(|| (changes.to_vec(), MOST_PAST));
    }

    /// Whether the operation of this name stands at this place of an object of this kind: it does if
    /// this is true; otherwise nobody knows.
    pub(super) fn has(
        &mut self,
        name: &OpId,
        object: &ObjectId,
        kind: ObjType,
        place: &Place,
    ) -> bool {
        match place {
            Place::Key(key) if kind == ObjType::Map => self.has_value(name, object, key),
            Place::Element(element) if kind == ObjType::Text && element == name => {
                self.has_letter(name, object)
            }
            _ => false,
        }
    }

    fn has_value(&mut self, name: &OpId, object: &ObjectId, key: &str) -> bool {
        let (object, name) = (exported(object), ObjId::Id(name.0, name.1.clone(), 0));
        let now = self.document.get_all(&object, key);
        let is_it = |values: Vec<(_, ObjId)>| values.iter().any(|(_, id)| *id == name);
        if now.is_ok_and(is_it) {
            return true;
        }
        let Some((heads, left)) = self.past.as_mut().filter(|(_, left)| *left > 0) else {
            return false;
        };
        *left -= 1;
        let then = self.document.get_all_at(&object, key, heads);
        then.is_ok_and(is_it)
    }

    fn has_letter(&mut self, name: &OpId, object: &ObjectId) -> bool {
        if let Some((_, letters)) = self.text.as_ref().filter(|(text, _)| text == object) {
            return letters.contains(name);
        }
        let text = exported(object);
        if self.document.length(&text) > MOST_LETTERS {
            return false;
        }
        let items = self.document.list_range(&text, ..);
        let letters: BTreeSet<_> = items.filter_map(|item| named(item.id())).collect();
        let found = letters.contains(name);
        self.text = Some((object.clone(), letters));
        found
    }
}

/// How the document names an object.
pub(super) fn exported(object: &ObjectId) -> ObjId {
    match object {
        ObjectId::Root => ObjId::Root,
        ObjectId::Id(name) => ObjId::Id(name.0, name.1.clone(), 0),
    }
}

fn named(id: ObjId) -> Option<OpId> {
    match id {
        ObjId::Root => None,
        ObjId::Id(number, actor, _) => Some(OpId(number, actor)),
    }
}

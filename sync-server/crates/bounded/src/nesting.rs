//! How deep the objects that an input makes lie in one another.
//!
//! An object is made by an operation inside another, which is older. Where that other is made in
//! the input too the chain is followed; where it is not, whoever has the document has to look it
//! up, once for each such object.
//!
//! Invariant: there are no cycles, because an object inside one that is not older is refused; time
//! is n log n in the objects that are made, whatever order they come in.

use std::collections::BTreeMap;

use crate::budget::within;
use crate::{Limits, Refusal, What};

/// An object that is not made in the input, and how deep the input makes others in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nested {
    /// The number of the operation that made the object.
    pub counter: u64,
    /// Who made it.
    pub actor: Vec<u8>,
    /// How many levels of objects the input adds below it, at least one.
    pub levels: u64,
}

/// The operation that made an object, its actor by index. The root is number zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Object {
    counter: u32,
    actor: u32,
}

/// An object that the input makes, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Made {
    object: Object,
    inside: Object,
}

/// How far an object is below another, which is the root or lies outside the input.
#[derive(Clone, Copy, Debug)]
struct Depth {
    below: Object,
    levels: u32,
}

/// The objects that one input makes.
#[derive(Debug)]
pub(crate) struct Nesting<'l> {
    limits: &'l Limits,
    actors: BTreeMap<Vec<u8>, u32>,
    made: Vec<Made>,
    /// What a whole document's operations change, which has to be made in it.
    touched: Vec<Object>,
}

impl<'l> Nesting<'l> {
    pub(crate) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            actors: BTreeMap::new(),
            made: Vec::new(),
            touched: Vec::new(),
        }
    }

    /// Takes note of an object. Each is named by counter and actor; `inside` is `None` for the
    /// root.
    pub(crate) fn add(
        &mut self,
        object: (u64, &[u8]),
        inside: Option<(u64, &[u8])>,
    ) -> Result<(), Refusal> {
        let object = self.object(object)?;
        let inside = match inside {
            Some(inside) => self.object(inside)?,
            None => ROOT,
        };
        if inside.counter >= object.counter {
            return Err(MALFORMED);
        }
        self.made.push(Made { object, inside });
        within(What::Objects, self.made.len() as u64, self.limits.objects)
    }

    /// Takes note of an object that must be made in the input.
    pub(crate) fn touch(&mut self, object: (u64, &[u8])) -> Result<(), Refusal> {
        let object = self.object(object)?;
        if self.touched.last() != Some(&object) {
            self.touched.push(object);
        }
        within(
            What::Objects,
            self.touched.len() as u64,
            self.limits.objects,
        )
    }

    fn object(&mut self, (counter, actor): (u64, &[u8])) -> Result<Object, Refusal> {
        let counter = u32::try_from(counter).map_err(|_| MALFORMED)?;
        // The root is never named.
        if counter == 0 {
            return Err(MALFORMED);
        }
        let actor = match self.actors.get(actor) {
            Some(index) => *index,
            None => {
                let index = u32::try_from(self.actors.len()).map_err(|_| MALFORMED)?;
                self.actors.insert(actor.to_vec(), index);
                index
            }
        };
        Ok(Object { counter, actor })
    }

    /// The objects outside the input that it makes others in, if no chain is longer than it
    /// may be.
    pub(crate) fn finish(mut self) -> Result<Vec<Nested>, Refusal> {
        let limit = self.limits.levels;
        self.made.sort_unstable();
        // The same change may come twice.
        self.made.dedup();
        let is_made = |object: &Object| {
            let found = self.made.binary_search_by_key(object, |made| made.object);
            found.is_ok()
        };
        if !self.touched.iter().all(is_made) {
            return Err(MALFORMED);
        }
        let mut outside: BTreeMap<Object, u64> = BTreeMap::new();
        let mut depths: Vec<Depth> = Vec::with_capacity(self.made.len());
        let mut before = ROOT;
        for made in &self.made {
            // One operation does not make an object in two places.
            if made.object == before {
                return Err(MALFORMED);
            }
            before = made.object;
            let depth = self.depth(made.inside, &depths);
            let levels = u64::from(depth.levels);
            if depth.below == ROOT {
                within(What::Levels, levels, limit)?;
            } else {
                // What lies outside is one deep at least.
                within(What::Levels, levels.saturating_add(1), limit)?;
                let deepest = outside.entry(depth.below).or_default();
                *deepest = levels.max(*deepest);
            }
            depths.push(depth);
        }
        let mut names: Vec<(u32, Vec<u8>)> = self
            .actors
            .into_iter()
            .map(|(actor, index)| (index, actor))
            .collect();
        names.sort_unstable();
        let nested = outside.into_iter().filter_map(|(object, levels)| {
            let (_, actor) = names.get(usize::try_from(object.actor).ok()?)?;
            Some(Nested {
                counter: u64::from(object.counter),
                actor: actor.clone(),
                levels,
            })
        });
        Ok(nested.collect())
    }

    /// The depth of an object inside `inside`; `depths` are those of everything older.
    fn depth(&self, inside: Object, depths: &[Depth]) -> Depth {
        let parent = self
            .made
            .binary_search_by_key(&inside, |made| made.object)
            .ok()
            .and_then(|index| depths.get(index));
        match parent {
            Some(parent) => Depth {
                below: parent.below,
                levels: parent.levels.saturating_add(1),
            },
            None => Depth {
                below: inside,
                levels: 1,
            },
        }
    }
}

const ROOT: Object = Object {
    counter: 0,
    actor: 0,
};

const MALFORMED: Refusal = Refusal::Malformed("object");

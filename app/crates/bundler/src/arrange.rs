//! Puts functions beside each other that look alike, so that a compressor says the second of them
//! in few bits: near at hand it finds more of what it has seen, and what it has learned fits longer.
//!
//! Invariant: the module does the same. Only the order of its functions changes, and with it the
//! numbers by which they are called.

use std::collections::HashMap;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

use crate::BundlerError;

/// So many bytes in a row that two functions share make them alike by one. Measured on the largest
/// piece: 3 to 7 differ by half a percent of it.
const RUN: usize = 4;

/// A run that more functions have says nothing of any two of them.
const COMMON: usize = 400;

/// The module with its functions in an order that compresses well: of the piece that draws a
/// workspace 501 kB are left as 483 by brotli.
///
/// # Errors
///
/// The bytes are no module of WebAssembly.
pub fn arrange(wasm: &[u8]) -> Result<Vec<u8>, BundlerError> {
    let failed = |problem: String| BundlerError::Arrange(problem);
    let mut imported = 0;
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.map_err(|problem| failed(problem.to_string()))? {
            Payload::ImportSection(section) => {
                let imports = section.into_imports().flatten();
                let functions = imports.filter(|import| matches!(import.ty, TypeRef::Func(_)));
                imported = functions.count();
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let mut arranged = Arranged::new(imported, order(&bodies));
    let mut module = Module::new();
    arranged
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|problem| failed(problem.to_string()))?;
    Ok(module.finish())
}

/// The numbers of `bodies`, each beside those that it is most like.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let runs: Vec<Vec<[u8; RUN]>> = bodies.iter().map(|body| runs(body)).collect();
    let mut chains = Chains::new(bodies.len());
    for (_, one, other) in likenesses(&runs) {
        chains.link(one, other);
    }
    chains.in_a_row()
}

/// Each run of bytes in `body`, once.
fn runs(body: &[u8]) -> Vec<[u8; RUN]> {
    let mut runs: Vec<_> = body.array_windows().copied().collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// How alike any two functions are that share an uncommon run, the most alike first: (runs of both
/// in runs of either, one, the other).
fn likenesses(runs: &[Vec<[u8; RUN]>]) -> Vec<(f64, usize, usize)> {
    let mut having: HashMap<[u8; RUN], Vec<usize>> = HashMap::new();
    for (function, runs) in runs.iter().enumerate() {
        for run in runs {
            having.entry(*run).or_default().push(function);
        }
    }
    let mut shared: HashMap<(usize, usize), u32> = HashMap::new();
    for functions in having.values().filter(|having| having.len() <= COMMON) {
        for (place, one) in functions.iter().enumerate() {
            for other in functions.iter().skip(place + 1) {
                *shared.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    let count = |function: usize| runs.get(function).map_or(0, Vec::len) as f64;
    let mut likenesses: Vec<_> = shared
        .into_iter()
        .map(|((one, other), shared)| {
            let shared = f64::from(shared);
            (shared / (count(one) + count(other) - shared), one, other)
        })
        .collect();
    // Two builds of the same module are the same, whatever order the map has.
    likenesses.sort_by(|(one, a, b), (other, c, d)| {
        other.total_cmp(one).then_with(|| (a, b).cmp(&(c, d)))
    });
    likenesses
}

/// Functions in rows that grow together: each has at most two neighbours, and no row closes.
struct Chains {
    neighbours: Vec<Vec<usize>>,
    /// One of the same row, nearer to the one that stands for all of it.
    leads: Vec<usize>,
}

impl Chains {
    fn new(functions: usize) -> Self {
        Self {
            neighbours: vec![Vec::new(); functions],
            leads: (0..functions).collect(),
        }
    }

    /// Puts both beside each other if each is still an end, and of another row.
    fn link(&mut self, one: usize, other: usize) {
        let is_end = |at: usize| self.neighbours.get(at).is_some_and(|all| all.len() < 2);
        if !is_end(one) || !is_end(other) {
            return;
        }
        let (row, joined) = (self.row(one), self.row(other));
        if row == joined {
            return;
        }
        for (at, neighbour) in [(one, other), (other, one)] {
            if let Some(all) = self.neighbours.get_mut(at) {
                all.push(neighbour);
            }
        }
        if let Some(lead) = self.leads.get_mut(joined) {
            *lead = row;
        }
    }

    /// The function that stands for the row of `at`.
    fn row(&mut self, mut at: usize) -> usize {
        while let Some(lead) = self.leads.get(at).copied().filter(|lead| *lead != at) {
            let next = self.leads.get(lead).copied().unwrap_or(lead);
            if let Some(shorter) = self.leads.get_mut(at) {
                *shorter = next;
            }
            at = next;
        }
        at
    }

    /// All rows one behind the other, in the order of their first ends.
    fn in_a_row(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.neighbours.len());
        let mut placed = vec![false; self.neighbours.len()];
        for (end, neighbours) in self.neighbours.iter().enumerate() {
            let mut next = (neighbours.len() < 2).then_some(end);
            while let Some(at) = next.filter(|at| placed.get(*at) == Some(&false)) {
                order.push(at);
                if let Some(placed) = placed.get_mut(at) {
                    *placed = true;
                }
                let beside = self.neighbours.get(at).into_iter().flatten();
                next = beside
                    .copied()
                    .find(|beside| placed.get(*beside) == Some(&false));
            }
        }
        order
    }
}

/// Writes a module with its functions in another order.
struct Arranged {
    imported: usize,
    /// The functions' former places, in their new order.
    order: Vec<usize>,
    /// Their new places, in their former order.
    places: Vec<usize>,
}

/// The module's sections do not agree about a function.
#[derive(Debug, thiserror::Error)]
#[error("there is no function {0}")]
struct NoFunction(usize);

impl Arranged {
    fn new(imported: usize, order: Vec<usize>) -> Self {
        let mut places: Vec<usize> = (0..order.len()).collect();
        // The first of them is then the place of what was first, and so on.
        places.sort_unstable_by_key(|place| order.get(*place).copied());
        Self {
            imported,
            order,
            places,
        }
    }

    /// What `all` has, in the new order.
    fn sorted<T: Clone>(&self, all: &[T]) -> Result<Vec<T>, Error<NoFunction>> {
        let at = |former: &usize| {
            let found = all.get(*former).cloned();
            found.ok_or(Error::UserError(NoFunction(*former)))
        };
        self.order.iter().map(at).collect()
    }
}

impl Reencode for Arranged {
    type Error = NoFunction;

    fn function_index(&mut self, of: u32) -> Result<u32, Error<NoFunction>> {
        let Some(own) = (of as usize).checked_sub(self.imported) else {
            return Ok(of);
        };
        let place = self.places.get(own);
        let place = place.and_then(|place| u32::try_from(self.imported + place).ok());
        place.ok_or(Error::UserError(NoFunction(own)))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<NoFunction>> {
        let types: Vec<u32> = section.into_iter().collect::<Result<_, _>>()?;
        for of in self.sorted(&types)? {
            functions.function(of);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<NoFunction>> {
        let bodies: Vec<_> = section.into_iter().collect::<Result<_, _>>()?;
        for body in self.sorted(&bodies)? {
            self.parse_function_body(code, body)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

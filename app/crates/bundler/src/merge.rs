//! Makes one module of several pieces that are always fetched together.
//!
//! A piece imports the app's memory, table and globals, and no functions: what it has and what it
//! needs of others goes by places in the table. So pieces are merged by putting their sections one
//! behind the other and counting on; the optimiser then turns calls through the table into calls.

use std::collections::HashMap;

use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, CustomSection, DataCountSection, DataSection, ElementSection, FunctionSection,
    ImportSection, Module, TypeSection,
};
use wasmparser::{Parser, Payload, TypeRef};

use crate::BundlerError;

/// The section that lists which features of WebAssembly a module uses.
const FEATURES: &str = "target_features";

/// One module that does what all of them do.
///
/// # Errors
///
/// One of them is no piece: it imports functions, or exports or starts something.
pub fn merge(pieces: &[&[u8]]) -> Result<Vec<u8>, BundlerError> {
    let mut merged = Merged::default();
    for piece in pieces {
        merged.add(piece).map_err(|problem| {
            BundlerError::Split(format!("pieces cannot be merged: {problem}"))
        })?;
    }
    Ok(merged.finish())
}

/// A piece names an import that it does not have.
#[derive(Debug, thiserror::Error)]
#[error("there is no import {0}")]
struct NoImport(u32);

/// What has been put together so far.
#[derive(Default)]
struct Merged {
    types: TypeSection,
    imports: ImportSection,
    functions: FunctionSection,
    elements: ElementSection,
    code: CodeSection,
    data: DataSection,
    features: Vec<u8>,
    /// The number of each import of the app's, by its name, and of each kind.
    imported: HashMap<(String, String), u32>,
    tables: u32,
    memories: u32,
    globals: u32,
}

/// The numbers that the things of one piece have in the merged module.
#[derive(Default)]
struct Renumbered {
    types: u32,
    functions: u32,
    elements: u32,
    data: u32,
    tables: Vec<u32>,
    memories: Vec<u32>,
    globals: Vec<u32>,
}

impl Merged {
    fn add(&mut self, piece: &[u8]) -> Result<(), String> {
        let mut numbers = Renumbered {
            types: self.types.len(),
            functions: self.functions.len(),
            elements: self.elements.len(),
            data: self.data.len(),
            ..Renumbered::default()
        };
        for payload in Parser::new(0).parse_all(piece) {
            self.section(payload.map_err(said)?, &mut numbers)?;
        }
        Ok(())
    }

    fn section(&mut self, payload: Payload<'_>, numbers: &mut Renumbered) -> Result<(), String> {
        match payload {
            Payload::TypeSection(section) => numbers
                .parse_type_section(&mut self.types, section)
                .map_err(said),
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    self.import(import.map_err(said)?, numbers)?;
                }
                Ok(())
            }
            Payload::FunctionSection(section) => numbers
                .parse_function_section(&mut self.functions, section)
                .map_err(said),
            Payload::ElementSection(section) => numbers
                .parse_element_section(&mut self.elements, section)
                .map_err(said),
            Payload::CodeSectionEntry(body) => numbers
                .parse_function_body(&mut self.code, body)
                .map_err(said),
            Payload::DataSection(section) => numbers
                .parse_data_section(&mut self.data, section)
                .map_err(said),
            // What the optimiser may use; the same in all pieces.
            Payload::CustomSection(section) if section.name() == FEATURES => {
                self.features = section.data().to_vec();
                Ok(())
            }
            Payload::ExportSection(section) if section.count() == 0 => Ok(()),
            // Counted anew; names are of no use any more.
            Payload::DataCountSection { .. }
            | Payload::CodeSectionStart { .. }
            | Payload::CustomSection(_)
            | Payload::Version { .. }
            | Payload::End(_) => Ok(()),
            other => Err(format!("a piece has no such section: {other:?}")),
        }
    }

    /// Imports each thing of the app's once.
    fn import(
        &mut self,
        import: wasmparser::Import<'_>,
        numbers: &mut Renumbered,
    ) -> Result<(), String> {
        let (count, list) = match import.ty {
            TypeRef::Table(_) => (&mut self.tables, &mut numbers.tables),
            TypeRef::Memory(_) => (&mut self.memories, &mut numbers.memories),
            TypeRef::Global(_) => (&mut self.globals, &mut numbers.globals),
            other => return Err(format!("{} is imported: {other:?}", import.name)),
        };
        let key = (import.module.to_owned(), import.name.to_owned());
        if let Some(known) = self.imported.get(&key) {
            list.push(*known);
            return Ok(());
        }
        list.push(*count);
        self.imported.insert(key, *count);
        *count += 1;
        RoundtripReencoder
            .parse_import(&mut self.imports, import)
            .map_err(said)
    }

    fn finish(self) -> Vec<u8> {
        let mut module = Module::new();
        module
            .section(&self.types)
            .section(&self.imports)
            .section(&self.functions)
            .section(&self.elements)
            .section(&DataCountSection {
                count: self.data.len(),
            })
            .section(&self.code)
            .section(&self.data)
            .section(&CustomSection {
                name: FEATURES.into(),
                data: self.features.into(),
            });
        module.finish()
    }
}

impl Reencode for Renumbered {
    type Error = NoImport;

    fn type_index(&mut self, of: u32) -> Result<u32, Error<NoImport>> {
        Ok(self.types + of)
    }

    fn function_index(&mut self, of: u32) -> Result<u32, Error<NoImport>> {
        Ok(self.functions + of)
    }

    fn element_index(&mut self, of: u32) -> Result<u32, Error<NoImport>> {
        Ok(self.elements + of)
    }

    fn data_index(&mut self, of: u32) -> Result<u32, Error<NoImport>> {
        Ok(self.data + of)
    }

    fn table_index(&mut self, of: u32) -> Result<u32, Error<NoImport>> {
        number(&self.tables, of)
    }

    fn memory_index(&mut self, of: u32) -> Result<u32, Error<NoImport>> {
        number(&self.memories, of)
    }

    fn global_index(&mut self, of: u32) -> Result<u32, Error<NoImport>> {
        number(&self.globals, of)
    }
}

fn number(numbers: &[u32], of: u32) -> Result<u32, Error<NoImport>> {
    let number = numbers.get(of as usize).copied();
    number.ok_or(Error::UserError(NoImport(of)))
}

fn said(problem: impl ToString) -> String {
    problem.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        ConstExpr, Elements, EntityType, Function, GlobalType, Instruction, MemoryType, RefType,
        TableType, ValType,
    };
    use wasmparser::{Operator, Validator};

    /// A piece with a function that calls itself and one that reads a global by another piece's
    /// number; the first of them stands in the table at `place`.
    fn piece(place: i32, more_imports: &[(&str, EntityType)]) -> Vec<u8> {
        let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
        types.ty().function([], []);
        let table = TableType {
            element_type: RefType::FUNCREF,
            minimum: 8,
            maximum: None,
            table64: false,
            shared: false,
        };
        let memory = MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        };
        imports.import("app", "memory", memory);
        imports.import("app", "table", table);
        for (name, thing) in more_imports {
            imports.import("app", name, *thing);
        }
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut elements = ElementSection::new();
        elements.active(
            None,
            &ConstExpr::i32_const(place),
            Elements::Functions([0].as_slice().into()),
        );
        let mut body = Function::new([]);
        body.instruction(&Instruction::Call(0));
        if !more_imports.is_empty() {
            body.instruction(&Instruction::GlobalGet(0));
            body.instruction(&Instruction::Drop);
        }
        body.instruction(&Instruction::End);
        let mut code = CodeSection::new();
        code.function(&body);
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(place), [7; 3]);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&elements)
            .section(&code)
            .section(&data);
        module.finish()
    }

    fn global(val_type: ValType) -> EntityType {
        EntityType::Global(GlobalType {
            val_type,
            mutable: false,
            shared: false,
        })
    }

    #[test]
    fn functions_of_a_merged_piece_call_their_own_and_imports_come_once() {
        let marker = [("marker", global(ValType::I32))];
        let other = [("other", global(ValType::I64))];
        let pieces = [piece(1, &marker), piece(4, &other), piece(6, &marker)];
        let pieces: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();

        let merged = merge(&pieces).unwrap();

        Validator::new().validate_all(&merged).unwrap();
        let (mut imports, mut calls, mut globals) = (Vec::new(), Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(&merged) {
            match payload.unwrap() {
                Payload::ImportSection(section) => {
                    imports.extend(section.into_imports().map(|import| import.unwrap().name));
                }
                Payload::CodeSectionEntry(body) => {
                    for operator in body.get_operators_reader().unwrap() {
                        match operator.unwrap() {
                            Operator::Call { function_index } => calls.push(function_index),
                            Operator::GlobalGet { global_index } => globals.push(global_index),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        assert_eq!(imports, ["memory", "table", "marker", "other"]);
        assert_eq!(calls, [0, 1, 2]);
        assert_eq!(globals, [0, 1, 0]);
    }

    #[test]
    fn what_is_no_piece_is_not_merged() {
        let imports_a_function = piece(0, &[("f", EntityType::Function(0))]);
        for foreign in [imports_a_function.as_slice(), b"\0asm", b"no module"] {
            assert!(merge(&[foreign]).is_err());
        }
    }
}

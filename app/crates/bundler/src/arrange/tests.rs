//! What an arranged module does, and in which order its functions stand.

use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    Function, FunctionSection, ImportSection, Instruction, Module, RefType, TableSection,
    TableType, TypeSection, ValType,
};
use wasmparser::{Operator, Parser, Payload, Validator};

use super::{arrange, order};

/// A module that imports a function and has one for each of `told`: it says those numbers one after
/// the other, calls the function behind it (the last one the first), and is exported as `f<place>`.
/// Odd ones take a number, so that the types differ; all stand in the table.
fn module(told: &[&[i32]]) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([], []);
    types.ty().function([ValType::I32], []);
    let mut imports = ImportSection::new();
    imports.import("page", "say", EntityType::Function(1));
    let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
    let mut exports = ExportSection::new();
    let count = told.len() as u32;
    for (place, numbers) in (0..).zip(told) {
        functions.function(place % 2);
        exports.export(&format!("f{place}"), ExportKind::Func, 1 + place);
        let mut body = Function::new([]);
        for number in *numbers {
            body.instruction(&Instruction::I32Const(*number));
            body.instruction(&Instruction::Call(0));
        }
        let behind = (place + 1) % count;
        if behind % 2 == 1 {
            body.instruction(&Instruction::I32Const(0));
        }
        body.instruction(&Instruction::Call(1 + behind));
        body.instruction(&Instruction::End);
        code.function(&body);
    }
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        minimum: count.into(),
        maximum: None,
        table64: false,
        shared: false,
    });
    let mut elements = ElementSection::new();
    let all: Vec<u32> = (1..=count).collect();
    elements.active(
        None,
        &ConstExpr::i32_const(0),
        Elements::Functions(all.into()),
    );
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&functions)
        .section(&tables)
        .section(&exports)
        .section(&elements)
        .section(&code);
    module.finish()
}

/// What can be seen of a module from outside: for each export in their order, the numbers that it
/// says and the export that it calls; and the exports in the order of the table.
fn behaviour(wasm: &[u8]) -> (Vec<(Vec<i32>, String)>, Vec<String>) {
    let (mut names, mut table, mut bodies) = (Vec::new(), Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.unwrap() {
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export.unwrap();
                    names.push((export.name.to_owned(), export.index));
                }
            }
            Payload::ElementSection(section) => {
                for element in section {
                    if let wasmparser::ElementItems::Functions(all) = element.unwrap().items {
                        table.extend(all.into_iter().map(Result::unwrap));
                    }
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body),
            _ => {}
        }
    }
    let name = |number: u32| {
        let found = names.iter().find(|(_, function)| *function == number);
        found.unwrap().0.clone()
    };
    let said = names.iter().map(|(_, number)| {
        let body = &bodies[*number as usize - 1];
        let (mut numbers, mut called) = (Vec::new(), String::new());
        let operators: Vec<_> = body.get_operators_reader().unwrap().into_iter().collect();
        for operator in operators {
            match operator.unwrap() {
                Operator::I32Const { value } => numbers.push(value),
                Operator::Call { function_index } if function_index > 0 => {
                    called = name(function_index);
                }
                _ => {}
            }
        }
        (numbers, called)
    });
    (
        said.collect(),
        table.iter().map(|number| name(*number)).collect(),
    )
}

#[test]
fn an_arranged_module_does_what_it_did_with_alike_functions_beside_each_other() {
    let (one, other) = ([1, 2, 3, 4, 5], [70, 80, 90, 100]);
    let told: [&[i32]; 6] = [&one, &other, &[9], &one, &one, &other];
    let before = module(&told);

    let after = arrange(&before).unwrap();

    Validator::new().validate_all(&after).unwrap();
    assert_eq!(behaviour(&after), behaviour(&before));
    assert_ne!(after, before);
}

#[test]
fn each_function_stands_beside_the_one_it_is_most_like() {
    let bodies: [&[u8]; 6] = [
        b"mend the roof of it",
        b"0123456789 abcdefgh",
        b"?",
        b"mend the roof of that",
        b"0123456789 abcdefghi",
        b"then mend the roof of it",
    ];
    assert_eq!(order(&bodies), [1, 4, 2, 3, 0, 5]);
}

#[test]
fn the_order_has_every_function_once_whatever_they_are() {
    arbtest::arbtest(|u| {
        let bodies: Vec<Vec<u8>> = u.arbitrary()?;
        let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
        let mut order = order(&bodies);
        order.sort_unstable();
        assert!(order.into_iter().eq(0..bodies.len()));
        Ok(())
    })
    .budget_ms(1000);
}

#[test]
fn what_is_no_module_is_not_arranged() {
    let cut = &module(&[&[1], &[2]])[..40];
    for foreign in [b"no module".as_slice(), b"", cut] {
        assert!(arrange(foreign).is_err());
    }
}

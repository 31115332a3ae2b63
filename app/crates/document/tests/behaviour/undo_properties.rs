//! Undo against any history.

use std::collections::BTreeMap;

use arbtest::arbitrary::{Result, Unstructured};
use automerge::{ObjType, ROOT, ReadDoc, Value};
use document::{Anchor, Command, Context, ProductDocument};

use super::support::{
    AT, add, delete, exchange, field, likely_command, place, product, run, splice, text, visible,
};

/// D27, D28, D29, D30: alone, undo goes back through everything that was seen, and redo forth.
#[test]
fn undo_then_redo_is_identity_when_alone() {
    arbtest::arbtest(|u| {
        let mut ada = product("ada", 1);
        let mut seen = vec![visible(&ada)];
        for gesture in 0..u.int_in_range(1..=8)? {
            let before = ada.heads();
            for _ in 0..u.int_in_range(1..=3)? {
                let command = likely_command(u)?;
                // A lock is no gesture: it stays while what is around it is undone.
                if !matches!(command, Command::LockExperiment { .. }) {
                    drop(ada.execute(&command, Context { at: AT, gesture }));
                }
            }
            if ada.heads() != before {
                seen.push(visible(&ada));
            }
        }
        let whole = ada.graph();

        let last = seen.len() - 1;
        let mut here = last;
        let back: Vec<usize> = vec![
            0,
            u.int_in_range(0..=last)?,
            u.int_in_range(0..=last)?,
            last,
        ];
        for there in back {
            while here != there {
                let outcome = if there < here {
                    ada.undo(AT)
                } else {
                    ada.redo(AT)
                };
                here = if there < here { here - 1 } else { here + 1 };
                assert_eq!(outcome.unwrap().unwrap().skipped, 0);
                assert_eq!(visible(&ada), seen[here]);
            }
        }
        assert!(!ada.can_redo());
        assert_eq!(ada.graph(), whole);
        Ok(())
    })
    .budget_ms(1000);
}

/// D28, D29: Ada writes in small letters and Ben in capitals. Whatever she undoes and redoes, the
/// values that were his before are his afterwards, and his letters are there in their order. Undo
/// may bring letters of his back that she had deleted; redo may delete those again.
#[test]
fn undo_never_touches_another_authors_later_value() {
    arbtest::arbtest(|u| {
        let (mut ada, mut ben) = (product("ada", 1), product("ben", 2));
        for (gesture, id) in ["a", "b"].into_iter().enumerate() {
            run(&mut ada, gesture as u64, add(id, "abc"));
        }
        exchange(&mut ada, &mut ben);
        let deletes = u.arbitrary()?;
        for gesture in 10..u.int_in_range(10..=40)? {
            let before = of_ben(&ada);
            match u.int_in_range(0..=6)? {
                0 | 1 => write(&mut ada, gesture / 2, u, "xy", deletes)?,
                2 | 3 => write(&mut ben, gesture, u, "XY", false)?,
                4 => exchange(&mut ada, &mut ben),
                5 => {
                    drop(ada.undo(AT).unwrap());
                    before.check_kept(&of_ben(&ada));
                }
                _ => {
                    drop(ada.redo(AT).unwrap());
                    before.check_scalars_kept(&of_ben(&ada));
                    assert!(deletes || before.letters == of_ben(&ada).letters);
                }
            }
        }
        Ok(())
    })
    .budget_ms(1000);
}

fn write(
    product: &mut ProductDocument,
    gesture: u64,
    u: &mut Unstructured<'_>,
    letters: &str,
    deletes: bool,
) -> Result<()> {
    let id = *u.choose(&["a", "b"])?;
    let length = text(product, id).encode_utf16().count();
    let command = match u.int_in_range(0..=5)? {
        0 => field(id, "colour", u.choose(&["red", "blue"])?),
        1 => place(id, u.choose(&["problem", "solution"])?, Anchor::First),
        2 => delete(id),
        3 => Command::RenameWorkspace {
            name: letters.to_owned(),
        },
        _ => {
            let at = u.int_in_range(0..=length)?;
            let delete = if deletes {
                u.int_in_range(0..=length - at)?
            } else {
                0
            };
            splice(id, at, delete, letters)
        }
    };
    drop(product.execute(&command, Context { at: AT, gesture }));
    Ok(())
}

/// The scalars that Ben wrote last, by path, and his letters, by note.
#[derive(Debug)]
struct OfBen {
    scalars: BTreeMap<String, String>,
    letters: BTreeMap<&'static str, String>,
}

fn of_ben(product: &ProductDocument) -> OfBen {
    let mut scalars = BTreeMap::new();
    product.peek(|document| {
        let mut objects = vec![(String::new(), ROOT)];
        while let Some((path, object)) = objects.pop() {
            for key in document.keys(&object) {
                let path = format!("{path}/{key}");
                match document.get(&object, &key).unwrap().unwrap() {
                    (Value::Object(ObjType::Map), id) => objects.push((path, id)),
                    (Value::Scalar(value), automerge::ObjId::Id(_, actor, _)) => {
                        let author = document.get_author_for_actor(&actor);
                        if author.is_some_and(|author| author.as_bytes() == b"ben") {
                            scalars.insert(path, value.to_string());
                        }
                    }
                    _ => {}
                }
            }
        }
    });
    let capitals = |id| {
        text(product, id)
            .chars()
            .filter(|letter| letter.is_uppercase())
            .collect()
    };
    OfBen {
        scalars,
        letters: ["a", "b"].map(|id| (id, capitals(id))).into(),
    }
}

impl OfBen {
    fn check_kept(&self, after: &OfBen) {
        self.check_scalars_kept(after);
        for (id, letters) in &self.letters {
            let mut now = after.letters[id].chars();
            assert!(
                letters.chars().all(|letter| now.any(|now| now == letter)),
                "{self:?} {after:?}"
            );
        }
    }

    fn check_scalars_kept(&self, after: &OfBen) {
        for (path, value) in &self.scalars {
            assert_eq!(after.scalars.get(path), Some(value), "{path}");
        }
    }
}

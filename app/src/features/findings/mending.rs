//! The buttons that mend a finding: what a remedy says, as commands.
//!
//! What a person must choose or write opens where it is chosen or written.

use std::collections::BTreeMap;

use document::{Command, NewLink};
use domain::catalogue::DEFINITION;
use domain::check::{Finding, Preset, Remedy, SUPERSEDES};
use domain::experiment::{LOCK, LOCK_BROKEN, LOCKED_PLAN, TESTED_BY};
use domain::{EntityId, FieldValue, KindId, LinkId, LinkKindId, catalogue};
use leptos::prelude::*;
use workspace::{Dialog, Session};

use crate::features::new_note;
use crate::i18n::{language, t, tf};

/// A button: its words, and what pressing it does.
pub(super) type Mending = (String, Box<dyn Fn()>);

/// What an experiment that is planned anew does not take over: how the former one went.
const COURSE: [&str; 9] = [
    "status",
    "stopped-early",
    "starts",
    "ends",
    "done-on",
    "cost",
    LOCK,
    LOCKED_PLAN,
    LOCK_BROKEN,
];

/// What mends the finding; nothing where it names nothing that could be mended.
pub(super) fn mending(session: &Session, finding: &Finding) -> Vec<Mending> {
    let subject = finding.subjects.first().cloned();
    let (session, acting) = (session.clone(), session.clone());
    let run = move |command: Command| {
        acting.dispatch_asking(command, |_| ());
    };
    match (&finding.remedy, subject) {
        (Remedy::RemoveLink(link), _) => {
            let id = link.clone();
            let remove = move || run(Command::RemoveLink { id: id.clone() });
            one("findings.mend.remove_link", remove)
        }
        (Remedy::Delete(ids), _) => {
            let ids = ids.clone();
            one("findings.mend.delete", move || {
                run(Command::Delete { ids: ids.clone() })
            })
        }
        (Remedy::Add { kind, with }, _) => {
            vec![adding(&session, kind, preset(with), |_| None)]
        }
        (Remedy::AddTo { kind, field, of }, _) => {
            let named = ((*field).to_owned(), FieldValue::Text(of.to_string()));
            vec![adding(&session, kind, [named].into(), |_| None)]
        }
        (Remedy::Link { at, .. }, subject) => {
            let here = at.clone().or(subject);
            here.map_or_else(Vec::new, |here| linking(&session, &finding.remedy, &here))
        }
        (_, None) => Vec::new(),
        (Remedy::Move(_), Some(id)) => one("findings.mend.move", move || {
            session.open(Dialog::MoveTo(id.clone()));
        }),
        (Remedy::Enter(field), Some(id)) => {
            let opened = if field == DEFINITION {
                Dialog::EditCanvas(id)
            } else {
                Dialog::Field(id, field.clone())
            };
            one("findings.mend.enter", move || session.open(opened.clone()))
        }
        (Remedy::Set(field, value), Some(id)) => {
            let (field, value) = (field.clone(), value.clone());
            let set = move || {
                run(Command::SetField {
                    id: id.clone(),
                    field: field.clone(),
                    value: value.clone(),
                });
            };
            one("findings.mend.set", set)
        }
        (Remedy::Lock, Some(id)) => one("verdict.lock", move || {
            run(Command::LockExperiment { id: id.clone() })
        }),
        (Remedy::Renew, Some(id)) => one("findings.mend.renew", move || renew(&session, &id)),
    }
}

fn one(key: &str, action: impl Fn() + 'static) -> Vec<Mending> {
    vec![(t(key), Box::new(action))]
}

/// An existing note at the other end, or a new one.
fn linking(session: &Session, remedy: &Remedy, here: &EntityId) -> Vec<Mending> {
    let Remedy::Link {
        link,
        is_outgoing,
        kinds,
        with,
        ..
    } = remedy
    else {
        return Vec::new();
    };
    let (link, is_outgoing) = (LinkKindId::from(*link), *is_outgoing);
    let choose = {
        let (session, here, link) = (session.clone(), here.clone(), link.clone());
        move || {
            session.open(Dialog::Relate {
                id: here.clone(),
                link: link.clone(),
                inverse: !is_outgoing,
            });
        }
    };
    let new = kinds.first().map(|kind| {
        let (here, asking) = (here.clone(), session.clone());
        adding(session, kind, preset(with), move |id| {
            let (from, to) = if is_outgoing {
                (here.clone(), id.clone())
            } else {
                (id.clone(), here.clone())
            };
            Some(NewLink {
                id: LinkId::from(asking.workspace().environment().id()),
                kind: link.clone(),
                from,
                to,
            })
        })
    });
    let mut mends = one("findings.mend.link", choose);
    mends.extend(new);
    mends
}

/// The values that what is made must have.
fn preset(with: Preset) -> BTreeMap<String, FieldValue> {
    let text = |value: &str| FieldValue::Text(value.to_owned());
    let fields = with.iter();
    fields
        .map(|(field, value)| ((*field).to_owned(), text(value)))
        .collect()
}

/// Makes what is missing, with its link, and opens it to be filled in.
fn adding(
    session: &Session,
    kind: &'static str,
    fields: BTreeMap<String, FieldValue>,
    link: impl Fn(&EntityId) -> Option<NewLink> + 'static,
) -> Mending {
    let session = session.clone();
    let kind = KindId::from(kind);
    let title = catalogue::kind(&kind).map_or_else(String::new, |known| {
        known.title.text(language().code()).to_owned()
    });
    let add = move || {
        let id = EntityId::from(session.workspace().environment().id());
        let links: Vec<NewLink> = link(&id).into_iter().collect();
        let commands = new_note(&id, &kind, String::new(), fields.clone(), links);
        if session.dispatch_together(commands).is_ok() {
            session.open(Dialog::Details(id));
        }
    };
    let words = tf("findings.mend.add", &[("kind", &title)]);
    (words, Box::new(add))
}

/// Another experiment of the same plan, for the same claims, in the place of this one.
fn renew(session: &Session, id: &EntityId) {
    let projection = session.workspace().projection();
    let Some(note) = projection.note(id) else {
        return;
    };
    let body = note.body.get_untracked();
    let mut fields: BTreeMap<String, FieldValue> = body
        .fields
        .iter()
        .filter(|(field, _)| !COURSE.contains(&field.as_str()))
        .map(|(field, value)| (field.to_owned(), value.clone()))
        .collect();
    fields.insert("status".to_owned(), FieldValue::Text("planned".to_owned()));
    let fresh = || session.workspace().environment().id();
    let anew = EntityId::from(fresh());
    let mut links = vec![NewLink {
        id: LinkId::from(fresh()),
        kind: SUPERSEDES.into(),
        from: anew.clone(),
        to: id.clone(),
    }];
    let around = projection.links_of(id).get_untracked();
    for (_, link) in around {
        if link.kind == *TESTED_BY && link.to == *id {
            links.push(NewLink {
                id: LinkId::from(fresh()),
                kind: TESTED_BY.into(),
                from: link.from.clone(),
                to: anew.clone(),
            });
        }
    }
    let commands = new_note(&anew, &body.kind, body.text.clone(), fields, links);
    if session.dispatch_together(commands).is_ok() {
        session.open(Dialog::Details(anew));
    }
}

//! The view "Findings": what the checks have found, each with its explanation, its source and the
//! command that mends it.

use std::collections::BTreeMap;

use document::Command;
use domain::check::{CheckBook, Finding, Remedy, Severity};
use domain::{EntityId, FieldValue, KindId};
use leptos::prelude::*;
use workspace::{Dialog, Session};

use crate::features::{UseFigures, first_line, note_words, use_figures, use_session};
use crate::i18n::{language, t, tn};
use crate::ui::{Button, ButtonLook, EmptyState, Icon, IconName};

/// What the checks have found, the gravest first.
#[component]
pub(crate) fn FindingsView(
    /// The id of the heading, which names the main region.
    heading: &'static str,
) -> impl IntoView {
    let session = use_session();
    let figures = use_figures(&session);
    let content = move || list(&session, &figures);
    view! {
        <header class="view-head">
            <h1 id=heading class="view-title" data-page-heading="" tabindex="-1">{move || t("views.findings")}</h1>
            <p class="view-purpose">{move || t("findings.purpose")}</p>
        </header>
        {content}
    }
}

fn list(session: &Session, figures: &UseFigures) -> AnyView {
    figures.get().watch_all();
    // The figures' index serves the checks as well: it is not built a second time.
    let mut found: Vec<Finding> = figures.get().with(|_, book| {
        let checks = CheckBook::new(book.index(), book.today());
        checks.findings(book.index()).into_iter().cloned().collect()
    });
    domain::compact::sort_by(&mut found, |a, b| a.check.severity.cmp(&b.check.severity));
    if found.is_empty() {
        return view! {
            <EmptyState
                icon=IconName::CircleCheck
                title=move || t("findings.none")
                detail=Signal::derive(|| Some(t("findings.none_more")))
            />
        }
        .into_any();
    }
    let count = found.len();
    let rows: Vec<AnyView> = found
        .into_iter()
        .map(|finding| row(session, finding))
        .collect();
    view! {
        <p class="findings-count" role="status">{tn("findings.count", count)}</p>
        <ul class="findings" role="list" data-region="" aria-label=t("views.findings")>{rows}</ul>
    }
    .into_any()
}

fn row(session: &Session, finding: Finding) -> AnyView {
    let code = language().code();
    let check = finding.check;
    let (icon, severity) = match check.severity {
        Severity::Error => (IconName::CircleAlert, "findings.error"),
        Severity::Warning => (IconName::TriangleAlert, "findings.warning"),
        Severity::Hint => (IconName::Info, "findings.hint"),
    };
    let subjects: Vec<AnyView> = finding
        .subjects
        .iter()
        .map(|id| {
            let (opening, subject) = (session.clone(), id.clone());
            let words = note_words(session, id);
            let words = first_line(&words);
            view! {
                <li>
                    <button type="button" class="details-other" on:click=move |_| opening.open(Dialog::Details(subject.clone()))>{words}</button>
                </li>
            }
            .into_any()
        })
        .collect();
    let mend = mending(session, &finding).map(|(label, action)| {
        view! { <Button label=move || t(label) look=ButtonLook::Plain on_press=action/> }
    });
    let source = match check.source.url {
        "" => view! { <span>{check.source.title}</span> }.into_any(),
        url => {
            view! { <a href=url target="_blank" rel="noopener">{check.source.title}</a> }.into_any()
        }
    };
    view! {
        <li class="finding" data-check=check.id data-severity=check.severity.name()>
            <p class="finding-title">
                <Icon name=icon/>
                <span class="ui-hidden">{t(severity)}</span>
                <strong>{check.title(code)}</strong>
            </p>
            <p>{finding.message(code)}</p>
            {(!subjects.is_empty()).then(|| view! { <ul class="finding-subjects" role="list">{subjects}</ul> })}
            <p class="ui-hint">{source} " · " {check.method}</p>
            {mend}
        </li>
    }
    .into_any()
}

/// The key of a button's words, and what pressing it does.
type Mending = (&'static str, Box<dyn Fn()>);

/// What mends the finding. What a person must choose or write opens where it is chosen or written.
fn mending(session: &Session, finding: &Finding) -> Option<Mending> {
    let subject = finding.subjects.first().cloned();
    let session = session.clone();
    let run = {
        let session = session.clone();
        move |command: Command| {
            // A refusal has been told in a toast.
            let _ = session.dispatch(command);
        }
    };
    Some(match (&finding.remedy, subject) {
        (Remedy::RemoveLink(link), _) => {
            let link = link.clone();
            (
                "findings.mend.remove_link",
                Box::new(move || run(Command::RemoveLink { id: link.clone() })),
            )
        }
        (Remedy::Add { kind, field }, subject) => {
            let (kind, field) = (*kind, *field);
            (
                "findings.mend.add",
                Box::new(move || add(&session, kind, field, subject.as_ref())),
            )
        }
        (_, None) => return None,
        (Remedy::Link { .. }, Some(id)) => (
            "findings.mend.link",
            Box::new(move || session.open(Dialog::Link(id.clone()))),
        ),
        (Remedy::Enter(_), Some(id)) => (
            "findings.mend.enter",
            Box::new(move || session.open(Dialog::Details(id.clone()))),
        ),
        (Remedy::Set(field, value), Some(id)) => {
            let (field, value) = (field.clone(), value.clone());
            (
                "findings.mend.set",
                Box::new(move || {
                    run(Command::SetField {
                        id: id.clone(),
                        field: field.clone(),
                        value: value.clone(),
                    });
                }),
            )
        }
        (Remedy::Lock, Some(id)) => (
            "verdict.lock",
            Box::new(move || run(Command::LockExperiment { id: id.clone() })),
        ),
        (Remedy::Duplicate, Some(id)) => (
            "findings.mend.duplicate",
            Box::new(move || duplicate(&session, &id)),
        ),
        (Remedy::Delete, Some(id)) => (
            "findings.mend.delete",
            Box::new(move || {
                run(Command::Delete {
                    ids: vec![id.clone()],
                });
            }),
        ),
    })
}

/// Makes what is missing, tied to the subject, and opens it to be filled in.
fn add(session: &Session, kind: &str, field: &str, subject: Option<&EntityId>) {
    let id = EntityId::from(session.workspace().environment().id());
    let mut fields = BTreeMap::new();
    if let Some(subject) = subject.filter(|_| !field.is_empty()) {
        fields.insert(field.to_owned(), FieldValue::Text(subject.to_string()));
    }
    let command = Command::AddEntity {
        id: id.clone(),
        kind: KindId::from(kind),
        text: String::new(),
        fields,
        links: Vec::new(),
    };
    if session.dispatch(command).is_ok() {
        session.open(Dialog::Details(id));
    }
}

/// The copy stands beside the original, on a canvas where that stands.
fn duplicate(session: &Session, id: &EntityId) {
    let note = session.workspace().projection().note(id);
    let canvas = note.and_then(|note| {
        let places = note.places.get_untracked();
        places.keys().next().cloned()
    });
    let copy = EntityId::from(session.workspace().environment().id());
    let Some(canvas) = canvas else {
        session.open(Dialog::Details(id.clone()));
        return;
    };
    let command = Command::Duplicate {
        id: id.clone(),
        copy: copy.clone(),
        canvas,
    };
    if session.dispatch(command).is_ok() {
        session.open(Dialog::Details(copy));
    }
}

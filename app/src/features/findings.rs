//! The view "Findings": what the checks have found, each with its explanation, its source and the
//! command that mends it.

mod mending;

use domain::check::{CheckBook, Finding, Part, Severity, ages};
use domain::figure::Figure;
use leptos::prelude::*;
use workspace::{Dialog, Session};

use crate::features::{
    UseFigures, canvas_problem, first_line, list_of_figures, misfit_words, note_words, use_figures,
    use_session,
};
use crate::i18n::{language, t, tn};
use crate::ui::{Button, ButtonLook, EmptyState, Icon, IconName};
use mending::mending;

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
    let (mut found, age): (Vec<Finding>, Option<Figure>) = figures.get().with(|_, book| {
        let (index, today) = (book.index(), book.today());
        let checks = CheckBook::new(index, today);
        let found = checks.findings(index);
        let age = ages(&found, index, today);
        (found.into_iter().cloned().collect(), age)
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
        <section class="canvas-figures">{list_of_figures(session, figures, None, age.into_iter().collect())}</section>
    }
    .into_any()
}

/// A part of a finding; what is wrong in detail in the words that the interface has for it.
fn said(part: &Part) -> String {
    match part {
        Part::Misfit(misfit) => misfit_words(misfit),
        Part::Canvas(error) => canvas_problem(error),
        other => other.text(language().code()),
    }
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
    // Drawn anew when the role changes, as the whole list is.
    let possible = session.may_edit();
    let mends: Vec<AnyView> = possible
        .then(|| mending(session, &finding))
        .into_iter()
        .flatten()
        .map(|(label, action)| {
            view! { <Button label=label look=ButtonLook::Plain on_press=action/> }.into_any()
        })
        .collect();
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
            <p>{finding.message_said(code, said)}</p>
            {(!subjects.is_empty()).then(|| view! { <ul class="finding-subjects" role="list">{subjects}</ul> })}
            <p class="ui-hint">{source} " · " {check.method}</p>
            {(!mends.is_empty()).then(|| view! { <p class="finding-mends">{mends}</p> })}
        </li>
    }
    .into_any()
}

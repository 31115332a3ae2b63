//! Opening a workspace by its link, its `automerge:` address or its bare id.

use leptos::prelude::*;
use sync::DocumentId;

use super::Starting;
use crate::i18n::t;
use crate::ui::{Button, TextField};

/// The form "Open by link".
#[component]
pub(super) fn OpenLink(
    /// What the page's parts share.
    starting: Starting,
) -> impl IntoView {
    let link = RwSignal::new(String::new());
    let error = RwSignal::new(None::<&'static str>);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match document_in(&link.get_untracked()) {
            Ok(id) => starting.open.run(id),
            Err(problem) => error.set(Some(problem.key())),
        }
    };
    view! {
        <form class="start-link" on:submit=submit novalidate=true>
            <TextField
                label=move || t("start.link")
                value=link
                hint=Signal::derive(|| Some(t("start.link_hint")))
                error=Signal::derive(move || error.get().map(t))
            />
            <Button label=move || t("start.open") submit=true/>
        </form>
    }
}

/// Why a text leads to no workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    Empty,
    NoWorkspace,
    Damaged,
}

impl Problem {
    const fn key(self) -> &'static str {
        match self {
            Self::Empty => "start.link_empty",
            Self::NoWorkspace => "start.link_none",
            Self::Damaged => "start.link_damaged",
        }
    }
}

/// The workspace that a link names. The server in a link does not matter: the id does.
fn document_in(text: &str) -> Result<DocumentId, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Empty);
    }
    let id = match text.split_once("/w/") {
        Some((_, rest)) => rest,
        None if text.starts_with("automerge:") || !text.contains(['/', '.', ' ', ':']) => text,
        None => return Err(Problem::NoWorkspace),
    };
    DocumentId::from_url(id).map_err(|_| Problem::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> DocumentId {
        DocumentId::from_bytes([42; 16])
    }

    fn check(text: &str, expected: Result<DocumentId, Problem>) {
        assert_eq!(document_in(text), expected, "{text}");
    }

    #[test]
    fn a_link_an_address_and_a_bare_id_lead_to_the_workspace() {
        let id = id();
        check(&format!("https://example.org/w/{id}"), Ok(id));
        check(
            &format!(" http://10.0.0.5:4280/w/{id}/business-model-canvas#key \n"),
            Ok(id),
        );
        check(&format!("/w/{id}?from=mail"), Ok(id));
        check(&id.to_url(), Ok(id));
        check(&id.to_string(), Ok(id));
    }

    #[test]
    fn what_leads_nowhere_is_told_apart() {
        check("  ", Err(Problem::Empty));
        check("https://example.org/about", Err(Problem::NoWorkspace));
        check("the link from yesterday", Err(Problem::NoWorkspace));
        let mut cut = id().to_string();
        cut.pop();
        check(&cut, Err(Problem::Damaged));
        check(&format!("automerge:{cut}"), Err(Problem::Damaged));
    }
}

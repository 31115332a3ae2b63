//! Opening a workspace by its link, its `automerge:` address or its bare id.

use domain::CanvasId;
use leptos::prelude::*;
use sync::DocumentId;

use super::{Destination, Starting};
use crate::i18n::t;
use crate::platform::keyring;
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
        match destination_in(&link.get_untracked()) {
            Ok((destination, key)) => {
                if let Some(key) = key {
                    keyring::arrived(destination.document, key);
                }
                starting.open.run(destination);
            }
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

/// The workspace that a link names, the view if it names one, and its key if it has one. The server
/// in a link does not matter: the id does.
fn destination_in(text: &str) -> Result<(Destination, Option<String>), Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Empty);
    }
    let id = match text.split_once("/w/") {
        Some((_, rest)) => rest,
        None if text.starts_with("automerge:") || !text.contains(['/', '.', ' ', ':']) => text,
        None => return Err(Problem::NoWorkspace),
    };
    let document = DocumentId::from_url(id).map_err(|_| Problem::Damaged)?;
    let path = id.split(['?', '#']).next().unwrap_or_default();
    let view = path.split('/').nth(1).filter(|view| !view.is_empty());
    let fragment = id.split_once('#').map(|(_, fragment)| fragment);
    let key = fragment.and_then(keyring::key_in).map(str::to_owned);
    let destination = Destination {
        document,
        view: view.map(CanvasId::from),
    };
    Ok((destination, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> DocumentId {
        DocumentId::from_bytes([42; 16])
    }

    fn check(text: &str, expected: Result<DocumentId, Problem>) {
        assert_eq!(
            destination_in(text),
            expected.map(|id| (Destination::from(id), None)),
            "{text}"
        );
    }

    #[test]
    fn a_link_an_address_and_a_bare_id_lead_to_the_workspace() {
        let id = id();
        check(&format!("https://example.org/w/{id}"), Ok(id));
        check(&format!("/w/{id}?from=mail"), Ok(id));
        check(&id.to_url(), Ok(id));
        check(&id.to_string(), Ok(id));
    }

    #[test]
    fn the_view_in_a_link_is_kept() {
        let destination = Destination {
            document: id(),
            view: Some("business-model-canvas".into()),
        };
        let link = format!(
            " http://10.0.0.5:4280/w/{}/business-model-canvas?from=mail#key \n",
            id()
        );
        assert_eq!(destination_in(&link), Ok((destination, None)));
    }

    #[test]
    fn the_key_of_a_link_comes_with_it() {
        let key = "1".repeat(32);
        let link = format!("https://example.org/w/{}#{key}", id());
        let expected = (Destination::from(id()), Some(key));
        assert_eq!(destination_in(&link), Ok(expected));
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

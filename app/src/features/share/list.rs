//! The list "Links": everything that opens the workspace.

use std::collections::HashMap;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use workspace::Role;

use super::Sharing;
use super::row::Row;
use super::wording;
use crate::i18n::t;
use crate::platform::Node;
use crate::platform::api::{ApiError, Link};
use crate::ui::{Banner, Button, Tone, focus, unique_id};

/// The workspace's links, as the server told them last.
#[derive(Clone)]
pub(super) struct Links {
    node: Node,
    list: RwSignal<Option<Result<Vec<Link>, ApiError>>>,
    /// What was done to one of them last, in words.
    done: RwSignal<Option<String>>,
}

impl Links {
    /// Not read yet.
    pub(super) fn new(node: &Node) -> Self {
        Self {
            node: node.clone(),
            list: RwSignal::new(None),
            done: RwSignal::new(None),
        }
    }

    /// Asks the server; what is in sight stays until it has answered.
    pub(super) fn read_again(&self) {
        let links = self.clone();
        spawn_local(async move { links.read().await });
    }

    async fn read(&self) {
        let answer = self.node.links().await;
        // The dialog may have been closed meanwhile.
        let _ = self.list.try_set(Some(answer));
    }

    /// Says what was done to a link, in sight and aloud, and draws the list anew: the focus, whose
    /// button goes with its row, comes to the row in its place.
    pub(super) async fn changed(&self, link: &str, said: RwSignal<Option<String>>, words: String) {
        let at = self.list.try_with_untracked(|list| match list {
            Some(Ok(links)) => links.iter().position(|it| it.id == link),
            Some(Err(_)) | None => None,
        });
        let _ = said.try_set(Some(words.clone()));
        if self.done.try_set(Some(words)).is_some() {
            // The dialog was closed meanwhile.
            return;
        }
        self.read().await;
        // Whoever has gone on to another part of the dialog stays there.
        let left = document().active_element().is_some_and(|focused| {
            focused.tag_name() != "BODY" && !matches!(focused.closest(".share-links"), Ok(Some(_)))
        });
        if left {
            return;
        }
        let at = at.flatten().unwrap_or_default();
        focus::take_place(
            ".share-row-actions > :first-child",
            at,
            ".share-links button, .ui-dialog[open] > .ui-dialog-close button",
        );
    }
}

/// The list.
#[component]
pub(super) fn LinkList(
    /// What the parts of the dialog share.
    sharing: Sharing,
) -> impl IntoView {
    sharing.links.read_again();
    let heading = unique_id("links");
    let (list, again) = (sharing.links.list, sharing.links.clone());
    let (done, said) = (sharing.links.done, sharing.said);
    // Until something else is said.
    let done = move || {
        let words = done
            .get()
            .filter(|words| said.get().as_ref() == Some(words));
        words.map(|words| view! { <p class="ui-hint">{words}</p> })
    };
    let problem = move || match list.get() {
        Some(Err(error)) => {
            let again = again.clone();
            let (title, more) = wording::problem(error);
            Some(view! {
                <Banner tone=Tone::Warning title=title detail=Signal::stored(Some(more))>
                    <Button label=move || t("share.try_again") on_press=move || again.read_again()/>
                </Banner>
            })
        }
        Some(Ok(_)) | None => None,
    };
    let links = move || match list.get() {
        Some(Ok(links)) => named(links, wording::role),
        Some(Err(_)) | None => Vec::new(),
    };
    let is_empty = move || {
        list.with(|list| match list {
            Some(Ok(links)) => links.is_empty(),
            Some(Err(_)) => false,
            None => true,
        })
    };
    view! {
        <section class="share-links" hidden=is_empty>
            <h3 id=heading.clone()>{move || t("share.links")}</h3>
            {done}
            {problem}
            <ul role="list" aria-labelledby=heading>
                // A link that was changed is drawn anew.
                <For each=links key=|(name, link)| (name.clone(), state(link)) let((name, link))>
                    <Row sharing=sharing.clone() link=link name=name/>
                </For>
            </ul>
        </section>
    }
}

/// Each link with what it is called: its label, else its role. Of several that are called the same, all
/// but the first have a number: nobody shall revoke another than they mean.
fn named(links: Vec<Link>, role: impl Fn(Role) -> String) -> Vec<(String, Link)> {
    let mut times: HashMap<String, usize> = HashMap::new();
    let name = |link: Link| {
        let name = if link.label.is_empty() {
            role(link.role)
        } else {
            link.label.clone()
        };
        let time = times.entry(name.clone()).or_default();
        *time += 1;
        match *time {
            1 => (name, link),
            time => (format!("{name} ({time})"), link),
        }
    };
    links.into_iter().map(name).collect()
}

/// All that a link's row shows; a link that was changed differs in it.
fn state(link: &Link) -> (String, Role, String, bool, [Option<u64>; 3]) {
    let times = [Some(link.created), link.expires, link.last_used];
    let times = times.map(|time| time.map(f64::to_bits));
    let (id, label) = (link.id.clone(), link.label.clone());
    (id, link.role, label, link.is_own, times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_are_called_the_same_are_told_apart() {
        let link = |role, label: &str| Link {
            id: String::new(),
            role,
            label: label.to_owned(),
            created: 0.0,
            expires: None,
            last_used: None,
            is_own: false,
        };
        let links = vec![
            link(Role::Edit, ""),
            link(Role::View, ""),
            link(Role::Edit, "the board"),
            link(Role::Edit, ""),
            link(Role::Edit, ""),
        ];
        let names: Vec<String> = named(links, |role| role.name().to_owned())
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["edit", "view", "the board", "edit (2)", "edit (3)"]);
    }
}

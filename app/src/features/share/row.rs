//! One link of the list: what it is, when it was used, and how to change or revoke it.

use leptos::{html, prelude::*};
use wasm_bindgen_futures::spawn_local;

use super::Sharing;
use super::change::ChangeLink;
use super::new_link::server_now;
use super::wording;
use crate::i18n::{date_time, relative_time, t, tf};
use crate::platform::api::{ApiError, Link};
use crate::ui::{
    Action, Banner, Button, ButtonLook, Dialog, DialogActions, DialogSize, Tone, focus,
};

/// A link.
#[component]
pub(super) fn Row(
    /// What the parts of the dialog share.
    sharing: Sharing,
    /// The link of which this is the row.
    link: Link,
    /// What it is called in the list.
    name: String,
) -> impl IntoView {
    let changing = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let revoke = {
        let (sharing, id, name) = (sharing.clone(), link.id.clone(), name.clone());
        move || {
            let (sharing, id, name) = (sharing.clone(), id.clone(), name.clone());
            spawn_local(async move {
                match sharing.node.revoke_link(&id).await {
                    Ok(()) => {
                        let words = tf("share.revoked", &[("name", &name)]);
                        sharing.links.changed(&id, sharing.said, words).await;
                    }
                    Err(problem) => {
                        let _ = error.try_set(Some(problem));
                    }
                }
            });
        }
    };
    let facts = facts(&link, server_now(&sharing));
    let (asking, revoke_button) = (RwSignal::new(false), NodeRef::<html::Button>::new());
    let is_own = link.is_own;
    let kept = move || {
        asking.set(false);
        go_back(revoke_button);
    };
    let change_button = NodeRef::<html::Button>::new();
    let unchanged = move || {
        changing.set(false);
        go_back(change_button);
    };
    let revoke_name = name.clone();
    let (change_name, asked_name) = (name.clone(), name.clone());
    let (edited, editing) = (link, sharing);
    view! {
        <li class="share-row">
            <div class="share-row-words">
                <p class="share-row-name">{name}</p>
                <p class="ui-hint">{facts}</p>
            </div>
            <div class="share-row-actions">
                <Button
                    label=move || t("share.change")
                    name=Signal::derive(move || Some(tf("share.change_named", &[("name", &change_name)])))
                    look=ButtonLook::Quiet
                    node_ref=change_button
                    on_press=move || changing.update(|changing| *changing = !*changing)
                />
                <Button
                    label=move || t("share.revoke")
                    name=Signal::derive(move || Some(tf("share.revoke_named", &[("name", &revoke_name)])))
                    node_ref=revoke_button
                    on_press=move || asking.set(true)
                />
            </div>
            {move || error.get().map(|error| {
                let (title, more) = wording::problem(error);
                // The button may stand at the dialog's lower edge.
                let told = NodeRef::<html::Div>::new();
                told.on_load(|told| request_animation_frame(move || focus::show(&told)));
                view! {
                    <div node_ref=told>
                        <Banner tone=Tone::Problem title=title detail=Signal::stored(Some(more))/>
                    </div>
                }
            })}
            {move || asking.get().then(|| view! {
                <RevokeQuestion name=asked_name.clone() is_own=is_own on_revoke=revoke.clone() on_close=kept/>
            })}
            {move || changing.get().then(|| view! {
                <ChangeLink
                    sharing=editing.clone()
                    link=edited.clone()
                    error=error
                    on_close=move || changing.set(false)
                    on_cancel=unchanged
                />
            })}
        </li>
    }
}

/// Focuses a button of the row once what it opened has gone.
fn go_back(button: NodeRef<html::Button>) {
    request_animation_frame(move || {
        if let Some(button) = button.try_get_untracked().flatten() {
            // A button that is on show takes the focus.
            let _ = button.focus();
        }
    });
}

/// The question before people are out: nothing brings a link back, whose key no server keeps.
#[component]
fn RevokeQuestion(
    /// What the link is called.
    name: String,
    /// Whether it is the asker's own.
    is_own: bool,
    /// Revokes it.
    #[prop(into)]
    on_revoke: Action,
    /// Called once the question is answered.
    #[prop(into)]
    on_close: Action,
) -> impl IntoView {
    let revoke = move || {
        on_close.run(());
        on_revoke.run(());
    };
    let (title, more) = match is_own {
        true => ("share.revoke_own", "share.revoke_own_more"),
        false => ("share.revoke_asked", "share.revoke_more"),
    };
    let asked = name.clone();
    view! {
        <Dialog title=move || tf(title, &[("name", &asked)]) size=DialogSize::Small on_close=on_close>
            <p>{tf(more, &[("name", &name)])}</p>
            <DialogActions>
                <Button label=move || t("start.cancel") autofocus=true on_press=on_close/>
                <Button label=move || t("share.revoke") look=ButtonLook::Danger on_press=revoke/>
            </DialogActions>
        </Dialog>
    }
}

/// "Can view · made yesterday · last used now · ends 30 Nov 2026, 14:00".
fn facts(link: &Link, now: f64) -> String {
    let mut facts = Vec::new();
    if link.is_own {
        facts.push(t("share.own"));
    }
    if !link.label.is_empty() {
        facts.push(wording::role(link.role));
    }
    facts.push(tf(
        "share.made",
        &[("when", &relative_time(link.created, now))],
    ));
    facts.push(match link.last_used {
        Some(at) => tf("share.used", &[("when", &relative_time(at, now))]),
        None => t("share.never_used"),
    });
    facts.push(match link.expires {
        Some(at) if at <= now => t("share.has_ended"),
        Some(at) => tf("share.ends_at", &[("when", &date_time(at))]),
        None => t("share.lasts"),
    });
    facts.join(" · ")
}

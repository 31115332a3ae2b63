//! The dialog "Deleted notes": what was deleted, and back with it.
//!
//! What someone edited while it was being deleted comes first and says so: nobody's work is lost
//! by another's deletion.

use document::Command;
use domain::EntityId;
use leptos::html::Ul;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use workspace::Session;

use crate::features::{is_me, note_words, person_name, use_session};
use crate::i18n::{relative_time, t, tf};
use crate::platform::clock;
use crate::ui::{Action, Button, Dialog, EmptyState, IconName};

/// Lists deleted notes.
#[component]
pub(crate) fn TrashDialog(
    /// Called once it has closed.
    on_close: Action,
) -> impl IntoView {
    let session = use_session();
    let deleted = session.workspace().projection().trash();
    let list = NodeRef::<Ul>::new();
    let empty = {
        let deleted = deleted.clone();
        Memo::new(move |_| deleted.with(Vec::is_empty))
    };
    let said = RwSignal::new(None::<String>);
    let restore = {
        let (session, deleted) = (session.clone(), deleted.clone());
        move |id: EntityId| {
            let at = deleted
                .with_untracked(|ids| ids.iter().position(|other| *other == id))
                .unwrap_or_default();
            said.set(restore(&session, &id));
            // By the second frame the list is drawn without the row, or not at all.
            request_animation_frame(move || request_animation_frame(move || focus_row(list, at)));
        }
    };
    let content = move || {
        if empty.get() {
            let (title, detail) = (
                move || t("trash.empty"),
                Signal::derive(|| Some(t("trash.empty_more"))),
            );
            return view! { <EmptyState icon=IconName::Trash title=title detail=detail/> }
                .into_any();
        }
        let (deleted, session, restore) = (deleted.clone(), session.clone(), restore.clone());
        view! {
            <ul class="trash" role="list" node_ref=list>
                <For each=move || deleted.get() key=Clone::clone let:id>
                    <DeletedNote id=id session=session.clone() on_restore=restore.clone()/>
                </For>
            </ul>
        }
        .into_any()
    };
    view! { <Dialog title=move || t("command.workspace.trash") said=said on_close=on_close>{content}</Dialog> }
}

#[component]
fn DeletedNote(
    id: EntityId,
    session: Session,
    #[prop(into)] on_restore: UnsyncCallback<EntityId>,
) -> impl IntoView {
    let note = session.workspace().projection().note(&id)?;
    let (words, when, restorer) = (session.clone(), session.clone(), session);
    let (shown, named) = (id.clone(), id.clone());
    let text = Signal::derive(move || note_words(&words, &shown));
    let deletion = Memo::new(move |_| note.body.with(|body| body.deleted.clone()));
    let told = move || {
        deletion.get().map(|deletion| {
            #[expect(
                clippy::cast_precision_loss,
                reason = "milliseconds since 1970 fit a double for ages to come"
            )]
            let (at, now) = (deletion.at as f64, clock::now() as f64);
            let ago = relative_time(at, now);
            if is_me(&deletion.by) {
                tf("trash.by_you", &[("when", &ago)])
            } else {
                tf(
                    "trash.by",
                    &[
                        ("person", &person_name(&when, &deletion.by)),
                        ("when", &ago),
                    ],
                )
            }
        })
    };
    let edited = move || {
        deletion
            .with(|deletion| {
                deletion
                    .as_ref()
                    .is_some_and(|deletion| deletion.edited_since)
            })
            .then(|| view! { <span class="trash-edited">{move || t("trash.edited")}</span> })
    };
    Some(view! {
        <li class="trash-note">
            <div>
                <p class="trash-text">{text}</p>
                <p class="ui-hint">{edited} {told}</p>
            </div>
            {move || restorer.may_edit().then(|| {
                let named = named.clone();
                view! {
                    <Button
                        label=move || t("trash.restore")
                        name=Signal::derive(move || Some(tf("trash.restore_named", &[("text", &text.get())])))
                        icon=IconName::Restore
                        on_press=move || on_restore.run(named.clone())
                    />
                }
            })}
        </li>
    })
}

/// Brings a note back and returns what to say; a refusal has been told in a toast.
fn restore(session: &Session, id: &EntityId) -> Option<String> {
    session
        .dispatch(Command::Restore {
            ids: vec![id.clone()],
        })
        .ok()?;
    Some(tf("trash.restored", &[("text", &note_words(session, id))]))
}

/// The row that had the focus is gone: the one in its place takes it, or the last; after the last
/// one the dialog's own button.
fn focus_row(list: NodeRef<Ul>, at: usize) {
    let rows = list
        .try_get_untracked()
        .flatten()
        // Without any note the list has gone, with its last row in it.
        .filter(|list| list.is_connected())
        .and_then(|list| list.query_selector_all("button").ok());
    let row = rows.and_then(|rows| {
        let at = u32::try_from(at)
            .unwrap_or(u32::MAX)
            .min(rows.length().saturating_sub(1));
        rows.get(at)
    });
    let own = || {
        document()
            .query_selector("dialog[open] button")
            .ok()
            .flatten()
            .map(web_sys::Node::from)
    };
    if let Some(button) = row
        .or_else(own)
        .and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // A button that is on show takes the focus.
        let _ = button.focus();
    }
}

//! What an edit of a canvas does to others: slots with notes that would go, and what a colleague has
//! changed since the dialog was opened.

use std::sync::Arc;

use domain::catalogue::{Canvas, definition, read_own};
use domain::{Entity, EntityId};
use leptos::prelude::*;
use workspace::Session;

use super::draft::Draft;
use crate::features::slot_title_of;
use crate::i18n::{t, tn};
use crate::ui::{Banner, Button, Tone};

/// The warnings above the text; nothing while there is none.
#[component]
pub(super) fn Effects(
    /// The text.
    draft: Draft,
    /// The entity that holds the canvas.
    holder: EntityId,
    /// The session.
    session: Session,
) -> impl IntoView {
    let stored = {
        let session = session.clone();
        Memo::new(move |_| stored(&session, &holder))
    };
    let begun = RwSignal::new(stored.get_untracked());
    let meanwhile = move || {
        (stored.get() != begun.get()).then(|| match stored.get() {
            None => view! {
                <Banner
                    tone=Tone::Warning
                    title=move || t("own_canvas.removed")
                    detail=Signal::derive(|| Some(t("own_canvas.removed_more")))
                />
            }
            .into_any(),
            Some(theirs) => {
                let take = move || {
                    begun.set(Some(theirs.clone()));
                    draft.fill(theirs.clone());
                };
                view! {
                    <Banner
                        tone=Tone::Warning
                        title=move || t("own_canvas.meanwhile")
                        detail=Signal::derive(|| Some(t("own_canvas.meanwhile_more")))
                    >
                        <Button label=move || t("own_canvas.take_theirs") on_press=take/>
                    </Banner>
                }
                .into_any()
            }
        })
    };
    let present = Memo::new(move |_| {
        let canvas = stored.get().and_then(|text| read_own(&text).ok());
        canvas.map(Arc::new)
    });
    let leaving = Memo::new(move |_| {
        let (present, becoming) = (present.get()?, draft.reading.get().ok()?);
        Some(leaving(&session, &present, &becoming)).filter(|rows| !rows.is_empty())
    });
    let warning = move || {
        leaving.get().map(|rows| {
            let rows = rows.into_iter().map(|row| view! { <li>{row}</li> });
            view! {
                <Banner tone=Tone::Warning title=move || t("own_canvas.leaving")>
                    <ul class="import-warnings">{rows.collect_view()}</ul>
                </Banner>
            }
        })
    };
    view! {
        {meanwhile}
        {warning}
    }
}

/// The canvas's text as the workspace has it; nothing for one that was removed.
fn stored(session: &Session, holder: &EntityId) -> Option<String> {
    let note = session.workspace().projection().note(holder)?;
    note.body.with(|body| {
        let entity = Entity {
            fields: body.fields.clone(),
            deleted: body.deleted.clone(),
            ..Entity::new(body.kind.clone(), "")
        };
        definition(&entity).map(ToOwned::to_owned)
    })
}

/// The slots with notes that the canvas would no longer have.
fn leaving(session: &Session, present: &Canvas, becoming: &Canvas) -> Vec<String> {
    let projection = session.workspace().projection();
    let gone = present.slots.iter();
    let gone = gone.filter(|slot| becoming.slot(&slot.id).is_none());
    let rows = gone.filter_map(|slot| {
        let count = projection.slot(&present.id, &slot.id).with(Vec::len);
        let title = slot_title_of(Some(present), &slot.id);
        (count > 0).then(|| format!("{title}: {}", tn("import.notes", count)))
    });
    rows.collect()
}

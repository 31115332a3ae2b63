//! The figures of a note.

use domain::EntityId;
use leptos::prelude::*;
use workspace::Session;

use crate::features::{UseFigures, list_of_figures};
use crate::i18n::t;

use super::experiment::VERDICT;

/// What is computed about a note; nothing for a note of a kind without figures.
#[component]
pub(super) fn NoteFigures(
    /// The note.
    id: EntityId,
    /// The session.
    session: Session,
    /// The workspace's figures.
    figures: UseFigures,
) -> impl IntoView {
    move || {
        figures.get().watch();
        let mut shown = figures.get().of_entity(&id);
        for figure in &mut shown {
            // What the verdict's own part of the details says already.
            if figure.kind.id == VERDICT {
                figure.rows.clear();
                figure.remarks.clear();
            }
        }
        (!shown.is_empty()).then(|| {
            view! {
                <section class="details-part details-fields">
                    <h3 class="ui-label">{t("figures.title")}</h3>
                    {list_of_figures(&session, &figures, Some(&id), shown)}
                </section>
            }
        })
    }
}

//! The view "Four questions": is the model viable, is it the right functionality, is it well
//! designed, is it worth improving; and the figures of the workspace as a whole.

use leptos::prelude::*;

use crate::features::{list_of_figures, use_figures, use_session};
use crate::i18n::t;

/// What the ids of the four figures begin with.
const QUESTION: &str = "question-";

/// The four questions with their evidence, then everything else that is known of the whole.
#[component]
pub(crate) fn QuestionsView(
    /// The id of the heading, which names the main region.
    heading: &'static str,
) -> impl IntoView {
    let session = use_session();
    let figures = use_figures(&session);
    let content = move || {
        figures.get().watch();
        let (questions, others): (Vec<_>, Vec<_>) = figures
            .get()
            .of_workspace()
            .into_iter()
            .partition(|figure| figure.kind.id.starts_with(QUESTION));
        view! {
            <section class="canvas-figures">
                {list_of_figures(&session, &figures, None, questions)}
                <h2>{t("questions.others")}</h2>
                {list_of_figures(&session, &figures, None, others)}
            </section>
        }
    };
    view! {
        <header class="view-head">
            <h1 id=heading class="view-title" data-page-heading="" tabindex="-1">{move || t("views.questions")}</h1>
            <p class="view-purpose">{move || t("questions.purpose")}</p>
        </header>
        {content}
    }
}

//! The dialog "About Groundwork": what this is, which version, under which licences.

use domain::catalogue;
use leptos::prelude::*;

use crate::i18n::{language, t, tf};
use crate::ui::{Action, Dialog};

/// Says what this is.
#[component]
pub(crate) fn AboutDialog(
    /// Called once it has closed.
    on_close: Action,
) -> impl IntoView {
    let canvases = || {
        catalogue::canvases()
            .iter()
            .map(|canvas| {
                let title = move || canvas.title.text(language().code()).to_owned();
                view! {
                    <li>
                        <strong>{title}</strong> " "
                        <span>{move || tf("slots.credit_author", &[("author", &canvas.author)])}</span> ". "
                        {move || t("slots.credit_source")} " "
                        <a href=canvas.source.url.clone() target="_blank" rel="noopener">{canvas.source.title.clone()}</a> ". "
                        {move || t("slots.credit_licence")} " "
                        <a href=canvas.licence.url.clone() target="_blank" rel="noopener license">{canvas.licence.name.clone()}</a>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Dialog title=move || t("command.view.about") on_close=on_close>
            <p>{move || t("about.purpose")}</p>
            <p class="ui-hint">{move || tf("about.version", &[("version", env!("CARGO_PKG_VERSION"))])}</p>
            <section class="about">
                <h3>{move || t("about.methods")}</h3>
                <ul role="list">{canvases()}</ul>
            </section>
            <section class="about">
                <h3>{move || t("about.icons")}</h3>
                <p>{move || t("about.icons_more")} " " <a href="https://lucide.dev/license" target="_blank" rel="noopener license">"ISC"</a></p>
            </section>
        </Dialog>
    }
}

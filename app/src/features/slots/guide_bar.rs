//! The bar of the guided mode: where one is in the order, the slots whose turn it is, the way on.

use domain::SlotId;
use leptos::prelude::*;

use super::credits::linked;
use super::guide::Guide;
use super::surface::Surface;
use crate::features::use_session;
use crate::i18n::{language, number, t, tf};
use crate::ui::{Button, ButtonLook, IconButton, IconName};

/// The bar that leads through the order.
#[component]
pub(super) fn GuideBar(
    /// The canvas around it.
    surface: Surface,
) -> impl IntoView {
    let guide = surface.guide;
    let session = use_session();
    move || {
        guide.order().map(|order| {
            let (surface, leaving) = (surface.clone(), session.clone());
            let last = order.steps.len().saturating_sub(1);
            let (back, next, done) = (surface.clone(), surface.clone(), session.clone());
            let steps = order.steps.len();
            let progress = move || {
                let at = number(guide.at() + 1);
                tf("slots.guide_step", &[("n", &at), ("of", &number(steps))])
            };
            let source = linked(order.source.title.clone(), order.source.url.clone(), "noopener");
            view! {
                <section class="guide" aria-label=move || t("slots.guide")>
                    <p class="guide-where" role="status">
                        <strong>{progress}</strong>
                        <span>{move || order.title.text(language().code()).to_owned()}</span>
                        {source}
                    </p>
                    <div class="guide-slots">{move || slots_now(guide, &surface)}</div>
                    <div class="guide-moves">
                        <Button
                            label=move || t("slots.guide_back")
                            look=ButtonLook::Quiet
                            disabled=Signal::derive(move || guide.at() == 0)
                            on_press=move || go(&back, guide.at().saturating_sub(1))
                        />
                        <Button
                            label=move || if guide.at() == last { t("slots.guide_done") } else { t("slots.guide_next") }
                            on_press=move || {
                                let at = guide.at();
                                if at == last { done.guide().set(None) } else { go(&next, at + 1) }
                            }
                        />
                        <IconButton
                            label=move || t("slots.guide_leave")
                            icon=IconName::X
                            on_press=move || leaving.guide().set(None)
                        />
                    </div>
                </section>
            }
        })
    }
}

/// Goes to a step and shows its first slot.
fn go(surface: &Surface, to: usize) {
    if let Some(slot) = surface.guide.go(to) {
        surface.show_slot(&slot);
    }
}

/// Leads to a slot, and to a note in it for whoever may write one.
fn begin(surface: &Surface, slot: &SlotId) {
    if surface.session.can_edit_now() {
        surface.add(slot);
    } else {
        surface.show_slot(slot);
    }
}

/// One line for each slot of the step: its name leads there, its question says what to think of.
fn slots_now(guide: Guide, surface: &Surface) -> impl IntoView + use<> {
    let language = language();
    guide
        .now()
        .into_iter()
        .map(|slot| {
            let surface = surface.clone();
            let title = slot.title.text(language.code()).to_owned();
            let question = slot.question.text(language.code()).to_owned();
            view! {
                <p>
                    <button type="button" class="guide-slot" on:click=move |_| begin(&surface, &slot.id)>{title}</button>
                    " "
                    <span>{question}</span>
                </p>
            }
        })
        .collect_view()
}

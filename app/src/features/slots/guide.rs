//! The guided mode: a published order of filling a canvas, step by step, with its source.
//!
//! Optional by design: nobody is made to follow it, and leaving it changes nothing on the canvas.

use std::sync::Arc;

use domain::SlotId;
use domain::catalogue::{CanvasRef, GuidedOrder, Slot};
use leptos::prelude::*;
use workspace::Session;

use super::credits::linked;
use super::surface::Surface;
use crate::features::use_session;
use crate::i18n::{language, number, t, tf};
use crate::ui::{Button, ButtonLook, IconButton, IconName, MenuButton, MenuItem};

/// A slot's part in the order being followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Counted from 1.
    pub(super) number: usize,
    /// Whether it is this one's turn.
    pub(super) now: bool,
}

/// The order that is being followed, if any, and how far.
#[derive(Clone, Copy)]
pub(super) struct Guide {
    canvas: StoredValue<CanvasRef>,
    order: Memo<Option<Arc<GuidedOrder>>>,
    at: RwSignal<usize>,
}

impl Guide {
    /// Follows the session's choice of an order on this canvas.
    pub(super) fn new(canvas: &CanvasRef, session: &Session) -> Self {
        let (chosen, orders) = (session.guide(), canvas.clone());
        Self {
            canvas: StoredValue::new(canvas.clone()),
            order: Memo::new(move |_| {
                let chosen = chosen.get()?;
                let order = orders.orders.iter().find(|order| order.id == chosen)?;
                Some(Arc::new(order.clone()))
            }),
            at: RwSignal::new(0),
        }
    }

    /// The step of a slot, while an order is followed.
    pub(super) fn step_of(self, slot: &SlotId) -> Memo<Option<Step>> {
        let slot = slot.clone();
        Memo::new(move |_| {
            let order = self.order.get()?;
            let index = order.steps.iter().position(|step| step.contains(&slot))?;
            Some(Step {
                number: index + 1,
                now: index == self.at.get(),
            })
        })
    }

    /// The slots whose turn it is.
    fn now(self) -> Vec<Slot> {
        let order = self.order.get();
        let step = order.and_then(|order| order.steps.get(self.at.get()).cloned());
        let slots = step.unwrap_or_default();
        self.canvas.with_value(|canvas| {
            let known = slots.iter().filter_map(|slot| canvas.slot(slot));
            known.cloned().collect()
        })
    }

    fn go(self, to: usize, surface: &Surface) {
        self.at.set(to);
        let slot = self
            .order
            .get_untracked()
            .and_then(|order| order.steps.get(to)?.first().cloned());
        if let Some(slot) = slot {
            surface.show_slot(&slot);
        }
    }
}

/// The button that offers the orders.
#[component]
pub(super) fn GuideMenu(
    /// The canvas's guide.
    guide: Guide,
) -> impl IntoView {
    let chosen = use_session().guide();
    let items = move || {
        let language = language();
        guide.canvas.with_value(|canvas| {
            let orders = canvas.orders.iter().map(|order| {
                let (chosen, id) = (chosen.clone(), order.id.clone());
                MenuItem::new(order.title.text(language.code()).to_owned(), move || {
                    guide.at.set(0);
                    chosen.set(Some(id.clone()));
                })
            });
            orders.collect::<Vec<_>>()
        })
    };
    let any = guide.canvas.with_value(|canvas| !canvas.orders.is_empty());
    any.then(|| {
        view! {
            <MenuButton
                label=move || t("slots.guide")
                words=Signal::derive(move || Some(t("slots.guide")))
                icon=IconName::Lightbulb
                items=items
            />
        }
    })
}

/// The bar that leads through the order.
#[component]
pub(super) fn GuideBar(
    /// The canvas around it.
    surface: Surface,
) -> impl IntoView {
    let guide = surface.guide;
    let session = use_session();
    move || {
        guide.order.get().map(|order| {
            let (surface, leaving) = (surface.clone(), session.clone());
            let last = order.steps.len().saturating_sub(1);
            let (back, next, done) = (surface.clone(), surface.clone(), session.clone());
            let steps = order.steps.len();
            let progress = move || {
                let at = number(guide.at.get() + 1);
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
                            disabled=Signal::derive(move || guide.at.get() == 0)
                            on_press=move || guide.go(guide.at.get_untracked().saturating_sub(1), &back)
                        />
                        <Button
                            label=move || if guide.at.get() == last { t("slots.guide_done") } else { t("slots.guide_next") }
                            on_press=move || {
                                let at = guide.at.get_untracked();
                                if at == last { done.guide().set(None) } else { guide.go(at + 1, &next) }
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
                    <button type="button" class="guide-slot" on:click=move |_| surface.add(&slot.id)>{title}</button>
                    " "
                    <span>{question}</span>
                </p>
            }
        })
        .collect_view()
}

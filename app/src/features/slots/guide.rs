//! The guided mode: a published order of filling a canvas, step by step, with its source.
//!
//! Optional by design: nobody is made to follow it, and leaving it changes nothing on the canvas.

use std::sync::Arc;

use domain::SlotId;
use domain::catalogue::{CanvasRef, GuidedOrder, Slot};
use leptos::prelude::*;
use workspace::Session;

use crate::features::use_session;
use crate::i18n::{language, t};
use crate::ui::{IconName, MenuButton, MenuItem};

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
    pub(super) fn now(self) -> Vec<Slot> {
        let order = self.order.get();
        let step = order.and_then(|order| order.steps.get(self.at.get()).cloned());
        let slots = step.unwrap_or_default();
        self.canvas.with_value(|canvas| {
            let known = slots.iter().filter_map(|slot| canvas.slot(slot));
            known.cloned().collect()
        })
    }

    /// The order that is being followed; read in a view, it subscribes.
    pub(super) fn order(self) -> Option<Arc<GuidedOrder>> {
        self.order.get()
    }

    /// How far, counted from 0; read in a view, it subscribes.
    pub(super) fn at(self) -> usize {
        self.at.get()
    }

    /// Goes to a step; its first slot.
    pub(super) fn go(self, to: usize) -> Option<SlotId> {
        self.at.set(to);
        self.order.get_untracked()?.steps.get(to)?.first().cloned()
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

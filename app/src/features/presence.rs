//! Where others are on the canvas in view: the note they are on in their colour, their caret in it,
//! their pointer, what they drag. Mounted only while somebody else is here.
//!
//! Invariant: it is to be looked at alone. Nothing of it takes a press, changes the canvas, is read
//! out by a screen reader, or is stored.

mod dom;
mod other;
mod placing;
mod watch;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::PersonId;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use web_sys::MutationObserver;

use crate::features::use_session;
use crate::platform::Node;
use crate::platform::clock::{self, Scheduled};
use other::Other;
use placing::{Placed, View};
use watch::Watch;

/// The layer over the canvas.
#[component]
pub(crate) fn PresenceLayer(
    /// The workspace.
    node: Node,
    /// Whose tab this is.
    me: PersonId,
) -> impl IntoView {
    let session = use_session();
    Watch::install(&session, &node);
    let view = RwSignal::new(View::default());
    let layer = Layer {
        view,
        node: node.clone(),
        me,
        session: session.clone(),
        due: Rc::default(),
        later: Rc::default(),
        observer: Rc::default(),
    };
    layer.follow();
    let peers = move || {
        view.with(|view| {
            view.placed
                .iter()
                .map(|one| one.peer.clone())
                .collect::<Vec<_>>()
        })
    };
    let clip = move || view.with(|view| view.clip());
    view! {
        <div class="presence" aria-hidden="true" style=clip>
            <For each=peers key=|peer| peer.clone() let:peer>
                <Other placed=Memo::new(move |_| view.with(|view| view.of(&peer)))/>
            </For>
        </div>
    }
}

/// Draws anew whenever something has moved: somebody else, a note, the page.
#[derive(Clone)]
struct Layer {
    view: RwSignal<View>,
    node: Node,
    me: PersonId,
    session: workspace::Session,
    /// The next drawing.
    due: Rc<RefCell<Option<Scheduled>>>,
    /// When a resting pointer goes.
    later: Rc<RefCell<Option<Scheduled>>>,
    observer: Rc<Cell<Option<MutationObserver>>>,
}

impl Layer {
    fn follow(&self) {
        let (others, canvas) = (self.node.onlookers(), self.session.canvas());
        let layer = SendWrapper::new(self.clone());
        Effect::new(move |_| {
            others.track();
            canvas.track();
            layer.soon();
        });
        let listeners = ["scroll", "resize"].map(|name| {
            let layer = SendWrapper::new(self.clone());
            // A scroll within the page does not bubble: it is caught on its way down.
            dom::on_window(name, move |_| layer.soon())
        });
        let layer = self.clone();
        // Notes come, go, move and change their words by many ways; the page is where all end.
        self.observer.set(dom::watch_main(move || layer.soon()));
        let kept = SendWrapper::new((listeners, self.clone()));
        on_cleanup(move || {
            let (listeners, layer) = kept.take();
            drop(listeners);
            layer.due.take();
            layer.later.take();
            if let Some(observer) = layer.observer.take() {
                observer.disconnect();
            }
        });
    }

    /// Draws with the next frame, once, whatever has happened until then.
    fn soon(&self) {
        if self.due.borrow().is_some() {
            return;
        }
        let layer = self.clone();
        *self.due.borrow_mut() = Some(Scheduled::frame(move || {
            layer.due.take();
            layer.draw();
        }));
    }

    fn draw(&self) {
        let now = clock::monotonic();
        let canvas = self.session.canvas_now();
        let others = self.node.onlookers();
        let (marks, next) = others
            .with_untracked(|others| workspace::presence::marks(others, &self.me, &canvas, now));
        let placed = Placed::all(&marks, &self.session);
        // The layer may have gone meanwhile.
        let _ = self.view.try_update(|view| *view = placed);
        *self.later.borrow_mut() = next.map(|at| {
            let layer = self.clone();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a few seconds"
            )]
            let wait = (at - now).max(0.0) as u32 + 1;
            Scheduled::after(wait, move || layer.soon())
        });
    }
}

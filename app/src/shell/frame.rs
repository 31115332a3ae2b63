//! The frame of a workspace: the bar, the views, the canvas, and what lies above them.
//!
//! Invariant: the frame stays while views change; only another workspace makes a new one.

pub(super) mod bar;
pub(super) mod more;
mod name;
mod people;
pub(super) mod search;
mod sync;
pub(super) mod views;

use domain::CanvasId;
use domain::catalogue::{self, CanvasRef};
use leptos::html::Input;
use leptos::prelude::*;
use workspace::{Session, SyncStatus};

use super::dialogs::Dialogs;
use super::later::{Part, all_parts, later};
use super::navigation::{self, Navigator};
use super::onlookers::Onlookers;
use super::opening::fetch_canvases;
use super::pages::{UnknownView, Waiting};
use super::piece::Piece;
use super::requests;
use super::review::{Review, title_key};
use super::route::Route;
use super::title::use_title;
use super::views_shown::ViewsShown;
use crate::features::provide_complete;
use crate::features::slots::SlotsView;
use crate::i18n::{self, language, t};
use crate::platform::{Availability, Device, Node, WorkerUpdate, drafts};
use bar::Bar;

/// The heading of the view, which names the main region.
const HEADING: &str = "view-title";

/// An open workspace.
#[component]
pub(super) fn Frame(
    /// This device.
    device: Device,
    /// The workspace.
    node: Node,
    /// Where this tab is.
    navigator: Navigator,
    /// New versions of the app.
    update: WorkerUpdate,
) -> impl IntoView {
    let route = navigator.route();
    let first = shown_view(&route.get_untracked());
    let session = Session::new(node.workspace.clone(), first, node.status.clone());
    drafts::remember(&session, &node.id, &device);
    provide_context(session.clone());
    provide_complete(all_parts(&node));
    follow_route(&session, route);
    let search = NodeRef::<Input>::new();
    let views_shown = ViewsShown::remembered();
    requests::answer(&session, node.id, navigator, search, views_shown);
    super::keys::install(&session);
    name_page(&session);

    let absent = absence(&node);
    go_on_when_it_arrives(absent);
    let always = Signal::stored(true);
    let notices = Part::Notices(device.clone(), node.clone(), session.clone(), update);
    let views = Part::Views(session.clone(), node.id, views_shown.drawer());
    let question = Part::NameRequest(device.clone(), node.clone());
    let messages = Part::Messages(session.clone());
    view! {
        <div class="layout-frame">
            <a class="layout-skip" href="#main">{move || t("frame.skip")}</a>
            <Bar session=session.clone() device=device.clone() node=node.clone() present=Signal::derive(move || absent.get().is_none()) views=views_shown search=search/>
            {later(always, views)}
            <div class="layout-notices">
                {later(always, notices)}
            </div>
            <main id="main" class="layout-main" tabindex="-1" aria-labelledby=HEADING>
                <View node=node.clone() session=session.clone() absent=absent/>
            </main>
            {later(always, question)}
            {later(always, messages)}
        </div>
        <Onlookers device=device.clone() node=node.clone()/>
        <Dialogs device=device node=node.clone() session=session/>
    }
}

/// The view on show, or what stands in its place.
#[component]
fn View(node: Node, session: Session, absent: Memo<Option<Absent>>) -> impl IntoView {
    let canvas = session.canvas();
    let canvas = Memo::new(move |_| canvas.get());
    let known = {
        let session = session.clone();
        Memo::new(move |_| session.workspace().projection().canvas(&canvas.get()))
    };
    move || {
        // Followed by itself, and first: from one review to another it alone changes.
        let shown = canvas.get();
        match (absent.get(), known.get()) {
            (Some(Absent::Unknown), _) => ().into_any(),
            (Some(absent), _) => {
                view! { <Waiting node=node.clone() broken=absent == Absent::Broken heading=HEADING/> }
                    .into_any()
            }
            (None, Some(canvas)) => view! { <WholeCanvas canvas=canvas/> }.into_any(),
            (None, None) if title_key(&shown).is_some() => {
                view! { <Review view=shown session=session.clone() heading=HEADING/> }.into_any()
            }
            (None, None) => {
                view! { <UnknownView document=node.id session=session.clone() heading=HEADING/> }
                    .into_any()
            }
        }
    }
}

/// A canvas. The catalogue has all but the first in brief at the beginning: nothing is drawn while the
/// rest of it is on its way, and the words for it when that cannot be had.
#[component]
fn WholeCanvas(canvas: CanvasRef) -> impl IntoView {
    let is_whole = untrack(|| match &canvas {
        CanvasRef::Own(_) => true,
        CanvasRef::Known(known) => {
            catalogue::is_first(&known.id) || catalogue::has_whole_canvases() && i18n::has_more()
        }
    });
    let piece = Piece::of(is_whole);
    move || {
        piece.page(fetch_canvases(), || {
            let canvas = match &canvas {
                CanvasRef::Known(known) => CanvasRef::Known(catalogue::canvas(&known.id)?),
                own @ CanvasRef::Own(_) => own.clone(),
            };
            Some(view! { <SlotsView canvas=canvas heading=HEADING/> }.into_any())
        })
    }
}

/// Whether the workspace is missing, and why.
fn absence(node: &Node) -> Memo<Option<Absent>> {
    let availability = node.availability.clone();
    Memo::new(move |_| match availability.get() {
        Availability::Loading => Some(Absent::Unknown),
        Availability::Waiting => Some(Absent::Waiting),
        Availability::Broken => Some(Absent::Broken),
        Availability::Painted | Availability::Ready | Availability::Newer => None,
    })
}

/// The page that said that the workspace is on its way had the focus: the view takes it over.
fn go_on_when_it_arrives(absent: Memo<Option<Absent>>) {
    Effect::new(move |before: Option<Option<Absent>>| {
        let now = absent.get();
        if now.is_none() && matches!(before.flatten(), Some(Absent::Waiting | Absent::Broken)) {
            request_animation_frame(|| {
                if navigation::is_focus_free() {
                    navigation::focus_heading(navigation::LONGEST_WAIT);
                }
            });
        }
        now
    });
}

/// Why there is no view to show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Absent {
    /// The device is being asked: an empty canvas would invite to write where there is nothing yet.
    Unknown,
    Waiting,
    Broken,
}

/// The address decides which canvas the session shows.
fn follow_route(session: &Session, route: RwSignal<Route>) {
    let session = session.clone();
    Effect::new(move |_| {
        let wanted = shown_view(&route.get());
        if session.canvas_now() != wanted {
            session.editing().set(None);
            session.adding().set(None);
            session.menu().set(None);
            session.guide().set(None);
            session.canvas().set(wanted);
        }
    });
}

fn shown_view(route: &Route) -> CanvasId {
    match route {
        Route::Workspace { view, .. } => view.clone(),
        Route::Start | Route::Unknown { .. } => CanvasId::from(super::route::DEFAULT_VIEW),
    }
}

/// The window's title: what is at risk, the view, the workspace.
fn name_page(session: &Session) {
    let (canvas, status) = (session.canvas(), session.status());
    let (name, naming) = (
        session.workspace().projection().name.clone(),
        session.clone(),
    );
    use_title(move || {
        let view = canvas.with(|view| view_title(&naming, view));
        let name = name.get();
        let unsaved = matches!(
            status.get(),
            SyncStatus::NotSaved {
                on_server: false,
                ..
            }
        );
        let mark = unsaved.then(|| t("sync.not_saved"));
        let name = (!name.is_empty()).then_some(name);
        mark.into_iter().chain(view).chain(name).collect()
    });
}

/// What a view is called; nothing for one that this version does not know.
fn view_title(session: &Session, id: &CanvasId) -> Option<String> {
    match title_key(id) {
        Some(key) => Some(t(key)),
        None => {
            let view = session.workspace().projection().canvas(id)?;
            Some(view.title.text(language().code()).to_owned())
        }
    }
}

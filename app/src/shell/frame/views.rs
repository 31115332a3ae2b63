//! The navigation "Views": a link for each canvas of the catalogue and of the workspace, by what one
//! does with it; on a phone a drawer. It folds away as a whole, and no group by itself: a view that
//! cannot be seen cannot be found.

use domain::CanvasId;
use domain::catalogue::{self, Canvas, Group};
use leptos::html::Nav;
use leptos::prelude::*;
use sync::DocumentId;
use web_sys::HtmlElement;
use workspace::Session;

use crate::features::canvas_title;
use crate::i18n::{language, t};
use crate::shell::command_button::{CommandButton, Shape};
use crate::shell::review::{FINDINGS, QUESTIONS, title_key};
use crate::shell::route::Route;
use crate::ui::unique_id;

/// The views of a workspace.
#[component]
pub(in crate::shell) fn Views(
    /// The workspace, for the addresses.
    document: DocumentId,
    /// The session, for which view is on show.
    session: Session,
    /// Whether the drawer is open, where there is one.
    open: RwSignal<bool>,
) -> impl IntoView {
    let canvas = session.canvas();
    let groups = Group::ALL
        .into_iter()
        .map(|group| group_of_links(group, document, &session))
        .collect_view();
    let review = review_links(document, &canvas);
    let navigation = NodeRef::<Nav>::new();
    Effect::new(move |_| {
        canvas.track();
        if let Some(navigation) = navigation.get() {
            // Once the link is marked.
            request_animation_frame(move || show_current(&navigation));
        }
    });
    let close = move || {
        if open.get_untracked() {
            open.set(false);
        }
    };
    view! {
        <nav
            node_ref=navigation
            class="layout-navigation"
            id="views"
            data-region=""
            aria-label=move || t("views.title")
            data-open=move || if open.get() { "true" } else { "false" }
            on:click=move |_| close()
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
        >
            {groups}
            {review}
            <div class="layout-navigation-foot">
                <CommandButton session=session.clone() id="canvas.add" shape=Shape::Row/>
                <CommandButton session=session.clone() id="workspace.trash" shape=Shape::Row/>
                <CommandButton session=session id="view.shortcuts" shape=Shape::Row/>
            </div>
        </nav>
        {move || open.get().then(|| view! { <div class="layout-scrim" on:click=move |_| open.set(false)></div> })}
    }
}

/// Brings the link of the view on show into sight, when one came to it by another way. The page
/// itself does not move, as it would if the browser were asked to.
fn show_current(navigation: &HtmlElement) {
    let Some(link) = navigation.query_selector("[aria-current]").ok().flatten() else {
        return;
    };
    let (outer, inner) = (
        navigation.get_bounding_client_rect(),
        link.get_bounding_client_rect(),
    );
    let missing = if inner.top() < outer.top() {
        inner.top() - outer.top()
    } else {
        (inner.bottom() - outer.bottom()).max(0.0)
    };
    navigation.scroll_by_with_x_and_y(0.0, missing);
}

/// The views of one group under its name, the catalogue's before the workspace's own; nothing for a
/// group without any.
fn group_of_links(group: Group, document: DocumentId, session: &Session) -> AnyView {
    let own = own_views(group, session);
    let is_there = {
        let known = catalogue::canvases().iter();
        let any = known.into_iter().any(|view| view.group == group);
        Memo::new(move |_| any || own.with(|own| !own.is_empty()))
    };
    let session = session.clone();
    let section = move || {
        let shown = session.canvas();
        let known = catalogue::canvases().iter();
        let known: Vec<AnyView> = known
            .filter(|view| view.group == group)
            .map(|view: &'static Canvas| {
                let title = move || view.title.text(language().code()).to_owned();
                link(view.id.clone(), document, shown.clone(), title)
            })
            .collect();
        let naming = session.clone();
        let own_link = move |id: CanvasId| {
            let (session, view) = (naming.clone(), id.clone());
            link(id, document, shown.clone(), move || {
                canvas_title(&session, &view)
            })
        };
        let heading = unique_id("views");
        view! {
            <section class="layout-views">
                <h2 id=heading.clone()>{move || t(&format!("views.group.{}", group.name()))}</h2>
                <ul role="list" aria-labelledby=heading>
                    {known}
                    <For each=move || own.get() key=Clone::clone children=own_link/>
                </ul>
            </section>
        }
    };
    (move || is_there.get().then(&section)).into_any()
}

/// The workspace's own canvases in a group.
fn own_views(group: Group, session: &Session) -> Memo<Vec<CanvasId>> {
    let session = session.clone();
    Memo::new(move |_| {
        let all = session.workspace().projection().own_canvases();
        let of_group = all.into_iter().filter(|own| own.canvas.group == group);
        of_group.map(|own| own.canvas.id.clone()).collect()
    })
}

/// The views over everything at once, which are no canvases.
fn review_links(document: DocumentId, shown: &ArcRwSignal<CanvasId>) -> AnyView {
    let links = [FINDINGS, QUESTIONS].map(|id| {
        let view = CanvasId::from(id);
        let key = title_key(&view).unwrap_or(id);
        link(view, document, shown.clone(), move || t(key))
    });
    let heading = unique_id("views");
    view! {
        <section class="layout-views">
            <h2 id=heading.clone()>{move || t("views.group.review")}</h2>
            <ul role="list" aria-labelledby=heading>{links.into_iter().collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn link(
    view: CanvasId,
    document: DocumentId,
    shown: ArcRwSignal<CanvasId>,
    title: impl Fn() -> String + Send + 'static,
) -> AnyView {
    let path = Route::view(document, view.clone()).path();
    let current = move || shown.with(|shown| *shown == view).then_some("page");
    view! {
        <li>
            <a class="layout-view" href=path aria-current=current>{title}</a>
        </li>
    }
    .into_any()
}

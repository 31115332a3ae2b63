//! What a decision rested on: the figures that it has frozen beside those of today; or the way to
//! take it.

use domain::EntityId;
use domain::FieldValue;
use domain::decision::{DECISION, FROZEN, Frozen, Kept, leads_to_decisions, of_entity};
use leptos::prelude::*;
use workspace::{Body, Dialog as Opened, Session};

use super::locks::{Point, point};
use crate::features::{UseFigures, kept_tables, kept_value};
use crate::i18n::{number, t, tf, tn, tnf};
use crate::ui::{Button, IconName};

/// The heads name a point in history; so much of them tells two apart.
const HEADS_SHOWN: usize = 12;

/// The section of a decision, or of what leads to one; nothing for any other note.
#[component]
pub(super) fn NoteDecision(
    /// The note.
    id: EntityId,
    /// What it holds.
    body: ArcRwSignal<Body>,
    /// The session.
    session: Session,
    /// The workspace's figures.
    figures: UseFigures,
) -> impl IntoView {
    let frozen = {
        let body = body.clone();
        Memo::new(move |_| body.with(frozen_of))
    };
    let can_be_taken = Memo::new(move |_| {
        body.with(|body| {
            body.deleted.is_none() && (body.kind == *DECISION || leads_to_decisions(&body.kind))
        })
    });
    move || match frozen.get() {
        Some(frozen) => Some(beside_today(&session, &figures, &frozen)),
        None if can_be_taken.get() && session.may_edit() => {
            let (opening, id) = (session.clone(), id.clone());
            Some(
                view! {
                    <section class="details-part">
                        <Button
                            label=move || t("decide.open")
                            icon=IconName::CircleCheck
                            on_press=move || opening.open(Opened::Decide(id.clone()))
                        />
                    </section>
                }
                .into_any(),
            )
        }
        None => None,
    }
}

fn frozen_of(body: &Body) -> Option<Frozen> {
    match body.fields.get(FROZEN) {
        Some(FieldValue::Text(text)) if body.kind == *DECISION => Frozen::parse(text),
        _ => None,
    }
}

/// Then and now, what differs marked by a word and not by colour alone.
fn beside_today(session: &Session, figures: &UseFigures, frozen: &Frozen) -> AnyView {
    figures.get().watch();
    let kept = frozen.kept();
    let today = |kept: &Kept| {
        let now = figures.get().with(|_, book| of_entity(book, &kept.entity));
        now.into_iter().find(|now| now.figure == kept.figure)
    };
    let differs = |kept: &Kept| !today(kept).is_some_and(|today| kept.is_still(&today));
    let changed = kept.iter().filter(|kept| differs(kept)).count();
    let columns = [t("decide.then"), t("decide.today")];
    let tables = kept_tables(session, &kept, &columns, |kept| {
        let now = today(kept).map_or_else(|| t("figures.missing"), |now| kept_value(&now));
        let mark = differs(kept).then(|| {
            view! { " " <span class="kept-mark">{t("decide.differs")}</span> }
        });
        view! {
            <td>{kept_value(kept)}</td>
            <td data-differs=differs(kept).then_some("true")>{now}{mark}</td>
        }
        .into_any()
    });
    let summary = match (kept.len(), changed) {
        (0, _) => t("decide.kept_none"),
        (all, 0) => tn("decide.kept_same", all),
        (all, changed) => tnf("decide.kept_changed", changed, &[("of", &number(all))]),
    };
    let heads: String = frozen.heads.chars().take(HEADS_SHOWN).collect();
    let words = match point(session, &frozen.heads) {
        Point::None => t("decide.nowhere"),
        Point::Here => tf("decide.heads", &[("heads", &heads)]),
        Point::Elsewhere => tf("decide.elsewhere", &[("heads", &heads)]),
    };
    view! {
        <section class="details-part details-fields kept-figures" aria-label=t("decide.kept")>
            <h3 class="ui-label">{t("decide.kept")}</h3>
            <p class="ui-hint">{summary}</p>
            {tables}
            <p class="ui-hint" title=frozen.heads.clone()>{words}</p>
        </section>
    }
    .into_any()
}

//! What a file holds, before it is let in: its format, how many notes fall into which slot, and
//! what had to be changed or left out.

use document::ImportOutlook;
use domain::catalogue::{self, CanvasRef};
use domain::interchange::{Format, Imported};
use domain::{Canvas, CanvasId, EntityId, Graph, SlotId, UNPLACED};
use leptos::prelude::*;
use workspace::navigation::slots_of;

use crate::features::{Remarks, slot_title_of, title_of, use_session};
use crate::i18n::{number, t, tf, tn};
use crate::ui::{Banner, Tone};

/// A look at a file.
#[component]
pub(super) fn Preview(
    /// The file's name.
    name: String,
    /// What was read.
    imported: Imported,
) -> impl IntoView {
    let Imported {
        graph,
        format,
        mut warnings,
        doubts,
    } = imported;
    warnings.extend(doubts);
    let format = move || match format {
        Format::Json => t("import.format_json"),
        Format::Markdown => t("import.format_markdown"),
        Format::Miro => t("import.format_miro"),
        Format::Tables => t("import.format_tables"),
        Format::Trello => t("import.format_trello"),
        Format::Jira => t("import.format_jira"),
        Format::Leantime => t("import.format_leantime"),
    };
    let count = count_live(&graph);
    let links = graph
        .links
        .values()
        .filter(|link| link.deleted.is_none())
        .count();
    let outlook = use_session().workspace().import_outlook(&graph).ok();
    let is_known = outlook.as_ref().is_some_and(|it| it.is_empty(&graph));
    let stays = |canvas: &CanvasId, id: &EntityId| {
        let place = (canvas.clone(), id.clone());
        outlook
            .as_ref()
            .is_some_and(|it| it.placed.contains(&place))
    };
    let canvases: Vec<_> = graph
        .placements
        .keys()
        .map(|id| {
            let canvas = known_canvas(&graph, id);
            let slots = by_slot(&graph, id, canvas.as_deref(), |note| !stays(id, note));
            (id.clone(), canvas, slots)
        })
        .collect();
    let rows = move || {
        canvases
            .iter()
            .filter(|(_, _, slots)| !slots.is_empty())
            .map(|(id, canvas, slots)| {
                view! { <CanvasRows id=id.clone() canvas=canvas.clone() slots=slots.clone()/> }
            })
            .collect_view()
    };
    let remarks = (!warnings.is_empty()).then(|| {
        view! {
            <Banner tone=Tone::Warning title=move || t("import.warnings")>
                <Remarks warnings=warnings/>
            </Banner>
        }
    });
    view! {
        <div class="import-found" role="status">
            <p><strong>{name.clone()}</strong> " " <span class="ui-hint">{format}</span></p>
            <p>
                {move || tn("import.notes", count)}
                {move || (links > 0).then(|| format!(" · {}", tn("import.links", links)))}
            </p>
        </div>
        {outlook.map(|outlook| told(&outlook))}
        {rows}
        {remarks}
        <p class="ui-hint">{move || t(if is_known { "import.merged_nothing" } else { "import.safe" })}</p>
    }
}

/// What becomes of the notes and links, as far as not all of them are simply new.
fn told(outlook: &ImportOutlook) -> Option<AnyView> {
    let ImportOutlook {
        added,
        beside,
        restored,
        here,
        links,
        ..
    } = *outlook;
    let lines = [
        ("import.outlook.added", added),
        ("import.outlook.beside", beside),
        ("import.outlook.restored", restored),
        ("import.outlook.here", here),
        ("import.outlook.links", links),
    ];
    let lines = lines.into_iter().filter(|(_, count)| *count > 0);
    let rows = lines.map(|(key, count)| {
        view! { <li>{move || tf(key, &[("n", &number(count))])}</li> }
    });
    let is_more = beside + restored + here > 0;
    is_more.then(|| {
        let rows = rows.collect_view();
        view! { <ul class="import-outlook" role="list">{rows}</ul> }.into_any()
    })
}

/// The slots of one canvas that get notes.
#[component]
fn CanvasRows(
    id: CanvasId,
    canvas: Option<CanvasRef>,
    slots: Vec<(SlotId, usize)>,
) -> impl IntoView {
    let known = canvas.clone();
    let rows = move || {
        slots
            .iter()
            .map(|(slot, count)| {
                let row = tf(
                    "import.slot",
                    &[
                        ("slot", &slot_title_of(canvas.as_deref(), slot)),
                        ("n", &number(*count)),
                    ],
                );
                view! { <li>{row}</li> }
            })
            .collect_view()
    };
    view! {
        <section class="import-canvas">
            <h3 class="ui-label">{move || title_of(known.as_deref(), &id)}</h3>
            <ul role="list">{rows}</ul>
        </section>
    }
}

/// How many live notes there are.
pub(super) fn count_live(graph: &Graph) -> usize {
    graph
        .entities
        .values()
        .filter(|entity| entity.deleted.is_none())
        .count()
}

/// The canvas of that id: the catalogue's, or one that the file brings.
fn known_canvas(graph: &Graph, id: &CanvasId) -> Option<CanvasRef> {
    let own = || Some(CanvasRef::Own(catalogue::own_canvas(graph, id)?.into()));
    catalogue::canvas(id).map(CanvasRef::Known).or_else(own)
}

/// The slots of a canvas that get notes, in the canvas's order. All of them are in the tray when
/// neither this version nor the file knows the canvas. Notes count that `comes` says come there.
fn by_slot(
    graph: &Graph,
    canvas: &CanvasId,
    known: Option<&Canvas>,
    comes: impl Fn(&EntityId) -> bool,
) -> Vec<(SlotId, usize)> {
    let slots = known.map(slots_of).unwrap_or_default();
    let mut counted: Vec<(SlotId, usize)> = slots
        .into_iter()
        .map(|slot| {
            let notes = graph.slot_notes(canvas, &slot);
            let count = notes.into_iter().filter(|id| comes(id)).count();
            (slot, count)
        })
        .filter(|(_, count)| *count > 0)
        .collect();
    if known.is_none() {
        let placed = graph.placements.get(canvas).into_iter().flatten();
        let count = placed
            .filter(|(id, _)| graph.is_live(id) && comes(id))
            .count();
        counted = vec![(SlotId::from(UNPLACED), count)];
        counted.retain(|(_, count)| *count > 0);
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::interchange::import;

    #[test]
    fn slots_are_counted_in_the_order_of_their_canvas() {
        // Given a file with a heading that no canvas has
        let file = "# Solution\n- One\n\n# Problem\n- Two\n- Three\n\n# Elsewhere\n- Four\n";
        let imported = import("canvas.md", file.as_bytes()).unwrap();

        // When its notes are counted
        let canvas = CanvasId::from("lean-canvas");
        let counted = by_slot(&imported.graph, &canvas, domain::canvas(&canvas), |_| true);

        // Then the stray one is in the tray
        let expected = [("problem", 2), ("solution", 1), (UNPLACED, 1)];
        assert_eq!(
            counted,
            expected.map(|(slot, count)| (SlotId::from(slot), count))
        );
        assert_eq!(count_live(&imported.graph), 4);
    }

    #[test]
    fn a_canvas_of_a_newer_version_counts_as_unplaced() {
        let mut graph = domain::sample("en");
        let places = graph
            .placements
            .remove(&CanvasId::from("lean-canvas"))
            .unwrap_or_default();
        let live = places.keys().filter(|id| graph.is_live(id)).count();
        let canvas = CanvasId::from("canvas-of-tomorrow");
        graph.placements.insert(canvas.clone(), places);
        assert_eq!(
            by_slot(&graph, &canvas, None, |_| true),
            [(SlotId::from(UNPLACED), live)]
        );
    }
}

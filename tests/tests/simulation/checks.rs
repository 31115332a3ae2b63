//! What has to be true when nothing moves any more.

use std::collections::{BTreeMap, BTreeSet};

use document::{Heads, ProductDocument, SessionIdentity};
use domain::{EntityId, Graph, UNPLACED};
use workspace::Projection;

use crate::device::Storage;
use crate::edits::{CANVAS, SLOTS};
use crate::plan::Role;
use crate::server::document_id;
use crate::tab::Tab;
use crate::world::World;

/// Fails with these words unless it holds.
fn demand(holds: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what()) }
}

impl World {
    /// Whether everyone who may write has the same, and the server has confirmed all of it.
    pub(crate) fn is_settled(&self) -> bool {
        (0..self.plan.documents).all(|index| {
            if self.is_gone(index) {
                return true;
            }
            let mut editors = self.tabs_of(index, Role::Editor);
            let heads = self.tabs_of(index, Role::Editor).next().map(Tab::heads);
            editors.all(|tab| Some(tab.heads()) == heads && tab.is_acknowledged())
                && self
                    .tabs_of(index, Role::Viewer)
                    .chain(self.tabs_of(index, Role::StubbornViewer))
                    .all(|tab| tab.read(|it| heads.as_ref().is_none_or(|heads| it.has(heads))))
        })
    }

    /// Whether a document went with those who had it and might write, before anybody was told that it
    /// is safe. From a viewer, who may have it still, nobody takes it.
    pub(crate) fn is_gone(&self, index: usize) -> bool {
        let promised = !self.ledger.promises(&document_id(index)).is_empty();
        let mut editors = self.tabs_of(index, Role::Editor);
        !promised && editors.all(|tab| tab.heads().is_empty())
    }

    /// Whether somebody holds a change that follows one that is lost with its author. The server
    /// keeps what waits, in memory alone, as long as somebody has the document open.
    pub(crate) fn is_waiting(&self, index: usize) -> bool {
        let mut tabs = self.devices.iter().flat_map(|device| &device.tabs);
        tabs.any(|tab| {
            tab.document == document_id(index)
                && tab.read(ProductDocument::missing_dependencies) > 0
        })
    }

    fn tabs_of(&self, document: usize, role: Role) -> impl Iterator<Item = &Tab> {
        let devices = self.devices.iter();
        devices
            .filter(move |device| device.plan.document == document && device.plan.role == role)
            .flat_map(|device| &device.tabs)
    }

    /// Holds the end against every promise and every rule.
    pub(crate) fn check(&mut self) -> Result<(), String> {
        for index in 0..self.plan.documents {
            let stored = self.stored(index)?;
            self.check_promises(index, &stored)?;
            check_domain(&stored.graph())?;
            for tab in self.tabs_of(index, Role::Editor) {
                demand(tab.heads() == stored.heads(), || {
                    "a tab does not have what is stored".to_owned()
                })?;
                check_projection(tab, &stored.graph())?;
            }
            // A viewer may have more: what an editor wrote who was gone, with the server, before
            // either had stored it, and what nobody takes from a viewer.
            let viewers = self.tabs_of(index, Role::Viewer);
            for tab in viewers.chain(self.tabs_of(index, Role::StubbornViewer)) {
                let has = tab.read(|document| document.has(&stored.heads()));
                demand(has, || "a viewer lacks changes".to_owned())?;
                check_projection(tab, &tab.read(ProductDocument::graph))?;
            }
        }
        if self.plan.forger {
            self.check_deeds()?;
        }
        self.check_devices()
    }

    /// What the server's disk holds, read by someone new.
    fn stored(&mut self, index: usize) -> Result<ProductDocument, String> {
        let chunks = self.server.disk.load(&document_id(index));
        let whole: Vec<Vec<u8>> = chunks
            .into_iter()
            .filter(|chunk| !chunk.quarantined)
            .map(|chunk| chunk.bytes)
            .collect();
        let identity = SessionIdentity {
            person: "reader".into(),
            actor: [0xee; 16],
            seed: 0,
        };
        let (stored, rejected) = ProductDocument::load(identity, &whole);
        demand(rejected.is_empty(), || {
            format!("the server's disk cannot be read: {rejected:?}")
        })?;
        let missing = stored.missing_dependencies();
        demand(missing == 0, || {
            format!("{missing} changes are missing on the server's disk")
        })?;
        Ok(stored)
    }

    fn check_promises(&self, index: usize, stored: &ProductDocument) -> Result<(), String> {
        let id = document_id(index);
        for (by, head) in self.ledger.promises(&id) {
            if self.plan.forger && by != "the server" {
                // What was made anew has another name: its deeds are looked for.
                continue;
            }
            demand(stored.has(&Heads::new([head])), || {
                format!("an edit is lost that {by} had confirmed")
            })?;
        }
        let forbidden = self.ledger.forbidden.get(&id).into_iter().flatten();
        for head in forbidden {
            demand(!stored.has(&Heads::new([*head])), || {
                "a viewer has changed the document".to_owned()
            })?;
        }
        Ok(())
    }

    /// What lies on the devices is what their tabs show.
    fn check_devices(&mut self) -> Result<(), String> {
        let stored = (0..self.plan.documents).map(|index| Ok(self.stored(index)?.snapshot()));
        let stored: Vec<Vec<u8>> = stored.collect::<Result<_, String>>()?;
        for device in self.devices.iter_mut().filter(|device| !device.is_lost) {
            let Some(tab) = device.tabs.first() else {
                continue;
            };
            if self.plan.forger {
                let lies = read_again(&device.storage, &stored[device.plan.document])?;
                demand(lies == tab.heads(), || {
                    "a device does not come to what its tab shows".to_owned()
                })?;
                continue;
            }
            let lies = Heads::new(device.storage.document().get_heads().iter().map(|it| it.0));
            demand(tab.read(|it| it.has(&lies)) && lies == tab.heads(), || {
                "a device does not have on its disk what its tab shows".to_owned()
            })?;
        }
        Ok(())
    }
}

/// Where the next tab of a device comes to whose server has this.
fn read_again(storage: &Storage, server: &[u8]) -> Result<Heads, String> {
    let identity = SessionIdentity {
        person: "reader".into(),
        actor: [0xee; 16],
        seed: 0,
    };
    let chunks: Vec<_> = storage.chunks.values().map(|one| &one.bytes).collect();
    let (mut document, rejected) = ProductDocument::load(identity, &chunks);
    demand(rejected.iter().all(|one| one.contested), || {
        format!("a device's storage cannot be read: {rejected:?}")
    })?;
    document.set_aside(storage.made_anew.iter().map(|one| one.bytes.clone()));
    let given = document
        .give_way(server)
        .map_err(|error| error.to_string())?;
    if given.is_none() {
        document
            .apply_chunk(server)
            .map_err(|error| error.to_string())?;
    }
    document.take_up().map_err(|error| error.to_string())?;
    Ok(document.heads())
}

/// What the interface shows is what the document says, kept up to date or made from scratch.
fn check_projection(tab: &Tab, graph: &Graph) -> Result<(), String> {
    let (shown, scratch) = (tab.workspace.projection(), Projection::from_graph(graph));
    demand(shown.view() == scratch.view(), || {
        "a projection differs from one made from scratch".to_owned()
    })?;
    for slot in SLOTS {
        let of = |projection: &Projection| {
            use reactive_graph::traits::GetUntracked;
            projection
                .slot(&CANVAS.into(), &slot.into())
                .get_untracked()
        };
        let order = graph.slot_notes(&CANVAS.into(), &slot.into());
        let same = of(shown) == of(&scratch) && of(shown).iter().eq(order);
        demand(same, || format!("the order in {slot} differs"))?;
    }
    Ok(())
}

/// Each note is in one place of a canvas, nothing points to what is not there, and the order of a
/// slot is total.
fn check_domain(graph: &Graph) -> Result<(), String> {
    let ends = graph.links.values().flat_map(|link| [&link.from, &link.to]);
    let placed = graph.placements.values().flat_map(BTreeMap::keys);
    for id in ends.chain(placed) {
        demand(graph.entities.contains_key(id), || {
            format!("{id} is mentioned and does not exist")
        })?;
    }
    for (canvas, placements) in &graph.placements {
        let known = domain::catalogue::canvas(canvas).map(|canvas| {
            let slots = canvas.slots.iter().map(|slot| slot.id.clone());
            slots.chain([UNPLACED.into()]).collect::<Vec<_>>()
        });
        let mut seen: BTreeSet<&EntityId> = BTreeSet::new();
        for slot in known.iter().flatten() {
            for id in graph.slot_notes(canvas, slot) {
                demand(seen.insert(id), || format!("{id} is in two places"))?;
            }
        }
        let live = placements.keys().filter(|id| graph.is_live(id)).count();
        demand(known.is_none() || seen.len() == live, || {
            "a note is on a canvas and in no place of it".to_owned()
        })?;
    }
    Ok(())
}

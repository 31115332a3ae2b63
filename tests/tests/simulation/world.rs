//! Everything together, and what can happen next.

use std::collections::BTreeMap;
use std::collections::VecDeque;

use fastrand::Rng;
use sync::{ConnectionId, Effect, Event, ForwardKind};

use crate::device::Device;
use crate::forging::Forgers;
use crate::ledger::Ledger;
use crate::network::{Link, QUEUE, Sent};
use crate::plan::{Plan, Planted, Role};
use crate::server::{Server, document_id};
use crate::tab::Tab;
use crate::{edits, faults};

/// What can happen next without anybody doing anything.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Move {
    /// A frame reaches the server, or the news that its client has gone.
    Up(ConnectionId),
    /// A frame reaches a client, or the end of the connection does.
    Down(ConnectionId),
    /// The server or its store does something.
    Server,
    /// A tab merges news, as its screen is drawn.
    Merge(usize, usize),
    /// A tab's transaction completes.
    Transact(usize, usize),
    /// A tab hears a sibling.
    Hear(usize, usize),
    /// A tab compacts.
    Compact(usize, usize),
    /// A tab sets aside what it has made anew.
    Settle(usize, usize),
}

/// The world.
pub(crate) struct World {
    pub(crate) plan: Plan,
    pub(crate) random: Rng,
    pub(crate) now_ms: u64,
    pub(crate) server: Server,
    pub(crate) devices: Vec<Device>,
    pub(crate) links: BTreeMap<ConnectionId, Link>,
    pub(crate) ledger: Ledger,
    /// Whether frames may arrive twice, connections fall and processes die.
    pub(crate) is_rough: bool,
    pub(crate) forgers: Forgers,
    next_connection: u64,
}

impl World {
    /// Every device with its tabs, nobody connected.
    pub(crate) fn new(plan: Plan, seed: u64) -> Self {
        let mut random = Rng::with_seed(seed ^ 0x5eed);
        let mut world = Self {
            server: Server::new(&plan),
            devices: Vec::new(),
            links: BTreeMap::new(),
            ledger: Ledger::default(),
            now_ms: 1_000,
            is_rough: true,
            forgers: Forgers::new(),
            next_connection: 0,
            random: random.fork(),
            plan,
        };
        for (index, device) in world.plan.devices.clone().into_iter().enumerate() {
            let device = Device::new(device, &world.plan, &mut random);
            world.devices.push(device);
            world.open_tab(index, index < world.plan.documents);
        }
        world
    }

    /// Opens a tab at a device.
    pub(crate) fn open_tab(&mut self, device: usize, create: bool) {
        let one = &mut self.devices[device];
        let document = document_id(one.plan.document);
        let tab = Tab::open(one, document, create, &mut self.random);
        one.tabs.push(tab);
        let tab = one.tabs.len() - 1;
        self.say(device, tab);
    }

    /// Closes a tab without a word; what it had not stored is gone.
    pub(crate) fn kill_tab(&mut self, device: usize, tab: usize) {
        self.leave(device, tab);
        self.devices[device].tabs.remove(tab);
    }

    /// Connects a tab, if the server is there.
    pub(crate) fn connect(&mut self, device: usize, tab: usize) {
        if self.server.node.is_none() {
            return;
        }
        let connection = self.draw_connection();
        let one = &mut self.devices[device].tabs[tab];
        let mut link = Link::default();
        link.up.push_back(one.client.connected());
        one.link = Some(connection);
        self.links.insert(connection, link);
        self.event(Event::Connected { connection });
    }

    /// A name for a connection.
    pub(crate) fn draw_connection(&mut self) -> ConnectionId {
        self.next_connection += 1;
        ConnectionId(self.next_connection)
    }

    /// A tab's connection falls. Some of what it had sent still arrives, and the server learns of
    /// it afterwards.
    pub(crate) fn leave(&mut self, device: usize, tab: usize) {
        let one = &mut self.devices[device].tabs[tab];
        let Some(connection) = one.link else { return };
        one.disconnected();
        if let Some(link) = self.links.get_mut(&connection) {
            link.left = true;
            link.cut();
            let arrive = self.random.usize(..=link.up.len());
            link.up.truncate(arrive);
        }
    }

    /// The server dies, and every connection with it.
    pub(crate) fn kill_server(&mut self) {
        self.server.kill();
        self.links.clear();
        for tab in self.devices.iter_mut().flat_map(|one| &mut one.tabs) {
            tab.disconnected();
        }
    }

    /// Gives the engine an event and carries out what it wants.
    pub(crate) fn event(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            let is_pause = event == Event::Pause;
            let Some(node) = &mut self.server.node else {
                return;
            };
            for effect in node.handle(event, self.now_ms) {
                self.carry_out(effect, &mut events);
            }
            self.server.pause_due |= !is_pause;
        }
    }

    fn carry_out(&mut self, effect: Effect, events: &mut VecDeque<Event>) {
        match effect {
            Effect::SendShared {
                connection,
                head,
                body,
            } => {
                let frame = [head.as_slice(), body.as_slice()].concat().into();
                self.carry_out(Effect::Send { connection, frame }, events);
            }
            Effect::Send { connection, frame } => {
                if let Some(link) = self.links.get_mut(&connection)
                    && link.send(frame, ForwardKind::Notice) == Sent::Full
                {
                    link.cut();
                    link.closing = true;
                }
            }
            Effect::Forward {
                connections,
                document,
                frame,
                kind,
            } => {
                for connection in connections {
                    let Some(link) = self.links.get_mut(&connection) else {
                        continue;
                    };
                    if link.send(frame.clone(), kind) == Sent::Queued {
                        continue;
                    }
                    if kind == ForwardKind::Notice {
                        link.cut();
                        link.closing = true;
                    } else if !self.plan.has(Planted::DropsInSilence) {
                        events.push_back(Event::Dropped {
                            connection,
                            document,
                            kind,
                        });
                    }
                }
            }
            Effect::Close { connection, .. } => {
                if let Some(link) = self.links.get_mut(&connection) {
                    link.closing = true;
                }
            }
            other => self.server.ask(other),
        }
    }

    /// Everything that can happen next.
    pub(crate) fn moves(&self) -> Vec<Move> {
        let mut moves = Vec::new();
        for (connection, link) in &self.links {
            if !link.up.is_empty() && link.flows(self.now_ms) || link.left {
                moves.push(Move::Up(*connection));
            }
            let ended = link.closing && !link.left;
            if !link.left && link.flows(self.now_ms) && (ended || !link.down.is_empty()) {
                moves.push(Move::Down(*connection));
            }
        }
        if self.server.node.is_some() && self.server.is_busy() {
            moves.push(Move::Server);
        }
        for (device, one) in self.devices.iter().enumerate() {
            for (index, tab) in one.tabs.iter().enumerate() {
                if tab.asleep_until > self.now_ms {
                    continue;
                }
                if !tab.incoming.is_empty() {
                    moves.push(Move::Merge(device, index));
                }
                if !tab.pending.is_empty() && !one.storage.is_full {
                    moves.push(Move::Transact(device, index));
                }
                if !tab.inbox.is_empty() {
                    moves.push(Move::Hear(device, index));
                }
                if tab.may_compact() && !one.storage.is_full {
                    moves.push(Move::Compact(device, index));
                }
                if tab.may_settle() && !one.storage.is_full {
                    moves.push(Move::Settle(device, index));
                }
            }
        }
        moves
    }

    /// Lets one of the things happen that can; whether there was one.
    pub(crate) fn step(&mut self) -> Result<bool, String> {
        let moves = self.moves();
        let Some(next) = self.random.choice(&moves).copied() else {
            return Ok(false);
        };
        match next {
            Move::Up(connection) => self.up(connection),
            Move::Down(connection) => self.down(connection)?,
            Move::Server => {
                if let Some(event) = self.server.step(&mut self.random) {
                    self.event(event);
                }
            }
            Move::Merge(device, tab) => {
                self.merge(device, tab)?;
            }
            Move::Transact(device, tab) => self.transact(device, tab),
            Move::Hear(device, tab) => {
                let one = &mut self.devices[device].tabs[tab];
                if let Some(message) = one.inbox.pop_front() {
                    one.hear(message);
                }
                self.say(device, tab);
            }
            Move::Compact(device, tab) => {
                let one = &mut self.devices[device];
                one.tabs[tab].compact(&mut one.storage);
            }
            Move::Settle(device, tab) => {
                let one = &mut self.devices[device];
                one.tabs[tab].settle(&mut one.storage);
            }
        }
        self.check_memory()?;
        Ok(true)
    }

    fn merge(&mut self, device: usize, tab: usize) -> Result<(), String> {
        let gives_up = self.plan.has(Planted::GivesUp);
        let one = &mut self.devices[device].tabs[tab];
        if one.merge(self.plan.forger, gives_up)? {
            self.leave(device, tab);
        }
        self.say(device, tab);
        Ok(())
    }

    fn up(&mut self, connection: ConnectionId) {
        let Some(link) = self.links.get_mut(&connection) else {
            return;
        };
        match link.up.pop_front() {
            Some(frame) => {
                let twice = self.is_rough && faults::may_come_twice(&frame, &mut self.random);
                let again = twice.then(|| frame.clone());
                self.event(Event::Received { connection, frame });
                if let Some(frame) = again {
                    self.event(Event::Received { connection, frame });
                }
            }
            None => {
                self.links.remove(&connection);
                self.event(Event::Closed { connection });
            }
        }
    }

    fn down(&mut self, connection: ConnectionId) -> Result<(), String> {
        let (Some((device, tab)), Some(link)) =
            (self.owner(connection), self.links.get_mut(&connection))
        else {
            return Ok(());
        };
        let Some(frame) = link.receive() else {
            // All that was sent before has arrived.
            self.links.remove(&connection);
            self.devices[device].tabs[tab].disconnected();
            self.event(Event::Closed { connection });
            return Ok(());
        };
        let twice = self.is_rough && faults::may_come_twice(&frame, &mut self.random);
        let one = &mut self.devices[device].tabs[tab];
        one.receive(&frame)?;
        if twice {
            one.receive(&frame)?;
        }
        self.say(device, tab);
        Ok(())
    }

    fn owner(&self, connection: ConnectionId) -> Option<(usize, usize)> {
        self.devices.iter().enumerate().find_map(|(device, one)| {
            let mut tabs = one.tabs.iter();
            let tab = tabs.position(|tab| tab.link == Some(connection))?;
            Some((device, tab))
        })
    }

    fn transact(&mut self, device: usize, tab: usize) {
        let one = &mut self.devices[device];
        let waited: Vec<_> = one.tabs[tab].pending.iter().cloned().collect();
        let stored = one.tabs[tab].transact(&mut one.storage, &mut self.random);
        let document = one.tabs[tab].document;
        if self.plan.forger && one.plan.role == Role::Editor {
            let written = waited.len() - one.tabs[tab].pending.len();
            let tab = &one.tabs[tab];
            (self.ledger.deeds).stored(device, tab, &waited[..written]);
        }
        if let Some(heads) = stored
            && one.plan.role == Role::Editor
        {
            self.ledger.on_device(device, document, heads);
        }
    }

    /// A gesture at a tab.
    pub(crate) fn edit(&mut self, device: usize, tab: usize) {
        let one = &mut self.devices[device].tabs[tab];
        let before = one.heads();
        if !edits::edit(&one.workspace, &mut self.random) {
            return;
        }
        self.ledger.edits += 1;
        if self.plan.forger && self.devices[device].plan.role == Role::Editor {
            let one = &self.devices[device].tabs[tab];
            let news = one.read(|document| document.chunk_since(&before));
            self.ledger
                .deeds
                .done(one.document, &news.expect("a change"));
        }
        if self.devices[device].plan.role != Role::Editor {
            let one = &self.devices[device].tabs[tab];
            let forbidden = self.ledger.forbidden.entry(one.document).or_default();
            forbidden.extend(one.heads().as_slice());
        }
        self.devices[device].tabs[tab].keep(false);
        self.say(device, tab);
    }

    /// Passes on what a tab has to say, and takes down what it shows.
    pub(crate) fn say(&mut self, device: usize, tab: usize) {
        let one = &mut self.devices[device];
        let words = std::mem::take(&mut one.tabs[tab].outbox);
        for (index, sibling) in one.tabs.iter_mut().enumerate() {
            if index != tab {
                sibling.inbox.extend(words.iter().cloned());
            }
        }
        let frames = one.tabs[tab].pump();
        self.post(device, tab, frames);
        let one = &self.devices[device].tabs[tab];
        self.ledger.on_server(one.document, &one.on_server());
    }

    fn post(&mut self, device: usize, tab: usize, frames: Vec<Vec<u8>>) {
        let connection = self.devices[device].tabs[tab].link;
        if let Some(link) = connection.and_then(|it| self.links.get_mut(&it)) {
            link.up.extend(frames);
        }
    }

    /// Time passes for everybody.
    pub(crate) fn wait(&mut self, milliseconds: u64) {
        self.now_ms += milliseconds;
        self.event(Event::Tick);
        for device in 0..self.devices.len() {
            let clock = &self.devices[device].clock;
            clock.set(clock.get() + milliseconds.cast_signed());
            for tab in 0..self.devices[device].tabs.len() {
                let frames = self.devices[device].tabs[tab].tick(self.now_ms);
                self.post(device, tab, frames);
            }
        }
    }

    /// What waits for a client never grows beyond its queue, but for one frame.
    fn check_memory(&self) -> Result<(), String> {
        for link in self.links.values() {
            let (waiting, largest) = link.load();
            if waiting > QUEUE.max(largest) {
                return Err(format!("{waiting} bytes wait for one client"));
            }
        }
        Ok(())
    }
}

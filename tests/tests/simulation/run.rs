//! One run: rough weather for as long as the plan says, then calm until nothing moves, then the
//! reckoning.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::plan::{Harm, Plan, Planted};
use crate::world::World;

/// How often everybody is given time to come to rest.
const ROUNDS: usize = 12;

/// More steps than any run needs to come to rest.
const PATIENCE: usize = 60_000;

/// What a run came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Summary {
    /// Gestures that changed something.
    pub(crate) edits: usize,
    /// Everybody's document at the end.
    pub(crate) heads: Vec<document::Heads>,
}

/// A run that did not end well.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) seed: u64,
    pub(crate) why: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, why } = self;
        writeln!(formatter, "seed {seed}: {why}")?;
        write!(formatter, "Replay it by: cargo verify --seed {seed}")
    }
}

/// Runs a seed.
pub(crate) fn run(seed: u64, planted: Option<Planted>) -> Result<Summary, Failure> {
    let outcome = catch_unwind(AssertUnwindSafe(|| World::run(seed, planted)));
    let outcome = outcome.unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or(panic.downcast_ref::<&str>().copied());
        Err(format!("a panic: {}", words.unwrap_or("without words")))
    });
    outcome.map_err(|why| Failure { seed, why })
}

impl World {
    fn run(seed: u64, planted: Option<Planted>) -> Result<Summary, String> {
        let mut world = Self::new(Plan::of(seed, planted), seed);
        for _ in 0..world.plan.steps {
            if world.random.u8(..6) == 0 || !world.step()? {
                world.disturb();
            }
        }
        world.calm();
        world.come_to_rest()?;
        // What a tab that is gone had stored beside what was made anew is found by the next one.
        if world.plan.harm.is_seen_at_once() && !world.plan.forger {
            world.check()?;
        }
        world.rest_in_peace()?;
        world.begin_anew()?;
        world.check()?;
        let tabs = world.devices.iter().flat_map(|device| &device.tabs);
        Ok(Summary {
            edits: world.ledger.edits,
            heads: tabs.map(|tab| tab.heads()).collect(),
        })
    }

    /// Nothing goes wrong from now on.
    fn calm(&mut self) {
        self.is_rough = false;
        self.expel();
        self.server.disk.is_full = false;
        if self.server.node.is_none() {
            self.server.start();
        }
        for link in self.links.values_mut() {
            link.stalled_until = 0;
        }
        for device in 0..self.devices.len() {
            self.devices[device].storage.is_full = false;
            for tab in &mut self.devices[device].tabs {
                tab.asleep_until = 0;
            }
            if self.devices[device].tabs.is_empty() && !self.devices[device].is_lost {
                self.open_tab(device, false);
            }
        }
    }

    /// Gives everybody time, until nothing moves and everybody has the same.
    fn come_to_rest(&mut self) -> Result<(), String> {
        for _ in 0..ROUNDS {
            for device in 0..self.devices.len() {
                for tab in 0..self.devices[device].tabs.len() {
                    if self.devices[device].tabs[tab].link.is_none() {
                        self.connect(device, tab);
                    }
                }
            }
            self.drain()?;
            // A store that has failed is tried again after a while, and the clients are told.
            for pause in [20_000, 1_000, 1_000] {
                self.wait(pause);
                self.drain()?;
            }
            let mut tabs = self.devices.iter().flat_map(|device| &device.tabs);
            if tabs.all(|tab| tab.link.is_some()) && self.is_settled() {
                return Ok(());
            }
        }
        Err("it never comes to rest with the same everywhere".to_owned())
    }

    fn drain(&mut self) -> Result<(), String> {
        for _ in 0..PATIENCE {
            if !self.step()? {
                return Ok(());
            }
        }
        Err("it never falls silent".to_owned())
    }

    /// What nobody touches leaves the server's memory.
    fn rest_in_peace(&mut self) -> Result<(), String> {
        for _ in 0..4 {
            self.wait(10_000);
            self.drain()?;
        }
        let documents = self.server.node.as_ref().map_or(0, |node| node.documents());
        // One that is gone is asked for again and again, and one that waits may go on any time.
        let awake = |index: &usize| self.is_gone(*index) || self.is_waiting(*index);
        let awake = (0..self.plan.documents).filter(awake);
        // What builds on a change that was refused waits at the server as long as somebody has the
        // document open.
        if documents > awake.count() && !self.plan.forger {
            return Err(format!("{documents} idle documents stay in memory"));
        }
        Ok(())
    }

    /// Every process is started anew and reads what it has: now damage shows where it was done.
    fn begin_anew(&mut self) -> Result<(), String> {
        self.kill_server();
        self.server.start();
        for device in 0..self.devices.len() {
            let harmed = self.plan.harm == Harm::DeviceDisks || self.plan.forger;
            while harmed && !self.devices[device].tabs.is_empty() {
                self.kill_tab(device, 0);
            }
        }
        self.calm();
        self.come_to_rest()
    }
}

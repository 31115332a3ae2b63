//! What a seed decides before anything happens: who takes part, what goes wrong, and which bug is
//! planted.

use fastrand::Rng;

/// A bug that the simulation has to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Planted {
    /// The server's store says that a chunk is durable before it is.
    ReceiptBeforeCommit,
    /// The server's store sweeps behind a compaction, and deletes what came after it too.
    CompactionDeletesUnmerged,
    /// A device gives the same actor to each of its tabs.
    ReusedActor,
    /// The server lets a viewer write.
    ViewerMayWrite,
    /// The server's shell drops changes for a slow reader and does not tell the engine.
    DropsInSilence,
    /// A tab whose numbers somebody has taken goes on with what they wrote, without its own.
    GivesUp,
}

/// What is taken from someone for ever. Never two of these in one run, so that the last copy of a
/// change is never taken by the schedule itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Harm {
    /// Nothing.
    Nothing,
    /// Bytes of stored chunks, on the server's disk.
    ServerDisk,
    /// Bytes of stored chunks, on the devices.
    DeviceDisks,
    /// Whole devices.
    Devices,
}

impl Harm {
    /// Whether nothing has to be read again to know of it.
    pub(crate) fn is_seen_at_once(self) -> bool {
        matches!(self, Self::Nothing | Self::Devices)
    }
}

/// What the people at a device may do, and do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// They may write.
    Editor,
    /// They may read, and keep to it.
    Viewer,
    /// They may read; their client writes all the same.
    StubbornViewer,
}

impl Role {
    /// The key that they show.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Editor => "edit",
            Self::Viewer | Self::StubbornViewer => "view",
        }
    }
}

/// One device.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DevicePlan {
    pub(crate) role: Role,
    /// Whether it speaks version 1 alone.
    pub(crate) version_1: bool,
    /// Which of the documents it has open.
    pub(crate) document: usize,
    /// Whether it has no connection until all is calm.
    pub(crate) is_away: bool,
    /// How many tabs it opens.
    pub(crate) tabs: usize,
}

/// A whole run.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) devices: Vec<DevicePlan>,
    pub(crate) documents: usize,
    /// Whether the server asks who may do what.
    pub(crate) access: bool,
    pub(crate) harm: Harm,
    pub(crate) planted: Option<Planted>,
    /// Whether somebody writes under other people's numbers.
    pub(crate) forger: bool,
    /// Whether the server forgets nothing that it has passed on: it neither dies nor runs out of
    /// room until all is calm.
    pub(crate) is_steady: bool,
    pub(crate) steps: usize,
}

impl Plan {
    /// The plan of a seed.
    pub(crate) fn of(seed: u64, planted: Option<Planted>) -> Self {
        let mut random = Rng::with_seed(seed);
        let documents = if random.u8(..4) == 0 { 2 } else { 1 };
        let access = random.u8(..3) == 0 || planted == Some(Planted::ViewerMayWrite);
        let old = random.u8(..3);
        let mut devices = Vec::new();
        for index in 0..random.usize(2..=4) {
            let role = match random.u8(..4) {
                // Someone has to bring the document.
                _ if !access || index < documents => Role::Editor,
                0 | 1 => Role::StubbornViewer,
                2 => Role::Viewer,
                _ => Role::Editor,
            };
            devices.push(DevicePlan {
                role,
                version_1: old == 0 && random.bool(),
                document: index % documents,
                is_away: random.u8(..8) == 0,
                tabs: random.usize(1..=3),
            });
        }
        let harm = match (planted, random.u8(..5)) {
            (Some(Planted::ReceiptBeforeCommit), _) => Harm::Devices,
            (Some(_), _) | (None, 0 | 1) => Harm::Nothing,
            (None, 2) => Harm::ServerDisk,
            (None, 3) => Harm::DeviceDisks,
            (None, _) => Harm::Devices,
        };
        let steps = random.usize(300..900);
        let forger = match planted {
            None => harm.is_seen_at_once() && random.bool(),
            Some(bug) => matches!(bug, Planted::GivesUp),
        };
        Self {
            devices,
            documents,
            access,
            harm,
            planted,
            forger,
            is_steady: forger && random.bool(),
            steps,
        }
    }

    /// Whether this bug is planted.
    pub(crate) fn has(&self, bug: Planted) -> bool {
        self.planted == Some(bug)
    }
}

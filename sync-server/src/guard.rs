//! How much one address may have of the server: connections, messages, bytes, new documents.
//!
//! Invariants: what is counted for an address outlives its connections, so that coming back does
//! not start it afresh; the table of addresses holds no more than those who are connected or were
//! a short while ago.
//!
//! An IPv6 address counts with its /64: whoever has one address has all of those.

mod bucket;

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use self::bucket::Bucket;

/// How much one address may have. An office is often one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressLimits {
    /// Sockets at a time.
    pub connections: usize,
    /// Messages in a second, over ten seconds.
    pub messages: u32,
    /// Bytes in a second, over ten seconds.
    pub bytes: u32,
    /// Documents in an hour that the server did not know.
    pub new_documents: u32,
}

impl AddressLimits {
    /// How many connections of one address may be open at a time with those that only ask: as many
    /// again as sockets, and never so few that a page and its files would not load.
    pub(crate) fn open(&self) -> usize {
        const FOR_REQUESTS: usize = 64;
        self.connections
            .saturating_add(self.connections.max(FOR_REQUESTS))
    }
}

impl Default for AddressLimits {
    fn default() -> Self {
        Self {
            connections: 2_000,
            messages: 20_000,
            bytes: 32 << 20,
            new_documents: 5_000,
        }
    }
}

/// Counts for every address.
#[derive(Clone)]
pub(crate) struct Guard {
    limits: AddressLimits,
    accounts: Arc<Mutex<Accounts>>,
}

#[derive(Default)]
struct Accounts {
    by_address: HashMap<IpAddr, Account>,
    /// When there are so many, those who are gone are forgotten.
    sweep_at: usize,
}

struct Account {
    connections: usize,
    messages: Bucket,
    bytes: Bucket,
    new_documents: Bucket,
}

/// What an address has too much of, and how long until it may have more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Excess {
    /// Until one of them ends, which nobody knows.
    Connections,
    Messages(Duration),
    Bytes(Duration),
    NewDocuments(Duration),
}

impl Excess {
    /// The seconds after which it is worth coming back: what `Retry-After` says.
    pub(crate) fn retry_after(self) -> u64 {
        /// In which most likely one of many connections ends.
        const A_WHILE_S: u64 = 30;
        match self {
            Self::Connections => A_WHILE_S,
            Self::Messages(wait) | Self::Bytes(wait) | Self::NewDocuments(wait) => {
                wait.as_secs().saturating_add(1)
            }
        }
    }
}

impl Guard {
    /// Nobody has had anything yet.
    pub(crate) fn new(limits: AddressLimits) -> Self {
        Self {
            limits,
            accounts: Arc::default(),
        }
    }

    /// Counts a document that the server did not know, for an address.
    pub(crate) fn new_document(&self, address: IpAddr, now: Instant) -> Result<(), Excess> {
        self.account(address, now, |account| account.new_document(now))
    }

    /// Counts a request that is no connection, as a message, for an address.
    pub(crate) fn request(&self, address: IpAddr, now: Instant) -> Result<(), Excess> {
        self.account(address, now, |account| account.message(now))
    }

    fn account<R>(&self, address: IpAddr, now: Instant, work: impl FnOnce(&mut Account) -> R) -> R {
        let mut accounts = self.lock();
        accounts.sweep(now);
        let account = accounts.by_address.entry(network(address));
        work(account.or_insert_with(|| Account::new(&self.limits, now)))
    }

    /// Lets one more connection of an address in, until the pass is dropped.
    pub(crate) fn enter(&self, address: IpAddr, now: Instant) -> Result<Pass, Excess> {
        let address = network(address);
        let mut accounts = self.lock();
        accounts.sweep(now);
        let limits = self.limits;
        let account = accounts
            .by_address
            .entry(address)
            .or_insert_with(|| Account::new(&limits, now));
        if account.connections >= limits.connections {
            return Err(Excess::Connections);
        }
        account.connections += 1;
        drop(accounts);
        Ok(Pass {
            guard: self.clone(),
            address,
        })
    }

    fn lock(&self) -> MutexGuard<'_, Accounts> {
        // Counting cannot panic half way, so that what is there is whole.
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection's share of its address's limits.
pub(crate) struct Pass {
    guard: Guard,
    address: IpAddr,
}

impl Pass {
    /// Counts a message of so many bytes.
    pub(crate) fn message(&self, length: usize, now: Instant) -> Result<(), Excess> {
        self.count(|account| {
            account.message(now)?;
            let taken = account.bytes.take(length as u64, now);
            taken.map_err(Excess::Bytes)
        })
    }

    /// Counts a document that the server did not know.
    pub(crate) fn new_document(&self, now: Instant) -> Result<(), Excess> {
        self.count(|account| account.new_document(now))
    }

    fn count(&self, count: impl FnOnce(&mut Account) -> Result<(), Excess>) -> Result<(), Excess> {
        match self.guard.lock().by_address.get_mut(&self.address) {
            Some(account) => count(account),
            // An account with a connection is never forgotten.
            None => Ok(()),
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        if let Some(account) = self.guard.lock().by_address.get_mut(&self.address) {
            account.connections = account.connections.saturating_sub(1);
        }
    }
}

impl Accounts {
    /// Forgets addresses that have no connection and all of their limits back.
    fn sweep(&mut self, now: Instant) {
        const AT_LEAST: usize = 1_024;
        if self.by_address.len() >= self.sweep_at.max(AT_LEAST) {
            self.by_address.retain(|_, account| !account.is_fresh(now));
            self.sweep_at = self.by_address.len().saturating_mul(2);
        }
    }
}

impl Account {
    fn new(limits: &AddressLimits, now: Instant) -> Self {
        const BURST_S: u64 = 10;
        const HOUR_S: u64 = 3_600;
        let per_second = |rate: u32| Bucket::full(u64::from(rate) * BURST_S, BURST_S, now);
        Self {
            connections: 0,
            messages: per_second(limits.messages),
            bytes: per_second(limits.bytes),
            new_documents: Bucket::full(u64::from(limits.new_documents), HOUR_S, now),
        }
    }

    fn message(&mut self, now: Instant) -> Result<(), Excess> {
        self.messages.take(1, now).map_err(Excess::Messages)
    }

    fn new_document(&mut self, now: Instant) -> Result<(), Excess> {
        let taken = self.new_documents.take(1, now);
        taken.map_err(Excess::NewDocuments)
    }

    fn is_fresh(&mut self, now: Instant) -> bool {
        self.connections == 0
            && self.messages.is_full(now)
            && self.bytes.is_full(now)
            && self.new_documents.is_full(now)
    }
}

/// What stands for an address in the table.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    const PREFIX: u128 = !0 << 64;
    match address.to_canonical() {
        IpAddr::V6(v6) if !v6.is_loopback() => Ipv6Addr::from_bits(v6.to_bits() & PREFIX).into(),
        other => other,
    }
}

#[cfg(test)]
mod tests;

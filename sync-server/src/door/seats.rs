//! How many connections are open at a time, in all and of one address.
//!
//! Invariants: no more are open than there are seats, each of which is given back with its
//! connection; when there is none left, whoever has waited longest without having asked for
//! anything gives way to a newcomer, so that silence never keeps out those who have something to say.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use crate::guard::network;

/// How many connections may be open at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SeatLimits {
    /// Connections at a time from everywhere together.
    pub(crate) all: usize,
    /// Of one address.
    pub(crate) address: usize,
}

/// Every open connection.
#[derive(Clone)]
pub(crate) struct Seats {
    limits: SeatLimits,
    table: Arc<Mutex<Table>>,
}

#[derive(Default)]
struct Table {
    next: u64,
    taken: usize,
    by_address: HashMap<IpAddr, usize>,
    /// Those who have not asked for anything yet, the oldest first.
    silent: BTreeMap<u64, Silent>,
}

struct Silent {
    address: IpAddr,
    leave: oneshot::Sender<Gone>,
}

/// Dropped by a connection that has made room, once it is closed.
pub(crate) type Gone = oneshot::Sender<()>;

/// A connection's seat, free again when it is dropped.
pub(crate) struct Seat {
    seats: Seats,
    number: u64,
    address: IpAddr,
}

/// Completes with a value when a connection that has not asked for anything is to make room.
pub(crate) type Leave = oneshot::Receiver<Gone>;

enum Found {
    Seat(Seat, Leave),
    /// Somebody leaves.
    Soon(oneshot::Receiver<()>),
    None,
}

impl Seats {
    /// All of them free.
    pub(crate) fn new(limits: SeatLimits) -> Self {
        Self {
            limits,
            table: Arc::default(),
        }
    }

    /// A seat for a connection of an address; none if all are taken by those who use them.
    /// `passes_on` says that the address speaks for many, as a proxy does.
    pub(crate) async fn take(&self, address: IpAddr, passes_on: bool) -> Option<(Seat, Leave)> {
        let address = network(address);
        let limit = if passes_on {
            usize::MAX
        } else {
            self.limits.address
        };
        loop {
            match self.find(address, limit) {
                Found::Seat(seat, leave) => return Some((seat, leave)),
                // Fails when it has gone, which is what is waited for.
                Found::Soon(gone) => drop(gone.await),
                Found::None => return None,
            }
        }
    }

    fn find(&self, address: IpAddr, limit: usize) -> Found {
        let mut table = self.lock();
        let crowded = table.by_address.get(&address).copied().unwrap_or(0) >= limit;
        if crowded || table.taken >= self.limits.all {
            let mut silent = table.silent.iter();
            let oldest = silent.find(|(_, silent)| !crowded || silent.address == address);
            let oldest = oldest.map(|(number, _)| *number);
            return match oldest.and_then(|number| table.silent.remove(&number)) {
                Some(silent) => {
                    let (gone, left) = oneshot::channel();
                    // Fails when it is about to go anyway.
                    let _ = silent.leave.send(gone);
                    Found::Soon(left)
                }
                None => Found::None,
            };
        }
        let number = table.next;
        table.next += 1;
        table.taken += 1;
        *table.by_address.entry(address).or_insert(0) += 1;
        let (leave, left) = oneshot::channel();
        table.silent.insert(number, Silent { address, leave });
        let seat = Seat {
            seats: self.clone(),
            number,
            address,
        };
        Found::Seat(seat, left)
    }

    /// The connection with this number has asked for something: it keeps its seat.
    pub(crate) fn keep(&self, number: u64) {
        self.lock().silent.remove(&number);
    }

    /// Whoever has not asked for anything leaves: the server stops.
    pub(crate) fn dismiss(&self) {
        for (_, silent) in std::mem::take(&mut self.lock().silent) {
            let (gone, _) = oneshot::channel();
            // Fails when it is about to go anyway.
            let _ = silent.leave.send(gone);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        // Counting cannot panic half way, so that what is there is whole.
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// What [`Seats::keep`] knows it by.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut table = self.seats.lock();
        table.taken = table.taken.saturating_sub(1);
        table.silent.remove(&self.number);
        if let Some(count) = table.by_address.get_mut(&self.address) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                table.by_address.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: SeatLimits = SeatLimits { all: 3, address: 2 };

    fn address(last: u8) -> IpAddr {
        [192, 0, 2, last].into()
    }

    /// Takes a seat of which nobody needs to leave.
    async fn seated(seats: &Seats, last: u8) -> (Seat, Leave) {
        seats.take(address(last), false).await.unwrap()
    }

    /// A connection that leaves when it is told to.
    fn obedient((seat, leave): (Seat, Leave)) -> tokio::task::JoinHandle<()> {
        tokio::spawn(async move {
            let gone = leave.await;
            drop(seat);
            drop(gone);
        })
    }

    #[tokio::test]
    async fn whoever_asks_keeps_the_seat_and_gives_it_back_at_the_end() {
        let seats = Seats::new(LIMITS);
        let (first, _leave) = seated(&seats, 1).await;
        let (second, _leave) = seated(&seats, 1).await;
        seats.keep(first.number());
        seats.keep(second.number());
        assert!(seats.take(address(1), false).await.is_none(), "its address");
        let (other, _leave) = seated(&seats, 2).await;
        seats.keep(other.number());
        assert!(seats.take(address(3), false).await.is_none(), "in all");
        drop(first);
        seated(&seats, 1).await;
    }

    #[tokio::test]
    async fn the_one_that_has_been_silent_longest_makes_room() {
        let seats = Seats::new(LIMITS);
        let first = obedient(seated(&seats, 1).await);
        let second = obedient(seated(&seats, 2).await);
        let _third = obedient(seated(&seats, 3).await);
        let (_seat, _leave) = seated(&seats, 4).await;
        first.await.unwrap();
        assert!(!second.is_finished());
    }

    #[tokio::test]
    async fn an_address_that_has_too_many_makes_room_for_itself_alone() {
        let seats = Seats::new(LIMITS);
        let other = obedient(seated(&seats, 2).await);
        let first = obedient(seated(&seats, 1).await);
        let _second = obedient(seated(&seats, 1).await);
        let (_seat, _leave) = seated(&seats, 1).await;
        first.await.unwrap();
        assert!(!other.is_finished());
    }

    #[tokio::test]
    async fn a_proxy_has_as_many_as_there_are() {
        let seats = Seats::new(LIMITS);
        let mut kept = Vec::new();
        for _ in 0..LIMITS.all {
            kept.push(seats.take(address(1), true).await.unwrap());
        }
        assert_eq!(seats.lock().taken, 3);
        drop(kept);
        let table = seats.lock();
        assert!(table.by_address.is_empty() && table.silent.is_empty() && table.taken == 0);
    }
}

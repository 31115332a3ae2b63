//! What is to be seen of the people in a document. Never stored; the last word of each counts.
//!
//! Everyone is told of everyone: in a crowd that grows with its square. Invariant: what all receivers
//! of a document are told in a second is bounded in messages and in bytes ([`Pace::of`]). Then each
//! hears of the others in turn, whoever has waited longest first, and of those who have left before
//! all others.

use std::collections::{BTreeMap, VecDeque};

use super::ServerLimits;
use super::event::ConnectionId;
use crate::PeerId;
use crate::wire::Shown;

/// The presence of everyone in one document.
#[derive(Debug, Default)]
pub(super) struct Presences {
    present: BTreeMap<ConnectionId, Present>,
    /// Names of those whose presence others have not been told of.
    changed: BTreeMap<PeerId, Option<Vec<u8>>>,
    /// The same names, in the order in which they are told.
    order: VecDeque<PeerId>,
    /// When others may be told next.
    next_ms: u64,
}

/// How fast a document's receivers are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    /// Milliseconds between two messages.
    interval_ms: u64,
    /// Bytes of one, roughly.
    room: u64,
}

/// What the name, the device and what is around them take besides the data.
const OVERHEAD: usize = 48;

impl Pace {
    /// The pace for so many receivers: as `limits` say for a few, and slower for a crowd.
    pub(super) fn of(receivers: usize, limits: &ServerLimits) -> Self {
        let receivers = u64::try_from(receivers).unwrap_or(u64::MAX).max(1);
        let apart = receivers.saturating_mul(1_000) / limits.presence_messages.max(1);
        let interval_ms = limits.presence_interval_ms.max(apart);
        let in_a_while = limits.presence_bytes.saturating_mul(interval_ms) / 1_000;
        Self {
            interval_ms,
            room: in_a_while / receivers,
        }
    }
}

#[derive(Debug)]
struct Present {
    name: PeerId,
    device: Vec<u8>,
    data: Vec<u8>,
    heard_ms: u64,
}

impl Presences {
    /// Takes down what a connection is to be seen as.
    pub(super) fn set(
        &mut self,
        from: ConnectionId,
        (name, device): (PeerId, Vec<u8>),
        data: Vec<u8>,
        now_ms: u64,
    ) {
        let present = Present {
            name: name.clone(),
            device,
            data: data.clone(),
            heard_ms: now_ms,
        };
        let before = self.present.insert(from, present);
        if before.is_none_or(|before| before.data != data)
            && self.changed.insert(name.clone(), Some(data)).is_none()
        {
            self.order.push_back(name);
        }
    }

    /// There is nothing to be seen of it any more.
    pub(super) fn remove(&mut self, from: ConnectionId) {
        if let Some(present) = self.present.remove(&from) {
            if self.changed.insert(present.name.clone(), None).is_some() {
                self.order.retain(|name| *name != present.name);
            }
            self.order.push_front(present.name);
        }
    }

    /// Removes those of whom nothing has been heard for so long.
    pub(super) fn expire(&mut self, now_ms: u64, after_ms: u64) {
        let silent = |present: &Present| now_ms.saturating_sub(present.heard_ms) >= after_ms;
        let gone: Vec<_> = self
            .present
            .iter()
            .filter(|(_, present)| silent(present))
            .map(|(connection, _)| *connection)
            .collect();
        for connection in gone {
            self.remove(connection);
        }
    }

    /// When others are to be told; `None` while nothing has changed.
    pub(super) fn due_ms(&self) -> Option<u64> {
        (!self.changed.is_empty()).then_some(self.next_ms)
    }

    /// What others have not been told of, as much as there is room for; they are told now. And from
    /// which device each is who is there.
    pub(super) fn take_changed(&mut self, now_ms: u64, pace: Pace) -> (Shown, Shown) {
        self.next_ms = now_ms.saturating_add(pace.interval_ms);
        let (mut changed, mut length) = (Shown::new(), 0);
        while let Some(name) = self.order.pop_front() {
            let Some(data) = self.changed.remove(&name) else {
                continue;
            };
            let bytes = OVERHEAD + name.as_str().len() + data.as_ref().map_or(0, Vec::len);
            length += u64::try_from(bytes).unwrap_or(u64::MAX);
            if length > pace.room && !changed.is_empty() {
                self.changed.insert(name.clone(), data);
                self.order.push_front(name);
                break;
            }
            changed.push((name, data));
        }
        changed.sort();
        let is_told = |name: &PeerId| {
            let found = changed.binary_search_by(|(told, _)| told.cmp(name));
            let data = found.ok().and_then(|at| changed.get(at));
            data.is_some_and(|(_, data)| data.is_some())
        };
        let devices = self.devices(is_told);
        (changed, devices)
    }

    /// Everyone who is to be seen, and from which device.
    pub(super) fn all(&self) -> (Shown, Shown) {
        let all = self.present.values();
        let all = all.map(|present| (present.name.clone(), Some(present.data.clone())));
        (all.collect(), self.devices(|_| true))
    }

    fn devices(&self, which: impl Fn(&PeerId) -> bool) -> Shown {
        let present = self.present.values();
        let present = present.filter(|present| which(&present.name));
        let devices = present.map(|present| (present.name.clone(), Some(present.device.clone())));
        devices.collect()
    }

    /// Whether nobody is to be seen and nobody is to be told.
    pub(super) fn is_empty(&self) -> bool {
        self.present.is_empty() && self.changed.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(n: usize) -> PeerId {
        PeerId::from(format!("peer-{n:04}"))
    }

    /// So many people of whom each has moved.
    fn crowd(count: usize) -> Presences {
        let mut presences = Presences::default();
        for n in 0..count {
            moves(&mut presences, n, 0);
        }
        presences
    }

    fn moves(presences: &mut Presences, n: usize, to: u8) {
        let connection = ConnectionId(u64::try_from(n).unwrap());
        presences.set(connection, (named(n), vec![1; 16]), vec![to; 150], 0);
    }

    /// S51
    #[test]
    fn a_few_are_told_at_once_and_at_the_usual_pace() {
        let pace = Pace::of(20, &ServerLimits::default());
        assert_eq!(pace.interval_ms, 33);
        let (told, devices) = crowd(20).take_changed(0, pace);
        assert_eq!((told.len(), devices.len()), (20, 20));
    }

    /// S51
    #[test]
    fn what_a_crowd_is_told_in_a_second_is_bounded_and_reaches_everyone_in_turn() {
        let (count, limits) = (600, ServerLimits::default());
        let pace = Pace::of(count, &limits);
        let mut presences = crowd(count);
        let (mut heard, mut told, mut messages, mut bytes) = (vec![0; count], 0, 0, 0);
        while let Some(now_ms) = presences.due_ms().filter(|due| *due < 10_000) {
            let (shown, _) = presences.take_changed(now_ms, pace);
            messages += count as u64;
            for (name, data) in shown {
                bytes += (data.unwrap().len() + name.as_str().len()) * count;
                let n: usize = name.as_str()[5..].parse().unwrap();
                heard[n] += 1;
                told += 1;
            }
            // Each goes on moving.
            for n in 0..count {
                moves(&mut presences, n, u8::try_from(messages % 250).unwrap() + 1);
            }
        }
        assert!(messages <= 11 * limits.presence_messages, "{messages}");
        assert!(bytes as u64 <= 11 * limits.presence_bytes, "{bytes}");
        let (least, most) = (heard.iter().min().unwrap(), heard.iter().max().unwrap());
        assert!(
            *least > 0 && most - least <= 1,
            "{least} to {most} of {told}"
        );
    }

    /// S51
    #[test]
    fn who_has_left_is_told_first() {
        let mut presences = crowd(600);
        presences.remove(ConnectionId(599));
        let pace = Pace::of(600, &ServerLimits::default());
        let (told, _) = presences.take_changed(0, pace);
        assert!(told.contains(&(named(599), None)), "{told:?}");
    }
}

//! A WebSocket that comes back: it reconnects with growing, random pauses, at once when there may
//! be a network again, and when the other side no longer answers.
//!
//! Invariant: [`SocketEvent::Closed`] follows every [`SocketEvent::Opened`], and no event comes
//! from a connection that has been given up.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use js_sys::{ArrayBuffer, Uint8Array};
use sync::CloseCode;
use wasm_bindgen::JsCast;
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};
use workspace::backoff;

use super::clock::{self, Scheduled};
use super::{page, random};

/// How long a connection may take to come about.
const CONNECT_WITHIN_MS: u32 = 10_000;
/// How long the other side may take to answer.
const ANSWER_WITHIN_MS: u32 = 5_000;
/// Bytes that take their time on a slow network.
const LONG_MESSAGE: u32 = 64 * 1024;
/// A connection that lasted this long was a good one: the next pause is short again.
const GOOD_AFTER_MS: f64 = 10_000.0;

/// What happens on a socket.
pub(crate) enum SocketEvent {
    /// There is a connection.
    Opened,
    /// A binary message.
    Frame(Vec<u8>),
    /// The connection is gone; another attempt follows by itself.
    Closed {
        /// The other side's reason, when it closed the connection.
        code: Option<CloseCode>,
    },
}

/// The socket; closed for good when dropped.
pub(crate) struct Socket(Rc<Inner>);

struct Inner {
    address: String,
    tell: Box<dyn Fn(SocketEvent)>,
    connection: RefCell<Option<Connection>>,
    attempts: Cell<u32>,
    next_attempt: RefCell<Option<Scheduled>>,
    answer_due: RefCell<Option<Scheduled>>,
    listeners: RefCell<Vec<EventListener>>,
}

struct Connection {
    socket: WebSocket,
    opened: Cell<Option<f64>>,
    connecting: RefCell<Option<Scheduled>>,
    _listeners: Vec<EventListener>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        // Closing what is closed does nothing.
        let _ = self.socket.close();
    }
}

impl Socket {
    /// Connects to `address` and stays connected as well as it can.
    pub(crate) fn open(address: String, tell: impl Fn(SocketEvent) + 'static) -> Self {
        let inner = Rc::new(Inner {
            address,
            tell: Box::new(tell),
            connection: RefCell::default(),
            attempts: Cell::new(0),
            next_attempt: RefCell::default(),
            answer_due: RefCell::default(),
            listeners: RefCell::default(),
        });
        let weak = Rc::downgrade(&inner);
        let mut listeners = page::on_waking(move || {
            if let Some(inner) = weak.upgrade() {
                inner.connect_now();
            }
        });
        let weak = Rc::downgrade(&inner);
        // The browser says that the network is gone. The server may be on this very machine, so
        // the connection is tried again all the same.
        listeners.extend(page::on_window("offline", move |_| {
            if let Some(inner) = weak.upgrade() {
                inner.give_up();
            }
        }));
        *inner.listeners.borrow_mut() = listeners;
        inner.connect();
        Self(inner)
    }

    /// Sends a frame; one for which there is no connection is dropped, because the protocol starts
    /// afresh on the next one.
    pub(crate) fn send(&self, frame: &[u8]) {
        if let Some(connection) = self.0.connection.borrow().as_ref()
            && connection.opened.get().is_some()
        {
            // A socket that cannot send is closing, and says so in an event of its own.
            let _ = connection.socket.send_with_u8_array(frame);
        }
    }

    /// Something was sent that has to be answered: without any frame within a few seconds the
    /// connection is given up, because a browser does not notice by itself that it is dead.
    pub(crate) fn expect_answer(&self) {
        if self.0.answer_due.borrow().is_none() {
            self.0.wait_for_answer();
        }
    }

    /// The connection has been of use: should it be lost, the next pause is short, however many
    /// attempts it took to come about.
    pub(crate) fn was_useful(&self) {
        self.0.attempts.set(self.0.attempts.get().min(1));
    }

    /// Gives this connection up, because what came from it is wrong.
    pub(crate) fn restart(&self) {
        self.0.give_up();
    }
}

impl Inner {
    fn connect(self: &Rc<Self>) {
        self.next_attempt.take();
        if self.connection.borrow().is_some() {
            return;
        }
        let Ok(socket) = WebSocket::new(&self.address) else {
            self.try_later();
            return;
        };
        socket.set_binary_type(BinaryType::Arraybuffer);
        let listeners = vec![
            self.on(&socket, "open", |inner, _| inner.opened()),
            self.on(&socket, "message", Self::received),
            self.on(&socket, "close", |inner, event| {
                let code = event
                    .dyn_ref::<CloseEvent>()
                    .map(|event| CloseCode(event.code()));
                inner.end(code);
            }),
        ];
        let weak = Rc::downgrade(self);
        let connecting = Scheduled::after(CONNECT_WITHIN_MS, move || {
            if let Some(inner) = weak.upgrade() {
                inner.give_up();
            }
        });
        *self.connection.borrow_mut() = Some(Connection {
            socket,
            opened: Cell::new(None),
            connecting: RefCell::new(Some(connecting)),
            _listeners: listeners,
        });
    }

    fn on(
        self: &Rc<Self>,
        socket: &WebSocket,
        event: &'static str,
        handle: impl Fn(&Rc<Self>, &web_sys::Event) + 'static,
    ) -> EventListener {
        let weak: Weak<Self> = Rc::downgrade(self);
        page::listen(socket, event, move |event| {
            if let Some(inner) = weak.upgrade() {
                handle(&inner, event);
            }
        })
    }

    fn opened(self: &Rc<Self>) {
        if let Some(connection) = self.connection.borrow().as_ref() {
            connection.opened.set(Some(clock::monotonic()));
            connection.connecting.take();
        }
        (self.tell)(SocketEvent::Opened);
    }

    fn received(self: &Rc<Self>, event: &web_sys::Event) {
        self.answer_due.take();
        let Some(event) = event.dyn_ref::<MessageEvent>() else {
            return;
        };
        // The protocol has binary messages alone.
        if let Ok(buffer) = event.data().dyn_into::<ArrayBuffer>() {
            (self.tell)(SocketEvent::Frame(Uint8Array::new(&buffer).to_vec()));
        }
    }

    /// Waits for an answer, and goes on waiting while a long message is still on its way.
    fn wait_for_answer(self: &Rc<Self>) {
        let before = self.unsent();
        let weak = Rc::downgrade(self);
        let due = Scheduled::after(ANSWER_WITHIN_MS, move || {
            let Some(inner) = weak.upgrade() else { return };
            if before > LONG_MESSAGE && inner.unsent() < before {
                inner.wait_for_answer();
            } else {
                inner.give_up();
            }
        });
        *self.answer_due.borrow_mut() = Some(due);
    }

    /// Bytes that the browser has not handed to the network yet.
    fn unsent(&self) -> u32 {
        let connection = self.connection.borrow();
        connection
            .as_ref()
            .map_or(0, |connection| connection.socket.buffered_amount())
    }

    /// Somebody looks, or there may be a network: the pause is over.
    fn connect_now(self: &Rc<Self>) {
        if self.connection.borrow().is_none() {
            self.connect();
        }
    }

    fn give_up(self: &Rc<Self>) {
        self.end(None);
    }

    fn end(self: &Rc<Self>, code: Option<CloseCode>) {
        self.answer_due.take();
        let connection = self.connection.take();
        let Some(connection) = connection else { return };
        let lasted = connection
            .opened
            .get()
            .map(|since| clock::monotonic() - since);
        drop(connection);
        if lasted.is_some_and(|lasted| lasted >= GOOD_AFTER_MS) {
            self.attempts.set(0);
        }
        self.try_later();
        if lasted.is_some() {
            (self.tell)(SocketEvent::Closed { code });
        }
    }

    fn try_later(self: &Rc<Self>) {
        let attempt = self.attempts.get();
        self.attempts.set(attempt.saturating_add(1));
        let weak = Rc::downgrade(self);
        let next = Scheduled::after(backoff::delay(attempt, random::bits()), move || {
            if let Some(inner) = weak.upgrade() {
                inner.connect();
            }
        });
        *self.next_attempt.borrow_mut() = Some(next);
    }
}

//! Why a WebSocket was closed, as a number: one of RFC 6455's, or from 4000 on one of this
//! protocol's own. What each asks of a client is in PROTOCOL.md.

use std::fmt;

/// A close code. Whatever the other side sends is one; the constants are those that the server uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CloseCode(pub u16);

impl CloseCode {
    /// The peer left.
    pub const NORMAL: Self = Self(1000);
    /// The server stops.
    pub const GOING_AWAY: Self = Self(1001);
    /// The peer broke the protocol.
    pub const PROTOCOL: Self = Self(1002);
    /// A text frame: only binary ones are spoken.
    pub const UNSUPPORTED: Self = Self(1003);
    /// What the peer sent is not what it should be.
    pub const PAYLOAD: Self = Self(1007);
    /// The peer does what nobody may.
    pub const POLICY: Self = Self(1008);
    /// What the peer sent is too large.
    pub const TOO_BIG: Self = Self(1009);
    /// The server could not do its part.
    pub const INTERNAL: Self = Self(1011);
    /// The server starts over, for a reason that is not the peer's: come back.
    pub const RESTART: Self = Self(1012);
    /// What keeps the peer out, or had the server let it go, passes: come back later.
    pub const LATER: Self = Self(1013);

    /// The peer's link was revoked, or opens less than before.
    pub const REVOKED: Self = Self(4003);
    /// The peer's link has expired.
    pub const EXPIRED: Self = Self(4010);
    /// The peer's address asks for too much, as HTTP's 429.
    pub const TOO_MANY: Self = Self(4029);
}

impl fmt::Display for CloseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

//! A room without internet: the server on the local network, found by an address and a QR code.
//!
//! Invariant: nothing is sent to find the address; without a network there is none, and the server
//! runs all the same.

use std::fmt::Write;
use std::net::{IpAddr, Ipv4Addr, UdpSocket};

use if_addrs::get_if_addrs;
use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};

/// Where the routing table is asked the way to; nothing is sent there (RFC 5737).
const ELSEWHERE: (Ipv4Addr, u16) = (Ipv4Addr::new(192, 0, 2, 1), 9);

/// The addresses at which others in the room find a server that listens on every address of this
/// machine, the likeliest first.
pub(crate) fn addresses(scheme: &str, port: u16) -> Vec<String> {
    let found = get_if_addrs().unwrap_or_default();
    let found = found.into_iter().map(|interface| interface.ip()).collect();
    likeliest(outward(), found)
        .into_iter()
        .map(|address| format!("{scheme}://{address}:{port}"))
        .collect()
}

/// This machine's address on the way out, if there is a way.
fn outward() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect(ELSEWHERE).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// Those that others can reach: the one on the way out, then private ones, then the rest.
fn likeliest(outward: Option<IpAddr>, found: Vec<IpAddr>) -> Vec<Ipv4Addr> {
    let mut usable: Vec<_> = outward
        .into_iter()
        .chain(found)
        .filter_map(|address| match address {
            IpAddr::V4(address) => Some(address),
            IpAddr::V6(_) => None,
        })
        .filter(|it| !(it.is_loopback() || it.is_link_local() || it.is_unspecified()))
        .collect();
    // Stable: whatever is alike keeps its order, and the way out is first among its like.
    usable.sort_by_key(|address| (Some(IpAddr::V4(*address)) != outward, !address.is_private()));
    usable.dedup();
    usable
}

/// Black on white, whatever the terminal's colours: cameras want it so.
const BLACK_ON_WHITE: &str = "\x1b[38;5;16;48;5;231m";
const AS_BEFORE: &str = "\x1b[0m";

/// What to show people in the room: the address, its QR code, and the other addresses; in colours
/// for a terminal.
#[must_use]
pub fn sheet(addresses: &[String], colours: bool) -> String {
    let Some((first, others)) = addresses.split_first() else {
        return "No local network was found; others cannot join yet.\n".to_owned();
    };
    let mut text = format!("In this room: {first}\n");
    // An address is far shorter than the longest code.
    if let Ok(code) = QrCode::with_error_correction_level(first, EcLevel::L) {
        let (begin, end) = if colours {
            (BLACK_ON_WHITE, AS_BEFORE)
        } else {
            ("", "")
        };
        for line in code.render::<Dense1x2>().quiet_zone(true).build().lines() {
            // Writing to a string does not fail, here and below.
            let _ = writeln!(text, "{begin}{line}{end}");
        }
    }
    for other in others {
        let _ = writeln!(text, "or: {other}");
    }
    text += "Everyone in this network can reach it, and nothing is encrypted on the way.\n";
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(addresses: &[&str]) -> Vec<IpAddr> {
        addresses.iter().map(|it| it.parse().unwrap()).collect()
    }

    #[test]
    fn the_way_out_comes_first_and_what_nobody_reaches_not_at_all() {
        let found = all(&[
            "127.0.0.1",
            "169.254.3.4",
            "172.17.0.1",
            "192.168.1.5",
            "::1",
        ]);
        let outward = Some("192.168.1.5".parse().unwrap());
        let expected = ["192.168.1.5", "172.17.0.1"].map(|it| it.parse::<Ipv4Addr>().unwrap());
        assert_eq!(likeliest(outward, found), expected);
    }

    #[test]
    fn a_network_without_a_way_out_has_addresses_too() {
        let found = all(&["203.0.113.7", "10.0.0.3"]);
        let expected = ["10.0.0.3", "203.0.113.7"].map(|it| it.parse::<Ipv4Addr>().unwrap());
        assert_eq!(likeliest(None, found), expected);
    }

    #[test]
    fn the_sheet_shows_the_address_as_text_and_as_a_code() {
        let addresses = ["http://192.168.1.5:4280", "http://172.17.0.1:4280"];
        let text = sheet(&addresses.map(str::to_owned), false);
        assert!(text.starts_with("In this room: http://192.168.1.5:4280\n"));
        assert!(text.contains("or: http://172.17.0.1:4280\n"));
        // Version 2 is 25 modules wide and high with four around them, two rows on each line.
        let is_code = |line: &&str| line.chars().all(|it| " █▀▄".contains(it));
        let code: Vec<_> = text.lines().filter(is_code).collect();
        assert_eq!(code.len(), (25_usize + 8).div_ceil(2), "{text}");
        assert!(
            code.iter().all(|line| line.chars().count() == 25 + 8),
            "{text}"
        );
    }

    #[test]
    fn without_a_network_the_sheet_says_so() {
        assert!(sheet(&[], true).starts_with("No local network"));
    }
}

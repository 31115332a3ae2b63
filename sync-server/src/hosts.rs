//! The names under which the server answers.
//!
//! Whoever owns a name can let it stand for this machine while their page is open (DNS rebinding):
//! the browser then takes the page and the server for one site, and the `Origin` of what the page
//! sends is what its `Host` says. So it has to be known which names are the server's. An address
//! stands for nothing but itself, and `localhost` for the machine that asks: those are never foreign.
//!
//! Invariant: where the names are known, nothing is answered under any other, whatever is asked for.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, StatusCode, Version};
use axum::response::{IntoResponse, Response};

/// Where a proxy says under which name it was asked.
pub(crate) const FORWARDED: &str = "x-forwarded-host";

/// The longest name there is; more of one is not repeated to whoever sent it.
const MAX_NAME: usize = 253;

/// The names of a server, besides `localhost` and all addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hosts {
    /// Whatever it is asked under: nobody has said.
    Any,
    /// These.
    Named(Arc<[String]>),
}

/// Why a request is not for this server.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Misdirected {
    /// It does not say, once and readably, which host it is for.
    #[error("the request names no host, or not one alone")]
    Unnamed,
    /// It is for a host that this server does not know as itself.
    #[error(
        "this server does not go by the name `{0}`; if it should, start it with --host {0} \
         (GROUNDWORK_HOST)"
    )]
    Elsewhere(String),
}

impl Hosts {
    /// Those that were given. If none were: any, but none on a machine's own loopback or in a room,
    /// where nobody has a name for the server. There a proxy may have one, and keeps others out.
    pub(crate) fn new(given: Vec<String>, alone: bool) -> Self {
        if given.is_empty() && !alone {
            Self::Any
        } else {
            Self::Named(given.into())
        }
    }

    /// Whether a request is for this server. `forwarded` says that it comes from a proxy that is
    /// believed about the name that it was asked under.
    ///
    /// # Errors
    /// With the name that is not this server's, or when there is none. Before HTTP/1.1 requests did
    /// not have to say one, and no browser sends such.
    pub(crate) fn admit(&self, request: &Request, forwarded: bool) -> Result<(), Misdirected> {
        let headers = request.headers();
        let mut said = headers.get_all(HOST).iter();
        let host = match (said.next(), said.next()) {
            (None, _) if request.version() < Version::HTTP_11 => None,
            (Some(host), None) => Some(readable(host.to_str().unwrap_or_default())?),
            _ => return Err(Misdirected::Unnamed),
        };
        let Self::Named(names) = self else {
            return Ok(());
        };
        let addressed = request.uri().authority().cloned();
        let mut asked: Vec<Authority> = host.into_iter().chain(addressed).collect();
        if forwarded {
            asked.extend(forwarded_hosts(headers)?);
        }
        match asked.iter().find(|host| !is_ours(names, host)) {
            None => Ok(()),
            Some(other) => Err(Misdirected::Elsewhere(
                other.host().chars().take(MAX_NAME).collect(),
            )),
        }
    }
}

/// The hosts that a proxy says it was asked under.
fn forwarded_hosts(headers: &HeaderMap) -> Result<Vec<Authority>, Misdirected> {
    let said = headers.get_all(FORWARDED).iter();
    let said = said.flat_map(|value| value.to_str().unwrap_or_default().split(','));
    said.map(|host| readable(host.trim())).collect()
}

/// A host and perhaps a port.
fn readable(text: &str) -> Result<Authority, Misdirected> {
    match text.parse::<Authority>() {
        Ok(host) if !text.contains('@') && !host.host().is_empty() => Ok(host),
        _ => Err(Misdirected::Unnamed),
    }
}

/// Whether this is the server: by an address, as this machine itself, or by one of its names.
fn is_ours(names: &[String], host: &Authority) -> bool {
    let host = host.host();
    let address = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    if address.unwrap_or(host).parse::<IpAddr>().is_ok() {
        return true;
    }
    let name = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || names.iter().any(|ours| ours.eq_ignore_ascii_case(&name))
}

impl Misdirected {
    /// How HTTP calls it.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Unnamed => StatusCode::BAD_REQUEST,
            Self::Elsewhere(_) => StatusCode::MISDIRECTED_REQUEST,
        }
    }
}

impl IntoResponse for Misdirected {
    fn into_response(self) -> Response {
        (self.status(), format!("{self}\n")).into_response()
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    /// A request with these hosts.
    fn request(hosts: &[&str]) -> Request {
        let mut request = Request::new(Body::empty());
        for host in hosts {
            request.headers_mut().append(HOST, host.parse().unwrap());
        }
        request
    }

    fn elsewhere(name: &str) -> Result<(), Misdirected> {
        Err(Misdirected::Elsewhere(name.to_owned()))
    }

    #[test]
    fn a_server_on_loopback_answers_to_addresses_and_to_this_machine_alone() {
        let hosts = Hosts::new(Vec::new(), true);
        for own in [
            "localhost",
            "localhost:4280",
            "LocalHost.:80",
            "groundwork.localhost:1",
            "127.0.0.1",
            "127.8.9.10:4280",
            "[::1]",
            "[::1]:4280",
            "192.168.1.5:4280",
        ] {
            assert_eq!(hosts.admit(&request(&[own]), false), Ok(()), "{own}");
        }
        for (other, name) in [
            ("evil.example", "evil.example"),
            ("evil.example:4280", "evil.example"),
            ("localhost.evil.example", "localhost.evil.example"),
            ("127.0.0.1.evil.example", "127.0.0.1.evil.example"),
            ("evillocalhost", "evillocalhost"),
        ] {
            assert_eq!(hosts.admit(&request(&[other]), false), elsewhere(name));
        }
    }

    #[test]
    fn a_name_that_was_given_is_the_servers_and_others_are_not_any_more() {
        for alone in [true, false] {
            let hosts = Hosts::new(vec!["Team.example".to_owned()], alone);
            for own in ["team.example", "TEAM.EXAMPLE:443", "localhost", "10.0.0.1"] {
                assert_eq!(hosts.admit(&request(&[own]), false), Ok(()), "{own}");
            }
            for other in ["www.team.example", "evil.example"] {
                assert_eq!(hosts.admit(&request(&[other]), false), elsewhere(other));
            }
        }
    }

    #[test]
    fn where_nobody_has_said_a_name_beyond_loopback_any_will_do() {
        let hosts = Hosts::new(Vec::new(), false);
        assert_eq!(hosts.admit(&request(&["team.example"]), true), Ok(()));
    }

    #[test]
    fn a_request_says_one_host() {
        let (any, none) = (Hosts::new(Vec::new(), false), Hosts::new(Vec::new(), true));
        for said in [
            &[][..],
            &["localhost", "localhost"],
            &[""],
            &["me@localhost"],
            &["a b"],
            &["localhost/w"],
        ] {
            for hosts in [&any, &none] {
                let refused = hosts.admit(&request(said), false);
                assert_eq!(refused, Err(Misdirected::Unnamed), "{said:?}");
            }
        }
        let mut old = request(&[]);
        *old.version_mut() = Version::HTTP_10;
        assert_eq!(none.admit(&old, false), Ok(()), "none was due then");
    }

    #[test]
    fn what_a_proxy_says_and_what_the_address_says_count_too() {
        let hosts = Hosts::new(vec!["team.example".to_owned()], true);
        let mut forwarded = request(&["127.0.0.1:4280"]);
        let said = "team.example, evil.example".parse().unwrap();
        forwarded.headers_mut().insert(FORWARDED, said);
        assert_eq!(hosts.admit(&forwarded, true), elsewhere("evil.example"));
        assert_eq!(
            hosts.admit(&forwarded, false),
            Ok(()),
            "anyone can write it"
        );
        let mut absolute = request(&["localhost"]);
        *absolute.uri_mut() = "http://evil.example/sync".parse().unwrap();
        assert_eq!(hosts.admit(&absolute, false), elsewhere("evil.example"));
    }

    #[test]
    fn who_comes_under_another_name_is_told_which_flag_gives_it() {
        let text = Misdirected::Elsewhere("team.example".to_owned()).to_string();
        assert!(text.contains("--host team.example"), "{text}");
    }
}

//! Whether what was typed makes sense.
//!
//! Invariant: what passes here can be served with; what is refused would have had the server start
//! and then turn everybody away, or say nothing, without a word about why.

use axum::http::uri::Authority;

use super::{Arguments, NewWorkspaces};
use crate::ServerError;

/// Refuses a limit of nothing, an origin that no browser sends, and a host that is none.
///
/// # Errors
/// [`ServerError::Setting`], with the first that makes no sense.
pub(super) fn sensible(arguments: &Arguments) -> Result<(), ServerError> {
    let limits = [
        (
            "--max-connections",
            arguments.max_connections == 0,
            "nobody could connect",
        ),
        (
            "--max-documents",
            arguments.max_documents == 0,
            "nobody could open anything",
        ),
        (
            "--max-messages",
            arguments.max_messages == 0,
            "nobody could say anything",
        ),
        (
            "--max-bytes",
            arguments.max_bytes == 0,
            "nobody could say anything",
        ),
    ];
    for (flag, nothing, reason) in limits {
        if nothing {
            return Err(refused(flag, "0", reason));
        }
    }
    let with_token = arguments.new_workspaces == NewWorkspaces::WithToken;
    if with_token != arguments.workspace_token.is_some() {
        return Err(match &arguments.workspace_token {
            Some(file) => {
                let reason = "nobody is asked for a token without --new-workspaces with-token";
                refused("--workspace-token", &file.display().to_string(), reason)
            }
            None => {
                let reason = "the token is in the file that --workspace-token FILE names";
                refused("--new-workspaces", "with-token", reason)
            }
        });
    }
    for origin in &arguments.allow_origin {
        if !is_origin(origin) {
            let reason = "an origin is a scheme, a host in lower case and, if it is not the usual \
                          one, a port, such as https://team.example";
            return Err(refused("--allow-origin", origin, reason));
        }
    }
    for host in &arguments.host {
        if !is_host(host) {
            let reason = "a host is a name alone, without a scheme, a port or a path, such as \
                          team.example";
            return Err(refused("--host", host, reason));
        }
    }
    Ok(())
}

fn refused(flag: &str, value: &str, reason: &'static str) -> ServerError {
    ServerError::Setting {
        setting: format!("{flag} {value}"),
        reason,
    }
}

/// Whether a browser sends this as its page's origin, letter by letter.
fn is_origin(text: &str) -> bool {
    let Some((scheme, place)) = text.split_once("://") else {
        return false;
    };
    let begins = scheme.starts_with(|first: char| first.is_ascii_lowercase());
    let in_scheme = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "+-.".contains(c);
    let lower = !place.contains(|c: char| c.is_ascii_uppercase() || c == '@');
    let Ok(authority) = place.parse::<Authority>() else {
        return false;
    };
    let host = authority.host();
    let port = place.strip_prefix(host).is_some_and(|rest| {
        rest.is_empty()
            || rest
                .strip_prefix(':')
                .is_some_and(|port| is_port(port, scheme))
    });
    begins && scheme.chars().all(in_scheme) && lower && port && !host.is_empty()
}

/// Whether this is a host's name, and nothing else.
fn is_host(text: &str) -> bool {
    let in_name = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    !text.is_empty() && text.chars().all(in_name)
}

/// Whether a browser writes this port, which it leaves out where it is the scheme's own.
fn is_port(text: &str, scheme: &str) -> bool {
    let own = match scheme {
        "http" => "80",
        "https" => "443",
        _ => "",
    };
    let read: Result<u16, _> = text.parse();
    text != own && read.is_ok_and(|port| port.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_alone() {
        for host in ["team.example", "localhost", "Team-1.example", "10.0.0.1"] {
            assert!(is_host(host), "{host}");
        }
        for other in [
            "",
            "*",
            "https://team.example",
            "team.example:443",
            "a/b",
            "a b",
        ] {
            assert!(!is_host(other), "{other}");
        }
    }

    #[test]
    fn an_origin_is_what_a_browser_sends() {
        for origin in [
            "https://team.example",
            "http://localhost:4280",
            "http://[::1]:8080",
            "https://team.example:80",
            "tauri://localhost",
        ] {
            assert!(is_origin(origin), "{origin}");
        }
        for other in [
            "",
            "nonsense",
            "*",
            "team.example",
            "https://",
            "https://team.example/",
            "https://team.example/app",
            "https://Team.example",
            "HTTPS://team.example",
            "https://me@team.example",
            "https://team.example:",
            "https://team.example:443",
            "https://team.example:99999",
            "://team.example",
        ] {
            assert!(!is_origin(other), "{other}");
        }
    }
}

//! The bundler's command line.

use crate::BundlerError;

/// What `--help` prints.
pub const USAGE: &str = "\
Usage: bundler build [--profile wasm-release|dev]
       bundler start [--listen ADDRESS] [--lan] [--data DIRECTORY] [--profile wasm-release|dev]
                     [-- OPTION...]

build   builds the site into target/site
start   builds it, then serves it together with sync (`cargo start` is short for this)

--listen ADDRESS    where the server listens (127.0.0.1:4280 unless told)
--lan               lets others in the local network join, by an address or a QR code
--data DIRECTORY    where the server keeps workspaces (the platform's data directory unless told)
--profile PROFILE   wasm-release: small and fast, slow to build; dev: quick to build, large
-- OPTION...        what the server is told besides, such as `-- --host groundwork.example`";

/// How the app is compiled and how hard the result is squeezed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// What people get: optimised for size, compressed as far as possible.
    Release,
    /// What a developer wants while working: quick, with names for the profiler.
    Dev,
}

impl Profile {
    /// The name that cargo knows the profile by.
    pub fn cargo_name(self) -> &'static str {
        match self {
            Self::Release => "wasm-release",
            Self::Dev => "dev",
        }
    }

    /// The folder below the target directory that cargo builds it in.
    pub fn directory(self) -> &'static str {
        match self {
            Self::Release => "wasm-release",
            Self::Dev => "debug",
        }
    }

    fn named(name: &str) -> Result<Self, BundlerError> {
        [Self::Release, Self::Dev]
            .into_iter()
            .find(|profile| profile.cargo_name() == name)
            .ok_or_else(|| BundlerError::Arguments(format!("there is no profile `{name}`")))
    }
}

/// What the server is told; absent means that the server's own default holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerOptions {
    /// Where it listens.
    pub listen: Option<String>,
    /// Whether others in the local network may join.
    pub lan: bool,
    /// Where it keeps its data.
    pub data: Option<String>,
    /// Options of the server's own, as they came.
    pub more: Vec<String>,
}

/// A command line, understood.
#[derive(Debug, PartialEq, Eq)]
pub enum Arguments {
    /// Print [`USAGE`].
    Help,
    /// Build the site.
    Build {
        /// How.
        profile: Profile,
    },
    /// Build the site and serve it.
    Start {
        /// How.
        profile: Profile,
        /// What the server is told.
        options: ServerOptions,
    },
}

impl Arguments {
    /// Reads the words that follow the program's name.
    pub fn parse(words: impl IntoIterator<Item = String>) -> Result<Self, BundlerError> {
        let mut words = words.into_iter();
        let command = match words.next() {
            Some(word) if ["--help", "-h", "help"].contains(&word.as_str()) => {
                return Ok(Self::Help);
            }
            Some(word) => word,
            None => return Err(BundlerError::Arguments("say `build` or `start`".into())),
        };
        let serves = match command.as_str() {
            "build" => false,
            "start" => true,
            other => {
                let message = format!("there is no command `{other}`");
                return Err(BundlerError::Arguments(message));
            }
        };

        let mut profile = Profile::Release;
        let mut options = ServerOptions::default();
        while let Some(word) = words.next() {
            let (name, attached) = match word.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (word, None),
            };
            let mut value = || {
                attached
                    .clone()
                    .or_else(|| words.next())
                    .ok_or_else(|| BundlerError::Arguments(format!("`{name}` needs a value")))
            };
            match name.as_str() {
                "--help" | "-h" => return Ok(Self::Help),
                "--profile" => profile = Profile::named(&value()?)?,
                "--listen" if serves => options.listen = Some(value()?),
                "--lan" if serves => options.lan = true,
                "--data" if serves => options.data = Some(value()?),
                "--" if serves => options.more.extend(words.by_ref()),
                other => {
                    let message = format!("`{command}` does not know `{other}`");
                    return Err(BundlerError::Arguments(message));
                }
            }
        }
        Ok(match serves {
            true => Self::Start { profile, options },
            false => Self::Build { profile },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, BundlerError> {
        Arguments::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn start_passes_the_server_its_options_in_either_spelling() {
        let expected = Arguments::Start {
            profile: Profile::Release,
            options: ServerOptions {
                listen: Some("127.0.0.1:0".into()),
                lan: true,
                data: Some("here".into()),
                more: vec!["--host".into(), "a.example".into()],
            },
        };
        let line = "start --listen 127.0.0.1:0 --lan --data=here -- --host a.example";
        assert_eq!(parse(line).unwrap(), expected);
    }

    #[test]
    fn build_takes_a_profile_and_nothing_of_the_server() {
        let built = Arguments::Build {
            profile: Profile::Dev,
        };
        assert_eq!(parse("build --profile dev").unwrap(), built);
        assert!(parse("build --listen 127.0.0.1:0").is_err());
    }

    #[test]
    fn a_wrong_line_is_answered_with_what_is_wrong_and_the_usage() {
        for (line, said) in [
            ("", "say `build` or `start`"),
            ("fly", "there is no command `fly`"),
            ("start --data", "`--data` needs a value"),
            ("start --profile fast", "there is no profile `fast`"),
        ] {
            let message = parse(line).unwrap_err().to_string();
            assert!(message.starts_with(said), "{line}: {message}");
            assert!(message.contains("Usage:"));
        }
    }
}

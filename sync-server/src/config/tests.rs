//! What is typed, what comes of it, and what README says about it.

use clap::{CommandFactory, Parser};

use super::*;

fn arguments(line: &[&str]) -> Arguments {
    Arguments::parse_from([&["sync-server"], line].concat())
}

#[test]
fn what_is_given_is_taken() {
    let line = [
        "--listen",
        "[::1]:0",
        "--data",
        "/d",
        "--app",
        "/a",
        "--allow-origin",
        "http://a,http://b",
    ];
    let config = Config::try_from(arguments(&line)).unwrap();
    assert_eq!(config.listen, "[::1]:0");
    assert_eq!(config.data, Path::new("/d"));
    assert_eq!(config.app, Path::new("/a"));
    assert_eq!(config.origins, ["http://a", "http://b"]);
}

#[test]
fn a_server_listens_on_loopback_alone_unless_told_otherwise() {
    assert_eq!(arguments(&["--data", "/d"]).listen, "127.0.0.1:4280");
}

#[test]
fn the_data_directory_is_the_platforms_and_bears_the_products_name() {
    let data = Config::try_from(arguments(&[])).unwrap().data;
    assert!(data.is_absolute());
    assert!(
        data.to_string_lossy().contains("groundwork"),
        "{}",
        data.display()
    );
}

#[test]
fn defaults_are_the_same_typed_or_not() {
    let typed = Config::try_from(arguments(&["--data", "/d"])).unwrap();
    let local = Config::local(Path::new("/d"));
    assert_eq!(typed.addresses, local.addresses);
    assert_eq!(typed.limits, local.limits);
    assert_eq!(typed.metrics, local.metrics);
    assert_eq!(typed.timing, local.timing);
}

#[test]
fn a_certificate_needs_its_key() {
    let line = ["sync-server", "--tls-certificate", "/c"];
    assert!(Arguments::try_parse_from(line).is_err());
}

/// A row of README's table: the flag, its variable, its default.
type Row = (String, String, String);

/// The rows of the table of flags in README, without marks; a default in words stands for none.
fn documented() -> Vec<Row> {
    let readme = include_str!("../../README.md");
    let table = readme.split("| flag |").nth(1).expect("the table of flags");
    let rows = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let default = cells[3].strip_prefix('`').and_then(|d| d.strip_suffix('`'));
        (
            cells[1].replace('`', ""),
            cells[2].replace('`', ""),
            default.unwrap_or_default().to_owned(),
        )
    })
    .collect()
}

#[test]
fn readmes_table_lists_each_flag_with_its_variable_and_default() {
    let command = Arguments::command();
    let mut defined: Vec<Row> = Vec::new();
    for argument in command.get_arguments() {
        let long = argument.get_long().unwrap();
        if ["help", "version"].contains(&long) {
            continue;
        }
        let takes_value = argument.get_action().takes_values();
        let value = argument
            .get_value_names()
            .filter(|_| takes_value)
            .map_or("", |names| names[0].as_str());
        let variable = argument.get_env().expect("each flag has a variable");
        let default = argument
            .get_default_values()
            .first()
            .filter(|_| takes_value);
        defined.push((
            format!("--{long} {value}").trim_end().to_owned(),
            variable.to_str().unwrap().to_owned(),
            default.map_or(String::new(), |default| {
                default.to_str().unwrap().to_owned()
            }),
        ));
    }
    assert_eq!(documented(), defined);
}

#[test]
fn in_a_room_the_server_listens_everywhere_on_the_same_port() {
    let line = ["--data", "/d", "--lan", "--listen", "[::1]:4300"];
    let config = Config::try_from(arguments(&line)).unwrap();
    assert_eq!((config.listen.as_str(), config.lan), ("0.0.0.0:4300", true));
}

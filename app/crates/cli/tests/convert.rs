//! `groundwork convert` as a person runs it.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on panics, in its helpers too"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn groundwork(arguments: &[&str], directory: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_groundwork"))
        .args(arguments)
        .current_dir(directory)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_sample_goes_through_every_lossless_format_and_comes_back() {
    let place = tempfile::tempdir().unwrap();
    let original = domain::to_json(&domain::sample("en"));
    fs::write(place.path().join("a.json"), &original).unwrap();
    let steps = [
        ["a.json", "b.md"],
        ["b.md", "tables.csv"],
        ["tables.csv", "c.json"],
    ];
    for [from, to] in steps {
        let output = groundwork(&["convert", from, to], place.path());
        assert!(output.status.success(), "{from} to {to}: {}", said(&output));
        assert_eq!(said(&output), "", "{from} to {to}");
    }
    let back = fs::read_to_string(place.path().join("c.json")).unwrap();
    assert_eq!(back, original);
}

#[test]
fn a_product_graph_and_standard_output_are_written_too() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("a.md"), "# Problem\n- Too slow\n").unwrap();
    let output = groundwork(&["convert", "a.md", "-", "--to", "upg"], place.path());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\"title\": \"Too slow\""), "{text}");
}

#[test]
fn a_format_may_be_called_by_its_ending_and_a_place_that_is_none_by_its_name() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("a.md"), "# Problem\n- Too slow\n").unwrap();
    let output = groundwork(&["convert", "a.md", "-", "--to", "md"], place.path());
    assert!(output.status.success(), "{}", said(&output));

    let output = groundwork(&["convert", "a.md", "nowhere/b.json"], place.path());
    assert_eq!(output.status.code(), Some(2));
    let words = said(&output);
    assert!(
        words.starts_with("groundwork: nowhere/b.json: cannot be written: "),
        "{words}"
    );
    assert!(!words.contains("tmp"), "{words}");
}

#[test]
fn a_mistake_is_told_with_its_line_and_leaves_what_was_there() {
    let place = tempfile::tempdir().unwrap();
    let broken = "{\"format\": \"groundwork\",\n\"entities\": [\n{\"id\": \"b\", \"text\": 7}]}";
    fs::write(place.path().join("broken.json"), broken).unwrap();
    fs::write(place.path().join("out.md"), "precious").unwrap();
    let output = groundwork(&["convert", "broken.json", "out.md"], place.path());
    assert_eq!(output.status.code(), Some(2));
    let words = said(&output);
    for part in ["broken.json", "Line 3", "\"b\"", "\"text\""] {
        assert!(words.contains(part), "{words}");
    }
    let kept = fs::read_to_string(place.path().join("out.md")).unwrap();
    assert_eq!(kept, "precious");
}

#[test]
fn tables_never_mix_with_other_files() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("a.md"), "# Problem\n- Too slow\n").unwrap();
    let output = groundwork(&["convert", "a.md", "."], place.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("empty directory"),
        "{}",
        said(&output)
    );
    let unknown = groundwork(&["convert", "a.md", "b.docx"], place.path());
    assert!(said(&unknown).contains("--to"), "{}", said(&unknown));
}

#[test]
fn kinds_whose_tables_would_have_one_name_get_two() {
    let place = tempfile::tempdir().unwrap();
    let odd = r#"{ "format": "groundwork", "entities": [
        { "id": "a", "kind": "x/y", "text": "One" },
        { "id": "b", "kind": "x?Y", "text": "Two" } ] }"#;
    fs::write(place.path().join("a.json"), odd).unwrap();
    for [from, to] in [
        ["a.json", "b.json"],
        ["a.json", "t.csv"],
        ["t.csv", "c.json"],
    ] {
        let output = groundwork(&["convert", from, to], place.path());
        assert!(output.status.success(), "{from} to {to}: {}", said(&output));
    }
    let read = |name: &str| fs::read_to_string(place.path().join(name)).unwrap();
    assert_eq!(read("c.json"), read("b.json"));
}

#[cfg(unix)]
mod places {
    use std::io::Read;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Stdio;

    use super::*;

    const NOTE: &str = "# Problem\n- Too slow\n";

    fn place() -> tempfile::TempDir {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("a.md"), NOTE).unwrap();
        place
    }

    #[test]
    fn a_link_is_followed_and_the_file_behind_it_keeps_its_rights() {
        let place = place();
        let at = |name: &str| place.path().join(name);
        fs::write(at("private.json"), "old").unwrap();
        fs::set_permissions(at("private.json"), fs::Permissions::from_mode(0o600)).unwrap();
        symlink("private.json", at("link.json")).unwrap();
        symlink("later.json", at("dangling.json")).unwrap();
        for name in ["link.json", "dangling.json"] {
            let output = groundwork(&["convert", "a.md", name], place.path());
            assert!(output.status.success(), "{}", said(&output));
            assert!(at(name).is_symlink());
        }
        for name in ["private.json", "later.json"] {
            assert!(fs::read_to_string(at(name)).unwrap().contains("Too slow"));
        }
        let mode = fs::metadata(at("private.json"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn what_lies_beside_the_file_is_left_alone_and_a_protected_file_is_kept() {
        let place = place();
        let at = |name: &str| place.path().join(name);
        fs::write(at("out.json.part"), "precious").unwrap();
        fs::write(at("fixed.json"), "fixed").unwrap();
        fs::set_permissions(at("fixed.json"), fs::Permissions::from_mode(0o444)).unwrap();

        let written = groundwork(&["convert", "a.md", "out.json"], place.path());
        let refused = groundwork(&["convert", "a.md", "fixed.json"], place.path());

        assert!(written.status.success(), "{}", said(&written));
        assert_eq!(refused.status.code(), Some(2));
        assert_eq!(fs::read_to_string(at("out.json.part")).unwrap(), "precious");
        assert_eq!(fs::read_to_string(at("fixed.json")).unwrap(), "fixed");
        let names = fs::read_dir(place.path()).unwrap().count();
        assert_eq!(names, 4, "nothing else is left");
    }

    #[test]
    fn a_pipe_is_written_into() {
        let place = place();
        let pipe = place.path().join("pipe.json");
        let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let mut writer = Command::new(env!("CARGO_BIN_EXE_groundwork"))
            .args(["convert", "a.md", "pipe.json"])
            .current_dir(place.path())
            .spawn()
            .unwrap();
        let mut text = String::new();
        fs::File::open(&pipe)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        assert!(writer.wait().unwrap().success());
        assert!(text.contains("Too slow"), "{text}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_and_a_reader_that_leaves_is_not() {
        let place = place();
        // An error of the workspace, so that there is a verdict to lose.
        let broken = r#"{ "format": "groundwork",
            "entities": [{ "id": "a", "kind": "evidence", "text": "Seen" }],
            "links": [{ "id": "l", "kind": "supports", "from": "a", "to": "gone" }] }"#;
        fs::write(place.path().join("bad.json"), broken).unwrap();
        let plain = groundwork(&["check", "bad.json"], place.path());
        assert_eq!(plain.status.code(), Some(1), "{}", said(&plain));

        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let on_full = Command::new(env!("CARGO_BIN_EXE_groundwork"))
            .args(["check", "bad.json"])
            .current_dir(place.path())
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(on_full.status.code(), Some(2));
        assert!(
            said(&on_full).contains("standard output"),
            "{}",
            said(&on_full)
        );

        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let cut = Command::new(env!("CARGO_BIN_EXE_groundwork"))
            .args(["check", "bad.json"])
            .current_dir(place.path())
            .stdout(Stdio::from(writer))
            .output()
            .unwrap();
        assert_eq!(cut.status.code(), Some(1), "{}", said(&cut));
        assert_eq!(said(&cut), said(&plain));
    }

    /// What stood in a log is no less there for being redirected into by name.
    #[cfg(target_os = "linux")]
    #[test]
    fn what_is_open_is_written_to_and_not_replaced() {
        let place = place();
        let log = place.path().join("log");
        for path in ["/dev/stdout", "/dev/fd/1"] {
            fs::write(&log, "before\n").unwrap();
            let out = fs::File::options().append(true).open(&log).unwrap();
            let status = Command::new(env!("CARGO_BIN_EXE_groundwork"))
                .args(["convert", "a.md", path, "--to", "json"])
                .current_dir(place.path())
                .stdout(out)
                .status()
                .unwrap();
            assert!(status.success(), "{path}");
            let text = fs::read_to_string(&log).unwrap();
            assert!(text.starts_with("before\n{"), "{path}: {text}");
            assert!(text.contains("Too slow"), "{path}: {text}");
        }
    }

    #[test]
    fn tables_do_not_go_to_standard_output_nor_into_what_they_are_made_from() {
        let place = place();
        let steps = [
            (["convert", "a.md", "t.csv"], Some(0)),
            (["convert", "t.csv", "t.csv/sub.csv"], Some(2)),
            (["convert", "t.csv", "back.json"], Some(0)),
        ];
        for (arguments, code) in steps {
            let output = groundwork(&arguments, place.path());
            assert_eq!(output.status.code(), code, "{}", said(&output));
        }
        let printed = groundwork(&["convert", "a.md", "-", "--to", "csv"], place.path());
        assert_eq!(printed.status.code(), Some(2));
        assert!(!place.path().join("-").exists());
    }
}

#[test]
fn what_would_steer_a_terminal_is_shown_as_numbers() {
    let place = tempfile::tempdir().unwrap();
    let odd = r#"{ "format": "groundwork", "entities": [
        { "id": "a", "kind": "roadmap-item", "text": "\u001b[31mred \u202eback\u200f" } ] }"#;
    fs::write(place.path().join("a.json"), odd).unwrap();
    for arguments in [&["check", "a.json"][..], &["why", "a.json", "a"]] {
        let output = groundwork(arguments, place.path());
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(
            text.contains("\\u{1b}[31mred \\u{202e}back\\u{200f}"),
            "{text}"
        );
    }
}

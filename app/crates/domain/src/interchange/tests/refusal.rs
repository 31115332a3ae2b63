//! What is no file of any format, or a damaged one: it is refused in words and in time, and never
//! panics.

use arbtest::arbtest;

use super::*;

#[test]
fn no_bytes_make_import_panic() {
    arbtest(|u| {
        let name = *u.choose(&["", "a.json", "a.md", "a.png"])?;
        let bytes: Vec<u8> = u.arbitrary()?;
        let _ = import(name, &bytes);
        Ok(())
    })
    .budget_ms(1000);
}

/// Text that looks like a file of ours, with a stretch of it cut out or doubled.
#[test]
fn no_damaged_file_makes_import_panic() {
    arbtest(|u| {
        let graph = graph(u)?;
        let file = if u.arbitrary()? {
            to_json(&graph)
        } else {
            to_markdown(&graph)
        };
        let mut bytes = file.into_bytes();
        let from = u.int_in_range(0..=bytes.len())?;
        let to = u.int_in_range(from..=bytes.len())?;
        if u.arbitrary()? {
            bytes.drain(from..to);
        } else {
            bytes.extend_from_within(from..to);
        }
        let _ = import("", &bytes);
        Ok(())
    })
    .budget_ms(1000);
}

fn check_error(name: &str, bytes: &[u8], expected: &str) {
    let error = import(name, bytes)
        .expect_err("the file is wrong")
        .to_string();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn a_file_that_is_none_of_the_formats_says_why() {
    check_error("a.md", b"", "is empty");
    check_error("a.md", b" \r\n\t", "is empty");
    check_error("a.md", b"\xFF\xFEa\0", "UTF-16");
    check_error("a.csv", b"i\0d\0,\0t\0\xFC\0", "UTF-16");
    check_error("a.json", b"\0{\0\"\0f\0o\0\"", "UTF-16");
    check_error("a.csv", b"id,text\n1,2,3\n", "Line 2: entity");
    check_error(
        "a.csv",
        b"kind,text\n1,2,3\n",
        "Line 2: there are more cells",
    );
    check_error("a.png", b"\x89PNG\r\n\x1a\n\0\0", "not UTF-8 text (line 1)");
    check_error("a.zip", b"PK\x03\x04\n\n\0", "not UTF-8 text (line 3)");
    check_error(
        "a.json",
        b"{\n  \"a\": 1,\n}",
        "line 3, column 1: a comma stands before a closing bracket",
    );
    check_error("a.json", b"# Problem", "not valid JSON: line 1");
    check_error(
        "a.json",
        b"{\"cells\": 1, \"more\": 2}",
        "members \"cells\", \"more\"",
    );
    check_error("a.json", b"[1, 2]", "a list of something else");
    check_error("a.json", b"[]", "an empty list");
    check_error("a.json", b"3", "a single value");
    check_error(
        "a.json",
        "[".repeat(100_000).as_bytes(),
        "nested too deeply",
    );
    check_error("a.txt", b"Buy milk", "no heading at all");
}

#[test]
fn a_mistake_in_the_syntax_of_json_is_said_in_plain_words() {
    let cases: [(&[u8], &str); 9] = [
        (b"{\"a\": [1", "it ends too early"),
        (b"{\"a\" 1}", "expected a colon"),
        (b"[1 2]", "expected a comma or a closing bracket"),
        (b"{a: 1}", "expected a name in quotation marks"),
        (b"{} {}", "something stands behind its end"),
        (b"[\"a\nb\"]", "a text holds a line break"),
        (b"[\"\\q\"]", "an escape that there is not"),
        (b"[01]", "a number is written wrongly"),
        (b"[nothing]", "expected a value"),
    ];
    for (json, said) in cases {
        check_error("a.json", json, said);
    }
}

#[test]
fn a_file_that_is_too_large_is_refused_before_it_is_read() {
    let bytes = vec![b' '; LARGEST + 1];
    check_error("a.md", &bytes, "too large: 33 MB. At most 32 MB");
}

/// Files that would take hours if reading one line looked at all others.
#[test]
fn a_file_of_many_equal_lines_is_read_in_time() {
    for line in [
        "- a",
        "- ```",
        "<!-- x",
        "# a",
        "a",
        "\n- a\n  - b",
        "**Problem**",
    ] {
        let file = format!("# Problem\n{}", format!("{line}\n").repeat(5_000));
        assert_eq!(
            import("a.md", file.as_bytes()).unwrap().format,
            Format::Markdown
        );
    }
}

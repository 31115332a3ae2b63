//! The name of an exported file.

/// A file name from the workspace's name that every file system takes.
pub(super) fn file_name(workspace: &str, ending: &str) -> String {
    const LONGEST: usize = 60;
    let mut stem = String::new();
    for letter in workspace.trim().chars().take(LONGEST) {
        if letter.is_alphanumeric() {
            stem.extend(letter.to_lowercase());
        } else if !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let stem = stem.trim_matches('-');
    let stem = if stem.is_empty() { "workspace" } else { stem };
    format!("{stem}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_as_its_workspace() {
        assert_eq!(
            file_name("Corner bakery: 2nd try", "md"),
            "corner-bakery-2nd-try.md"
        );
        assert_eq!(file_name("Bäckerei/Süd", "json"), "bäckerei-süd.json");
        assert_eq!(file_name(" ..\\ ", "md"), "workspace.md");
    }
}

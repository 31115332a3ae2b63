//! The style sheet: all files of `style/` in one, in a fixed order.
//!
//! Invariant: the order of the layers is said first and once, so that the order of the files
//! decides nothing between layers.

mod minify;

use crate::{BundlerError, tree};
use std::path::Path;

/// The order of the layers, later ones winning.
const LAYERS: &str = "@layer reset,tokens,base,layout,ui,feature,override;";

/// The folders below `style/`, in the order in which they are joined; within one, by file name.
const FOLDERS: [&str; 3] = ["", "ui/", "feature/"];

/// The files of `style/` that belong to the sheet: (path below `style/`, bytes).
pub fn sources(style: &Path) -> Result<Vec<(String, Vec<u8>)>, BundlerError> {
    let mut files = tree::files_below(style)?;
    files.retain(|(path, _)| rank(path).is_some());
    Ok(files)
}

/// One sheet made of `sources`, without comments and blank space.
pub fn sheet(sources: &[(String, Vec<u8>)]) -> String {
    let mut ordered: Vec<_> = sources
        .iter()
        .filter_map(|(path, bytes)| Some(((rank(path)?, path), bytes)))
        .collect();
    ordered.sort();
    ordered
        .into_iter()
        .map(|(_, bytes)| minify::minify(&String::from_utf8_lossy(bytes)))
        .fold(LAYERS.to_owned(), |sheet, part| sheet + &part)
}

fn rank(path: &str) -> Option<usize> {
    let folder = path
        .rfind('/')
        .map_or("", |slash| path.split_at(slash + 1).0);
    FOLDERS
        .iter()
        .position(|known| *known == folder && path.ends_with(".css"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_joined_by_folder_then_name_behind_the_order_of_layers() {
        let sources = [
            "feature/a.css",
            "ui/b.css",
            "ui/a.css",
            "tokens.css",
            "z.txt",
        ]
        .map(|path| (path.to_owned(), format!("/* {path} */ .x{{}}").into_bytes()));
        let named = sources.map(|(path, _)| {
            let rule = format!(".{} {{ top: 0 }}\n", path.replace(['/', '.'], "-"));
            (path, rule.into_bytes())
        });
        let expected = [
            LAYERS,
            ".tokens-css{top:0}",
            ".ui-a-css{top:0}",
            ".ui-b-css{top:0}",
            ".feature-a-css{top:0}",
        ];
        assert_eq!(sheet(&named), expected.concat());
    }
}

//! Tells whether anything that the site is made from has changed since it was built.
//!
//! Invariant: two builds with the same fingerprint make the same files, but for the optimiser,
//! which may have been installed in between: the pipeline looks at that apart.

use crate::{arguments::Profile, hash};

/// Everything that a site is made from.
pub struct Inputs {
    /// How the app was compiled and how hard to compress.
    pub profile: Profile,
    /// What the compiler made.
    pub wasm: Vec<u8>,
    /// The page's template.
    pub page: Vec<u8>,
    /// The files of `style/` that make the sheet.
    pub style: Vec<(String, Vec<u8>)>,
    /// The files of `public/`.
    pub public: Vec<(String, Vec<u8>)>,
    /// The files of the catalogue.
    pub catalogue: Vec<(String, Vec<u8>)>,
    /// The words of the interface, one file a language.
    pub locales: Vec<(String, Vec<u8>)>,
}

impl Inputs {
    /// One hash over all of it and over `bundler`, which names the bundler that reads it.
    pub fn fingerprint(&self, bundler: &str) -> String {
        let fixed = [
            bundler.as_bytes(),
            self.profile.cargo_name().as_bytes(),
            &self.wasm,
            &self.page,
        ];
        let folders = [&self.style, &self.public, &self.catalogue, &self.locales];
        let named = folders.into_iter().flat_map(|files| {
            // The separator keeps a file from moving between two folders unseen.
            files
                .iter()
                .flat_map(|(path, bytes)| [path.as_bytes(), bytes.as_slice()])
                .chain([b"|".as_slice()])
        });
        hash::of_parts(fixed.into_iter().chain(named))
    }
}

/// Names this very program: one that was compiled again may build another site.
pub fn of_this_program() -> String {
    let described = std::env::current_exe()
        .and_then(|path| path.metadata())
        .map(|metadata| format!("{} {:?}", metadata.len(), metadata.modified().ok()));
    format!(
        "{} {}",
        env!("CARGO_PKG_VERSION"),
        described.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs() -> Inputs {
        let file = |name: &str| (name.to_owned(), name.as_bytes().to_vec());
        Inputs {
            profile: Profile::Release,
            wasm: b"wasm".to_vec(),
            page: b"page".to_vec(),
            style: vec![file("a.css")],
            public: vec![file("robots.txt")],
            catalogue: vec![file("kinds/note.json")],
            locales: vec![file("en.json")],
        }
    }

    #[test]
    fn the_same_inputs_have_the_same_fingerprint() {
        assert_eq!(inputs().fingerprint("1"), inputs().fingerprint("1"));
    }

    #[test]
    fn a_change_of_any_input_changes_the_fingerprint() {
        let changes: [fn(&mut Inputs); 9] = [
            |inputs| inputs.profile = Profile::Dev,
            |inputs| inputs.wasm.push(0),
            |inputs| inputs.page.push(0),
            |inputs| inputs.style[0].0.push('x'),
            |inputs| inputs.style[0].1.push(0),
            |inputs| inputs.public.clear(),
            |inputs| inputs.catalogue.clear(),
            |inputs| inputs.locales[0].1.push(0),
            |inputs| inputs.public = std::mem::take(&mut inputs.style),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let mut changed = inputs();
            change(&mut changed);
            let same = changed.fingerprint("1") == inputs().fingerprint("1");
            assert!(!same, "change {number} went unseen");
        }
        assert_ne!(inputs().fingerprint("1"), inputs().fingerprint("2"));
    }
}

//! What the site weighs on the wire: a table for the person, a file for the tests.

use crate::{output::Finished, site::Load};
use serde_json::{Value, json};

/// How many bytes the first load may take with brotli: everything that is transferred on the first
/// visit to a workspace until a note can be written.
pub const BUDGET: usize = 550_000;

/// One file's weights in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Size {
    /// The path below the site.
    pub path: String,
    /// As it is.
    pub raw: usize,
    /// As gzip, or as it is when gzip does not apply.
    pub gzip: usize,
    /// As brotli, or as it is when brotli does not apply.
    pub brotli: usize,
    /// When it is fetched.
    pub load: Load,
}

impl Size {
    /// The weights of `file`.
    pub fn of(file: &Finished, load: Load) -> Self {
        let raw = file.bytes.len();
        let twins = file.compressed.as_ref();
        Self {
            path: file.path.clone(),
            raw,
            gzip: twins.map_or(raw, |twins| twins.gzip.len()),
            brotli: twins.map_or(raw, |twins| twins.brotli.len()),
            load,
        }
    }
}

/// The weights of a whole site.
pub struct Sizes(pub Vec<Size>);

impl Sizes {
    /// What is transferred on the first visit to a workspace until a note can be written, with
    /// brotli.
    pub fn first_load_brotli(&self) -> usize {
        self.total("", Load::First).brotli
    }

    /// What the service worker keeps, so that everything works without a network, with brotli.
    pub fn offline_brotli(&self) -> usize {
        self.total("", Load::Later).brotli
    }

    /// A table: first what the first load takes, the heaviest file first, then the rest, each part
    /// with its total.
    pub fn table(&self) -> String {
        let mut sorted: Vec<&Size> = self.0.iter().collect();
        sorted.sort_by_key(|size| (size.load, std::cmp::Reverse(size.brotli)));
        let first = sorted.partition_point(|size| size.load == Load::First);
        let first_load = self.total("first load", Load::First);
        let offline = self.total("offline whole", Load::Later);
        sorted.insert(first, &first_load);
        sorted.push(&offline);
        let width = sorted
            .iter()
            .map(|size| size.path.len())
            .max()
            .unwrap_or(0)
            .max(13);
        let mut table = format!(
            "{:width$}  {:>9}  {:>9}  {:>9}\n",
            "bytes", "raw", "gzip", "brotli"
        );
        for size in sorted {
            let Size {
                path,
                raw,
                gzip,
                brotli,
                ..
            } = size;
            table += &format!("{path:width$}  {raw:>9}  {gzip:>9}  {brotli:>9}\n");
        }
        table
    }

    /// Says so when the first load is over the budget.
    pub fn warning(&self) -> Option<String> {
        let over = self.first_load_brotli().checked_sub(BUDGET + 1)? + 1;
        Some(format!(
            "warning: the first load is {over} bytes over the budget of {BUDGET}"
        ))
    }

    /// `sizes.json`, with what `report` adds about the build.
    pub fn json(&self, report: &BuildRecord) -> Value {
        let files: Vec<Value> = self
            .0
            .iter()
            .map(|size| {
                json!({
                    "path": size.path,
                    "raw": size.raw,
                    "gzip": size.gzip,
                    "brotli": size.brotli,
                    "first_load": size.load == Load::First,
                })
            })
            .collect();
        json!({
            "files": files,
            "first_load_brotli": self.first_load_brotli(),
            "offline_brotli": self.offline_brotli(),
            "budget": BUDGET,
            "fingerprint": report.fingerprint,
            "profile": report.profile,
            "lean": report.lean,
            "optimiser": report.optimiser,
        })
    }

    /// The sum of everything that is fetched no later than `until`.
    fn total(&self, name: &str, until: Load) -> Size {
        let counted = || self.0.iter().filter(|size| size.load <= until);
        Size {
            path: name.to_owned(),
            raw: counted().map(|size| size.raw).sum(),
            gzip: counted().map(|size| size.gzip).sum(),
            brotli: counted().map(|size| size.brotli).sum(),
            load: until,
        }
    }
}

/// How a site was built; kept in its `sizes.json`, so that it is replaced together with the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildRecord {
    /// The fingerprint of the inputs.
    pub fingerprint: String,
    /// The profile's name.
    pub profile: String,
    /// By which options the compiler left out what no browser needs, if it did.
    pub lean: Option<String>,
    /// What optimised the module, if anything did.
    pub optimiser: Option<String>,
}

impl BuildRecord {
    /// Reads the record out of a `sizes.json`; none when it is not one.
    pub fn read(sizes_json: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(sizes_json).ok()?;
        let text = |field: &str| Some(value.get(field)?.as_str()?.to_owned());
        Some(Self {
            fingerprint: text("fingerprint")?,
            profile: text("profile")?,
            lean: text("lean"),
            optimiser: text("optimiser"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(path: &str, brotli: usize, load: Load) -> Size {
        Size {
            path: path.into(),
            raw: brotli * 4,
            gzip: brotli * 2,
            brotli,
            load,
        }
    }

    #[test]
    fn the_first_load_and_what_is_kept_for_offline_are_counted_apart() {
        let sizes = Sizes(vec![
            size("robots.txt", 7, Load::Never),
            size("index.html", 100, Load::First),
            size("assets/words.de.json", 30, Load::Later),
            size("assets/app.wasm", 5000, Load::First),
        ]);
        assert_eq!(
            (sizes.first_load_brotli(), sizes.offline_brotli()),
            (5100, 5130)
        );
        let table = sizes.table();
        let lines: Vec<&str> = table.lines().collect();
        assert!(lines[1].starts_with("assets/app.wasm"), "{table}");
        assert_eq!(lines[3].split_whitespace().last(), Some("5100"), "{table}");
        assert_eq!(lines[6].split_whitespace().last(), Some("5130"), "{table}");
    }

    #[test]
    fn the_budget_itself_is_allowed_and_one_byte_more_is_not() {
        assert_eq!(Sizes(vec![size("a", BUDGET, Load::First)]).warning(), None);
        let warning = Sizes(vec![size("a", BUDGET + 1, Load::First)])
            .warning()
            .unwrap();
        assert!(warning.contains(" 1 bytes over"), "{warning}");
    }

    #[test]
    fn the_record_of_a_build_is_read_back_from_its_sizes() {
        let lean = Some("-Zfmt-debug=none".to_owned());
        for (optimiser, lean) in [(None, lean), (Some("wasm-opt 132 -O3".to_owned()), None)] {
            let record = BuildRecord {
                fingerprint: "f".into(),
                profile: "dev".into(),
                lean,
                optimiser,
            };
            let json = Sizes(Vec::new()).json(&record).to_string();
            assert_eq!(BuildRecord::read(json.as_bytes()), Some(record));
        }
        assert_eq!(BuildRecord::read(b"{}"), None);
    }
}

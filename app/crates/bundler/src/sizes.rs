//! What the site weighs on the wire: a table for the person, a file for the tests.

use crate::{output::Finished, site::Load};
use serde_json::{Value, json};

/// How many bytes the first load may take with brotli: everything that is transferred on the first
/// visit to a page until it can be worked with; in a workspace, until a note can be written.
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
    /// What is transferred on the first visit to the start page, with brotli.
    pub fn start_brotli(&self) -> usize {
        self.total("", |load| load <= Load::Start).brotli
    }

    /// What is transferred on the first visit to a workspace until a note can be written, with
    /// brotli.
    pub fn workspace_brotli(&self) -> usize {
        self.total("", is_for_workspace).brotli
    }

    /// What the service worker keeps, so that everything works without a network, with brotli.
    pub fn offline_brotli(&self) -> usize {
        self.total("", |load| load <= Load::Later).brotli
    }

    /// A table: what comes with any page, the heaviest file first, what the start page and what a
    /// workspace needs besides, then the rest, and the totals.
    pub fn table(&self) -> String {
        let mut sorted: Vec<&Size> = self.0.iter().collect();
        sorted.sort_by_key(|size| (size.load, std::cmp::Reverse(size.brotli)));
        let totals = [
            self.total("first load: start page", |load| load <= Load::Start),
            self.total("first load: workspace", is_for_workspace),
            self.total("offline whole", |load| load <= Load::Later),
        ];
        let rows = || sorted.iter().copied().chain(&totals);
        let width = rows().map(|size| size.path.len()).max().unwrap_or_default();
        let mut table = format!(
            "{:width$}  {:>9}  {:>9}  {:>9}  with\n",
            "bytes", "raw", "gzip", "brotli"
        );
        for size in rows() {
            let Size {
                path,
                raw,
                gzip,
                brotli,
                load,
            } = size;
            let with = match load {
                Load::Any => "any page",
                Load::Start => "start page",
                Load::Workspace => "workspace",
                Load::Later | Load::Never => "",
            };
            let row = format!("{path:width$}  {raw:>9}  {gzip:>9}  {brotli:>9}  {with}");
            table += row.trim_end();
            table.push('\n');
        }
        table
    }

    /// Says so when a first load is over the budget.
    pub fn warning(&self) -> Option<String> {
        let over = |what: &str, bytes: usize| {
            let over = bytes.checked_sub(BUDGET + 1)? + 1;
            Some(format!(
                "warning: the first load of {what} is {over} bytes over the budget of {BUDGET}"
            ))
        };
        over("the start page", self.start_brotli())
            .or_else(|| over("a workspace", self.workspace_brotli()))
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
                    "start": size.load <= Load::Start,
                    "workspace": is_for_workspace(size.load),
                })
            })
            .collect();
        json!({
            "files": files,
            "start_brotli": self.start_brotli(),
            "workspace_brotli": self.workspace_brotli(),
            "offline_brotli": self.offline_brotli(),
            "budget": BUDGET,
            "fingerprint": report.fingerprint,
            "profile": report.profile,
            "lean": report.lean,
            "optimiser": report.optimiser,
        })
    }

    /// The sum of everything that is fetched at a time that `counts`.
    fn total(&self, name: &str, counts: impl Fn(Load) -> bool) -> Size {
        let counted = || self.0.iter().filter(|size| counts(size.load));
        Size {
            path: name.to_owned(),
            raw: counted().map(|size| size.raw).sum(),
            gzip: counted().map(|size| size.gzip).sum(),
            brotli: counted().map(|size| size.brotli).sum(),
            load: Load::Never,
        }
    }
}

fn is_for_workspace(load: Load) -> bool {
    matches!(load, Load::Any | Load::Workspace)
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
    fn what_each_page_loads_first_and_what_is_kept_for_offline_are_counted_apart() {
        let sizes = Sizes(vec![
            size("robots.txt", 7, Load::Never),
            size("index.html", 100, Load::Any),
            size("assets/start.wasm", 40, Load::Start),
            size("assets/words.de.json", 30, Load::Later),
            size("assets/workspace.wasm", 500, Load::Workspace),
            size("assets/app.wasm", 5000, Load::Any),
        ]);
        assert_eq!(sizes.start_brotli(), 5140);
        assert_eq!(sizes.workspace_brotli(), 5600);
        assert_eq!(sizes.offline_brotli(), 5670);
        let table = sizes.table();
        let lines: Vec<&str> = table.lines().collect();
        assert!(lines[1].starts_with("assets/app.wasm"), "{table}");
        let totals = lines.iter().rev().take(3).rev();
        let totals: Vec<_> = totals
            .map(|line| line.split_whitespace().last().unwrap())
            .collect();
        assert_eq!(totals, ["5140", "5600", "5670"], "{table}");
    }

    #[test]
    fn the_budget_itself_is_allowed_and_one_byte_more_is_not() {
        let warning = |bytes, load| Sizes(vec![size("a", bytes, load)]).warning();
        assert_eq!(warning(BUDGET, Load::Any), None);
        let start = warning(BUDGET + 1, Load::Start).unwrap();
        assert!(start.contains("start page is 1 bytes over"), "{start}");
        let workspace = warning(BUDGET + 1, Load::Workspace).unwrap();
        assert!(workspace.contains("workspace is 1 bytes"), "{workspace}");
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

//! The first load stays within its budget on the wire.

use serde_json::Value;
use std::{env, fs, path::PathBuf};

/// `target/site`, wherever the target directory lies: two folders above the test programs.
fn site() -> PathBuf {
    let program = env::current_exe().unwrap();
    program.ancestors().nth(3).unwrap().join("site")
}

fn sizes() -> Value {
    let path = site().join("sizes.json");
    let text = fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; build the site first", path.display()));
    serde_json::from_str(&text).unwrap()
}

#[test]
fn the_first_load_is_within_its_budget() {
    let sizes = sizes();
    assert_eq!(
        sizes["profile"], "wasm-release",
        "what people get is to be measured"
    );
    let (load, budget) = (&sizes["first_load_brotli"], &sizes["budget"]);
    assert!(
        load.as_u64().unwrap() <= budget.as_u64().unwrap(),
        "the first load is {load} bytes, the budget {budget}"
    );
}

#[test]
fn the_report_tells_the_true_size_of_every_file() {
    for file in sizes()["files"].as_array().unwrap() {
        let path = file["path"].as_str().unwrap();
        let length = |suffix: &str| {
            let file = site().join(format!("{path}{suffix}"));
            fs::metadata(file).map(|metadata| metadata.len()).ok()
        };
        let raw = length("");
        assert_eq!(file["raw"].as_u64(), raw, "{path}");
        assert_eq!(file["brotli"].as_u64(), length(".br").or(raw), "{path}");
        assert_eq!(file["gzip"].as_u64(), length(".gz").or(raw), "{path}");
    }
}

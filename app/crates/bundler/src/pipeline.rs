//! The whole way from source to site, skipping what has not changed.

use crate::{
    BundlerError,
    arguments::Profile,
    arrange,
    bindgen::{self, Bound},
    cache::Cache,
    cargo::Project,
    compress::{self, Effort},
    fingerprint::{self, Inputs},
    hash,
    lean::Lean,
    optimiser::{self, Optimiser},
    output::{self, Finished},
    site::{self, SiteFile},
    sizes::{BuildRecord, Size, Sizes},
    split, style, tree,
};
use std::{path::Path, thread};

/// The name of the report in the site's folder.
const SIZES: &str = "sizes.json";

/// Brings the site up to date.
pub fn build(project: &Project, profile: Profile) -> Result<(), BundlerError> {
    let (module, lean) = project.build_app(profile)?;
    let inputs = Inputs {
        profile,
        wasm: tree::read(&module)?,
        page: tree::read(&project.root.join("app/index.html"))?,
        style: style::sources(&project.root.join("style"))?,
        public: tree::files_below(&project.root.join("public"))?,
        catalogue: tree::files_below(&project.root.join("app/crates/domain/catalogue"))?,
        locales: tree::files_below(&project.root.join("app/locales"))?,
    };
    let fingerprint = inputs.fingerprint(&fingerprint::of_this_program());
    let tools = project.target.join("tools");
    if is_current(&project.site(), &fingerprint, profile, &tools) {
        eprintln!("The site is up to date.");
        return Ok(());
    }

    let cache = Cache::new(project.target.join("bundler"));
    eprintln!("Binding…");
    let names = profile == Profile::Dev;
    let split = split::split(&inputs.wasm, names, cache.folder())?;
    let mut app = bindgen::bind(split, names)?;
    let optimiser = match profile {
        Profile::Release => Optimiser::present_or_installed(&tools),
        Profile::Dev => None,
    };
    if let Some(optimiser) = &optimiser {
        optimise(&mut app, optimiser, &cache)?;
    }
    if profile == Profile::Release {
        arrange(&mut app, &cache)?;
    }
    let files = site::assemble(&inputs, app)?;

    eprintln!("Compressing {} files…", files.len());
    let (mut finished, sizes) = finish(files, profile.into(), &cache)?;
    let record = BuildRecord {
        fingerprint,
        profile: profile.cargo_name().to_owned(),
        lean: lean.map(Lean::describe),
        optimiser: optimiser.as_ref().map(Optimiser::describe),
    };
    finished.push(Finished {
        path: SIZES.to_owned(),
        bytes: format!("{:#}\n", sizes.json(&record)).into_bytes(),
        compressed: None,
    });
    output::replace(&project.site(), &finished)?;
    cache.prune();

    eprint!("{}", sizes.table());
    // A developer's build is large by nature; nobody is served it.
    if let Some(warning) = sizes.warning().filter(|_| profile == Profile::Release) {
        eprintln!("{warning}");
    }
    Ok(())
}

/// Whether the site in place was made from the same inputs, with an optimiser if there is one.
fn is_current(site: &Path, fingerprint: &str, profile: Profile, tools: &Path) -> bool {
    let record = tree::read(&site.join(SIZES))
        .ok()
        .and_then(|bytes| BuildRecord::read(&bytes));
    record.is_some_and(|record| {
        let optimised = profile == Profile::Dev || record.optimiser.is_some();
        record.fingerprint == fingerprint && (optimised || Optimiser::present(tools).is_none())
    })
}

fn optimise(app: &mut Bound, optimiser: &Optimiser, cache: &Cache) -> Result<(), BundlerError> {
    eprintln!("Optimising with {}…", optimiser.describe());
    let pieces = app.pieces.iter_mut().map(|piece| (&mut piece.wasm, true));
    for (wasm, is_piece) in std::iter::once((&mut app.wasm, false)).chain(pieces) {
        let mut description = optimiser.describe();
        optimiser::flags(is_piece).for_each(|flag| description += flag);
        let key = format!("{}.wasm", hash::of_parts([description.as_bytes(), wasm]));
        *wasm = cache.get_or_make(&key, || optimiser.optimise(wasm, is_piece, cache.folder()))?;
    }
    Ok(())
}

/// Puts the functions of each module in the order that compresses best.
fn arrange(app: &mut Bound, cache: &Cache) -> Result<(), BundlerError> {
    let pieces = app.pieces.iter_mut().map(|piece| &mut piece.wasm);
    for wasm in std::iter::once(&mut app.wasm).chain(pieces) {
        let way = fingerprint::of_this_program();
        let key = format!("{}.arranged", hash::of_parts([way.as_bytes(), wasm]));
        *wasm = cache.get_or_make(&key, || arrange::arrange(wasm))?;
    }
    Ok(())
}

/// Compresses all files at once, each in a thread of its own: one of them, the module, takes
/// longer than all the others together.
fn finish(
    files: Vec<SiteFile>,
    effort: Effort,
    cache: &Cache,
) -> Result<(Vec<Finished>, Sizes), BundlerError> {
    let compressed: Vec<_> = thread::scope(|scope| {
        let running: Vec<_> = files
            .iter()
            .map(|file| scope.spawn(|| compress::compress(&file.path, &file.bytes, effort, cache)))
            .collect();
        running
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    });
    let mut finished = Vec::new();
    let mut sizes = Vec::new();
    for (file, compressed) in files.into_iter().zip(compressed) {
        let done = Finished {
            path: file.path,
            bytes: file.bytes,
            compressed: compressed?,
        };
        sizes.push(Size::of(&done, file.load));
        finished.push(done);
    }
    Ok((finished, Sizes(sizes)))
}

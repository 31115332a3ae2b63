//! What the start page does with the content of workspaces: makes, copies, renames, takes in.
//!
//! The page itself shows names alone, so all of this, documents included, is code of its own that
//! comes when it is first asked for. Every failure comes back as the words to show.

use domain::interchange::{Imported, Warning, import};
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, join};
use sync::DocumentId;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use web_sys::File;

use crate::features::{bundle_problem, file_problem, import_problem, storage_problem};
use crate::i18n::{self, language, t};
use crate::platform::{Device, assets, bundle, files};

/// What comes of a piece of work, or why nothing did.
type Outcome<T> = Result<T, String>;
/// Work whose code is here.
type Begun<T> = Result<LocalBoxFuture<'static, Outcome<T>>, SplitLoaderError>;

/// A new workspace of that name.
pub(super) async fn create(device: Device, name: String) -> Outcome<DocumentId> {
    carry_out(begin_creating(device, name)).await
}

/// A workspace of that name with the content of another.
pub(super) async fn duplicate(device: Device, id: DocumentId, name: String) -> Outcome<DocumentId> {
    carry_out(begin_duplicating(device, id, name)).await
}

/// Another name for a workspace that is not open.
pub(super) async fn rename(device: Device, id: DocumentId, name: String) -> Outcome<()> {
    carry_out(begin_renaming(device, id, name)).await
}

/// A workspace with the sample of the language in use.
pub(super) async fn open_sample(device: Device) -> Outcome<DocumentId> {
    carry_out(begin_sample(device)).await
}

/// A workspace of a file's content, or the one that was saved in it; with what was left out.
pub(super) async fn take_in(device: Device, file: File) -> Outcome<(DocumentId, Vec<Warning>)> {
    carry_out(begin_taking_in(device, file)).await
}

/// Fetches what makes a workspace ahead of its being asked for; whether it came shows then.
pub(super) async fn fetch_ahead() {
    let _ = join(fetch_content(), assets::install_catalogue()).await;
    let _ = prepare().await;
}

/// Fetches what takes whole contents in: the fields of the kinds, and words for what can be wrong.
async fn prepare() -> Outcome<()> {
    let both = join(i18n::load_more(), assets::install_rest()).await;
    matches!(both, (Ok(()), Ok(())))
        .then_some(())
        .ok_or_else(|| t("toast.part_missing"))
}

async fn carry_out<T>(work: impl Future<Output = Begun<T>>) -> Outcome<T> {
    // Contents are read and written by the catalogue.
    match join(work, assets::install_catalogue()).await {
        (Ok(begun), Ok(())) => begun.await,
        _ => Err(t("toast.part_missing")),
    }
}

#[wasm_split(content, fallible, preload(fetch_content))]
fn begin_creating(device: Device, name: String) -> Begun<DocumentId> {
    Ok(async move { device.create(&name, None).await.map_err(storage_problem) }.boxed_local())
}

#[wasm_split(content, fallible)]
fn begin_duplicating(device: Device, id: DocumentId, name: String) -> Begun<DocumentId> {
    let work = async move {
        prepare().await?;
        device.duplicate(&id, &name).await.map_err(storage_problem)
    };
    Ok(work.boxed_local())
}

#[wasm_split(content, fallible)]
fn begin_renaming(device: Device, id: DocumentId, name: String) -> Begun<()> {
    Ok(async move { device.rename(&id, &name).await.map_err(storage_problem) }.boxed_local())
}

#[wasm_split(intake, fallible)]
fn begin_sample(device: Device) -> Begun<DocumentId> {
    let work = async move {
        prepare().await?;
        let file = format!("sample.{}", language().file());
        let sample = assets::text(&file).await.map_err(part_missing)?;
        let graph = import("sample.json", sample.as_bytes())
            .map_err(|error| import_problem(&error))?
            .graph;
        let name = graph.name.clone();
        device
            .create(&name, Some(graph))
            .await
            .map_err(storage_problem)
    };
    Ok(work.boxed_local())
}

#[wasm_split(intake, fallible)]
fn begin_taking_in(device: Device, file: File) -> Begun<(DocumentId, Vec<Warning>)> {
    let work = async move {
        prepare().await?;
        let bytes = files::read(&file)
            .await
            .map_err(|error| file_problem(&error))?;
        if bundle::is_bundle(&bytes) {
            return match device.take_in(&bytes).await {
                Ok(id) => Ok((id, Vec::new())),
                Err(problem) => Err(bundle_problem(&problem)),
            };
        }
        i18n::load_all().await.map_err(part_missing)?;
        let Imported {
            graph,
            mut warnings,
            doubts,
            ..
        } = import(&file.name(), &bytes).map_err(|error| import_problem(&error))?;
        if document::is_too_much(&graph) {
            return Err(t("import.error.too_much"));
        }
        warnings.extend(doubts);
        let name = match graph.name.trim() {
            "" => stem(&file.name()),
            _ => graph.name.clone(),
        };
        let made = device.create(&name, Some(graph)).await;
        Ok((made.map_err(storage_problem)?, warnings))
    };
    Ok(work.boxed_local())
}

fn part_missing<E>(_: E) -> String {
    t("toast.part_missing")
}

/// The file's name without its ending.
fn stem(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim();
    if stem.is_empty() {
        t("frame.unnamed")
    } else {
        stem.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_is_named_as_its_file() {
        assert_eq!(stem("Corner bakery.v2.md"), "Corner bakery.v2");
        assert_eq!(stem("README"), "README");
    }
}

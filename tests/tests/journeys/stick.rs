//! Two devices that share no server: a workspace goes from one to the other and back in a file.

use std::path::{Path, PathBuf};

use automerge::transaction::{CommitOptions, Transactable as _, Transaction};
use automerge::{ActorId, Automerge, AutomergeError, ObjType, ROOT, ReadDoc as _};
use sync::bounded::Limits;
use sync::bundle::Bundle;

use crate::harness::Step;
use crate::harness::browser::Browser;
use crate::harness::page::Page;
use crate::harness::server::Server;
use crate::person::{add_note, focus_note, journey, new_workspace, see_notes, see_status};

/// Saves the open workspace to a file.
async fn save(page: &Page, stick: &Path) -> Step<PathBuf> {
    let behaviour = serde_json::json!({"behavior": "allow", "downloadPath": stick});
    page.cdp("Browser.setDownloadBehavior", behaviour).await?;
    page.click("button", "Export…").await?;
    page.find("dialog", "Export").await?;
    page.click("button", "Save workspace to a file…").await?;
    let file = page
        .wait("the saved file", || async {
            let files = std::fs::read_dir(stick)?.filter_map(Result::ok);
            let mut paths = files.map(|file| file.path());
            Ok(paths.find(|path| path.extension().is_some_and(|end| end == "groundwork")))
        })
        .await?;
    page.press("Escape").await?;
    page.gone("dialog", "Export").await?;
    Ok(file)
}

/// Merges a file into the open workspace.
async fn merge(page: &Page, file: &Path) -> Step {
    page.click("button", "Import…").await?;
    page.find("dialog", "Import").await?;
    page.find("button", "Merge from a file…").await?;
    page.choose_file("dialog[open] .import-merge input[type=file]", file)
        .await?;
    page.gone("dialog", "Import").await
}

/// Waits until a message says this.
async fn see_message(page: &Page, words: &str) -> Step {
    page.wait(&format!("the message \"{words}\""), || async {
        for status in page.all("status", None).await? {
            if page.text(&status).await?.contains(words) {
                return Ok(Some(()));
            }
        }
        Ok(None)
    })
    .await
}

/// L7
#[test]
fn two_laptops_meet_by_a_file() {
    journey(async {
        let (here, there) = (Server::start().await?, Server::start().await?);
        let (ada, ben) = (Browser::start().await?, Browser::start().await?);
        let (stick, back) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let page = ada.page();
        new_workspace(&page, &here, "On the train").await?;
        add_note(&page, "Problem", "No network in the tunnel").await?;
        let first = save(&page, stick.path()).await?;

        // Ben has never seen it, and writes on another server's app.
        let other = ben.page();
        other.goto(&there.url()).await?;
        other.find("button", "Import…").await?;
        other.choose_file("input[type=file]", &first).await?;
        see_notes(&other, "Problem", &["No network in the tunnel"]).await?;
        add_note(&other, "Problem", "Added by Ben").await?;
        let answer = save(&other, back.path()).await?;

        // Ada has gone on meanwhile. Her note and his are both there; nothing comes twice.
        add_note(&page, "Solution", "A file on a stick").await?;
        merge(&page, &answer).await?;
        see_notes(
            &page,
            "Problem",
            &["No network in the tunnel", "Added by Ben"],
        )
        .await?;
        see_notes(&page, "Solution", &["A file on a stick"]).await?;
        merge(&page, &answer).await?;
        see_message(&page, "Everything in the file is here already").await?;
        merge(&page, &first).await?;
        see_notes(
            &page,
            "Problem",
            &["No network in the tunnel", "Added by Ben"],
        )
        .await?;
        page.reload().await?;
        see_notes(
            &page,
            "Problem",
            &["No network in the tunnel", "Added by Ben"],
        )
        .await?;
        ben.close().await?;
        ada.close().await
    });
}

/// The same workspace in a file, after somebody has spoilt it on purpose.
fn spoilt(
    file: &Path,
    spoil: impl Fn(&mut Transaction<'_>) -> Result<(), AutomergeError>,
) -> Step<PathBuf> {
    let mut bundle = Bundle::read(&std::fs::read(file)?, &Limits::default())?;
    let mut document = Automerge::new();
    for chunk in &bundle.documents[0].chunks {
        document.load_incremental(chunk)?;
    }
    document
        .transact::<_, _, AutomergeError>(|transaction| spoil(transaction))
        .map_err(|failure| failure.error)?;
    bundle.documents[0].chunks = vec![document.save()];
    let spoilt = file.with_file_name("spoilt");
    std::fs::write(&spoilt, bundle.write())?;
    Ok(spoilt)
}

/// The same workspace, taken one step further by the version after this one.
fn migrated(file: &Path) -> Step<PathBuf> {
    let mut bundle = Bundle::read(&std::fs::read(file)?, &Limits::default())?;
    let mut document = Automerge::new();
    for chunk in &bundle.documents[0].chunks {
        document.load_incremental(chunk)?;
    }
    let genesis = document.get_changes(&[])[0].hash();
    let mut later = document.fork_at(&[genesis])?;
    later.set_actor(ActorId::from(b"groundwork"));
    let step = CommitOptions::default()
        .with_message("Schema 2")
        .with_time(0);
    later
        .transact_with::<_, _, AutomergeError, _>(
            |()| step,
            |transaction| transaction.put(ROOT, "schema", 2_u64),
        )
        .map_err(|failure| failure.error)?;
    document.merge(&mut later)?;
    bundle.documents[0].chunks = vec![document.save()];
    let migrated = file.with_file_name("migrated");
    std::fs::write(&migrated, bundle.write())?;
    Ok(migrated)
}

/// D55, D56
#[test]
fn no_file_locks_a_workspace_or_hides_its_notes() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let stick = tempfile::tempdir()?;
        let page = browser.page();
        new_workspace(&page, &server, "On the train").await?;
        add_note(&page, "Problem", "No network in the tunnel").await?;
        let file = save(&page, stick.path()).await?;
        let newer = migrated(&file)?;

        page.click("button", "Import…").await?;
        page.find("button", "Merge from a file…").await?;
        let box_for_files = "dialog[open] .import-merge input[type=file]";
        page.choose_file(box_for_files, &newer).await?;
        see_text(&page, "written by a newer version").await?;
        page.press("Escape").await?;
        // Given a file in which somebody has put other containers in the place of all notes, and a
        // schema's number that nobody has.
        let hostile = spoilt(&file, |transaction| {
            transaction.put(ROOT, "schema", 99_u64)?;
            if let Some((_, entities)) = transaction.get(ROOT, "entities")? {
                let taken_out = transaction.keys(&entities).next().unwrap_or_default();
                transaction.delete(entities, taken_out)?;
            }
            let replaced = transaction.put_object(ROOT, "entities", ObjType::Map)?;
            transaction.put(replaced, "rubbish", 1)?;
            transaction.delete(ROOT, "placements")
        })?;
        page.goto(&server.url()).await?;
        page.find("button", "Import…").await?;
        page.choose_file("input[type=file]", &hostile).await?;

        // Then one can go on writing, is told what has happened, and has what was taken out again.
        page.find("heading", "Lean Canvas").await?;
        add_note(&page, "Problem", "Written after it").await?;
        see_status(&page, "Synced").await?;
        page.eval("document.querySelector('.sync-button').click()")
            .await?;
        see_text(&page, "Groundwork goes on with the originals").await?;
        page.click("button", "Bring them back").await?;
        let both = ["No network in the tunnel", "Written after it"];
        see_notes(&page, "Problem", &both).await?;
        page.reload().await?;
        see_notes(&page, "Problem", &both).await?;
        browser.close().await
    });
}

/// Waits until the page says this.
async fn see_text(page: &Page, words: &str) -> Step {
    page.wait(&format!("the text \"{words}\""), || async {
        let text = page.eval("return document.body.innerText").await?;
        let said = text.as_str().is_some_and(|text| text.contains(words));
        Ok(said.then_some(()))
    })
    .await
}

/// S40
#[test]
fn whose_note_came_by_somebody_else_is_told_as_such() {
    journey(async {
        // Given a note of Ada's, on a server that Ben's does not know.
        let (here, there) = (Server::start().await?, Server::start().await?);
        let (ada, ben) = (Browser::start().await?, Browser::start().await?);
        let stick = tempfile::tempdir()?;
        let page = ada.page();
        new_workspace(&page, &here, "On the train").await?;
        add_note(&page, "Problem", "No network in the tunnel").await?;
        let file = save(&page, stick.path()).await?;
        let brought = "return [...document.querySelectorAll('dialog[open] .ui-hint')]\
            .map(hint => hint.textContent).find(text => text.includes('brought')) ?? ''";

        // When Ben brings it to his, then its details say so to him, and hers say nothing to her.
        let other = ben.page();
        other.goto(&there.url()).await?;
        other.find("button", "Import…").await?;
        other.choose_file("input[type=file]", &file).await?;
        see_notes(&other, "Problem", &["No network in the tunnel"]).await?;
        see_status(&other, "Synced").await?;
        see_details(&other).await?;
        other
            .wait("who brought it", || async {
                let said = other.eval(brought).await?;
                let expected = "Their changes were brought by: you";
                Ok((said == expected).then_some(()))
            })
            .await?;
        other.press("Escape").await?;
        // And who he shares with sees it beside the links.
        other.click("button", "Share…").await?;
        let listed = "return [...document.querySelectorAll('dialog[open] li')]\
            .map(item => item.textContent).find(text => text.includes('brought')) ?? ''";
        other
            .wait("the list of who brought what", || async {
                let said = other.eval(listed).await?;
                let said = said.as_str().unwrap_or_default();
                Ok(said.ends_with(": brought by you").then_some(()))
            })
            .await?;
        see_status(&page, "Synced").await?;
        see_details(&page).await?;
        assert_eq!(page.eval(brought).await?, "");
        ben.close().await?;
        ada.close().await
    });
}

/// Opens the details of the note.
async fn see_details(page: &Page) -> Step {
    focus_note(page, "Problem", "No network in the tunnel").await?;
    page.press("i").await?;
    page.find("heading", "Details").await?;
    Ok(())
}

/// L7
#[test]
fn a_torn_file_and_one_of_another_workspace_are_refused() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let (page, stick) = (browser.page(), tempfile::tempdir()?);
        new_workspace(&page, &server, "First").await?;
        let file = save(&page, stick.path()).await?;
        new_workspace(&page, &server, "Second").await?;
        page.click("button", "Import…").await?;
        page.find("dialog", "Import").await?;
        let choose = "dialog[open] .import-merge input[type=file]";
        page.choose_file(choose, &file).await?;
        see_refusal(&page, "another workspace").await?;
        let torn = stick.path().join("torn.groundwork");
        let bytes = std::fs::read(&file)?;
        std::fs::write(&torn, &bytes[..bytes.len() / 2])?;
        page.choose_file(choose, &torn).await?;
        see_refusal(&page, "not complete").await?;
        browser.close().await
    });
}

async fn see_refusal(page: &Page, words: &str) -> Step {
    page.wait(&format!("the refusal \"{words}\""), || async {
        for alert in page.all("alert", None).await? {
            if page.text(&alert).await?.contains(words) {
                return Ok(Some(()));
            }
        }
        Ok(None)
    })
    .await
}

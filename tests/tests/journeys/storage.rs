//! What the browser keeps of a workspace: many changes take few chunks, what is damaged is left
//! where it lies, and what is not kept is never called kept.

use serde_json::Value;

use crate::harness::Step;
use crate::harness::browser::Browser;
use crate::harness::page::Page;
use crate::harness::server::Server;
use crate::person::{
    add_note, journey, new_workspace, open, see_note, see_notes, see_status, share,
};

/// Runs a script over the store of chunks; `keys` are those of the open workspace, oldest first.
async fn with_chunks(page: &Page, script: &str) -> Step<Value> {
    let script = format!(
        "const open = indexedDB.open('groundwork'); \
         const answer = request => new Promise(done => request.onsuccess = () => done(request.result)); \
         const database = await answer(open); \
         const chunks = database.transaction('chunks', 'readwrite').objectStore('chunks'); \
         const id = location.pathname.split('/')[2]; \
         const range = IDBKeyRange.bound(id + '/', id + '0'); \
         const all = await answer(chunks.getAll(range)); \
         const keys = (await answer(chunks.getAllKeys(range))) \
             .map((key, at) => ({{key, value: all[at]}})) \
             .sort((one, other) => one.value.at - other.value.at); \
         const result = await (async () => {{ {script} }})(); \
         database.close(); \
         return result;"
    );
    page.eval_async(&script).await
}

/// So many changes, one after the other: the last note goes and comes back.
async fn change(page: &Page, times: usize) -> Step {
    for number in 0..times {
        let chord = if number % 2 == 0 {
            "Ctrl+z"
        } else {
            "Ctrl+Shift+z"
        };
        page.press(chord).await?;
    }
    Ok(())
}

/// Waits until so few chunks are stored; all of them. Nothing else has to change for that.
async fn see_few(page: &Page, at_most: u64) -> Step {
    page.wait("few chunks", || async {
        let count = with_chunks(page, "return keys.length").await?.as_u64();
        match count {
            Some(count) if count <= at_most => Ok(Some(())),
            count => Err(format!("there are {count:?}").into()),
        }
    })
    .await
}

/// L2, L3, S20
#[test]
fn many_changes_take_few_chunks_and_nothing_is_written_over_a_damaged_one() {
    journey(async {
        let server = Server::start().await?;
        let (browser, page) = open(&server.url()).await?;
        let address = new_workspace(&page, &server, "Long").await?;
        add_note(&page, "Problem", "comes and goes").await?;

        change(&page, 80).await?;
        see_note(&page, "Problem", "comes and goes").await?;
        see_few(&page, 40).await?;
        page.goto(&address).await?;
        see_note(&page, "Problem", "comes and goes").await?;

        // The oldest chunk is damaged where it lies, while the tab is open.
        let damage = "keys[0].value.bytes[20] ^= 1; \
                      await answer(chunks.put(keys[0].value, keys[0].key)); \
                      return keys[0].key";
        let damaged = with_chunks(&page, damage).await?;
        add_note(&page, "Problem", "later").await?;
        change(&page, 80).await?;
        see_note(&page, "Problem", "later").await?;
        see_status(&page, "Synced").await?;
        let kept = with_chunks(&page, "return keys.map(one => one.key)").await?;
        let kept = kept.as_array().ok_or("no keys")?;
        assert!(kept.contains(&damaged), "it is left: {kept:?}");
        assert!(kept.len() > 64, "nothing was replaced: {}", kept.len());
        browser.close().await
    });
}

/// As in a room without internet, whose pages come over plain http.
#[test]
fn many_changes_take_few_chunks_where_the_browser_has_no_locks() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let without = "Object.defineProperty(Navigator.prototype, 'locks', {value: undefined})";
        page.run_first(without).await?;
        new_workspace(&page, &server, "Room").await?;
        add_note(&page, "Problem", "comes and goes").await?;

        change(&page, 80).await?;

        see_few(&page, 40).await?;
        see_note(&page, "Problem", "comes and goes").await?;
        browser.close().await
    });
}

/// Keeps the store of chunks busy, so that whatever else wants to write waits, until `letGo` is set.
const HOLD: &str = "const open = indexedDB.open('groundwork'); \
    return new Promise(held => open.onsuccess = () => { \
        const chunks = open.result.transaction('chunks', 'readwrite').objectStore('chunks'); \
        const hold = () => { \
            held(true); \
            if (!window.letGo) { chunks.get('none').onsuccess = hold; } \
        }; \
        hold(); \
    })";

/// L1
#[test]
fn a_storage_that_does_not_answer_is_named_until_it_does() {
    journey(async {
        let mut server = Server::start().await?;
        let (browser, page) = open(&server.url()).await?;
        new_workspace(&page, &server, "Silent").await?;
        add_note(&page, "Problem", "before").await?;
        see_status(&page, "Synced").await?;
        server.kill().await?;
        see_status(&page, "Offline").await?;

        page.eval_async(HOLD).await?;
        add_note(&page, "Problem", "nobody confirms it").await?;
        see_status(&page, "Saving").await?;
        see_status(&page, "Not saved").await?;
        page.find("StaticText", "Your changes are not saved on this device")
            .await?;

        page.eval("window.letGo = true").await?;
        see_status(&page, "Offline").await?;
        browser.close().await
    });
}

/// Whoever comes by a link keeps its right in the tab where the browser keeps nothing.
#[test]
fn a_link_still_opens_after_a_reload_where_the_browser_keeps_nothing() {
    journey(async {
        let server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Private").await?;
        let link = share(&ana, "Can edit").await?;

        // Given Ben in a private window whose browser refuses its database.
        let ben_browser = Browser::start().await?;
        let ben = ben_browser.page();
        let refuse = "IDBFactory.prototype.open = () => { \
            throw new DOMException('refused', 'SecurityError'); }";
        ben.run_first(refuse).await?;
        ben.goto(&link).await?;
        ben.find("button", "Add note to Problem").await?;
        see_status(&ben, "Not saved on this device").await?;

        // When he reloads, on whichever canvas, and when he goes away and comes back.
        ben.click("link", "Forces").await?;
        ben.find("heading", "Forces").await?;
        ben.eval("location.reload()").await?;
        ben.find("heading", "Forces").await?;
        see_status(&ben, "Not saved on this device").await?;
        ben.click("link", "All workspaces").await?;
        ben.find("heading", "Workspaces").await?;
        ben.eval("history.back()").await?;
        ben.find("heading", "Forces").await?;

        // Then he still works with Ana.
        ben.click("link", "Lean Canvas").await?;
        add_note(&ben, "Problem", "from a private window").await?;
        see_note(&ana, "Problem", "from a private window").await?;
        ben_browser.close().await?;
        ana_browser.close().await
    });
}

/// L3
#[test]
fn a_picture_of_what_is_not_here_is_told_and_thrown_away() {
    journey(async {
        let server = Server::start().await?;
        let (browser, page) = open(&server.url()).await?;
        let first = id_of(&new_workspace(&page, &server, "Painted").await?)?;
        add_note(&page, "Problem", "one").await?;
        add_note(&page, "Problem", "two").await?;
        see_status(&page, "Synced").await?;
        let address = new_workspace(&page, &server, "Other").await?;
        let other = id_of(&address)?;
        add_note(&page, "Problem", "three").await?;
        see_status(&page, "Synced").await?;

        // The picture of the one stands where that of the other was: its chunks have none of it.
        page.goto(&server.url()).await?;
        page.find("link", "Other").await?;
        let swap =
            format!("await answer(views.put(await answer(views.get('{first}')), '{other}'))");
        with_views(&page, &swap).await?;
        page.goto(&address).await?;
        page.find(
            "StaticText",
            "2 notes that were here last time are missing or older now",
        )
        .await?;
        see_notes(&page, "Problem", &["three"]).await?;

        let gone = format!(
            "const view = await answer(views.get('{other}')); return !view?.includes('\"two\"')"
        );
        page.wait("the picture to go", || async {
            Ok((with_views(&page, &gone).await? == true).then_some(()))
        })
        .await?;
        browser.close().await
    });
}

/// Runs a script over the store of pictures.
async fn with_views(page: &Page, script: &str) -> Step<Value> {
    let script = format!(
        "const answer = request => new Promise(done => request.onsuccess = () => done(request.result)); \
         const database = await answer(indexedDB.open('groundwork')); \
         const views = database.transaction('views', 'readwrite').objectStore('views'); \
         {script}"
    );
    page.eval_async(&script).await
}

/// The id in a workspace's address.
fn id_of(address: &str) -> Step<String> {
    let (_, rest) = address.split_once("/w/").ok_or("no workspace")?;
    let id = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    Ok(id.to_owned())
}

//! Who may open a workspace, and as what: links with roles, given, changed and taken back.

use crate::harness::Step;
use crate::harness::page::Page;
use crate::harness::server::Server;
use crate::links::save_role;
use crate::person::{
    add_note, everything_fetched, focus_note, journey, new_workspace, open, see_alert, see_note,
    see_notes, see_status, share,
};

/// Waits until the status says these words anywhere.
async fn status_has(page: &Page, words: &str) -> Step {
    page.wait(&format!("a status with \"{words}\""), || async {
        let status = page.find("status", "Sync").await?;
        let text = page.text(&status).await?;
        Ok(text.contains(words).then_some(()))
    })
    .await
}

/// Notes the moment of the last click. Two browsers of one machine have one clock.
const NOTE_CLICKS: &str = "addEventListener('click', \
    () => { window.noted = performance.timeOrigin + performance.now() }, true)";

/// Notes the moment at which the page says that the link was revoked.
const NOTE_REVOCATION: &str = "new MutationObserver((_, watching) => { \
    if (!document.body.innerText.includes('was revoked')) return; \
    window.noted = performance.timeOrigin + performance.now(); \
    watching.disconnect(); \
}).observe(document.body, {childList: true, subtree: true})";

/// That moment.
async fn noted(page: &Page) -> Step<f64> {
    let noted = page.eval("return window.noted").await?;
    noted
        .as_f64()
        .ok_or_else(|| "the moment was not noted".into())
}

/// Looks through bar, navigation, palette and share dialog: none offers to change anything.
async fn offers_no_change(page: &Page) -> Step {
    for button in ["Add note to Problem", "Import…", "Add a canvas…", "Undo"] {
        page.gone("button", button).await?;
    }
    page.press("Ctrl+k").await?;
    page.find("combobox", "Search commands, notes and views")
        .await?;
    let options = page.all("option", None).await?;
    for gone in ["Import…", "Add note", "Add a canvas…"] {
        let offered = options.iter().find(|option| option.name.starts_with(gone));
        assert!(offered.is_none(), "the palette offers {gone}");
    }
    page.press("Escape").await?;
    page.click("button", "Share…").await?;
    let dialog = page.find("dialog", "Share workspace").await?;
    page.find_in(Some(&dialog), "textbox", "Link").await?;
    page.gone("button", "Create link").await?;
    page.press("Escape").await?;
    page.gone("dialog", "Share workspace").await
}

/// Presses "Revoke" at the latest link of the list in the dialog.
async fn revoke_latest(page: &Page) -> Step {
    page.click("button", "Share…").await?;
    page.find("dialog", "Share workspace").await?;
    let list = page.find("list", "Links").await?;
    let latest = page
        .wait("two links", || async {
            let buttons = page.all("button", Some(&list)).await?;
            let revoke: Vec<_> = buttons
                .into_iter()
                .filter(|it| it.name.starts_with("Revoke "))
                .collect();
            Ok((revoke.len() == 2)
                .then_some(revoke)
                .and_then(|mut all| all.pop()))
        })
        .await?;
    page.click_node(&latest).await?;
    page.click("button", "Revoke").await?;
    page.wait("one link", || async {
        let buttons = page.all("button", Some(&list)).await?;
        let left = buttons
            .iter()
            .filter(|it| it.name.starts_with("Revoke "))
            .count();
        Ok((left == 1).then_some(()))
    })
    .await
}

/// Takes the key of the workspace from the device, so that it is as one of before there were keys.
async fn forget_key(page: &Page) -> Step {
    let script = "const open = indexedDB.open('groundwork'); \
        const database = await new Promise(done => open.onsuccess = () => done(open.result)); \
        const store = database.transaction('workspaces', 'readwrite').objectStore('workspaces'); \
        const cleared = store.delete('key/' + location.pathname.split('/')[2]); \
        await new Promise(done => cleared.onsuccess = done); \
        database.close();";
    page.eval_async(script).await?;
    Ok(())
}

/// L8, P10
#[test]
fn a_viewer_changes_nothing_and_is_told_at_once_when_the_link_is_revoked() {
    journey(async {
        // Given Ana's workspace and her link to look at it.
        let server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Board").await?;
        add_note(&ana, "Problem", "the queue").await?;
        see_status(&ana, "Synced").await?;
        let link = share(&ana, "Can view").await?;
        assert!(link.contains('#'), "{link}");

        // When Ben opens it, he sees everything and has no way to change it; the key has left the
        // address bar.
        let (ben_browser, ben) = open(&link).await?;
        see_notes(&ben, "Problem", &["the queue"]).await?;
        assert!(!ben.address().await?.contains('#'));
        status_has(&ben, "view only").await?;
        offers_no_change(&ben).await?;
        focus_note(&ben, "Problem", "the queue").await?;
        ben.press("Delete").await?;
        see_alert(&ben, "View only").await?;
        add_note(&ana, "Problem", "and the wait").await?;
        see_notes(&ben, "Problem", &["the queue", "and the wait"]).await?;

        // Then, when Ana revokes the link, his page says so within a second, and keeps what it has.
        ana.eval(NOTE_CLICKS).await?;
        ben.eval(NOTE_REVOCATION).await?;
        revoke_latest(&ana).await?;
        see_alert(&ben, "Your link to this workspace was revoked").await?;
        let (pressed, told) = (noted(&ana).await?, noted(&ben).await?);
        assert!(told - pressed < 1_000.0, "told after {} ms", told - pressed);
        ben.find("button", "Export a copy…").await?;
        see_notes(&ben, "Problem", &["the queue", "and the wait"]).await?;
        ben.reload().await?;
        see_alert(&ben, "Your link to this workspace was revoked").await?;
        see_notes(&ben, "Problem", &["the queue", "and the wait"]).await?;
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

#[test]
fn a_link_that_is_changed_acts_on_the_open_page_both_ways() {
    journey(async {
        let server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Turns").await?;
        let link = share(&ana, "Can edit").await?;
        let (ben_browser, ben) = open(&link).await?;
        see_status(&ben, "Synced").await?;
        add_note(&ben, "Problem", "as an editor").await?;
        see_note(&ana, "Problem", "as an editor").await?;

        ben.click("button", "Import…").await?;
        ben.find("dialog", "Import").await?;
        ana.click("button", "Share…").await?;
        ana.click("button", "Change… Can edit").await?;
        for (role, here) in [("view", false), ("edit", true)] {
            save_role(&ana, role).await?;
            if here {
                for offered in ["Add note to Problem", "Import…", "Add a canvas…"] {
                    ben.find("button", offered).await?;
                }
            } else {
                // The dialog that only changes has closed by itself.
                ben.gone("dialog", "Import").await?;
                offers_no_change(&ben).await?;
                ana.click("button", "Change… Can view").await?;
            }
        }
        ana.press("Escape").await?;
        add_note(&ben, "Problem", "again").await?;
        see_note(&ana, "Problem", "again").await?;
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

/// L8
#[test]
fn a_server_for_owners_alone_serves_the_app_and_nobody_without_a_link() {
    journey(async {
        // Given a workspace that was made while the server was away.
        let mut server = Server::start_for_owners().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        everything_fetched(&ana).await?;
        server.kill().await?;
        ana.click("button", "New workspace").await?;
        ana.fill("textbox", "Workspace name", "Closed").await?;
        ana.click("button", "Create").await?;
        ana.find("heading", "Lean Canvas").await?;
        add_note(&ana, "Problem", "made apart").await?;

        // When the server is there, the workspace is claimed by itself.
        server.restart().await?;
        see_status(&ana, "Synced").await?;
        let (ben_browser, ben) = open(&ana.address().await?).await?;
        ben.find("heading", "Waiting for this workspace").await?;

        // Then the link opens it, in the page where the address alone did not.
        let link = share(&ana, "Can edit").await?;
        ben.goto(&link).await?;
        see_notes(&ben, "Problem", &["made apart"]).await?;
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

/// L8
#[test]
fn a_workspace_opens_by_its_address_until_its_first_link_is_made() {
    journey(async {
        // Given a workspace on a server that keeps what nobody owns, and Ben by its address.
        let server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Open").await?;
        add_note(&ana, "Problem", "by the address").await?;
        see_status(&ana, "Synced").await?;
        let (ben_browser, ben) = open(&ana.address().await?).await?;
        see_notes(&ben, "Problem", &["by the address"]).await?;

        // When Ana makes the first link, she owns it.
        let link = share(&ana, "Can edit").await?;
        see_alert(&ben, "This workspace has an owner now").await?;

        // Then the link opens it, and the address alone does not any more.
        let (eve_browser, eve) = open(&ana.address().await?).await?;
        eve.find("heading", "Waiting for this workspace").await?;
        ben.goto(&link).await?;
        add_note(&ben, "Problem", "by the link").await?;
        see_notes(&ana, "Problem", &["by the address", "by the link"]).await?;
        ana_browser.close().await?;
        ben_browser.close().await?;
        eve_browser.close().await
    });
}

#[test]
fn a_workspace_that_nobody_owns_opens_by_its_address_until_someone_makes_it_theirs() {
    journey(async {
        // Given a workspace of before there were keys.
        let mut server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        everything_fetched(&ana).await?;
        server.kill().await?;
        ana.click("button", "New workspace").await?;
        ana.fill("textbox", "Workspace name", "Old").await?;
        ana.click("button", "Create").await?;
        ana.find("heading", "Lean Canvas").await?;
        add_note(&ana, "Problem", "from before").await?;
        see_status(&ana, "Offline").await?;
        forget_key(&ana).await?;
        server.restart().await?;
        ana.reload().await?;
        see_status(&ana, "Synced").await?;
        let (ben_browser, ben) = open(&ana.address().await?).await?;
        see_notes(&ben, "Problem", &["from before"]).await?;

        // When Ana makes it hers, Ben is told why the address opens it no more.
        ana.click("button", "Share…").await?;
        ana.click("button", "Make it yours").await?;
        ana.find("list", "Links").await?;
        ana.press("Escape").await?;
        see_alert(&ben, "This workspace has an owner now").await?;

        // Then a link brings him back, with everything.
        let link = share(&ana, "Can edit").await?;
        ben.goto(&link).await?;
        add_note(&ben, "Problem", "by a link").await?;
        see_notes(&ana, "Problem", &["from before", "by a link"]).await?;
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

/// S31
#[test]
fn a_server_that_has_lost_its_store_gives_a_workspace_back_to_its_owner_alone() {
    journey(async {
        // Given an owner, and a member by a link, on a server that keeps what nobody owns too.
        let mut server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Lost").await?;
        add_note(&ana, "Problem", "before").await?;
        let link = share(&ana, "Can edit").await?;
        let (ben_browser, ben) = open(&link).await?;
        see_notes(&ben, "Problem", &["before"]).await?;
        let address = ana.address().await?;
        ana.goto("about:blank").await?;

        // When the server has lost everything, then it lets in neither the member nor who knows the id.
        server.kill().await?;
        server.lose_store()?;
        server.restart().await?;
        see_alert(&ben, "The server does not open this workspace").await?;
        let (eve_browser, eve) = open(&address).await?;
        eve.find("heading", "Waiting for this workspace").await?;

        // Until the owner is back, whose browser tells it by itself, and says so.
        ana.goto(&address).await?;
        ana.wait("the word that it is hers again", || async {
            let told = "return document.body.innerText.includes('The workspace is yours again')";
            Ok((ana.eval(told).await? == true).then_some(()))
        })
        .await?;
        see_status(&ana, "Synced").await?;
        let link = share(&ana, "Can edit").await?;
        eve.goto(&link).await?;
        see_notes(&eve, "Problem", &["before"]).await?;
        ana_browser.close().await?;
        ben_browser.close().await?;
        eve_browser.close().await
    });
}

/// S31: who makes workspaces on a server that wants a token is asked for it where it is refused.
#[test]
fn a_server_that_wants_a_token_is_given_it_in_the_share_dialog() {
    journey(async {
        let token = "a token of twenty-two letters and more";
        let server = Server::start_with_token(token).await?;
        let (browser, page) = open(&server.url()).await?;
        new_workspace(&page, &server, "Guarded").await?;
        see_status(&page, "Synced").await?;

        // Given that its first link is refused.
        page.click("button", "Share…").await?;
        page.gone("textbox", "Token for new workspaces").await?;
        page.click("button", "Create link").await?;
        page.find("textbox", "Token for new workspaces").await?;

        // When the token is not the server's, then it is refused again, and stays to be mended.
        page.fill("textbox", "Token for new workspaces", "another")
            .await?;
        page.click("button", "Create link").await?;
        see_problem(&page).await?;
        page.gone("list", "Links").await?;

        // When it is, then the link is there.
        page.fill("textbox", "Token for new workspaces", token)
            .await?;
        page.click("button", "Create link").await?;
        page.find("list", "Links").await?;
        page.gone("textbox", "Token for new workspaces").await?;
        browser.close().await
    });
}

/// Waits until the dialog shows that something was refused.
async fn see_problem(page: &Page) -> Step {
    page.wait("the refusal", || async {
        let shown = "return !!document.querySelector('dialog .ui-banner[data-tone=problem]')";
        let shown = page.eval(shown).await?.as_bool();
        Ok(shown.filter(|shown| *shown).map(|_| ()))
    })
    .await
}

/// Lets no key be kept while `window.full` is set, and counts the claims that are sent; of those the
/// answer is lost while `window.lost` is set.
const HINDER: &str = "window.claims = 0; window.full = true; window.lost = true; \
    const put = IDBObjectStore.prototype.put; \
    IDBObjectStore.prototype.put = function(value, key) { \
        if (window.full && String(key).startsWith('key/')) \
            throw new DOMException('full', 'QuotaExceededError'); \
        return put.apply(this, arguments); \
    }; \
    const asked = window.fetch; \
    window.fetch = async (address, init) => { \
        const claims = init?.method === 'POST' && String(address).endsWith('/workspaces'); \
        window.claims += claims ? 1 : 0; \
        const answer = await asked(address, init); \
        if (claims && window.lost) throw new TypeError('lost'); \
        return answer; \
    };";

/// L8: the key is on the disk before the server hears of it, and stays while nobody knows whether it
/// owns anything.
#[test]
fn no_full_disk_and_no_lost_answer_costs_an_owner_the_key() {
    journey(async {
        // Given a workspace that opens to whoever knows its address, and Ben, whose disk is full.
        let server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Open").await?;
        see_status(&ana, "Synced").await?;
        let (ben_browser, ben) = open(&ana.address().await?).await?;
        see_status(&ben, "Synced").await?;
        ben.eval(HINDER).await?;

        // When he makes it his, the server is not asked for what he could not keep.
        ben.click("button", "Share…").await?;
        ben.click("button", "Make it yours").await?;
        see_problem(&ben).await?;
        assert_eq!(ben.eval("return window.claims").await?, 0);

        // When there is room, and the server's answer is lost, he owns it all the same.
        ben.eval("window.full = false").await?;
        ben.click("button", "Make it yours").await?;
        ben.find("list", "Links").await?;
        assert_eq!(ben.eval("return window.claims").await?, 1);
        ben.reload().await?;
        see_status(&ben, "Synced").await?;
        ben.click("button", "Share…").await?;
        ben.find("list", "Links").await?;
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

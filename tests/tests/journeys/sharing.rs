//! Two people, two browsers, two tabs; the network and the server come and go.

use automerge::transaction::Transactable as _;
use automerge::{AutomergeError, ROOT};

use crate::harness::Step;
use crate::harness::browser::Browser;
use crate::harness::page::Page;
use crate::harness::server::Server;
use crate::person::{
    add_note, focus_note, journey, new_workspace, notes, open, see_note, see_notes, see_status,
    see_toast, share,
};
use crate::samod_client::repository;

async fn edit(page: &Page, slot: &str, text: &str, end: &str, addition: &str) -> Step {
    focus_note(page, slot, text).await?;
    page.press("Enter").await?;
    page.find("textbox", &format!("Note in {slot}")).await?;
    page.press(end).await?;
    page.type_text(addition).await?;
    page.press("Enter").await
}

#[test]
fn a_colleague_opens_the_link_and_both_edit_at_once() {
    journey(async {
        let server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Shared").await?;
        add_note(&ana, "Problem", "from Ana").await?;
        see_status(&ana, "Synced").await?;
        let link = share(&ana, "Can edit").await?;

        let (ben_browser, ben) = open(&link).await?;
        see_notes(&ben, "Problem", &["from Ana"]).await?;
        add_note(&ben, "Problem", "from Ben").await?;
        see_notes(&ana, "Problem", &["from Ana", "from Ben"]).await?;
        add_note(&ana, "Solution", "together").await?;
        see_notes(&ben, "Solution", &["together"]).await?;
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

#[test]
fn both_offline_on_the_same_note_then_converged() {
    journey(async {
        // Given two people on one note.
        let mut server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Apart").await?;
        let link = share(&ana, "Can edit").await?;
        add_note(&ana, "Problem", "the queue").await?;
        see_status(&ana, "Synced").await?;
        let (ben_browser, ben) = open(&link).await?;
        see_note(&ben, "Problem", "the queue").await?;
        see_status(&ben, "Synced").await?;

        // When both lose the server, edit the same text, and Ben moves it while Ana adds another.
        server.kill().await?;
        see_status(&ana, "Offline").await?;
        see_status(&ben, "Offline").await?;
        edit(&ana, "Problem", "the queue", "Home", "Mornings: ").await?;
        edit(&ben, "Problem", "the queue", "End", " is long").await?;
        see_note(&ben, "Problem", "the queue is long").await?;
        focus_note(&ben, "Problem", "the queue is long").await?;
        ben.press("Ctrl+ArrowRight").await?;
        see_note(&ben, "Solution", "the queue is long").await?;
        add_note(&ana, "Channels", "made apart").await?;

        // Then, when it returns, both have everything.
        server.restart().await?;
        for page in [&ana, &ben] {
            see_notes(page, "Solution", &["Mornings: the queue is long"]).await?;
            see_notes(page, "Channels", &["made apart"]).await?;
            see_notes(page, "Problem", &[]).await?;
            see_status(page, "Synced").await?;
        }

        // Ana's undo takes back her own last gesture and nothing of Ben's.
        ana.click("button", "Undo").await?;
        see_notes(&ben, "Channels", &[]).await?;
        see_notes(&ben, "Solution", &["Mornings: the queue is long"]).await?;
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

#[test]
fn an_edit_of_a_note_that_a_colleague_deleted_is_offered_back() {
    journey(async {
        let mut server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Weekend").await?;
        let link = share(&ana, "Can edit").await?;
        add_note(&ana, "Problem", "kept").await?;
        see_status(&ana, "Synced").await?;
        let (ben_browser, ben) = open(&link).await?;
        see_note(&ben, "Problem", "kept").await?;
        // All of the app is there before the server goes.
        see_status(&ben, "Synced").await?;

        server.kill().await?;
        see_status(&ben, "Offline").await?;
        edit(&ana, "Problem", "kept", "End", " by hard work").await?;
        see_note(&ana, "Problem", "kept by hard work").await?;
        focus_note(&ben, "Problem", "kept").await?;
        ben.press("Delete").await?;
        see_notes(&ben, "Problem", &[]).await?;
        server.restart().await?;

        // The deletion holds on both, and both are told; the work is reachable and comes back whole.
        see_notes(&ana, "Problem", &[]).await?;
        for page in [&ana, &ben] {
            see_toast(page, "deleted by one and edited by another").await?;
        }
        ana.press("Ctrl+k").await?;
        ana.find("combobox", "Search commands, notes and views")
            .await?;
        ana.type_text("Deleted notes").await?;
        ana.press("Enter").await?;
        ana.find("dialog", "Deleted notes").await?;
        ana.click("button", "Restore kept by hard work").await?;
        ana.press("Escape").await?;
        see_notes(&ana, "Problem", &["kept by hard work"]).await?;
        see_notes(&ben, "Problem", &["kept by hard work"]).await?;
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

/// Ana and Ben, who both have "one", "two" and "three" under "Problem".
async fn two_with_three_notes(server: &Server) -> Step<((Browser, Page), (Browser, Page))> {
    let (ana_browser, ana) = open(&server.url()).await?;
    new_workspace(&ana, server, "Hands").await?;
    let link = share(&ana, "Can edit").await?;
    for text in ["one", "two", "three"] {
        add_note(&ana, "Problem", text).await?;
    }
    let (ben_browser, ben) = open(&link).await?;
    see_notes(&ben, "Problem", &["one", "two", "three"]).await?;
    Ok(((ana_browser, ana), (ben_browser, ben)))
}

#[test]
fn a_colleagues_move_or_deletion_does_not_take_the_keyboard_away() {
    journey(async {
        let server = Server::start().await?;
        let ((ana_browser, ana), (ben_browser, ben)) = two_with_three_notes(&server).await?;

        // Ben writes in the second note while Ana moves the first past it.
        focus_note(&ben, "Problem", "two").await?;
        ben.press("Enter").await?;
        ben.find("textbox", "Note in Problem").await?;
        ben.press("End").await?;
        ben.type_text(" or").await?;
        focus_note(&ana, "Problem", "one").await?;
        ana.press("Ctrl+ArrowDown").await?;
        ben.wait("the other order", || async {
            Ok(
                (notes(&ben, "Problem").await?.get(1).map(String::as_str) == Some("one"))
                    .then_some(()),
            )
        })
        .await?;
        let writing = "return document.activeElement?.tagName";
        ben.wait("the caret to be back", || async {
            Ok((ben.eval(writing).await? == "TEXTAREA").then_some(()))
        })
        .await?;
        ben.type_text(" more").await?;
        ben.press("Enter").await?;
        see_notes(&ana, "Problem", &["two or more", "one", "three"]).await?;

        // Ben writes again and Ana deletes that very note: the next keys meet no other note, and
        // what Ben wrote is with the deleted notes.
        ben.press("Enter").await?;
        ben.find("textbox", "Note in Problem").await?;
        focus_note(&ana, "Problem", "two or more").await?;
        ana.press("Delete").await?;
        see_notes(&ben, "Problem", &["one", "three"]).await?;
        ben.find("button", "Deleted notes").await?;
        for key in ["Backspace", "Delete", "n", "?", "Enter", "Ctrl+a"] {
            ben.press(key).await?;
        }
        assert!(!ben.has("dialog", "Keyboard shortcuts").await?);
        assert!(!ben.has("textbox", "Note in Problem").await?);
        see_notes(&ana, "Problem", &["one", "three"]).await?;
        see_notes(&ben, "Problem", &["one", "three"]).await?;

        // A key that is not typed into a text is meant: the slot's button is where one goes on.
        ben.press("Escape").await?;
        ben.press("n").await?;
        ben.find("textbox", "Note in Problem").await?;
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

/// Waits until the note stands first in a slot of Ben's, with the caret in its box.
async fn see_writing_first(ben: &Page, slot: &str, start: &str) -> Step {
    let writing = format!(
        "return document.activeElement?.tagName === 'TEXTAREA' && \
         document.activeElement.closest('[aria-labelledby]')?.closest('section')\
         ?.querySelector('h2')?.textContent === {slot:?} && \
         document.activeElement.value.startsWith({start:?}) && \
         !document.activeElement.closest('li').previousElementSibling"
    );
    ben.wait("the caret to be back in the box", || async {
        Ok((ben.eval(&writing).await? == true).then_some(()))
    })
    .await
}

/// P5
#[test]
fn a_note_that_a_colleague_moves_is_typed_on_in_as_if_nothing_had_happened() {
    journey(async {
        let server = Server::start().await?;
        let ((ana_browser, ana), (ben_browser, ben)) = two_with_three_notes(&server).await?;

        // Ben writes within "two" while Ana moves it to the first place: what he deletes then are
        // letters and no notes.
        focus_note(&ben, "Problem", "two").await?;
        ben.press("Enter").await?;
        ben.find("textbox", "Note in Problem").await?;
        ben.press("End").await?;
        ben.press("ArrowLeft").await?;
        ben.type_text("xy").await?;
        focus_note(&ana, "Problem", "two").await?;
        ana.press("Ctrl+ArrowUp").await?;
        see_writing_first(&ben, "Problem", "tw").await?;
        for key in ["Backspace", "Backspace", "Backspace"] {
            ben.press(key).await?;
        }
        ben.type_text("h").await?;

        // She moves it to another slot, with letters of his that are not committed yet.
        ana.press("Ctrl+ArrowRight").await?;
        see_writing_first(&ben, "Solution", "th").await?;
        ben.type_text("or").await?;
        ben.press("Enter").await?;

        for page in [&ana, &ben] {
            see_notes(page, "Solution", &["thoro"]).await?;
            see_notes(page, "Problem", &["one", "three"]).await?;
        }
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

#[test]
fn an_undo_tells_ones_own_other_tab_from_a_colleague() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let address = new_workspace(&page, &server, "Undo").await?;
        add_note(&page, "Problem", "made here").await?;
        let first = browser.tab().await?;
        browser.new_tab().await?;
        page.goto(&address).await?;
        edit(&page, "Problem", "made here", "End", ", edited there").await?;

        browser.close_tab().await?;
        browser.show(&first).await?;
        see_notes(&page, "Problem", &["made here, edited there"]).await?;
        page.click("button", "Undo").await?;

        page.wait("whose change it is", || async {
            let told = page
                .eval("return document.querySelector('.ui-toasts').innerText")
                .await?;
            let told = told.as_str().unwrap_or_default();
            assert!(!told.contains("colleague"), "{told}");
            Ok(told
                .contains("in another tab or on another device")
                .then_some(()))
        })
        .await?;
        see_notes(&page, "Problem", &["made here, edited there"]).await?;
        browser.close().await
    });
}

/// L5
#[test]
fn two_tabs_agree_without_a_server() {
    journey(async {
        let mut server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let address = new_workspace(&page, &server, "Tabs").await?;
        add_note(&page, "Problem", "first tab").await?;
        see_status(&page, "Synced").await?;
        let first = browser.tab().await?;
        let second = browser.new_tab().await?;
        page.goto(&address).await?;
        see_note(&page, "Problem", "first tab").await?;
        server.kill().await?;

        add_note(&page, "Problem", "second tab").await?;
        browser.show(&first).await?;
        see_notes(&page, "Problem", &["first tab", "second tab"]).await?;
        add_note(&page, "Solution", "back again").await?;
        browser.close_tab().await?;
        browser.show(&second).await?;
        see_notes(&page, "Solution", &["back again"]).await?;
        browser.close().await
    });
}

#[test]
fn a_server_killed_during_edits_loses_nothing() {
    journey(async {
        let mut server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Killed").await?;
        let link = share(&ana, "Can edit").await?;
        let texts: Vec<String> = (1..=12).map(|number| format!("note {number}")).collect();
        for (index, text) in texts.iter().enumerate() {
            add_note(&ana, "Problem", text).await?;
            if index % 4 == 1 {
                server.kill().await?;
            }
            if index % 4 == 3 {
                server.restart().await?;
            }
        }
        see_status(&ana, "Synced").await?;
        server.kill().await?;
        server.restart().await?;
        let (ben_browser, ben) = open(&link).await?;
        let expected: Vec<&str> = texts.iter().map(String::as_str).collect();
        see_notes(&ben, "Problem", &expected).await?;
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

/// S48, D54
#[test]
fn what_somebody_has_forged_upon_comes_to_the_others_all_the_same() {
    journey(async {
        let mut server = Server::start().await?;
        let (browser, page) = open(&server.url()).await?;
        let address = new_workspace(&page, &server, "Forged").await?;
        add_note(&page, "Problem", "from Ana").await?;
        see_status(&page, "Synced").await?;
        server.kill().await?;
        add_note(&page, "Problem", "offline").await?;
        see_status(&page, "Offline").await?;
        page.goto("about:blank").await?;
        server.restart().await?;

        write_as_the_last_author(&server, &address).await?;
        page.goto(&address).await?;

        see_status(&page, "Synced").await?;
        see_notes(&page, "Problem", &["from Ana", "offline"]).await?;
        let (ben_browser, ben) = open(&address).await?;
        see_notes(&ben, "Problem", &["from Ana", "offline"]).await?;
        add_note(&page, "Problem", "afterwards").await?;
        see_note(&ben, "Problem", "afterwards").await?;
        // What was made anew is kept as it was, and reported to nobody.
        page.wait("the old changes to be set aside", || async {
            let count = page.eval_async(COUNT_ASIDE).await?.as_u64();
            Ok((count > Some(0)).then_some(()))
        })
        .await?;
        page.goto(&address).await?;
        see_status(&page, "Synced").await?;
        see_notes(&page, "Problem", &["from Ana", "offline", "afterwards"]).await?;
        let text = page.eval("return document.body.innerText").await?;
        let text = text.as_str().unwrap_or_default();
        assert!(!text.contains("damaged"), "{text}");
        ben_browser.close().await?;
        browser.close().await
    });
}

/// How many chunks are aside.
const COUNT_ASIDE: &str = "const open = indexedDB.open('groundwork'); \
    const answer = request => new Promise(done => request.onsuccess = () => done(request.result)); \
    const database = await answer(open); \
    const aside = database.transaction('quarantine').objectStore('quarantine'); \
    const count = await answer(aside.count()); \
    database.close(); \
    return count";

/// Somebody writes in the name of whoever wrote last.
async fn write_as_the_last_author(server: &Server, address: &str) -> Step {
    let id = address
        .split(['/', '#', '?'])
        .find_map(|part| part.parse::<samod::DocumentId>().ok())
        .ok_or("no workspace in the address")?;
    let forger = repository(&server.sync_address(), "forger").await?;
    let document = forger.find(id).await?.ok_or("no document")?;
    document.with_document(|document| -> Step {
        let changes = document.get_changes(&[]);
        let last = changes.last().ok_or("no change")?;
        document.set_actor(last.actor_id().clone());
        document
            .transact::<_, _, AutomergeError>(|transaction| transaction.put(ROOT, "forged", true))
            .map_err(|failure| failure.error)?;
        Ok(())
    })?;
    let (connections, _) = forger.connected_peers();
    let peer = connections.first().ok_or("no connection")?.id;
    document.they_have_our_changes(peer).await;
    forger.stop().await;
    Ok(())
}

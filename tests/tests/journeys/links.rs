//! The links of a workspace, by those who made them and those who came by one: what asks first, where
//! the focus is, and what is left once a right has gone.

use crate::focus::see_focus;
use crate::harness::Step;
use crate::harness::page::Page;
use crate::harness::server::Server;
use crate::person::{
    add_note, journey, new_workspace, open, see_alert, see_status, see_toast, share,
};

/// Opens the form below the link of that name, chooses its role, and saves.
async fn change_role(page: &Page, link: &str, role: &str) -> Step {
    page.click("button", &format!("Change… {link}")).await?;
    save_role(page, role).await
}

/// Chooses the role of the link that is being changed, and saves.
pub(crate) async fn save_role(page: &Page, role: &str) -> Step {
    let select = page.find("combobox", "Role").await?;
    let choose =
        format!("function() {{ this.value = '{role}'; this.dispatchEvent(new Event('change')); }}");
    page.call(&select, &choose).await?;
    page.click("button", "Save").await
}

/// Whether the reason for which nothing was revoked is on the screen, and not below the dialog's edge.
const BANNER_IN_SIGHT: &str = "const row = document.querySelector('.share-row [role=alert]'); \
    const box = row.getBoundingClientRect(); \
    return row.contains(document.elementFromPoint(box.x + box.width / 2, box.bottom - 8))";

/// With the focus on a link's own "Revoke".
async fn revoke_by_keyboard(page: &Page) -> Step {
    page.press("Enter").await?;
    page.find("dialog", "Revoke the link of this device?")
        .await?;
    see_focus(page, "BUTTON Cancel").await?;
    page.press("Tab").await?;
    see_focus(page, "BUTTON Revoke").await?;
    page.press("Enter").await
}

/// Presses "Revoke" at a link of somebody else, and says so again when asked.
async fn revoke(page: &Page, name: &str) -> Step {
    page.click("button", &format!("Revoke {name}")).await?;
    page.find("dialog", &format!("Revoke “{name}”?")).await?;
    see_focus(page, "BUTTON Cancel").await?;
    page.click("button", "Revoke").await
}

#[test]
fn an_owner_is_asked_before_they_revoke_the_link_that_they_are_here_by() {
    journey(async {
        let server = Server::start().await?;
        let (browser, page) = open(&server.url()).await?;
        new_workspace(&page, &server, "Mine").await?;
        share(&page, "Can edit").await?;
        page.click("button", "Share…").await?;

        // Cancel changes nothing, and the focus is back where the question came from.
        page.click("button", "Revoke Owner").await?;
        page.find("dialog", "Revoke the link of this device?")
            .await?;
        see_focus(&page, "BUTTON Cancel").await?;
        page.press("Enter").await?;
        page.gone("dialog", "Revoke the link of this device?")
            .await?;
        see_focus(&page, "BUTTON Revoke Owner").await?;

        // The last owner cannot shut everybody out, and reads why.
        revoke_by_keyboard(&page).await?;
        see_alert(&page, "Somebody has to own the workspace").await?;
        let banner = page.eval(BANNER_IN_SIGHT).await?;
        assert_eq!(banner, true, "the reason lies outside the dialog");
        page.press("Escape").await?;
        share(&page, "Owner").await?;
        page.click("button", "Share…").await?;
        page.find("button", "Revoke Owner (2)").await?;
        page.eval("document.querySelector('.share-row-actions > :last-child').focus()")
            .await?;
        revoke_by_keyboard(&page).await?;
        page.gone("button", "Create link").await?;
        page.press("Escape").await?;
        see_alert(&page, "Your link to this workspace was revoked").await?;
        browser.close().await
    });
}

#[test]
fn a_link_that_opens_nothing_says_so_where_there_is_no_copy() {
    journey(async {
        let server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Elsewhere").await?;
        see_status(&ana, "Synced").await?;
        let link = share(&ana, "Can view").await?;
        // Somebody has mistyped the end of the key.
        let key = link.trim_end_matches(|c| c != '#').len() + 4;
        let wrong = format!("{}AAAA{}", &link[..key], &link[key + 4..]);
        let (ben_browser, ben) = open(&wrong).await?;
        ben.find(
            "heading",
            "The server does not open this workspace by your link",
        )
        .await?;
        assert!(!ben.has("button", "Export a copy…").await?);
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

#[test]
fn the_share_dialog_keeps_the_name_and_the_place_of_the_focus() {
    journey(async {
        let server = Server::start().await?;
        let (browser, page) = open(&server.url()).await?;
        new_workspace(&page, &server, "Named").await?;
        for _ in 0..2 {
            share(&page, "Can edit").await?;
        }

        // A name that was typed is kept, also by who leaves with Esc.
        page.click("button", "Share…").await?;
        page.fill("textbox", "Your name", "Ana").await?;
        page.press("Escape").await?;
        page.gone("dialog", "Share workspace").await?;
        page.click("button", "Share…").await?;
        page.wait("the name", || async {
            let dialog = page.find("dialog", "Share workspace").await?;
            let text = page.text(&dialog).await?;
            Ok(text.contains("You share as Ana").then_some(()))
        })
        .await?;

        // Changing a link and thinking better of it.
        page.click("button", "Change… Can edit (2)").await?;
        page.find("combobox", "Role").await?;
        page.click("button", "Cancel").await?;
        see_focus(&page, "BUTTON Change… Can edit (2)").await?;

        // Saved, its row is drawn anew and has the focus; revoked, the row in its place.
        change_role(&page, "Can edit (2)", "view").await?;
        see_focus(&page, "BUTTON Change… Can view").await?;
        revoke(&page, "Can edit").await?;
        page.gone("button", "Revoke Can edit").await?;
        see_focus(&page, "BUTTON Change… Can view").await?;
        revoke(&page, "Can view").await?;
        page.gone("button", "Revoke Can view").await?;
        see_focus(&page, "BUTTON Change… Owner").await?;
        browser.close().await
    });
}

/// P10
#[test]
fn what_was_being_written_outlives_the_right_to_write() {
    journey(async {
        let server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Taken back").await?;
        add_note(&ana, "Problem", "the queue").await?;
        see_status(&ana, "Synced").await?;
        let link = share(&ana, "Can edit").await?;
        let (ben_browser, ben) = open(&link).await?;
        see_status(&ben, "Synced").await?;

        // Given Ben in the middle of a note when his link becomes one to look.
        ben.click("button", "Add note to Problem").await?;
        ben.type_text("half a thought").await?;
        ana.click("button", "Share…").await?;
        change_role(&ana, "Can edit", "view").await?;

        // Then what he wrote is in sight and has the focus, and he can let go of it.
        see_alert(&ben, "View only").await?;
        see_focus(&ben, "BUTTON Copy your draft: half a thought").await?;
        ben.press("Enter").await?;
        see_toast(&ben, "Copied: half a thought").await?;
        ben.click("button", "Discard the draft").await?;
        ben.gone("button", "Copy your draft: half a thought")
            .await?;
        let focused = ben.eval("return document.activeElement.tagName").await?;
        assert_ne!(focused, "BODY");

        // When the link ends, nothing is said any more that held for it.
        revoke(&ana, "Can view").await?;
        see_alert(&ben, "Your link to this workspace was revoked").await?;
        for alert in ben.all("alert", None).await? {
            let said = ben.text(&alert).await?;
            assert!(!said.starts_with("View only"), "{said}");
            assert!(!said.contains("does not accept"), "{said}");
        }
        ben.gone("region", "Others see you as “Someone”").await?;
        ben.click("button", "Share…").await?;
        ben.find("dialog", "Share workspace").await?;
        assert!(!ben.has("textbox", "Your name").await?);
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

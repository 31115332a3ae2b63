//! Two people on one canvas: each sees where the other is, and that they are gone.

use crate::harness::Step;
use crate::harness::page::Page;
use crate::harness::server::Server;
use crate::person::{
    add_note, focus_note, journey, new_workspace, note, open, see_note, see_status, share,
};

/// What the question is called.
const QUESTION: &str = "Others see you as “Someone”";

/// Waits until a part of the layer of others is there, or is gone. The layer is to be looked at
/// alone, so that no role finds it.
async fn layer(page: &Page, part: &str, there: bool) -> Step {
    let script = format!("return document.querySelectorAll('.presence .{part}').length");
    page.wait(&format!("{part}: {there}"), || async {
        Ok(((page.eval(&script).await? != 0) == there).then_some(()))
    })
    .await
}

/// Moves the mouse over the middle of a slot.
async fn point_at(page: &Page, slot: &str) -> Step {
    let region = page.find("region", slot).await?;
    let place = "function() { const box = this.getBoundingClientRect(); \
                 return [box.x + box.width / 2, box.y + box.height - 8]; }";
    let at = page.call(&region, place).await?;
    let event = serde_json::json!({"type": "mouseMoved", "x": at[0], "y": at[1]});
    page.cdp("Input.dispatchMouseEvent", event).await?;
    Ok(())
}

#[test]
fn each_sees_where_the_other_is_and_that_they_are_gone() {
    journey(async {
        // Given Ana alone, of whom nothing is shown to nobody.
        let server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Together").await?;
        add_note(&ana, "Problem", "the queue").await?;
        let link = share(&ana, "Can edit").await?;
        assert_eq!(
            ana.eval("return document.querySelector('.presence')")
                .await?,
            serde_json::Value::Null
        );

        // When Ben comes and is on a note, Ana sees it outlined, and his caret while he writes.
        let (ben_browser, ben) = open(&link).await?;
        see_note(&ben, "Problem", "the queue").await?;
        see_status(&ben, "Synced").await?;
        focus_note(&ben, "Problem", "the queue").await?;
        layer(&ana, "presence-note", true).await?;
        layer(&ana, "presence-caret", false).await?;
        ben.press("Enter").await?;
        ben.find("textbox", "Note in Problem").await?;
        layer(&ana, "presence-caret", true).await?;
        layer(&ana, "presence-chosen", false).await?;

        // What he has chosen in it is marked on the same words of hers.
        ben.eval("document.activeElement.setSelectionRange(4, 9)")
            .await?;
        layer(&ana, "presence-chosen", true).await?;
        let words = "const range = document.createRange(); \
            const text = document.querySelector('.note-text').firstChild; \
            range.setStart(text, 4); range.setEnd(text, 9); \
            const [a, b] = [range, document.querySelector('.presence-chosen')]\
                .map(it => it.getBoundingClientRect()); \
            return ['x', 'y', 'width', 'height'].every(of => Math.abs(a[of] - b[of]) < 1)";
        ana.wait("the mark on the words", || async {
            Ok((ana.eval(words).await? == true).then_some(()))
        })
        .await?;
        ben.press("Escape").await?;
        for part in ["presence-caret", "presence-chosen"] {
            layer(&ana, part, false).await?;
        }

        // And his pointer lies in the same slot on hers, whatever her width; nobody hears of it.
        ana.set_size(900, 700).await?;
        point_at(&ben, "Solution").await?;
        layer(&ana, "presence-pointer", true).await?;
        let within = "const region = [...document.querySelectorAll('[data-slot]')]\
                .find(slot => slot.innerText.startsWith('Solution')).getBoundingClientRect(); \
            const tip = document.querySelector('.presence-pointer').getBoundingClientRect(); \
            return tip.x >= region.x && tip.x <= region.right && tip.y >= region.y && tip.y <= region.bottom";
        ana.wait("the pointer in its slot", || async {
            Ok((ana.eval(within).await? == true).then_some(()))
        })
        .await?;
        assert_eq!(
            ana.eval("return document.querySelector('.presence').ariaHidden")
                .await?,
            "true"
        );

        // Then, when his browser is closed, all of it is gone from hers.
        ben_browser.close().await?;
        for part in ["presence-note", "presence-pointer"] {
            layer(&ana, part, false).await?;
        }
        note(&ana, "Problem", "the queue").await?;
        ana_browser.close().await
    });
}

#[test]
fn who_comes_by_a_link_is_asked_once_who_they_are_while_they_write() {
    journey(async {
        // Given Ben by Ana's link, who begins to write before he is asked anything.
        let server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Names").await?;
        let link = share(&ana, "Can edit").await?;
        assert!(
            !ana.has("region", QUESTION).await?,
            "she has made it herself"
        );
        let (ben_browser, ben) = open(&link).await?;
        ben.click("button", "Add note to Problem").await?;
        ben.find("textbox", "Note in Problem").await?;
        ben.type_text("half a ").await?;

        // When the question comes, the note goes on being written.
        let question = ben.find("region", QUESTION).await?;
        ben.type_text("thought").await?;
        ben.press("Enter").await?;
        ben.press("Escape").await?;
        see_note(&ana, "Problem", "half a thought").await?;

        // Then his answer is what Ana sees of him, and he is not asked again.
        let name = ben.find_in(Some(&question), "textbox", "Your name").await?;
        ben.click_node(&name).await?;
        ben.type_text("Ben Weber").await?;
        ben.press("Enter").await?;
        ben.gone("region", QUESTION).await?;
        ana.find("image", "Ben Weber is here").await?;
        ben.reload().await?;
        ben.find("button", "You (Ben Weber)").await?;
        see_status(&ben, "Synced").await?;
        assert!(!ben.has("region", QUESTION).await?);
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

#[test]
fn the_question_who_one_is_can_be_waved_aside() {
    journey(async {
        let server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Nameless").await?;
        let link = share(&ana, "Can view").await?;
        let (ben_browser, ben) = open(&link).await?;
        ben.find("region", QUESTION).await?;
        ben.click("button", "Not now").await?;
        ben.gone("region", QUESTION).await?;
        ben.reload().await?;
        see_status(&ben, "Synced").await?;
        assert!(!ben.has("region", QUESTION).await?);

        // "People here" leads to the same answer.
        ben.click("button", "You").await?;
        ben.find("textbox", "Your name").await?;
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

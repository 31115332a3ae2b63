//! Two people on one canvas: each sees where the other is, and that they are gone.

use crate::harness::Step;
use crate::harness::page::Page;
use crate::harness::server::Server;
use crate::person::{
    add_note, focus_note, journey, new_workspace, note, open, see_note, see_status, share,
};

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
        ben.press("Escape").await?;
        layer(&ana, "presence-caret", false).await?;

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

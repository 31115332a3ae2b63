//! Working on a canvas: by mouse, by keyboard, undone and redone.

use crate::harness::Step;
use crate::harness::browser::Browser;
use crate::harness::page::Page;
use crate::harness::server::Server;
use crate::person::{
    add_note, focus_note, journey, new_workspace, note, notes, see_note, see_notes,
};

/// A canvas with "one", "two" and "three" as problems.
async fn canvas() -> Step<(Server, Browser, Page)> {
    let server = Server::start().await?;
    let browser = Browser::start().await?;
    let page = browser.page();
    new_workspace(&page, &server, "Canvas").await?;
    for text in ["one", "two", "three"] {
        add_note(&page, "Problem", text).await?;
    }
    Ok((server, browser, page))
}

#[test]
fn a_note_is_edited_in_place() {
    journey(async {
        let (_server, browser, page) = canvas().await?;
        focus_note(&page, "Problem", "two").await?;
        page.press("Enter").await?;
        page.find("textbox", "Note in Problem").await?;
        page.press("End").await?;
        page.type_text(" halves").await?;
        page.press("Enter").await?;
        see_notes(&page, "Problem", &["one", "two halves", "three"]).await?;

        // Esc leaves the note as it was.
        page.press("Enter").await?;
        page.find("textbox", "Note in Problem").await?;
        page.type_text("oops").await?;
        page.press("Escape").await?;
        see_notes(&page, "Problem", &["one", "two halves", "three"]).await?;
        page.reload().await?;
        see_notes(&page, "Problem", &["one", "two halves", "three"]).await?;
        browser.close().await
    });
}

#[test]
fn a_note_is_dragged_within_and_between_slots() {
    journey(async {
        let (_server, browser, page) = canvas().await?;
        let (one, three) = (
            note(&page, "Problem", "one").await?,
            note(&page, "Problem", "three").await?,
        );
        page.drag(&three, &one).await?;
        page.wait("another order", || async {
            Ok(
                (notes(&page, "Problem").await?.first().map(String::as_str) != Some("one"))
                    .then_some(()),
            )
        })
        .await?;
        let region = page.find("region", "Solution").await?;
        let three = note(&page, "Problem", "three").await?;
        page.drag(&three, &region).await?;
        see_notes(&page, "Solution", &["three"]).await?;
        see_notes(&page, "Problem", &["one", "two"]).await?;
        page.click("button", "Undo").await?;
        see_notes(&page, "Solution", &[]).await?;
        browser.close().await
    });
}

#[test]
fn move_to_duplicate_delete_and_restore() {
    journey(async {
        let (_server, browser, page) = canvas().await?;
        focus_note(&page, "Problem", "one").await?;
        page.click("button", "Actions for one").await?;
        page.click("menuitem", "Move to…").await?;
        let dialog = page.find("dialog", "Move to…").await?;
        page.wait("the slot Channels in the dialog", || async {
            for role in ["button", "option", "menuitem", "radio"] {
                for node in page.all(role, Some(&dialog)).await? {
                    if node.name == "Channels" {
                        page.click_node(&node).await?;
                        return Ok(Some(()));
                    }
                }
            }
            Ok(None)
        })
        .await?;
        see_notes(&page, "Channels", &["one"]).await?;

        focus_note(&page, "Channels", "one").await?;
        page.click("button", "Actions for one").await?;
        page.click("menuitem", "Duplicate").await?;
        see_notes(&page, "Channels", &["one", "one"]).await?;

        focus_note(&page, "Problem", "two").await?;
        page.press("Delete").await?;
        see_notes(&page, "Problem", &["three"]).await?;
        page.click("button", "Undo").await?;
        see_notes(&page, "Problem", &["two", "three"]).await?;
        page.click("button", "Redo").await?;
        see_notes(&page, "Problem", &["three"]).await?;
        browser.close().await
    });
}

#[test]
fn everything_by_keyboard_alone() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        page.goto(&server.url()).await?;
        let new = page.find("button", "New workspace").await?;
        page.call(&new, "function() { this.focus(); }").await?;
        page.press("Enter").await?;
        page.find("textbox", "Workspace name").await?;
        page.type_text("Keys").await?;
        page.press("Enter").await?;
        page.find("heading", "Lean Canvas").await?;

        // N adds to the first slot; Enter keeps and goes on, Esc leaves.
        page.press("n").await?;
        page.find("textbox", "Note in Problem").await?;
        for text in ["first", "second"] {
            page.type_text(text).await?;
            page.press("Enter").await?;
        }
        page.press("Escape").await?;
        see_notes(&page, "Problem", &["first", "second"]).await?;

        // Ctrl and the arrows move the note, Ctrl+Z takes it back.
        focus_by_tab(&page, "second").await?;
        page.press("Ctrl+ArrowUp").await?;
        see_notes(&page, "Problem", &["second", "first"]).await?;
        page.press("Ctrl+ArrowRight").await?;
        see_notes(&page, "Solution", &["second"]).await?;
        page.press("Ctrl+z").await?;
        see_notes(&page, "Solution", &[]).await?;

        // The palette runs a command; the menu opens by Shift+F10.
        page.press("Ctrl+k").await?;
        page.find("combobox", "Search commands, notes and views")
            .await?;
        page.press("Escape").await?;
        page.press("Shift+F10").await?;
        page.find("menuitem", "Details").await?;
        page.press("Escape").await?;
        browser.close().await
    });
}

/// Presses Tab until the focus is on the canvas, then arrows until it is on the note.
async fn focus_by_tab(page: &Page, text: &str) -> Step {
    let here = "return document.activeElement?.innerText?.trim() ?? ''";
    for key in std::iter::repeat_n("Tab", 60) {
        let focused = page.eval(here).await?;
        if focused.as_str() == Some(text) {
            return Ok(());
        }
        let on_note = page
            .eval("return document.activeElement?.closest('li') !== null")
            .await?;
        let on_note = on_note.as_bool() == Some(true);
        page.press(if on_note { "ArrowDown" } else { key }).await?;
    }
    Err(format!("the focus never came to \"{text}\"").into())
}

#[test]
fn a_phone_never_scrolls_sideways() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start_sized(360, 740).await?;
        let page = browser.page();
        page.goto(&server.url()).await?;
        page.click("button", "Open a sample").await?;
        page.find("heading", "Lean Canvas").await?;
        page.find("region", "Problem").await?;
        let overflow =
            "const root = document.documentElement; return root.scrollWidth - root.clientWidth";
        assert_eq!(page.eval(overflow).await?.as_i64(), Some(0));
        page.goto(&server.url()).await?;
        page.find("list", "Workspaces").await?;
        assert_eq!(page.eval(overflow).await?.as_i64(), Some(0));
        browser.close().await
    });
}

/// A note that is whole under the focus folds when that goes; not while something below it is pressed,
/// which would slip away from under the pointer.
#[test]
fn what_stands_below_a_long_note_can_be_pressed_while_that_has_the_focus() {
    journey(async {
        let (_server, browser, page) = canvas().await?;
        let long = "many words ".repeat(60);
        add_note(&page, "Problem", long.trim()).await?;
        focus_note(&page, "Problem", long.trim()).await?;
        let height = "return document.activeElement.getBoundingClientRect().height";
        let whole = page.eval(height).await?.as_f64().unwrap_or_default();

        page.click("button", "Add note to Problem").await?;
        page.find("textbox", "Note in Problem").await?;
        page.type_text("below").await?;
        page.press("Enter").await?;
        see_note(&page, "Problem", "below").await?;

        let folded = "return Math.min(...[...document.querySelectorAll('.note')] \
            .filter(it => it.innerText.length > 500).map(it => it.getBoundingClientRect().height))";
        let folded = page.eval(folded).await?.as_f64().unwrap_or_default();
        assert!(folded < whole, "{folded} of {whole}");
        browser.close().await
    });
}

#[test]
fn a_text_that_is_too_long_is_told_while_it_is_typed_and_waits_to_be_cut() {
    journey(async {
        // Given a note whose box holds five characters more than a note can.
        let (_server, browser, page) = canvas().await?;
        add_note(&page, "Problem", "much").await?;
        focus_note(&page, "Problem", "much").await?;
        page.press("Enter").await?;
        let paste = "function() { this.value = 'x'.repeat(100005); \
                     this.dispatchEvent(new Event('input', {bubbles: true})); }";
        let field = page.find("textbox", "Note in Problem").await?;
        page.call(&field, paste).await?;
        let told = "return document.querySelector('.text-room')?.innerText ?? ''";
        let says = async |words: &str| {
            page.wait(words, || async {
                let text = page.eval(told).await?;
                Ok(text
                    .as_str()
                    .is_some_and(|it| it.contains(words))
                    .then_some(()))
            })
            .await
        };
        says("5 characters too many").await?;

        // When one would leave, the box stays; what it holds survives the page as a draft.
        page.press("Enter").await?;
        page.find("textbox", "Note in Problem").await?;
        page.reload().await?;
        see_note(&page, "Problem", "much").await?;
        let draft =
            "return [...document.querySelectorAll('.slot-draft')].map(it => it.innerText.length)";
        page.wait("the draft", || async {
            let lengths = page.eval(draft).await?;
            Ok((lengths[0].as_u64().unwrap_or_default() > 100_005).then_some(()))
        })
        .await?;

        // Then, cut, it is a note.
        page.eval("document.querySelector('.slot-draft').click()")
            .await?;
        says("5 characters too many").await?;
        page.press("End").await?;
        for _ in 0..6 {
            page.press("Backspace").await?;
        }
        says("1 character left").await?;
        page.press("Enter").await?;
        page.press("Escape").await?;
        page.wait("one note more", || async {
            Ok((notes(&page, "Problem").await?.len() == 5).then_some(()))
        })
        .await?;
        browser.close().await
    });
}

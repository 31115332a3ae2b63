//! The screen after a crash: plain DOM, because the app that would draw it is gone, and words of
//! its own, because the table of words may be what broke.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element};

use crate::platform::page;

struct Words {
    title: &'static str,
    safe: &'static str,
    advice: &'static str,
    lost: &'static str,
    check: &'static str,
    reload: &'static str,
}

const ENGLISH: Words = Words {
    title: "Something went wrong in this page",
    safe: "Everything you wrote is safe on this device.",
    advice: "Reload the page to go on where you were.",
    lost: "Some of your last edits could not be kept on this device.",
    check: "Reload the page, look at what you changed last, and write again what is missing.",
    reload: "Reload",
};

const GERMAN: Words = Words {
    title: "Auf dieser Seite ist etwas schiefgegangen",
    safe: "Alles, was du geschrieben hast, ist auf diesem Gerät sicher.",
    advice: "Lade die Seite neu, um dort weiterzumachen, wo du warst.",
    lost: "Einige deiner letzten Änderungen konnten auf diesem Gerät nicht gesichert werden.",
    check: "Lade die Seite neu, prüfe, was du zuletzt geändert hast, und schreibe neu, was fehlt.",
    reload: "Neu laden",
};

const SPANISH: Words = Words {
    title: "Algo ha fallado en esta página",
    safe: "Todo lo que has escrito está a salvo en este dispositivo.",
    advice: "Vuelve a cargar la página para seguir donde estabas.",
    lost: "Algunos de tus últimos cambios no se han podido guardar en este dispositivo.",
    check: "Vuelve a cargar la página, revisa lo último que cambiaste y escribe de nuevo lo que falte.",
    reload: "Volver a cargar",
};

/// Replaces the page's content. `safe`: every edit is kept. Whatever fails here is left out: there is nobody left to tell.
pub(super) fn show(safe: bool) {
    let Some(document) = page::document() else {
        return;
    };
    let Some(body) = document.body() else { return };
    let words = words(&document);
    body.set_inner_html("");
    let Some(screen) = child(&document, &body, "main", "") else {
        return;
    };
    let _ = screen.set_attribute("class", "boot-notice");
    let _ = screen.set_attribute("role", "alert");
    child(&document, &screen, "h1", words.title);
    let (outcome, advice) = if safe {
        (words.safe, words.advice)
    } else {
        (words.lost, words.check)
    };
    child(&document, &screen, "p", outcome);
    child(&document, &screen, "p", advice);
    let Some(button) = child(&document, &screen, "button", words.reload) else {
        return;
    };
    let _ = button.set_attribute("class", "ui-button");
    if let Some(reload) = reload() {
        let _ = button.add_event_listener_with_callback("click", &reload);
    }
    if let Some(button) = button.dyn_ref::<web_sys::HtmlElement>() {
        let _ = button.focus();
    }
}

/// The browser's own `location.reload`, so that the button works without the app.
fn reload() -> Option<Function> {
    let location = JsValue::from(page::window()?.location());
    let reload = Reflect::get(&location, &"reload".into())
        .ok()?
        .dyn_into::<Function>()
        .ok()?;
    Some(reload.bind0(&location))
}

fn child(document: &Document, parent: &Element, tag: &str, text: &str) -> Option<Element> {
    let element = document.create_element(tag).ok()?;
    element.set_text_content(Some(text));
    parent.append_child(&element).ok()?;
    Some(element)
}

fn words(document: &Document) -> Words {
    let language = document
        .document_element()
        .and_then(|root| root.get_attribute("lang"));
    match language.as_deref().and_then(|tag| tag.split('-').next()) {
        Some("de") => GERMAN,
        Some("es") => SPANISH,
        _ => ENGLISH,
    }
}

//! Key presses as the browser receives them from a keyboard.

use serde_json::{Value, json};

/// The `Input.dispatchKeyEvent` calls of one chord such as `Ctrl+Shift+Z` or `Enter`.
pub(crate) fn chord(text: &str) -> [Value; 2] {
    let (mut modifiers, mut rest) = (0, text);
    while let Some((modifier, after)) = rest.split_once('+').filter(|(_, after)| !after.is_empty())
    {
        modifiers |= match modifier {
            "Alt" => 1,
            "Ctrl" => 2,
            "Shift" => 8,
            other => panic!("no such modifier: {other}"),
        };
        rest = after;
    }
    let (code, number, typed) = key(rest);
    let mut down = json!({
        "type": if typed.is_some() && modifiers & 3 == 0 { "keyDown" } else { "rawKeyDown" },
        "modifiers": modifiers, "key": rest, "code": code, "windowsVirtualKeyCode": number,
    });
    if let Some(typed) = typed.filter(|_| modifiers & 3 == 0) {
        down["text"] = json!(typed);
    }
    let up = json!({
        "type": "keyUp",
        "modifiers": modifiers, "key": rest, "code": code, "windowsVirtualKeyCode": number,
    });
    [down, up]
}

/// A key's code, its number on Windows, and what it types.
fn key(key: &str) -> (String, u32, Option<String>) {
    let named = |number| (key.to_owned(), number, None);
    match key {
        "Enter" => (key.to_owned(), 13, Some("\r".to_owned())),
        "Escape" => named(27),
        "Tab" => named(9),
        "Delete" => named(46),
        "Backspace" => named(8),
        "Home" => named(36),
        "End" => named(35),
        "ArrowLeft" => named(37),
        "ArrowUp" => named(38),
        "ArrowRight" => named(39),
        "ArrowDown" => named(40),
        "F2" => named(113),
        "F6" => named(117),
        "F10" => named(121),
        " " => ("Space".to_owned(), 32, Some(" ".to_owned())),
        letter => {
            let upper = letter.to_uppercase();
            let number = upper.bytes().next().map_or(0, u32::from);
            (format!("Key{upper}"), number, Some(letter.to_owned()))
        }
    }
}

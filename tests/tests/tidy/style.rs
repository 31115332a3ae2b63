//! Style: colours live in `style/tokens.css` alone and everything else names what a colour is for;
//! every rule lies in a layer.

use crate::{
    css::{declarations, outermost},
    rust::Source,
    tree::{demand_none, files},
};

const TOKENS: &str = "style/tokens.css";

const FUNCTIONS: [&str; 11] = [
    "rgb(",
    "rgba(",
    "hsl(",
    "hsla(",
    "hwb(",
    "lab(",
    "lch(",
    "oklab(",
    "oklch(",
    "color(",
    "device-cmyk(",
];

/// The names of CSS Color 4. `transparent`, `currentcolor` and the system's own colours are not
/// among them: they say what they are for.
const NAMES: &str = "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond \
    blue blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk \
    crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta \
    darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue \
    darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey \
    dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray \
    green greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush \
    lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen \
    lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey \
    lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue \
    mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise \
    mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive \
    olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip \
    peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown \
    salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray slategrey snow \
    springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow \
    yellowgreen";

/// The first colour literal in a CSS value.
fn literal(value: &str) -> Option<String> {
    let value = value.to_ascii_lowercase();
    let words = value.split(|c: char| !(c.is_ascii_alphanumeric() || "-_#(".contains(c)));
    // An opening bracket ends the word that it belongs to.
    words
        .flat_map(|word| word.split_inclusive('('))
        .find(|word| is_hexadecimal(word) || FUNCTIONS.contains(word) || is_name(word))
        .map(str::to_owned)
}

fn is_hexadecimal(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|digits| {
        [3, 4, 6, 8].contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_hexdigit())
    })
}

fn is_name(word: &str) -> bool {
    NAMES.split_whitespace().any(|name| name == word)
}

#[test]
fn style_sheets_name_colours_by_their_tokens() {
    let mut breaches = Vec::new();
    for file in files("style", ".css") {
        if file.path == TOKENS {
            continue;
        }
        for declaration in declarations(&file.text) {
            if let Some(colour) = literal(&declaration.value) {
                breaches.push(format!("{}: {}: {colour}", file.path, declaration.property));
            }
        }
    }
    demand_none(
        breaches,
        "use a token of style/tokens.css, or add one there with its partner",
    );
}

#[test]
fn every_rule_lies_in_a_layer() {
    let mut breaches = Vec::new();
    for file in files("style", ".css") {
        let free = outermost(&file.text).into_iter().filter(|opening| {
            // These have no rules that a layer could order.
            let definitions = [
                "@layer ",
                "@property ",
                "@font-face",
                "@page",
                "@counter-style ",
            ];
            !definitions.iter().any(|known| opening.starts_with(known))
        });
        breaches.extend(free.map(|opening| format!("{}: {opening}", file.path)));
    }
    demand_none(
        breaches,
        "put the rule into `@layer …`: outside it would win over every layer",
    );
}

#[test]
fn the_app_names_colours_by_their_tokens() {
    let mut breaches = Vec::new();
    let sources = files("app/src", ".rs")
        .into_iter()
        .chain(files("app/crates/workspace", ".rs"));
    for file in sources.filter(|file| !file.is_test()) {
        for string in Source::parse(&file.text).strings {
            // A name alone can be a word like any other; a code or a function cannot.
            if let Some(colour) = literal(&string.text).filter(|colour| !is_name(colour)) {
                breaches.push(format!("{}: {colour}", file.path));
            }
        }
    }
    demand_none(
        breaches,
        "set a class or a custom property, and give it its colour in the style",
    );
}

#[test]
fn colour_literals_are_recognised_in_all_their_forms() {
    let check = |value: &str, expected: Option<&str>| {
        assert_eq!(literal(value).as_deref(), expected, "{value}");
    };
    check("1px solid #Fff", Some("#fff"));
    check("rgb(1 2 3)", Some("rgb("));
    check("linear-gradient(white, var(--a))", Some("white"));
    check("color-mix(in oklch, var(--red), transparent)", None);
    check("var(--white-1) var(--note-red)", None);
    check("url(#gradient)", None);
    check("light-dark(var(--a), Canvas)", None);
}

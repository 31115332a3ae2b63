//! Every pair of colours in `style/tokens.css` can be told apart, in the light and the dark scheme.
//!
//! The ratios are those of WCAG 2.2: 4.5 for text (1.4.3), 3 for the edges of controls and the focus
//! ring (1.4.11). Invariant: a colour that something stands on has its `--on-…` partner.

#[path = "contrast/colour.rs"]
mod colour;
#[path = "contrast/tokens.rs"]
mod tokens;

use colour::{Colour, ratio};
use tokens::{Scheme, Tokens};

const TEXT: f64 = 4.5;
const LINE: f64 = 3.0;

/// What text, icons and the edges of controls may stand on.
const SURFACES: [&str; 5] = ["sunken", "surface", "raised", "floating", "hover"];
/// Grounds of messages, where an icon in a signal colour stands beside the text.
const SOFT: [(&str, &str); 4] = [
    ("calm-soft", "accent-ink"),
    ("ok-soft", "ok"),
    ("warn-soft", "warn"),
    ("danger-soft", "danger-ink"),
];
/// Text colours for every surface.
const INKS: [&str; 5] = ["muted", "accent-ink", "danger-ink", "ok", "warn"];
/// Semantic colours that nothing stands on.
const WITHOUT_PARTNER: [&str; 5] = [
    "line",
    "line-structure",
    "line-strong",
    "focus-inner",
    "focus-outer",
];
/// What slots stand on: the ground of the canvas, of a step of the guide, of the tray, of paper.
const SLOT_GROUNDS: [&str; 4] = ["surface", "sunken", "calm-soft", "raised"];
/// Families whose members share one partner: everything named `--note-…` carries `--on-note`.
const FAMILIES: [&str; 2] = ["note", "person"];

fn tokens() -> Tokens {
    Tokens::parse(include_str!("../../style/tokens.css"))
}

/// The name of what stands on `name`, when something does.
fn partner(name: &str) -> Option<String> {
    if name.starts_with("on-") || INKS.contains(&name) || WITHOUT_PARTNER.contains(&name) {
        return None;
    }
    let family = FAMILIES
        .iter()
        .find(|family| name.starts_with(&format!("{family}-")));
    Some(format!("on-{}", family.copied().unwrap_or(name)))
}

/// Collects what falls short, so that one run shows everything.
fn check(failures: &mut Vec<String>, tokens: &Tokens, front: &str, back: &str, least: f64) {
    for scheme in [Scheme::Light, Scheme::Dark] {
        match (tokens.colour(front, scheme), tokens.colour(back, scheme)) {
            (Some(front_colour), Some(back_colour)) => {
                let found = ratio(front_colour, back_colour);
                if found < least {
                    failures.push(format!(
                        "--{front} on --{back}, {scheme:?}: {found:.2} is below {least}"
                    ));
                }
            }
            _ => failures.push(format!("--{front} or --{back} is missing")),
        }
    }
}

fn assert_none(failures: &[String]) {
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn text_is_legible_on_its_own_ground() {
    let tokens = tokens();
    let mut failures = Vec::new();
    let mut pairs = 0;
    for ground in tokens.semantic() {
        if let Some(text) = partner(ground) {
            check(&mut failures, &tokens, &text, ground, TEXT);
            pairs += 1;
        }
    }
    assert_none(&failures);
    assert!(
        pairs > 30,
        "only {pairs} pairs were found: the parser has lost the file"
    );
}

#[test]
fn inks_are_legible_on_every_surface() {
    let tokens = tokens();
    let mut failures = Vec::new();
    for ink in INKS {
        for surface in SURFACES {
            check(&mut failures, &tokens, ink, surface, TEXT);
        }
    }
    for (ground, icon) in SOFT {
        check(&mut failures, &tokens, icon, ground, TEXT);
    }
    assert_none(&failures);
}

#[test]
fn controls_have_visible_edges() {
    let tokens = tokens();
    let mut failures = Vec::new();
    for surface in SURFACES {
        for edge in ["line-strong", "accent", "danger"] {
            check(&mut failures, &tokens, edge, surface, LINE);
        }
    }
    assert_none(&failures);
}

#[test]
fn slots_have_visible_edges() {
    let tokens = tokens();
    let mut failures = Vec::new();
    for ground in SLOT_GROUNDS {
        check(&mut failures, &tokens, "line-structure", ground, LINE);
    }
    assert_none(&failures);
}

#[test]
fn the_focus_ring_shows_on_everything() {
    let tokens = tokens();
    let mut failures = Vec::new();
    check(&mut failures, &tokens, "focus-inner", "focus-outer", LINE);
    for scheme in [Scheme::Light, Scheme::Dark] {
        for ground in tokens.semantic().filter(|name| partner(name).is_some()) {
            let against = |tone| {
                let pair = (tokens.colour(tone, scheme), tokens.colour(ground, scheme));
                matches!(pair, (Some(tone), Some(ground)) if ratio(tone, ground) >= LINE)
            };
            if !against("focus-inner") && !against("focus-outer") {
                failures.push(format!(
                    "neither tone of the ring shows on --{ground}, {scheme:?}"
                ));
            }
        }
    }
    assert_none(&failures);
}

#[test]
fn every_ground_has_a_partner_and_every_partner_a_ground() {
    let tokens = tokens();
    let names: Vec<&str> = tokens.semantic().collect();
    let orphans: Vec<String> = names
        .iter()
        .filter_map(|name| match name.strip_prefix("on-") {
            Some(ground) => {
                let family = format!("{ground}-");
                let found = names.contains(&ground)
                    || (FAMILIES.contains(&ground)
                        && names.iter().any(|name| name.starts_with(&family)));
                (!found).then(|| format!("--{name} stands on nothing"))
            }
            None => {
                let text = partner(name)?;
                (!names.contains(&text.as_str())).then(|| format!("--{name} lacks --{text}"))
            }
        })
        .collect();
    assert_none(&orphans);
}

#[test]
fn conversion_and_ratio_agree_with_published_values() {
    // Given the colours that CSS Color 4 gives for sRGB red and mid grey
    let red = Colour::oklch(0.627_955, 0.257_683, 29.233_9);
    let grey = Colour::oklch(0.599_87, 0.0, 0.0);
    let (white, black) = (Colour::oklch(1.0, 0.0, 0.0), Colour::oklch(0.0, 0.0, 0.0));

    // Then their contrasts are the well-known ones
    assert!((ratio(white, black) - 21.0).abs() < 0.01);
    assert!((ratio(white, red) - 4.0).abs() < 0.01);
    assert!((ratio(white, grey) - 3.95).abs() < 0.01);
}

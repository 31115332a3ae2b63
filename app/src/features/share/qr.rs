//! A text as a QR code, dark on light whatever the theme: cameras want it so.

use std::fmt::Write;

use leptos::prelude::*;
use leptos::svg::Svg;
use qrcode::{Color, EcLevel};

use crate::i18n::t;
use crate::ui::focus;

/// Light modules around the code, as its standard wants.
const QUIET: usize = 4;

/// The code as a picture.
#[component]
pub(super) fn QrCode(
    /// What it says.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    move || {
        let Some((size, path)) = drawn(&text.get()) else {
            return view! { <p class="ui-hint">{t("share.code_too_long")}</p> }.into_any();
        };
        let side = size + 2 * QUIET;
        let node = NodeRef::<Svg>::new();
        node.on_load(|node| request_animation_frame(move || focus::show(&node)));
        view! {
            <svg
                node_ref=node
                class="share-qr"
                role="img"
                aria-label=move || t("share.code")
                viewBox=format!("-{QUIET} -{QUIET} {side} {side}")
                shape-rendering="crispEdges"
            >
                <path d=path/>
            </svg>
        }
        .into_any()
    }
}

/// How many modules the code has on a side, and its dark ones as a path; none for a text that is
/// too long for any code.
fn drawn(text: &str) -> Option<(usize, String)> {
    let code = qrcode::QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let size = code.width();
    let mut path = String::new();
    for (at, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", at % size, at / size);
        }
    }
    Some((size, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_fits_its_side() {
        let (size, path) = drawn("http://192.168.0.7:4280/w/id#key").unwrap();
        assert!(size >= 21 && (size - 21) % 4 == 0, "{size}");
        for corner in [(0, 0), (size - 1, 0), (0, size - 1)] {
            assert!(path.contains(&format!("M{} {}h1", corner.0, corner.1)));
        }
        assert_eq!(drawn(&"x".repeat(5_000)), None);
    }
}

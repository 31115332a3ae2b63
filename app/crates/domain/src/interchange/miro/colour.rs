//! The nearest of our hues for a colour of Miro's, by name or as `#rrggbb`.

use crate::Hue;

/// The nearest hue; `None` for a colour that is neither known by name nor hexadecimal.
pub(super) fn nearest(colour: &str) -> Option<Hue> {
    let colour = colour.trim().to_lowercase();
    if let Some(digits) = colour.strip_prefix('#') {
        return from_hex(digits);
    }
    let name = colour
        .trim_start_matches("light_")
        .trim_start_matches("dark_");
    match name {
        "pink" => Some(Hue::Red),
        "purple" => Some(Hue::Violet),
        "gray" | "black" | "white" => Some(Hue::Grey),
        name => Hue::from_name(name),
    }
}

fn from_hex(digits: &str) -> Option<Hue> {
    if !digits.is_ascii() {
        return None;
    }
    let digits: String = match digits.len() {
        3 | 4 => digits
            .chars()
            .take(3)
            .flat_map(|digit| [digit, digit])
            .collect(),
        6 | 8 => digits.chars().take(6).collect(),
        _ => return None,
    };
    let value = u32::from_str_radix(&digits, 16).ok()?;
    let part = |shift: u32| f64::from((value >> shift) & 0xFF);
    Some(from_rgb(part(16), part(8), part(0)))
}

/// By the angle on the colour wheel; what has hardly any colour is grey.
fn from_rgb(red: f64, green: f64, blue: f64) -> Hue {
    let most = red.max(green).max(blue);
    let range = most - red.min(green).min(blue);
    if range < 24.0 {
        return Hue::Grey;
    }
    let sixth = if most == red {
        ((green - blue) / range).rem_euclid(6.0)
    } else if most == green {
        (blue - red) / range + 2.0
    } else {
        (red - green) / range + 4.0
    };
    match sixth * 60.0 {
        angle if angle < 18.0 => Hue::Red,
        angle if angle < 43.0 => Hue::Orange,
        angle if angle < 70.0 => Hue::Yellow,
        angle if angle < 165.0 => Hue::Green,
        angle if angle < 200.0 => Hue::Cyan,
        angle if angle < 250.0 => Hue::Blue,
        angle if angle < 315.0 => Hue::Violet,
        _ => Hue::Red,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(colour: &str, expected: Option<Hue>) {
        assert_eq!(nearest(colour), expected, "{colour}");
    }

    #[test]
    fn the_colours_of_sticky_notes_have_a_hue() {
        for (colour, hue) in [
            ("gray", Hue::Grey),
            ("light_yellow", Hue::Yellow),
            ("yellow", Hue::Yellow),
            ("orange", Hue::Orange),
            ("light_green", Hue::Green),
            ("green", Hue::Green),
            ("dark_green", Hue::Green),
            ("cyan", Hue::Cyan),
            ("light_pink", Hue::Red),
            ("pink", Hue::Red),
            ("violet", Hue::Violet),
            ("red", Hue::Red),
            ("light_blue", Hue::Blue),
            ("blue", Hue::Blue),
            ("dark_blue", Hue::Blue),
            ("black", Hue::Grey),
            ("white", Hue::Grey),
        ] {
            check(colour, Some(hue));
        }
    }

    #[test]
    fn a_hexadecimal_colour_goes_to_the_nearest_hue() {
        for (colour, hue) in [
            ("#FFF9B1", Hue::Yellow),
            ("#f5d128", Hue::Yellow),
            ("#ff9d48", Hue::Orange),
            ("#d5f692", Hue::Green),
            ("#67c6c0", Hue::Cyan),
            ("#a6ccf5", Hue::Blue),
            ("#be88c7", Hue::Violet),
            ("#f16c7f", Hue::Red),
            ("#e6e6e6", Hue::Grey),
            ("#0f0", Hue::Green),
        ] {
            check(colour, Some(hue));
        }
        for colour in ["", "#", "#12", "#ggg", "teal-ish", "#ä1"] {
            check(colour, None);
        }
    }
}

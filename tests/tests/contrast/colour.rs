//! From `oklch()` to a contrast ratio, by the formulas of CSS Color 4 and WCAG 2.2.

/// An opaque colour in linear sRGB, clipped to what a screen shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Colour {
    red: f64,
    green: f64,
    blue: f64,
}

impl Colour {
    /// The colour `oklch(lightness chroma hue)`; lightness from 0 to 1, hue in degrees.
    pub(crate) fn oklch(lightness: f64, chroma: f64, hue: f64) -> Self {
        let (a, b) = (
            chroma * hue.to_radians().cos(),
            chroma * hue.to_radians().sin(),
        );
        let cube = |value: f64| value * value * value;
        let long = cube(lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b);
        let medium = cube(lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b);
        let short = cube(lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b);
        let shown = |value: f64| quantised(value.clamp(0.0, 1.0));
        Self {
            red: shown(4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short),
            green: shown(
                -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
            ),
            blue: shown(
                -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
            ),
        }
    }

    fn luminance(self) -> f64 {
        0.2126 * self.red + 0.7152 * self.green + 0.0722 * self.blue
    }
}

/// How well two colours can be told apart: 1 (not at all) to 21 (black and white).
pub(crate) fn ratio(one: Colour, other: Colour) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Through the 256 steps of a screen and back.
fn quantised(linear: f64) -> f64 {
    let encoded = if linear <= 0.003_130_8 {
        12.92 * linear
    } else {
        1.055 * linear.powf(1.0 / 2.4) - 0.055
    };
    let step = (encoded * 255.0).round() / 255.0;
    if step <= 0.040_45 {
        step / 12.92
    } else {
        ((step + 0.055) / 1.055).powf(2.4)
    }
}

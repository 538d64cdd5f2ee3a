//! The tour's picture.

use anstyle::{Ansi256Color, AnsiColor, Color, RgbColor};
use anstyle_svg::{Palette, Term, WIN10_CONSOLE};

/// Text and background of a dark terminal, which stands out on light and dark pages alike.
const TEXT: Color = Color::Rgb(RgbColor(0xe6, 0xe8, 0xeb));
const BACKGROUND: Color = Color::Rgb(RgbColor(0x1e, 0x1f, 0x26));
/// How the renderer dims text, which is too faint to read, and how it is dimmed here.
const FAINT: &str = ".dimmed { opacity: 0.4; }";
const DIMMED: &str = ".dimmed { opacity: 0.65; }";

/// Coloured text as a terminal shows it.
pub(super) fn svg(text: &str) -> String {
    let term = Term::new().palette(palette()).fg_color(TEXT).bg_color(BACKGROUND);
    term.render_svg(text.trim_start_matches('\n')).replace(FAINT, DIMMED)
}

/// Colours that are easy to read on the background.
fn palette() -> Palette {
    let mut palette = WIN10_CONSOLE;
    for (colour, rgb) in [
        (AnsiColor::Red, RgbColor(0xf2, 0x6d, 0x6d)),
        (AnsiColor::Green, RgbColor(0x4c, 0xc3, 0x8a)),
        (AnsiColor::Cyan, RgbColor(0x4f, 0xc1, 0xd8)),
        (AnsiColor::BrightBlue, RgbColor(0x7d, 0xa2, 0xff)),
    ] {
        palette.0[usize::from(Ansi256Color::from_ansi(colour).index())] = rgb;
    }
    palette
}

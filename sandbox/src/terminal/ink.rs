//! Styled text.

use anstyle::{AnsiColor, Color, RgbColor, Style};
use unicode_width::UnicodeWidthStr;

/// How text looks.
pub(crate) struct Ink;

impl Ink {
    pub(crate) const PLAIN: Style = Style::new();
    pub(crate) const BOLD: Style = Style::new().bold();
    pub(crate) const DIM: Style = Style::new().dimmed();
    pub(crate) const HEADING: Style = colour(AnsiColor::Cyan).bold();
    pub(crate) const RED: Style = colour(AnsiColor::Red);
    pub(crate) const CODE: Style = colour(AnsiColor::Cyan);
    pub(crate) const LINK: Style = colour(AnsiColor::Blue).underline();
    pub(crate) const MENTION: Style = colour(AnsiColor::BrightBlue);
    pub(crate) const PRIMARY: Style = colour(AnsiColor::BrightBlue).bold();
    pub(crate) const SUCCESS: Style = colour(AnsiColor::Green).bold();
    pub(crate) const DANGER: Style = colour(AnsiColor::Red).bold();

    /// A colour given as 0xRRGGBB.
    pub(crate) fn rgb(rgb: u64) -> Style {
        let byte = |shift: u32| u8::try_from(rgb >> shift & 0xff).unwrap_or_default();
        Style::new().fg_color(Some(Color::Rgb(RgbColor(byte(16), byte(8), byte(0)))))
    }
}

const fn colour(of: AnsiColor) -> Style {
    Style::new().fg_color(Some(Color::Ansi(of)))
}

/// Text in one style.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Span {
    pub(crate) text: String,
    pub(crate) style: Style,
}

impl Span {
    pub(crate) fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }

    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Ink::PLAIN)
    }
}

/// A line of text, or a paragraph that is still to be wrapped.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Line {
    pub(crate) spans: Vec<Span>,
    /// What a wrapped paragraph's further lines begin with.
    pub(crate) hang: Vec<Span>,
}

impl From<Span> for Line {
    fn from(span: Span) -> Self {
        Self { spans: vec![span], hang: Vec::new() }
    }
}

impl From<Vec<Span>> for Line {
    fn from(spans: Vec<Span>) -> Self {
        Self { spans, hang: Vec::new() }
    }
}

impl Line {
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::from(Span::plain(text))
    }

    /// Puts something before it.
    pub(crate) fn prefixed(mut self, prefix: &[Span]) -> Self {
        self.spans.splice(0..0, prefix.iter().cloned());
        self
    }

    pub(crate) fn width(&self) -> usize {
        width(&self.spans)
    }

    /// The line for a terminal, without spaces at its end.
    pub(crate) fn render(&self, colour: bool) -> String {
        let kept =
            self.spans.iter().rposition(|span| !span.text.trim_end().is_empty()).map_or(0, |last| last + 1);
        let mut out = String::new();
        for (index, span) in self.spans[..kept].iter().enumerate() {
            let text = if index + 1 == kept { span.text.trim_end() } else { &span.text };
            if colour && span.style != Ink::PLAIN {
                out += &format!("{}{text}{:#}", span.style, span.style);
            } else {
                out += text;
            }
        }
        out
    }
}

/// Columns that spans take.
pub(crate) fn width(spans: &[Span]) -> usize {
    spans.iter().map(|span| span.text.width()).sum()
}

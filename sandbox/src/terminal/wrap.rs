//! Breaking paragraphs into lines.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::ink::{Line, Span, width};

/// Breaks a paragraph at spaces into lines of at most `columns`; a word that is longer is broken anywhere.
pub(crate) fn wrap(paragraph: &Line, columns: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line::default();
    let mut used = 0;
    for word in words(&paragraph.spans) {
        let wide = width(&word);
        let blank = word.iter().all(|span| span.text.trim().is_empty());
        let began = !lines.is_empty() && used == width(&paragraph.hang);
        if blank && (began || used + wide > columns) {
            continue;
        }
        if used + wide > columns && used > 0 && !began {
            lines.push(std::mem::take(&mut line));
            line.spans.clone_from(&paragraph.hang);
            used = width(&line.spans);
        }
        for piece in pieces(&word) {
            let wide = piece.text.width();
            if used + wide > columns && used > width(&paragraph.hang) {
                lines.push(std::mem::take(&mut line));
                line.spans.clone_from(&paragraph.hang);
                used = width(&line.spans);
            }
            used += wide;
            push(&mut line.spans, piece);
        }
    }
    lines.push(line);
    lines
}

/// Runs of spaces, and runs of everything else, which may change style within.
fn words(spans: &[Span]) -> Vec<Vec<Span>> {
    let mut words: Vec<Vec<Span>> = Vec::new();
    let mut last_blank = None;
    for span in spans {
        for grapheme in span.text.graphemes(true) {
            let blank = grapheme == " ";
            if last_blank != Some(blank) {
                words.push(Vec::new());
                last_blank = Some(blank);
            }
            if let Some(word) = words.last_mut() {
                push(word, Span::new(grapheme, span.style));
            }
        }
    }
    words
}

fn pieces(word: &[Span]) -> impl Iterator<Item = Span> + '_ {
    word.iter().flat_map(|span| span.text.graphemes(true).map(|grapheme| Span::new(grapheme, span.style)))
}

/// Adds text, in the last span if it looks the same.
fn push(spans: &mut Vec<Span>, piece: Span) {
    match spans.last_mut() {
        Some(last) if last.style == piece.style => last.text += &piece.text,
        _ => spans.push(piece),
    }
}

/// Cuts a text to at most `columns`, with an ellipsis.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    for grapheme in text.graphemes(true) {
        if kept.width() + grapheme.width() + 1 > columns {
            break;
        }
        kept += grapheme;
    }
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, columns: usize, hang: &str) -> Vec<String> {
        let paragraph = Line { spans: vec![Span::plain(text)], hang: vec![Span::plain(hang)] };
        wrap(&paragraph, columns).iter().map(|line| line.render(false)).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_hang() {
        assert_eq!(wrapped("• one two three", 8, "  "), ["• one", "  two", "  three"]);
        assert_eq!(wrapped("", 8, ""), [""]);
        assert_eq!(wrapped("  indented stays", 20, ""), ["  indented stays"]);
        assert_eq!(wrapped("one   two", 5, ""), ["one", "two"]);
    }

    #[test]
    fn long_words_break_anywhere_by_their_width() {
        assert_eq!(wrapped("abcdefgh", 3, ""), ["abc", "def", "gh"]);
        assert_eq!(wrapped("🏁🏁🏁", 4, ""), ["🏁🏁", "🏁"]);
        assert_eq!(cut("Endurance", 5), "Endu…");
        assert_eq!(cut("🏁🏁🏁", 5), "🏁🏁…");
    }
}

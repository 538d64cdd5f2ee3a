//! Discord's Markdown, line by line.

use anstyle::Style;

use super::ink::{Ink, Line, Span};
use super::inline::inline;
use super::names::Names;
use super::{View, wrap::wrap};

/// A text as lines of at most `columns`.
pub(super) fn markdown(text: &str, names: &Names<'_>, view: &View, columns: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            // A fence that opens and closes on one line has its code between.
            let inner = line.trim().trim_matches('`');
            match line.matches("```").count() {
                2 => lines.push(Line::from(Span::new(inner, Ink::CODE))),
                _ => fenced = !fenced,
            }
        } else if fenced {
            lines.extend(wrap(&Line::from(Span::new(line, Ink::CODE)), columns));
        } else {
            lines.extend(wrap(&paragraph(line, names, view), columns));
        }
    }
    lines
}

fn paragraph(line: &str, names: &Names<'_>, view: &View) -> Line {
    let spans = |text: &str, style: Style| inline(text, style, names, view);
    for (mark, style) in
        [("### ", Ink::BOLD), ("## ", Ink::BOLD), ("# ", Ink::BOLD.underline()), ("-# ", Ink::DIM)]
    {
        if let Some(text) = line.strip_prefix(mark) {
            return Line::from(spans(text, style));
        }
    }
    if let Some(text) = line.strip_prefix(">>> ").or_else(|| line.strip_prefix("> ")) {
        let bar = vec![Span::new("│ ", Ink::DIM)];
        return Line { spans: spans(text, Ink::PLAIN), hang: bar.clone() }.prefixed(&bar);
    }
    match item(line) {
        Some((mark, text)) => {
            let hang = vec![Span::plain(" ".repeat(mark.chars().count()))];
            Line { spans: spans(text, Ink::PLAIN), hang }.prefixed(&[Span::plain(mark)])
        }
        None => Line::from(spans(line, Ink::PLAIN)),
    }
}

/// The mark and the text of a list's item.
fn item(line: &str) -> Option<(String, &str)> {
    let text = line.trim_start();
    let depth = line.len() - text.len();
    let indent = " ".repeat(depth);
    if let Some(text) = text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")) {
        let mark = if depth == 0 { '•' } else { '◦' };
        return Some((format!("{indent}{mark} "), text));
    }
    let (number, text) = text.split_once(". ")?;
    let is_number =
        !number.is_empty() && number.len() < 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| (format!("{indent}{number}. "), text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn view() -> View {
        View::new("2026-12-05T14:00:00Z".parse().unwrap())
    }

    fn plain(text: &str) -> String {
        let lines = markdown(text, &Names::none(), &view(), 40);
        lines.iter().map(|line| line.render(false)).collect::<Vec<_>>().join("\n")
    }

    fn marked(text: &str) -> String {
        let lines = markdown(text, &Names::none(), &view(), 40);
        let span = |span: &Span| {
            let effects = span.style.get_effects();
            let mark = [
                (anstyle::Effects::BOLD, "b"),
                (anstyle::Effects::ITALIC, "i"),
                (anstyle::Effects::UNDERLINE, "u"),
                (anstyle::Effects::STRIKETHROUGH, "s"),
                (anstyle::Effects::DIMMED, "d"),
            ];
            let names: String =
                mark.iter().filter(|(effect, _)| effects.contains(*effect)).map(|(_, name)| *name).collect();
            if names.is_empty() { span.text.clone() } else { format!("<{names}>{}</>", span.text) }
        };
        lines
            .iter()
            .map(|line| line.spans.iter().map(span).collect::<String>())
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn styles_nest_and_close() {
        assert_eq!(marked("**bold *both* bold** plain"), "<b>bold </><bi>both</><b> bold</> plain");
        assert_eq!(
            marked("***all*** __under__ ~~gone~~ ||spoiler||"),
            "<bi>all</> <u>under</> <s>gone</> <d>spoiler</>"
        );
        assert_eq!(marked("_one_ *two*"), "<i>one</> <i>two</>");
    }

    #[test]
    fn what_only_looks_like_markdown_stays() {
        assert_eq!(marked("2 * 3 * 4 snake_case_name **open"), "2 * 3 * 4 snake_case_name **open");
        assert_eq!(marked(r"\*not\* \_this\_ either"), "*not* _this_ either");
        assert_eq!(marked("`**code**`"), "**code**");
        assert_eq!(marked("<not a thing> [x](y) ~ | @nobody"), "<not a thing> [x](y) ~ | @nobody");
    }

    #[test]
    fn times_mentions_and_links_are_read_out() {
        assert_eq!(plain("<t:1796479200:t>, <t:1796482800:R>"), "14:00, in an hour");
        assert_eq!(
            plain("<@1> <@&2> <#3> </event show:4> <:spa:5>"),
            "@unknown-user @unknown-role #unknown\n/event show :spa:"
        );
        assert_eq!(
            plain("[The site](https://example.org/a) <https://example.org>"),
            "The site https://example.org"
        );
    }

    #[test]
    fn blocks_have_their_marks() {
        assert_eq!(marked("# Spa\n## Crew\n-# small print"), "<bu>Spa</>\n<b>Crew</>\n<d>small print</>");
        assert_eq!(plain("- one\n  - two\n1. three\n> said"), "• one\n  ◦ two\n1. three\n│ said");
        assert_eq!(plain("```text\n  a  b\n```\nafter\n\nblank"), "  a  b\nafter\n\nblank");
        assert_eq!(
            plain("- a list item that is longer than forty columns"),
            "• a list item that is longer than forty\n  columns"
        );
    }
}

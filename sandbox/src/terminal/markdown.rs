//! Discord's Markdown, line by line.

use anstyle::Style;

use super::View;
use super::ink::{Ink, Line, Span};
use super::wrap::wrap;
use crate::markdown::{Block, Emphasis, Inline, Item, Mention, blocks, names::Names, stamp};

/// A text as lines of at most `columns`.
pub(super) fn markdown(text: &str, names: &Names<'_>, view: &View, columns: usize) -> Vec<Line> {
    let reader = Reader { names, view };
    blocks(text).into_iter().flat_map(|block| wrap(&reader.line(&block), columns)).collect()
}

struct Reader<'a> {
    names: &'a Names<'a>,
    view: &'a View,
}

impl Reader<'_> {
    fn line(&self, block: &Block) -> Line {
        match block {
            Block::Code(code) => Line::from(Span::new(code.as_str(), Ink::CODE)),
            Block::Heading(1, text) => Line::from(self.spans(text, Ink::BOLD.underline())),
            Block::Heading(_, text) => Line::from(self.spans(text, Ink::BOLD)),
            Block::Small(text) => Line::from(self.spans(text, Ink::DIM)),
            Block::Quote(text) => {
                let bar = vec![Span::new("│ ", Ink::DIM)];
                Line { spans: self.spans(text, Ink::PLAIN), hang: bar.clone() }.prefixed(&bar)
            }
            Block::Item(item) => {
                let mark = mark(item);
                let hang = vec![Span::plain(" ".repeat(mark.chars().count()))];
                Line { spans: self.spans(&item.text, Ink::PLAIN), hang }.prefixed(&[Span::plain(mark)])
            }
            Block::Line(text) => Line::from(self.spans(text, Ink::PLAIN)),
        }
    }

    fn spans(&self, pieces: &[Inline], style: Style) -> Vec<Span> {
        let mut spans = Vec::new();
        self.read(pieces, style, &mut spans);
        spans
    }

    fn read(&self, pieces: &[Inline], style: Style, spans: &mut Vec<Span>) {
        for piece in pieces {
            match piece {
                Inline::Text(text) => put(spans, text, style),
                Inline::Styled(emphasis, inside) => self.read(inside, styled(style, *emphasis), spans),
                Inline::Code(code) => put(spans, code, Ink::CODE),
                Inline::Link { text, .. } => {
                    let style = style.underline().fg_color(Ink::LINK.get_fg_color());
                    self.read(text, style, spans);
                }
                Inline::Mention(mention) => put(spans, &self.called(mention), Ink::MENTION),
                Inline::Emoji(name) => put(spans, &format!(":{name}:"), style),
                Inline::Time(at, of) => {
                    put(spans, &stamp::show(*at, *of, &self.view.zone, self.view.now), style);
                }
            }
        }
    }

    fn called(&self, mention: &Mention) -> String {
        match mention {
            Mention::User(id) => format!("@{}", self.names.user(*id).unwrap_or("unknown-user")),
            Mention::Role(id) => format!("@{}", self.names.role(*id).unwrap_or("unknown-role")),
            Mention::Channel(id) => self.names.link(*id),
            Mention::Command(command) => format!("/{command}"),
            Mention::All(word) => (*word).to_owned(),
        }
    }
}

/// Adds text; what stands next to each other in one style is one span.
fn put(spans: &mut Vec<Span>, text: &str, style: Style) {
    match spans.last_mut() {
        Some(span) if span.style == style => span.text += text,
        _ => spans.push(Span::new(text, style)),
    }
}

const fn styled(style: Style, emphasis: Emphasis) -> Style {
    match emphasis {
        Emphasis::Bold => style.bold(),
        Emphasis::Italic => style.italic(),
        Emphasis::Underline => style.underline(),
        Emphasis::Strike => style.strikethrough(),
        Emphasis::Spoiler => style.dimmed(),
    }
}

/// What stands before an item of a list.
fn mark(item: &Item) -> String {
    let indent = " ".repeat(item.depth);
    match (item.number, item.depth) {
        (Some(number), _) => format!("{indent}{number}. "),
        (None, 0) => "• ".to_owned(),
        (None, _) => format!("{indent}◦ "),
    }
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

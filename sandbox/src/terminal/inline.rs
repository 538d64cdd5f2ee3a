//! Markdown within a line, mentions and times included. See Discord Docs/Reference, Message Formatting.

use anstyle::Style;

use super::ink::{Ink, Span};
use super::names::Names;
use super::{View, stamp};

type Restyle = fn(Style) -> Style;

/// Delimiters of styles, the longer before those that they begin with.
const STYLES: [(&str, Restyle); 7] = [
    ("***", |style| style.bold().italic()),
    ("**", Style::bold),
    ("__", Style::underline),
    ("~~", Style::strikethrough),
    ("||", Style::dimmed),
    ("*", Style::italic),
    ("_", Style::italic),
];

/// The spans of a line of Markdown.
pub(super) fn inline(text: &str, style: Style, names: &Names<'_>, view: &View) -> Vec<Span> {
    let mut reader = Reader { names, view, spans: Vec::new(), last: None };
    reader.read(text, style);
    reader.spans
}

struct Reader<'a, 'n> {
    names: &'a Names<'n>,
    view: &'a View,
    spans: Vec<Span>,
    /// The character before the one that is read: an underscore within a word is just that.
    last: Option<char>,
}

impl Reader<'_, '_> {
    fn read(&mut self, text: &str, style: Style) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let taken = match first {
                '\\' => self.escaped(rest, style),
                '`' => self.code(rest),
                '<' => self.special(rest, style),
                '[' => self.link(rest, style),
                '@' => self.loud(rest),
                '*' | '_' | '~' | '|' => self.styled(rest, style),
                _ => None,
            };
            let taken = taken.unwrap_or_else(|| {
                self.put(&rest[..first.len_utf8()], style);
                first.len_utf8()
            });
            self.last = rest[..taken].chars().next_back();
            rest = &rest[taken..];
        }
    }

    fn put(&mut self, text: &str, style: Style) {
        match self.spans.last_mut() {
            Some(span) if span.style == style => span.text += text,
            _ => self.spans.push(Span::new(text, style)),
        }
    }

    fn escaped(&mut self, rest: &str, style: Style) -> Option<usize> {
        let next = rest[1..].chars().next().filter(char::is_ascii_punctuation)?;
        self.put(&rest[1..=next.len_utf8()], style);
        Some(1 + next.len_utf8())
    }

    fn code(&mut self, rest: &str) -> Option<usize> {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let fence = &rest[..ticks];
        let end = rest[ticks..].find(fence)?;
        self.put(&rest[ticks..ticks + end], Ink::CODE);
        Some(ticks + end + ticks)
    }

    fn styled(&mut self, rest: &str, style: Style) -> Option<usize> {
        let (mark, change) = STYLES.iter().find(|(mark, _)| rest.starts_with(mark))?;
        if *mark == "_" && self.last.is_some_and(char::is_alphanumeric) {
            return None;
        }
        let inner = &rest[mark.len()..];
        let end = closing(inner, mark)?;
        let before = self.last.replace(' ');
        self.read(&inner[..end], change(style));
        self.last = before;
        Some(mark.len() * 2 + end)
    }

    fn link(&mut self, rest: &str, style: Style) -> Option<usize> {
        let text = rest[1..].split_once("](")?.0;
        if text.contains(['[', '\n']) {
            return None;
        }
        let url = rest[text.len() + 3..].split_once(')')?.0;
        if !url.trim_start_matches('<').starts_with("http") {
            return None;
        }
        self.read(text, style.underline().fg_color(Ink::LINK.get_fg_color()));
        Some(text.len() + url.len() + 4)
    }

    fn loud(&mut self, rest: &str) -> Option<usize> {
        let word = ["@everyone", "@here"].into_iter().find(|word| rest.starts_with(word))?;
        self.put(word, Ink::MENTION);
        Some(word.len())
    }

    fn special(&mut self, rest: &str, style: Style) -> Option<usize> {
        let inner = rest[1..].split_once('>')?.0;
        let (text, style) = self.meaning(inner, style)?;
        self.put(&text, style);
        Some(inner.len() + 2)
    }

    /// What stands between angle brackets.
    fn meaning(&self, inner: &str, style: Style) -> Option<(String, Style)> {
        if let Some(time) = inner.strip_prefix("t:") {
            let (seconds, of) =
                time.split_once(':').map_or((time, None), |(seconds, of)| (seconds, Some(of)));
            return Some((stamp::show(seconds, of, self.view)?, style));
        }
        if inner.starts_with("http") {
            return Some((inner.to_owned(), Ink::LINK));
        }
        if let Some(command) = inner.strip_prefix('/') {
            return Some((format!("/{}", command.split_once(':')?.0), Ink::MENTION));
        }
        if let Some(emoji) = inner.strip_prefix("a:").or_else(|| inner.strip_prefix(':')) {
            return Some((format!(":{}:", emoji.split_once(':')?.0), style));
        }
        let name = if let Some(id) = inner.strip_prefix("@&") {
            format!("@{}", self.names.role(id.parse().ok()?).unwrap_or("unknown-role"))
        } else if let Some(id) = inner.strip_prefix('@') {
            format!(
                "@{}",
                self.names.user(id.trim_start_matches('!').parse().ok()?).unwrap_or("unknown-user")
            )
        } else {
            self.names.link(inner.strip_prefix('#')?.parse().ok()?)
        };
        Some((name, Ink::MENTION))
    }
}

/// Where a delimiter closes, after at least one character.
fn closing(inner: &str, mark: &str) -> Option<usize> {
    let mut at = 0;
    if inner.starts_with(char::is_whitespace) && mark.len() == 1 {
        return None;
    }
    while let Some(first) = inner[at..].chars().next() {
        if first == '\\' {
            at += 1 + inner[at + 1..].chars().next().map_or(0, char::len_utf8);
            continue;
        }
        if at > 0 && inner[at..].starts_with(mark) {
            let doubled = mark.len() == 1 && inner[at + 1..].starts_with(mark);
            let in_word = mark == "_" && inner[at + 1..].starts_with(char::is_alphanumeric);
            if !doubled && !in_word {
                return Some(at);
            }
            at += if doubled { 2 } else { 1 };
            continue;
        }
        at += first.len_utf8();
    }
    None
}

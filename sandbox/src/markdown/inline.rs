//! Markdown within a line, mentions and times included.

use jiff::Timestamp;

use super::{Emphasis, Inline, Mention};

/// Delimiters of styles, the longer before those that they begin with.
const STYLES: [(&str, &[Emphasis]); 7] = [
    ("***", &[Emphasis::Bold, Emphasis::Italic]),
    ("**", &[Emphasis::Bold]),
    ("__", &[Emphasis::Underline]),
    ("~~", &[Emphasis::Strike]),
    ("||", &[Emphasis::Spoiler]),
    ("*", &[Emphasis::Italic]),
    ("_", &[Emphasis::Italic]),
];
/// Discord's styles of showing an instant.
const TIME_STYLES: &str = "tTdDfFR";
/// The style where none is given.
const TIME_STYLE: char = 'f';

/// The pieces of a line.
pub(super) fn read(text: &str) -> Vec<Inline> {
    Reader { last: None }.read(text)
}

struct Reader {
    /// The character before the one that is read: an underscore within a word is just that.
    last: Option<char>,
}

/// A piece, and how many bytes of the text it took.
type Piece = (Vec<Inline>, usize);

impl Reader {
    fn read(&mut self, text: &str) -> Vec<Inline> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let found = match first {
                '\\' => escaped(rest),
                '`' => code(rest),
                '<' => special(rest),
                '[' => self.link(rest),
                '@' => loud(rest),
                'h' => self.address(rest),
                '*' | '_' | '~' | '|' => self.styled(rest),
                _ => None,
            };
            let taken = match found {
                Some((found, taken)) => {
                    found.into_iter().for_each(|piece| put(&mut pieces, piece));
                    taken
                }
                None => {
                    put(&mut pieces, Inline::Text(first.to_string()));
                    first.len_utf8()
                }
            };
            self.last = rest[..taken].chars().next_back();
            rest = &rest[taken..];
        }
        pieces
    }

    fn styled(&mut self, rest: &str) -> Option<Piece> {
        let (mark, styles) = STYLES.iter().find(|(mark, _)| rest.starts_with(mark))?;
        if *mark == "_" && self.last.is_some_and(char::is_alphanumeric) {
            return None;
        }
        let inner = &rest[mark.len()..];
        let end = closing(inner, mark)?;
        let before = self.last.replace(' ');
        let inside = self.read(&inner[..end]);
        self.last = before;
        let styled = styles.iter().rev().fold(inside, |inside, style| vec![Inline::Styled(*style, inside)]);
        Some((styled, mark.len() * 2 + end))
    }

    fn link(&mut self, rest: &str) -> Option<Piece> {
        let text = rest[1..].split_once("](")?.0;
        if text.contains(['[', '\n']) {
            return None;
        }
        let url = rest[text.len() + 3..].split_once(')')?.0;
        let taken = text.len() + url.len() + 4;
        let url = url.trim_start_matches('<').trim_end_matches('>');
        if !is_address(url) {
            return None;
        }
        let link = Inline::Link { text: self.read(text), url: url.to_owned() };
        Some((vec![link], taken))
    }

    /// An address that stands in the text as it is.
    fn address(&self, rest: &str) -> Option<Piece> {
        if self.last.is_some_and(char::is_alphanumeric) {
            return None;
        }
        let end = rest.find(|c: char| c.is_whitespace() || "<>()[]|`".contains(c)).unwrap_or(rest.len());
        let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '~']);
        is_address(url).then(|| (vec![address(url)], url.len()))
    }
}

/// Adds a piece; texts next to each other are one.
fn put(pieces: &mut Vec<Inline>, piece: Inline) {
    match (pieces.last_mut(), piece) {
        (Some(Inline::Text(last)), Inline::Text(more)) => last.push_str(&more),
        (_, piece) => pieces.push(piece),
    }
}

fn is_address(url: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| url.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()))
}

fn address(url: &str) -> Inline {
    Inline::Link { text: vec![Inline::Text(url.to_owned())], url: url.to_owned() }
}

fn escaped(rest: &str) -> Option<Piece> {
    let next = rest[1..].chars().next().filter(char::is_ascii_punctuation)?;
    Some((vec![Inline::Text(next.to_string())], 1 + next.len_utf8()))
}

fn code(rest: &str) -> Option<Piece> {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let fence = &rest[..ticks];
    let end = rest[ticks..].find(fence)?;
    Some((vec![Inline::Code(rest[ticks..ticks + end].to_owned())], ticks + end + ticks))
}

fn loud(rest: &str) -> Option<Piece> {
    let word = ["@everyone", "@here"].into_iter().find(|word| rest.starts_with(word))?;
    Some((vec![Inline::Mention(Mention::All(word))], word.len()))
}

/// What stands between angle brackets.
fn special(rest: &str) -> Option<Piece> {
    let inner = rest[1..].split_once('>')?.0;
    Some((vec![meaning(inner)?], inner.len() + 2))
}

fn meaning(inner: &str) -> Option<Inline> {
    if let Some(time) = inner.strip_prefix("t:") {
        return instant(time);
    }
    if is_address(inner) {
        return Some(address(inner));
    }
    if let Some(emoji) = inner.strip_prefix("a:").or_else(|| inner.strip_prefix(':')) {
        return Some(Inline::Emoji(emoji.split_once(':')?.0.to_owned()));
    }
    Some(Inline::Mention(if let Some(command) = inner.strip_prefix('/') {
        Mention::Command(command.split_once(':')?.0.to_owned())
    } else if let Some(id) = inner.strip_prefix("@&") {
        Mention::Role(id.parse().ok()?)
    } else if let Some(id) = inner.strip_prefix('@') {
        Mention::User(id.trim_start_matches('!').parse().ok()?)
    } else {
        Mention::Channel(inner.strip_prefix('#')?.parse().ok()?)
    }))
}

fn instant(time: &str) -> Option<Inline> {
    let (seconds, style) = time.split_once(':').unwrap_or((time, ""));
    let at = Timestamp::from_second(seconds.parse().ok()?).ok()?;
    let mut styles = style.chars();
    match (styles.next(), styles.next()) {
        (None, _) => Some(Inline::Time(at, TIME_STYLE)),
        (Some(style), None) if TIME_STYLES.contains(style) => Some(Inline::Time(at, style)),
        _ => None,
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
            // Of three in a row the last two close.
            let tripled = ["**", "__"].contains(&mark) && inner[at + 2..].starts_with(&mark[..1]);
            if !doubled && !in_word && !tripled {
                return Some(at);
            }
            at += if doubled { 2 } else { 1 };
            continue;
        }
        at += first.len_utf8();
    }
    None
}

//! Discord's Markdown as a tree, line by line. See Discord Docs/Reference, Message Formatting.

mod inline;
pub(crate) mod names;
pub(crate) mod stamp;
mod told;

pub(crate) use told::told;

use crate::Snowflake;

/// A line of a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    /// A heading of level 1 to 3.
    Heading(u8, Vec<Inline>),
    /// Small print.
    Small(Vec<Inline>),
    /// A line that is quoted.
    Quote(Vec<Inline>),
    /// An item of a list.
    Item(Item),
    /// A line of a code block.
    Code(String),
    /// Any other line, empty ones too.
    Line(Vec<Inline>),
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    /// Columns that it is indented by.
    pub(crate) depth: usize,
    /// Its number, in a list that has them.
    pub(crate) number: Option<u16>,
    pub(crate) text: Vec<Inline>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Inline {
    Text(String),
    Styled(Emphasis, Vec<Self>),
    Code(String),
    Link {
        text: Vec<Self>,
        url: String,
    },
    Mention(Mention),
    /// A server's own emoji.
    Emoji(String),
    /// An instant, and one of Discord's styles of showing it.
    Time(jiff::Timestamp, char),
}

/// How a piece of text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Emphasis {
    Bold,
    Italic,
    Underline,
    Strike,
    Spoiler,
}

/// Whom or what a text mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mention {
    User(Snowflake),
    Role(Snowflake),
    Channel(Snowflake),
    /// A command, such as `event show`.
    Command(String),
    /// `@everyone` or `@here`.
    All(&'static str),
}

/// Every line of a text.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            match line.matches("```").count() {
                // A fence that opens and closes on one line has its code between.
                2 => blocks.push(Block::Code(line.trim().trim_matches('`').to_owned())),
                _ => fenced = !fenced,
            }
        } else if fenced {
            blocks.push(Block::Code(line.to_owned()));
        } else {
            blocks.push(block(line));
        }
    }
    blocks
}

fn block(line: &str) -> Block {
    for (mark, level) in [("### ", 3), ("## ", 2), ("# ", 1)] {
        if let Some(text) = line.strip_prefix(mark) {
            return Block::Heading(level, inline::read(text));
        }
    }
    if let Some(text) = line.strip_prefix("-# ") {
        return Block::Small(inline::read(text));
    }
    if let Some(text) = line.strip_prefix(">>> ").or_else(|| line.strip_prefix("> ")) {
        return Block::Quote(inline::read(text));
    }
    item(line).map_or_else(|| Block::Line(inline::read(line)), Block::Item)
}

fn item(line: &str) -> Option<Item> {
    let text = line.trim_start();
    let depth = line.len() - text.len();
    if let Some(text) = text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")) {
        return Some(Item { depth, number: None, text: inline::read(text) });
    }
    let (number, text) = text.split_once(". ")?;
    let is_number = number.len() < 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    let number = number.parse().ok().filter(|_| is_number)?;
    Some(Item { depth, number: Some(number), text: inline::read(text) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    #[test]
    fn addresses_in_a_text_are_links_up_to_its_own_punctuation() {
        let link = |url: &str| Inline::Link { text: vec![text(url)], url: url.to_owned() };
        assert_eq!(
            blocks("See https://example.org/a?b=1, or (https://example.org)."),
            [Block::Line(vec![
                text("See "),
                link("https://example.org/a?b=1"),
                text(", or ("),
                link("https://example.org"),
                text(")."),
            ])]
        );
        assert_eq!(blocks("nohttps://example.org"), [Block::Line(vec![text("nohttps://example.org")])]);
        assert_eq!(blocks("https://"), [Block::Line(vec![text("https://")])]);
    }

    #[test]
    fn lines_are_of_the_kind_that_their_mark_says() {
        let kinds: Vec<_> = blocks("# a\n-# b\n> c\n- d\n  12. e\n```\nf\n```\n")
            .into_iter()
            .map(|block| match block {
                Block::Heading(level, _) => format!("heading {level}"),
                Block::Small(_) => "small".to_owned(),
                Block::Quote(_) => "quote".to_owned(),
                Block::Item(item) => format!("item {} {:?}", item.depth, item.number),
                Block::Code(code) => format!("code {code}"),
                Block::Line(_) => "line".to_owned(),
            })
            .collect();
        assert_eq!(kinds, ["heading 1", "small", "quote", "item 0 None", "item 2 Some(12)", "code f"]);
    }
}

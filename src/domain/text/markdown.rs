//! Text that people typed, put into a Discord message as it is: no formatting, no mentions, no disguised links.

use std::fmt::Write;

use super::{clean_lines, isolate};

/// Stands between `@` and what follows. A backslash is only seen by the apps that draw a message; whom a message
/// notifies is found in its raw text.
const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// The text so written that Discord shows what was typed, and notifies nobody.
///
/// The text is cleaned as [`clean_lines`] does. Formatting characters get a backslash, at the start of a line those of
/// headings, lists and quotes too. Each `@` is followed by a zero-width space. A web address stays a link, written
/// `<https://…>` so that nothing next to it becomes a part of it; `[text](address)` is shown as typed. Lines with
/// right-to-left text are isolated as [`isolate`] does. Cut a text before this, never after.
///
/// See [Discord Docs/Message Formatting](https://discord.com/developers/docs/reference#message-formatting).
#[must_use]
pub fn escape_markdown(text: &str) -> String {
    let cleaned = clean_lines(text);
    let lines: Vec<String> = cleaned.lines().map(|line| isolate(&escape_line(line)).into_owned()).collect();
    lines.join("\n")
}

fn escape_line(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len() + 8);
    let mut rest = escape_start(line, &mut escaped);
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        let taken = match web_address(before, rest) {
            Some(address) => {
                write_address(address, &mut escaped);
                address.len()
            }
            None => {
                write_char(c, rest[c.len_utf8()..].chars().next(), &mut escaped);
                c.len_utf8()
            }
        };
        before = rest[..taken].chars().next_back();
        rest = &rest[taken..];
    }
    escaped
}

/// Writes what would begin a heading, a list, a quote or small print, and returns what follows it.
fn escape_start<'a>(line: &'a str, escaped: &mut String) -> &'a str {
    let after_digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &line[..line.len() - after_digits.len()];
    let (head, rest) = match after_digits.chars().next() {
        Some(c @ ('#' | '-' | '>' | '+')) if digits.is_empty() => (c, &line[1..]),
        Some('.') if !digits.is_empty() => ('.', &after_digits[1..]),
        _ => return line,
    };
    escaped.push_str(digits);
    escaped.push('\\');
    escaped.push(head);
    rest
}

fn write_char(c: char, next: Option<char>, escaped: &mut String) {
    match c {
        '@' => escaped.extend(['@', ZERO_WIDTH_SPACE]),
        '\\' | '*' | '_' | '~' | '|' | '`' | '[' | ']' | '<' => escaped.extend(['\\', c]),
        // `:name:` becomes an emoji, `word://…` a link.
        ':' if next
            .is_some_and(|next| next.is_ascii_alphanumeric() || matches!(next, '_' | '+' | '-' | '/')) =>
        {
            escaped.push_str("\\:");
        }
        _ => escaped.push(c),
    }
}

/// The web address that `rest` begins with, without the punctuation of the sentence around it.
fn web_address(before: Option<char>, rest: &str) -> Option<&str> {
    let host = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://"))?;
    if before.is_some_and(char::is_alphanumeric) || !host.starts_with(char::is_alphanumeric) {
        return None;
    }
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(rest.len());
    let mut address = &rest[..end];
    while let Some(last) = address.chars().next_back().filter(|last| ends_sentence(*last)) {
        let parentheses_match = address.matches('(').count() >= address.matches(')').count();
        if last == ')' && parentheses_match {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    Some(address)
}

const fn ends_sentence(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | ':' | ';' | '!' | '?' | '\'' | '(' | ')' | '[' | ']' | '*' | '_' | '~' | '|' | '`' | '\\'
    )
}

/// Writes a link whose ends are plain, with the characters that mean something to Discord percent-encoded.
fn write_address(address: &str, escaped: &mut String) {
    escaped.push('<');
    for c in address.chars() {
        if matches!(c, '*' | '~' | '|' | '`' | '[' | ']' | '\\' | '@') {
            // Writing to a string can't fail.
            let _ = write!(escaped, "%{:02X}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    escaped.push('>');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_type_is_shown_as_typed() {
        let typed = [
            "Spa-Francorchamps 24 h",
            "**bold** _it_ __u__ ~~s~~ ||secret|| `code` ```",
            "# Heading\n## Smaller\n-# small\n- item\n* item\n1. first\n> quote\n>>> all\n   # indented",
            "@everyone @here <@123> <@!123> <@&9> <#5> </ban:7>",
            "<t:1796479200:R> <:kappa:12> <a:k:12> :smile: 14:00",
            "[click](https://evil.example) <https://a.example>",
            "rules (https://a.example/r_u?x=1), **https://b.example** https://en.example/Spa_(track)",
            "https://video.example/@everyone|x https:// steam://run/1 xhttps://c.example",
            "\\*not\\* ]( \u{202e}abc",
            "سباق **24**",
        ];
        let shown: Vec<String> = typed.iter().map(|text| escape_markdown(text)).collect();
        let shown =
            shown.join("\n").replace(ZERO_WIDTH_SPACE, "·").replace('\u{2068}', "«").replace('\u{2069}', "»");
        insta::assert_snapshot!(shown, @r#"
        Spa-Francorchamps 24 h
        \*\*bold\*\* \_it\_ \_\_u\_\_ \~\~s\~\~ \|\|secret\|\| \`code\` \`\`\`
        \# Heading
        \## Smaller
        \-# small
        \- item
        \* item
        1\. first
        \> quote
        \>>> all
        \# indented
        @·everyone @·here \<@·123> \<@·!123> \<@·&9> \<#5> \</ban\:7>
        \<t\:1796479200\:R> \<\:kappa\:12> \<a\:k\:12> \:smile: 14\:00
        \[click\](<https://evil.example>) \<<https://a.example>>
        rules (<https://a.example/r_u?x=1>), \*\*<https://b.example>\*\* <https://en.example/Spa_(track)>
        <https://video.example/%40everyone%7Cx> https\:// steam\://run/1 xhttps\://c.example
        \\\*not\\\* \]( abc
        «سباق \*\*24\*\*»
        "#);
    }

    /// What Discord shows of an escaped text.
    fn shown(escaped: &str) -> String {
        let mut out = String::new();
        let mut chars = escaped.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => out.extend(chars.next()),
                ZERO_WIDTH_SPACE | '\u{2068}' | '\u{2069}' => {}
                _ => out.push(c),
            }
        }
        out
    }

    /// The characters of an escaped text, each with whether a backslash stands for it.
    fn marked(escaped: &str) -> Vec<(char, bool)> {
        let mut out = Vec::new();
        let mut chars = escaped.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => out.extend(chars.next().map(|c| (c, true))),
                _ => out.push((c, false)),
            }
        }
        out
    }

    const NASTY: &str =
        r"([@<>#*_~|`\[\]()\\:&!/.+ 0-9t-]|\n|everyone|here|https://|http://a|<@1|سב|\u{202e}){0,24}";

    proptest! {
        #[test]
        fn nothing_typed_is_lost(text in NASTY) {
            let text = text.replace("http", "");
            prop_assert_eq!(shown(&escape_markdown(&text)), clean_lines(&text));
        }

        #[test]
        fn nothing_typed_has_a_meaning(text in prop_oneof![NASTY, any::<String>()]) {
            let escaped = escape_markdown(&text);
            let bare = escaped.replace("@\u{200b}", "").contains('@');
            prop_assert!(!bare, "{:?}", escaped);
            for line in escaped.lines() {
                let marked = marked(line);
                for (at, (c, backslash)) in marked.iter().enumerate() {
                    let rest: String = marked[at..].iter().map(|(c, _)| *c).collect();
                    let plain = *backslash || !matches!(c, '*' | '~' | '|' | '`' | '[' | ']');
                    let link = rest.starts_with("<http://") || rest.starts_with("<https://");
                    prop_assert!(plain, "{:?} in {:?}", c, line);
                    prop_assert!(*backslash || *c != '<' || link, "{:?}", line);
                }
                let start = line.trim_start_matches('\u{2068}');
                prop_assert!(!start.starts_with(['#', '-', '>', ' ']), "{:?}", line);
            }
        }
    }
}

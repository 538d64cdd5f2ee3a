//! Markdown of Discord's own: times, mentions and links.
//!
//! See [Discord Docs/Message Formatting](https://docs.discord.com/developers/reference#message-formatting).

use std::time::Duration;

use jiff::Timestamp;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, RoleMarker, UserMarker},
};

use crate::domain::text::{escape_markdown, length, truncate};

/// The instant in the reader's zone: "Saturday, 5 December 2026 14:00".
#[must_use]
pub fn when(at: Timestamp) -> String {
    format!("<t:{}:F>", at.as_second())
}

/// The instant as seen from now: "in 3 days".
#[must_use]
pub fn relative(at: Timestamp) -> String {
    format!("<t:{}:R>", at.as_second())
}

/// The day in the reader's zone: "5 December 2026".
#[must_use]
pub fn day(at: Timestamp) -> String {
    format!("<t:{}:D>", at.as_second())
}

/// The person's name as the reader knows them. Pings only whom the body's mentions allow.
#[must_use]
pub fn mention(user: Id<UserMarker>) -> String {
    format!("<@{user}>")
}

/// The role's name.
#[must_use]
pub fn role(role: Id<RoleMarker>) -> String {
    format!("<@&{role}>")
}

/// A link to the channel.
#[must_use]
pub fn channel(channel: Id<ChannelMarker>) -> String {
    format!("<#{channel}>")
}

/// Text that a person typed, shown as typed: its Markdown and mentions escaped, in at most `max` characters.
#[must_use]
pub fn typed(text: &str, max: usize) -> String {
    let mut room = max;
    loop {
        let shown = escape_markdown(&truncate(text, room));
        match length(&shown).checked_sub(max) {
            None | Some(0) => return shown,
            Some(over) => room = room.saturating_sub(over),
        }
    }
}

/// A name that a person typed, shown as typed. A name is short, so that it is never cut.
#[must_use]
pub fn name(name: &impl ToString) -> String {
    escape_markdown(&name.to_string())
}

/// A text with the end of a sentence, unless it has one: an emoji ends it as well.
#[must_use]
pub fn ended(text: &str) -> String {
    let open = text
        .chars()
        .next_back()
        .is_some_and(|last| last.is_alphanumeric() || matches!(last, ')' | '”' | '"' | '`'));
    if open { format!("{text}.") } else { text.to_owned() }
}

/// A number with its noun: "1 place", "2 places".
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Whole hours: "1 hour", "24 hours".
#[must_use]
pub fn hours(hours: u16) -> String {
    count(usize::from(hours), "hour", "hours")
}

/// A short span for a technical line: "12 ms", "3.4 s", "2 min".
#[must_use]
pub fn latency(span: Duration) -> String {
    match span.as_millis() {
        0 => "under 1 ms".to_owned(),
        millis @ 1..1_000 => format!("{millis} ms"),
        millis @ 1_000..60_000 => format!("{}.{} s", millis / 1_000, millis % 1_000 / 100),
        millis => format!("{} min", millis / 60_000),
    }
}

/// A list in words: "a", "a and b", "a, b and c".
#[must_use]
pub fn sentence(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., end] => format!("{} {last} {end}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_are_the_readers_own() {
        let start: Timestamp = "2026-12-05T13:00:00Z".parse().unwrap();
        assert_eq!(when(start), "<t:1796475600:F>");
        assert_eq!(relative(start), "<t:1796475600:R>");
        assert_eq!(day(start), "<t:1796475600:D>");
    }

    #[test]
    fn typed_text_is_cut_before_it_is_escaped() {
        assert_eq!(typed("**bold**", 20), r"\*\*bold\*\*");
        assert_eq!(typed("**bold**", 9), r"\*\*bol…");
        assert_eq!(typed("@everyone", 20), "@\u{200b}everyone");
        assert_eq!(typed("****", 0), "");
    }

    proptest! {
        #[test]
        fn typed_text_fits(text in "([*@<|\\\\]|https://|\\PC){0,60}", max in 0_usize..100) {
            prop_assert!(length(&typed(&text, max)) <= max);
        }
    }

    #[test]
    fn quantities_read_as_words() {
        assert_eq!(count(1, "place", "places"), "1 place");
        assert_eq!(hours(24), "24 hours");
        assert_eq!(latency(Duration::from_micros(300)), "under 1 ms");
        assert_eq!(latency(Duration::from_millis(12)), "12 ms");
        assert_eq!(latency(Duration::from_millis(3_450)), "3.4 s");
        assert_eq!(latency(Duration::from_secs(125)), "2 min");
    }

    #[test]
    fn lists_read_as_words() {
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(sentence(&names, "and"), "a, b and c");
        assert_eq!(sentence(&names[..2], "or"), "a or b");
        assert_eq!(sentence(&[], "and"), "");
    }
}

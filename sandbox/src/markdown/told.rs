//! What Discord itself says about something that somebody did.

use super::names::Names;
use crate::Message;

/// What a message of Discord's own says after its author's name; nothing of one that somebody wrote.
pub(crate) fn told(message: &Message, names: &Names<'_>) -> Option<String> {
    let whom = message.mentions.users.iter().map(|user| names.user(*user).unwrap_or("somebody"));
    let whom = || whom.collect::<Vec<_>>().join(", ");
    match message.kind {
        _ if !message.is_system() => None,
        Message::RECIPIENT_ADD => Some(format!("added {} to the thread.", whom())),
        Message::RECIPIENT_REMOVE => Some(format!("removed {} from the thread.", whom())),
        Message::NAME_CHANGE => Some(format!("changed the thread’s name: {}", message.content)),
        Message::PINNED => Some("pinned a message to this channel.".to_owned()),
        _ => Some("did something.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::Snowflake;

    #[test]
    fn each_kind_says_what_was_done_and_an_ordinary_message_nothing() {
        let id = Snowflake::new(1);
        let said = |kind: u64| {
            let content = "Team 7".to_owned();
            told(&Message { kind, content, ..Message::new(id, id, None, id) }, &Names::none())
        };
        for kind in [0, 19, 20, 23] {
            assert_eq!(said(kind), None);
        }
        assert_eq!(said(Message::NAME_CHANGE).unwrap(), "changed the thread’s name: Team 7");
        for (kind, word) in [
            (Message::RECIPIENT_ADD, "added"),
            (Message::RECIPIENT_REMOVE, "removed"),
            (Message::PINNED, "pinned"),
            (7, "something"),
        ] {
            assert!(said(kind).unwrap().contains(word), "{kind}");
        }
    }
}

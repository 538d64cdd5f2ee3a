//! What `/help` says: what the reader can do here, a topic at a time.

use super::{
    custom_id::Press,
    message::{Body, option, select, text},
};

/// A command, as the command table has it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct HelpEntry<'t> {
    /// Who may use it.
    pub access: Access,
    /// Its name with its slash: `/event create`.
    pub command: &'t str,
    /// What it does, in one sentence.
    pub description: &'t str,
    /// The topic it belongs to.
    pub topic: &'t str,
}

/// Who may use a command, from the many to the few: each may do what those before may.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Access {
    /// Everybody.
    Everyone,
    /// The club's organisers.
    Organiser,
    /// Those with Manage Server.
    ManageServer,
}

/// The reader's commands of a topic; of the first one that has any where `topic` is none of theirs.
#[must_use]
pub fn help(reader: Access, topic: Option<&str>, entries: &[HelpEntry<'_>]) -> Body {
    let theirs: Vec<&HelpEntry<'_>> = entries.iter().filter(|entry| entry.access <= reader).collect();
    let topics = topics(&theirs);
    let chosen = topic.and_then(|topic| topics.iter().find(|known| known.eq_ignore_ascii_case(topic)));
    let Some(chosen) = chosen.or(topics.first()) else {
        return Body::plain("There is nothing you can do here yet.");
    };
    let lines: Vec<String> =
        theirs.iter().filter(|entry| entry.topic == *chosen).map(|entry| line(entry)).collect();
    let options = topics.iter().map(|topic| {
        let mut option = option(topic, *topic, None);
        option.default = topic == chosen;
        option
    });
    Body::new(vec![
        text(format!("# {chosen}\n{}", who(reader))),
        text(lines.join("\n")),
        select(&Press::HelpTopic, "Choose a topic", options.collect()),
    ])
}

/// The topics of these commands, each once, in the order in which they come.
fn topics<'t>(entries: &[&HelpEntry<'t>]) -> Vec<&'t str> {
    let mut topics = Vec::new();
    for entry in entries {
        if !topics.contains(&entry.topic) {
            topics.push(entry.topic);
        }
    }
    topics
}

fn line(entry: &HelpEntry<'_>) -> String {
    format!("- `{}`: {}", entry.command, entry.description)
}

const fn who(reader: Access) -> &'static str {
    match reader {
        Access::Everyone => "What you can do here.",
        Access::Organiser => "What you can do here as an organiser.",
        Access::ManageServer => "What you can do here with Manage Server.",
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::view::testing::{check, render};

    const ENTRIES: [HelpEntry<'static>; 3] = [
        HelpEntry {
            access: Access::Everyone,
            command: "/event list",
            description: "The coming events.",
            topic: "Events",
        },
        HelpEntry {
            access: Access::Organiser,
            command: "/event create",
            description: "Create an event.",
            topic: "Events",
        },
        HelpEntry {
            access: Access::ManageServer,
            command: "/club setup",
            description: "Create this server's club.",
            topic: "Club",
        },
    ];

    fn shown(reader: Access, topic: Option<&str>) -> String {
        let body = help(reader, topic, &ENTRIES);
        check(&body);
        render(body.components())
    }

    #[test]
    fn readers_see_what_they_may_do() {
        assert_snapshot!(shown(Access::Everyone, None), @"
        # Events
        What you can do here.
        - `/event list`: The coming events.
        <Choose a topic>
        • Events
        ");
        assert_snapshot!(shown(Access::ManageServer, Some("club")), @"
        # Club
        What you can do here with Manage Server.
        - `/club setup`: Create this server's club.
        <Choose a topic>
        ◦ Events
        • Club
        ");
        assert_eq!(shown(Access::Everyone, Some("Club")), shown(Access::Everyone, Some("Events")));
    }
}

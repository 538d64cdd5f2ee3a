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

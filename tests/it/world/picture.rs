//! A guild as a text in which nothing depends on when its things were made: two worlds in which the same exists look the same.

use std::collections::BTreeMap;

use sandbox::{
    Guild, GuildSnapshot, Message, Permissions,
    model::{ChannelKind, ChannelState, EventPlace, Member, Overwrite, ScheduledEvent},
};

/// Every channel with its place, topic, overwrites and messages, every scheduled event, every role with its people, and every id replaced
/// by a name.
pub(crate) fn picture(guild: &Guild) -> String {
    let snapshot = guild.snapshot();
    let names = names(&snapshot);
    let mut lines = Vec::new();
    for channel in &snapshot.channels {
        lines.push(channel_line(channel, &snapshot));
        let mut overwrites: Vec<String> = channel.overwrites.iter().map(overwrite_line).collect();
        overwrites.sort();
        lines.extend(overwrites);
        let said = snapshot.messages_of(channel.id).filter(|m| !m.is_ephemeral() && !m.is_system());
        lines.extend(said.map(message_lines));
    }
    let mut events: Vec<String> = snapshot.events.iter().map(event_line).collect();
    events.sort();
    lines.extend(events);
    lines.extend(role_lines(&snapshot));
    named(&lines.join("\n"), &names)
}

/// The roles that the app may have made: those that permit nothing.
fn role_lines(snapshot: &GuildSnapshot) -> Vec<String> {
    let mut roles: Vec<String> = Vec::new();
    for role in snapshot.guild.roles.values().filter(|role| role.permissions == Permissions::NONE) {
        let has = |member: &&Member| member.roles.contains(&role.id);
        let mut people: Vec<String> =
            snapshot.guild.members.values().filter(has).map(|member| member.user.to_string()).collect();
        people.sort();
        let mentioned = if role.mentionable { " mentionable" } else { "" };
        roles.push(format!("role {} #{:06x}{mentioned} of {}", role.name, role.colour, people.join(", ")));
    }
    roles.sort();
    roles
}

fn event_line(event: &ScheduledEvent) -> String {
    let ScheduledEvent { description, ends, name, starts, .. } = event;
    let place = match &event.place {
        EventPlace::External(place) => place.clone(),
        EventPlace::Voice(channel) => channel.to_string(),
    };
    format!("event {name} from {starts} until {ends} at {place} ({})", description.replace('\n', " "))
}

fn channel_line(channel: &ChannelState, snapshot: &GuildSnapshot) -> String {
    let kind = match channel.kind {
        ChannelKind::Category => "category",
        ChannelKind::Text => "text",
        ChannelKind::Voice => "voice",
        _ => "thread",
    };
    let parent = channel.parent.and_then(|id| snapshot.channels.iter().find(|other| other.id == id));
    let place = parent.map(|parent| format!(" in {}", parent.name)).unwrap_or_default();
    let topic = channel.topic.as_ref().map(|topic| format!(" ({topic})")).unwrap_or_default();
    let thread = channel.thread.as_ref().map(|thread| {
        let mut people: Vec<String> = thread.members.keys().map(ToString::to_string).collect();
        people.sort();
        let state = if thread.archived { " archived" } else { "" };
        let locked = if thread.locked { " locked" } else { "" };
        format!(" with {}{state}{locked}", people.join(", "))
    });
    format!("{kind} {}{place}{topic}{}", channel.name, thread.unwrap_or_default())
}

fn overwrite_line(overwrite: &Overwrite) -> String {
    format!("  {} +{:?} -{:?}", overwrite.id, overwrite.allow, overwrite.deny)
}

fn message_lines(message: &Message) -> String {
    let text = message.text().replace('\n', "\n    ");
    let pinned = if message.pinned_at.is_some() { " (pinned)" } else { "" };
    format!("  message{pinned}:\n    {text}\n    [{}]", message.button_labels().join("] ["))
}

fn names(snapshot: &GuildSnapshot) -> BTreeMap<String, String> {
    let channels = snapshot.channels.iter().map(|channel| (channel.id, channel.name.clone()));
    let roles = snapshot.guild.roles.values().map(|role| (role.id, role.name.clone()));
    let users = snapshot.users.iter().map(|user| (user.id, user.display_name().to_owned()));
    channels.chain(roles).chain(users).map(|(id, name)| (id.to_string(), name)).collect()
}

/// The text with every id replaced; what a mention of something gone looks like doesn't depend on its id either.
fn named(text: &str, names: &BTreeMap<String, String>) -> String {
    let named = names.iter().fold(text.to_owned(), |text, (id, name)| text.replace(id, name));
    let mut parts = named.split("<#");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let after = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let gone = if after.len() < part.len() && after.starts_with('>') { "gone" } else { "" };
        let rest = if gone.is_empty() { part } else { after };
        format!("{text}<#{gone}{rest}")
    })
}

/// The lines that differ.
pub(crate) fn difference(should_be: &str, is: &str) -> String {
    let (left, right): (Vec<&str>, Vec<&str>) = (should_be.lines().collect(), is.lines().collect());
    let missing = left.iter().filter(|line| !right.contains(line)).map(|line| format!("- {line}"));
    let extra = right.iter().filter(|line| !left.contains(line)).map(|line| format!("+ {line}"));
    let lines: Vec<String> = missing.chain(extra).collect();
    if lines.is_empty() { format!("should be:\n{should_be}\nis:\n{is}") } else { lines.join("\n") }
}

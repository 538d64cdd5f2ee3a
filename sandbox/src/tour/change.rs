//! What has changed in a guild between two moments.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    GuildSnapshot, Message, Snowflake,
    model::{ChannelKind, ChannelState},
};

/// What has changed in a guild between two moments.
pub(super) struct Change {
    /// The guild with only what is new or different, and what that stands in.
    pub(super) part: GuildSnapshot,
    /// What has become of each channel and message that is new or different.
    pub(super) marks: BTreeMap<Snowflake, &'static str>,
    /// The messages that are different, as they were before.
    pub(super) earlier: BTreeMap<Snowflake, Message>,
    /// The channels that are gone.
    pub(super) gone: Vec<String>,
}

impl Change {
    /// What is different in `after`. Messages that only one person sees don't count.
    pub(super) fn between(before: &GuildSnapshot, after: &GuildSnapshot) -> Self {
        let channels = after.channels.iter().filter_map(|now| Some((now.id, of_channel(before, now)?)));
        let messages = after.messages.iter().filter_map(|now| Some((now.id, of_message(before, now)?)));
        let marks: BTreeMap<_, _> = channels.chain(messages).collect();
        let is_gone = |then: &&ChannelState| !after.channels.iter().any(|now| now.id == then.id);
        let gone = before.channels.iter().filter(is_gone).map(called).collect();
        let edited = before.messages.iter().filter(|then| marks.contains_key(&then.id));
        let earlier = edited.map(|then| (then.id, then.clone())).collect();
        Self { part: part(after, &marks), earlier, marks, gone }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.marks.is_empty() && self.gone.is_empty()
    }
}

fn of_channel(before: &GuildSnapshot, now: &ChannelState) -> Option<&'static str> {
    let Some(then) = before.channels.iter().find(|then| then.id == now.id) else { return Some("new") };
    if then.parent != now.parent {
        Some("moved here")
    } else if then.name != now.name {
        Some("renamed")
    } else if then.overwrites != now.overwrites {
        Some("permissions changed")
    } else {
        None
    }
}

fn of_message(before: &GuildSnapshot, now: &Message) -> Option<&'static str> {
    if now.ephemeral_for.is_some() {
        return None;
    }
    match before.messages.iter().find(|then| then.id == now.id) {
        None => Some("new"),
        Some(then) => (then.components != now.components || then.content != now.content).then_some("changed"),
    }
}

fn called(channel: &ChannelState) -> String {
    match channel.kind {
        ChannelKind::Category => format!("▾ {}", channel.name),
        ChannelKind::Voice => format!("🔊 {}", channel.name),
        _ => format!("# {}", channel.name),
    }
}

/// The guild with the marked channels and messages, and whatever holds them.
fn part(guild: &GuildSnapshot, marks: &BTreeMap<Snowflake, &'static str>) -> GuildSnapshot {
    let mut part = guild.clone();
    part.messages.retain(|message| marks.contains_key(&message.id));
    let mut kept: BTreeSet<_> = part.messages.iter().map(|message| message.channel).collect();
    kept.extend(marks.keys());
    // A thread's channel and that one's category come before them, so that going backwards finds both.
    for channel in guild.channels.iter().rev() {
        if kept.contains(&channel.id) {
            kept.extend(channel.parent);
        }
    }
    part.channels.retain(|channel| kept.contains(&channel.id));
    part
}

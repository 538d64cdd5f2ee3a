//! Everything that Discord remembers.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use super::{ChannelKind, ChannelState, GuildState, Member, Message, Portal, ScheduledEvent, User};
use crate::{
    Snowflake, attachments::File, interaction::Interactions, limits::Stamp, oauth::Grants, snowflake::Mint,
};

/// Everything that Discord remembers. One lock guards it, so a request sees and leaves it whole.
#[derive(Debug, Default)]
pub struct State {
    /// Every user, the bot among them.
    pub users: BTreeMap<Snowflake, User>,
    /// Every guild.
    pub guilds: BTreeMap<Snowflake, GuildState>,
    /// Every channel, category, thread and conversation.
    pub channels: BTreeMap<Snowflake, ChannelState>,
    /// Every message, ephemeral ones too, oldest first.
    pub messages: BTreeMap<Snowflake, Message>,
    /// The scheduled events of all guilds.
    pub events: BTreeMap<Snowflake, ScheduledEvent>,
    /// Who is connected to which voice channel.
    pub voice: BTreeMap<Snowflake, Snowflake>,
    /// The files that people attached.
    pub(crate) files: BTreeMap<Snowflake, File>,
    /// The global commands, as Discord answers them.
    pub commands: Vec<Value>,
    /// What is set in the developer portal.
    pub portal: Portal,
    /// What people let the application do, and the codes and tokens for it.
    pub(crate) grants: Grants,
    /// When commands were created lately.
    pub(crate) command_creates: Vec<Stamp>,
    /// Interactions that were delivered, and their tokens.
    pub(crate) interactions: Interactions,
    pub(crate) mint: Mint,
}

impl State {
    /// A new id.
    pub(crate) fn id(&mut self, now: Timestamp) -> Snowflake {
        self.mint.next(now)
    }

    /// A new person with this name.
    pub(crate) fn add_user(&mut self, now: Timestamp, name: &str) -> Snowflake {
        let id = self.id(now);
        self.users.insert(id, User::new(id, name));
        id
    }

    /// Makes a user a member of a guild, without roles.
    pub(crate) fn join(&mut self, now: Timestamp, guild: Snowflake, user: Snowflake) {
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.members.entry(user).or_insert_with(|| Member {
                user,
                nick: None,
                roles: Vec::new(),
                joined_at: now,
                pending: false,
            });
        }
    }

    /// Ends a user's connection to a voice channel of a guild.
    pub(crate) fn leave_voice(&mut self, guild: Snowflake, user: Snowflake) {
        let connected = self.voice.get(&user).and_then(|channel| self.channels.get(channel));
        if connected.is_some_and(|channel| channel.guild == Some(guild)) {
            self.voice.remove(&user);
        }
    }

    /// The channels of a guild, categories among them and threads not, as they are shown: categories by position, each
    /// before its channels, text before voice.
    #[must_use]
    pub fn channels_of(&self, guild: Snowflake) -> Vec<&ChannelState> {
        let mut found: Vec<_> =
            self.channels.values().filter(|c| c.guild == Some(guild) && !c.kind.is_thread()).collect();
        found.sort_by_key(|channel| {
            let category = channel.parent.and_then(|parent| self.channels.get(&parent));
            let top = match (category, channel.kind) {
                (Some(category), _) => Some((category.position, category.id)),
                (None, ChannelKind::Category) => Some((channel.position, channel.id)),
                (None, _) => None,
            };
            let kind = (channel.kind != ChannelKind::Category).then_some(channel.kind);
            (top, kind, channel.position, channel.id)
        });
        found
    }

    /// The messages of a channel that everybody there sees, oldest first.
    pub fn messages_of(&self, channel: Snowflake) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.values().filter(move |m| m.channel == channel && m.ephemeral_for.is_none())
    }

    /// The messages that are pinned in a channel and since when, those that were pinned last coming first.
    #[must_use]
    pub fn pinned_in(&self, channel: Snowflake) -> Vec<(Timestamp, &Message)> {
        let pins = self.messages_of(channel).filter_map(|message| Some((message.pinned_at?, message)));
        let mut pins: Vec<_> = pins.collect();
        pins.sort_by_key(|(at, message)| std::cmp::Reverse((*at, message.id)));
        pins
    }
}

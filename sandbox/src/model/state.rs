//! Everything that Discord remembers.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use super::{ChannelKind, ChannelState, GuildState, Member, Message, User};
use crate::{Snowflake, interaction::Interactions, limits::Stamp, snowflake::Mint};

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
    /// The global commands, as Discord answers them.
    pub commands: Vec<Value>,
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

    /// A new user with this name.
    pub(crate) fn add_user(&mut self, now: Timestamp, name: &str, bot: bool) -> Snowflake {
        let id = self.id(now);
        let plain: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        let username = if plain.is_empty() { format!("user{id}") } else { plain };
        let global_name = (!bot).then(|| name.to_owned());
        self.users.insert(id, User { id, username, global_name, bot, locale: "en-US".to_owned() });
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
            });
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
}

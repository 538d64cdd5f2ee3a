//! What ids in a text are called.

use crate::{
    GuildSnapshot, Snowflake,
    model::{ChannelKind, ChannelState},
};

/// The names of a guild's people, roles and channels.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a>(Option<&'a GuildSnapshot>);

impl<'a> Names<'a> {
    pub(crate) const fn new(guild: &'a GuildSnapshot) -> Self {
        Self(Some(guild))
    }

    /// No names at all.
    #[cfg(test)]
    pub(crate) const fn none() -> Self {
        Self(None)
    }

    /// The name in the guild, else the user's own.
    pub(crate) fn user(&self, id: Snowflake) -> Option<&'a str> {
        let guild = self.0?;
        let nick = guild.guild.members.get(&id).and_then(|member| member.nick.as_deref());
        nick.or_else(|| guild.users.iter().find(|user| user.id == id).map(|user| user.display_name()))
    }

    /// Whether a user is an application.
    pub(crate) fn is_bot(&self, id: Snowflake) -> bool {
        self.0.is_some_and(|guild| guild.users.iter().any(|user| user.id == id && user.bot))
    }

    pub(crate) fn role(&self, id: Snowflake) -> Option<&'a str> {
        self.0?.guild.roles.get(&id).map(|role| role.name.as_str())
    }

    /// What a link to a channel says.
    pub(crate) fn link(&self, id: Snowflake) -> String {
        self.channel(id).unwrap_or_else(|| "#unknown".to_owned())
    }

    /// The channel with this id.
    pub(crate) fn channel_of(&self, id: Snowflake) -> Option<&'a ChannelState> {
        self.0?.channels.iter().find(|channel| channel.id == id)
    }

    fn channel(&self, id: Snowflake) -> Option<String> {
        let channel = self.channel_of(id)?;
        let mark = if channel.kind == ChannelKind::Voice { "🔊 " } else { "#" };
        Some(format!("{mark}{}", channel.name))
    }

    /// What a person, a role or a channel is called.
    pub(crate) fn any(&self, id: Snowflake) -> Option<String> {
        let role = self.role(id).or_else(|| self.user(id)).map(|name| format!("@{name}"));
        role.or_else(|| self.channel(id))
    }
}

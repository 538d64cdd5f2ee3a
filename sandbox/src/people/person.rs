//! A person in a guild.

use crate::{
    Channel, Discord, Permissions, Role, Snowflake, compose,
    interaction::{
        deliver::{Act, Outcome},
        session::Origin,
    },
    model::{ChannelKind, ChannelState, Email, State},
    permissions::in_channel,
};

use super::{Reply, Unavailable, unavailable};

/// A person, in the guild that they act in.
#[derive(Clone, Debug)]
pub struct Person {
    pub(crate) discord: Discord,
    pub(crate) guild: Snowflake,
    pub(crate) id: Snowflake,
    pub(crate) name: String,
}

impl Person {
    /// The user `id` in a guild.
    pub(crate) fn new(discord: &Discord, guild: Snowflake, id: Snowflake) -> Self {
        let name = discord.with(|state| state.users.get(&id).map(|user| user.display_name().to_owned()));
        Self { discord: discord.clone(), guild, id, name: name.unwrap_or_else(|| id.to_string()) }
    }

    /// The user's id.
    #[must_use]
    pub const fn id(&self) -> Snowflake {
        self.id
    }

    /// The name that people see.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How a text mentions them.
    #[must_use]
    pub fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }

    /// Gives them a role.
    pub fn give(&self, role: &Role) {
        self.change_roles(|roles| {
            if !roles.contains(&role.id) {
                roles.push(role.id);
            }
        });
    }

    /// Takes a role from them.
    pub fn take(&self, role: &Role) {
        self.change_roles(|roles| roles.retain(|id| *id != role.id));
    }

    /// Whether they hold a role.
    pub(crate) fn has(&self, role: &Role) -> bool {
        self.discord.with(|state| {
            let member = state.guilds.get(&self.guild).and_then(|guild| guild.members.get(&self.id));
            member.is_some_and(|member| member.roles.contains(&role.id))
        })
    }

    /// Writes a message, in a guild or a conversation.
    pub(crate) fn say(&self, channel: Snowflake, text: &str) {
        let now = self.discord.now();
        self.discord.with(|state| {
            let held = state.channels.get(&channel).map(|found| in_channel(state, found, self.id));
            compose::say(state, (now, channel, self.id), held.unwrap_or_default(), text);
        });
    }

    /// Begins a conversation with the bot, unless there is one, and returns its channel.
    pub(crate) fn open_conversation(&self) -> Snowflake {
        self.discord.with(|state| self.conversation(state).channel)
    }

    /// Leaves the guild, its threads and its voice channels. Their messages stay.
    pub fn leave(&self) {
        self.discord.with(|state| {
            if let Some(guild) = state.guilds.get_mut(&self.guild) {
                guild.members.remove(&self.id);
            }
            state.leave_voice(self.guild, self.id);
            state.leave_threads(self.guild, self.id);
        });
    }

    /// Comes (back) into the guild, without roles.
    pub fn join(&self) {
        let now = self.discord.now();
        self.discord.with(|state| state.join(now, self.guild, self.id));
    }

    /// Changes the name in this guild; `None` takes it away.
    pub fn nickname(&self, nick: Option<&str>) {
        self.discord.with(|state| {
            let member = state.guilds.get_mut(&self.guild).and_then(|guild| guild.members.get_mut(&self.id));
            if let Some(member) = member {
                member.nick = nick.map(str::to_owned);
            }
        });
    }

    /// Switches the client's language, such as `de`.
    pub fn speaks(&self, locale: &str) {
        self.discord.with(|state| {
            if let Some(user) = state.users.get_mut(&self.id) {
                locale.clone_into(&mut user.locale);
            }
        });
    }

    /// Sets the e-mail address that they sign in with, and whether Discord knows that it is theirs; `None` takes it away.
    pub fn email(&self, address: Option<&str>, verified: bool) {
        self.discord.with(|state| {
            if let Some(user) = state.users.get_mut(&self.id) {
                user.email = address.map(|address| Email { address: address.to_owned(), verified });
            }
        });
    }

    /// Has the client show times in another zone, such as `Asia/Tokyo`.
    pub fn lives_in(&self, zone: &str) {
        self.discord.with(|state| {
            if let Some(user) = state.users.get_mut(&self.id) {
                zone.clone_into(&mut user.zone);
            }
        });
    }

    /// What they may do in a channel as it is now; nothing if they don't see it.
    #[must_use]
    pub fn permissions_in(&self, channel: &Channel) -> Permissions {
        self.discord.with(|state| {
            let found = state.channels.get(&channel.id);
            found.map(|found| in_channel(state, found, self.id)).unwrap_or_default()
        })
    }

    /// Whether they see a channel.
    #[must_use]
    pub fn sees(&self, channel: &Channel) -> bool {
        self.permissions_in(channel).contains(Permissions::VIEW_CHANNEL)
    }

    fn change_roles(&self, change: impl FnOnce(&mut Vec<Snowflake>)) {
        self.discord.with(|state| {
            let member = state.guilds.get_mut(&self.guild).and_then(|guild| guild.members.get_mut(&self.id));
            if let Some(member) = member {
                change(&mut member.roles);
            }
        });
    }

    /// Where they type a command: in the channel given, or the first one that they can type commands in.
    pub(super) fn place(&self, state: &State, channel: Option<Snowflake>) -> Result<Origin, Unavailable> {
        let usable = |channel: &ChannelState| {
            in_channel(state, channel, self.id).contains(Permissions::USE_APPLICATION_COMMANDS)
        };
        let found = match channel {
            Some(id) => state.channels.get(&id).filter(|channel| usable(channel)),
            None => {
                state.channels_of(self.guild).into_iter().find(|c| c.kind == ChannelKind::Text && usable(c))
            }
        };
        match found {
            Some(channel) if channel.is_archived() => {
                unavailable(format!("no commands are typed in {}, which is archived", channel.name))
            }
            Some(channel) => Ok(self.origin(channel, None)),
            None => unavailable(format!("{} sees no channel to type that in", self.name)),
        }
    }

    /// The conversation with the bot, begun if there was none.
    pub(super) fn conversation(&self, state: &mut State) -> Origin {
        let known = state
            .channels
            .values()
            .find(|c| c.kind == ChannelKind::Dm && c.recipient == Some(self.id))
            .map(|c| c.id);
        let channel = known.unwrap_or_else(|| {
            let id = state.id(self.discord.now());
            let mut channel = ChannelState::new(id, None, ChannelKind::Dm, "");
            channel.recipient = Some(self.id);
            state.channels.insert(id, channel);
            id
        });
        Origin { user: self.id, guild: None, channel, message: None }
    }

    /// They, doing something in a channel or to a message in it.
    pub(super) fn origin(&self, channel: &ChannelState, message: Option<Snowflake>) -> Origin {
        Origin { user: self.id, guild: channel.guild, channel: channel.id, message }
    }

    /// Does it, and waits for what the service says.
    pub(super) async fn act(&self, act: Act) -> Reply {
        let about = act.about.clone();
        let outcome: Outcome = self.discord.interact(act).await;
        Reply::new(self, outcome, about)
    }
}

//! A guild in a test's hands.

mod bot;
mod crowd;
mod snapshot;

pub use crowd::Newcomer;
pub use snapshot::GuildSnapshot;

use crate::{
    ByHand, Channel, Discord, Permissions, Snowflake, acts,
    audit::{Act, What, action},
    model::{AuditEntry, ChannelKind, ChannelState, GuildState, Message, RoleState, State},
    people::Person,
    permissions::{Abilities, in_guild},
};

/// A guild: makes members, roles and channels, and shows what has become of it.
#[derive(Clone, Debug)]
pub struct Guild {
    pub(crate) discord: Discord,
    pub(crate) id: Snowflake,
    owner: Snowflake,
}

/// A role of a guild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its id.
    pub id: Snowflake,
    /// Its name.
    pub name: String,
}

impl Discord {
    /// Makes a guild with an owner, a text channel named general, and the bot installed with what Simlane asks for.
    #[must_use]
    pub fn guild(&self, name: &str) -> Guild {
        let now = self.now();
        let owner = self.with(|state| state.add_user(now, "Owner"));
        self.guild_of(name, owner)
    }

    /// Makes a guild of somebody who is known, as [`Discord::guild`] does.
    pub(crate) fn guild_of(&self, name: &str, owner: Snowflake) -> Guild {
        let now = self.now();
        let id = self.with(|state| {
            let id = state.id(now);
            let everyone = RoleState::new(id, "@everyone", Permissions::NEW_MEMBER, 0);
            let guild = GuildState {
                id,
                name: name.to_owned(),
                owner,
                locale: "en-US".to_owned(),
                roles: [(id, everyone)].into(),
                members: Default::default(),
                audit: Vec::new(),
            };
            state.guilds.insert(id, guild);
            state.join(now, id, owner);
            let general = state.id(now);
            let channel = ChannelState::new(general, Some(id), ChannelKind::Text, "general");
            state.channels.insert(general, channel);
            id
        });
        let guild = Guild { discord: self.clone(), id, owner };
        guild.install_bot(Permissions::SIMLANE);
        guild
    }
}

impl Guild {
    /// The guild with this id.
    pub(crate) fn find(discord: &Discord, id: Snowflake) -> Option<Self> {
        let owner = discord.with(|state| state.guilds.get(&id).map(|guild| guild.owner))?;
        Some(Self { discord: discord.clone(), id, owner })
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> Snowflake {
        self.id
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        self.read(|guild| guild.name.clone())
    }

    /// Its owner.
    #[must_use]
    pub fn owner(&self) -> Person {
        Person::new(&self.discord, self.id, self.owner)
    }

    /// The member with this name, who joins now if nobody has it. Everybody's client speaks English.
    #[must_use]
    pub fn member(&self, name: &str) -> Person {
        let now = self.discord.now();
        let id = self.discord.with(|state| {
            let known = state.guilds.get(&self.id).and_then(|guild| {
                let named =
                    |id: &&Snowflake| state.users.get(id).is_some_and(|user| user.display_name() == name);
                guild.members.keys().find(named).copied()
            });
            known.unwrap_or_else(|| {
                let id = state.add_user(now, name);
                state.join(now, self.id, id);
                id
            })
        });
        Person::new(&self.discord, self.id, id)
    }

    /// A member who may manage the guild, by a role named Organisers.
    #[must_use]
    pub fn organiser(&self, name: &str) -> Person {
        let person = self.member(name);
        person.give(&self.role_with("Organisers", Permissions::MANAGE_GUILD));
        person
    }

    /// The role with this name, made now without permissions if there is none.
    #[must_use]
    pub fn role(&self, name: &str) -> Role {
        self.role_with(name, Permissions::NONE)
    }

    /// The role with this name and from now on these permissions, made now if there is none.
    #[must_use]
    pub fn role_with(&self, name: &str, permissions: Permissions) -> Role {
        let known =
            self.read(|guild| guild.roles.values().find(|role| role.name == name).map(|role| role.id));
        let id = known.unwrap_or_else(|| self.make_role(name));
        self.change(|guild| {
            if let Some(role) = guild.roles.get_mut(&id) {
                role.permissions = permissions;
            }
        });
        Role { id, name: name.to_owned() }
    }

    /// The role with this id.
    pub(crate) fn role_with_id(&self, id: Snowflake) -> Option<Role> {
        self.read(|guild| guild.roles.get(&id).map(|role| Role { id, name: role.name.clone() }))
    }

    /// The place of its highest role.
    pub(crate) fn highest_role(&self) -> u64 {
        self.read(|guild| guild.roles.values().map(|role| role.position).max().unwrap_or_default())
    }

    /// What somebody may do in a channel or a thread of it, as both are now; nothing if they don't see it.
    #[must_use]
    pub fn permissions_of(&self, person: &Person, channel: &Channel) -> Permissions {
        person.permissions_in(channel)
    }

    /// Whether somebody sees a channel or a thread of it, writes, connects and speaks there, as both are now.
    #[must_use]
    pub fn abilities_of(&self, person: &Person, channel: &Channel) -> Abilities {
        self.discord.with(|state| Abilities::of(state, channel.id, person.id()))
    }

    /// What a user may do in it as a whole.
    pub(crate) fn powers_of(&self, user: Snowflake) -> Permissions {
        self.read(|guild| in_guild(guild, user))
    }

    fn make_role(&self, name: &str) -> Snowflake {
        let now = self.discord.now();
        self.discord.with(|state| {
            let id = state.id(now);
            let Some(guild) = state.guilds.get_mut(&self.id) else { return id };
            // A new role goes to the bottom, just above @everyone.
            acts::insert_role(guild, RoleState::new(id, name, Permissions::NONE, 1));
            let act = Act { by: guild.owner, at: now, reason: None };
            act.record(state, self.id, action::ROLE_CREATE, id, What::default());
            id
        })
    }

    /// The owner's own hands.
    #[must_use]
    pub fn by_hand(&self) -> ByHand {
        ByHand { guild: self.clone(), who: self.owner }
    }

    /// Its channels as they are shown, each category before its channels; threads come after their channel.
    #[must_use]
    pub fn channels(&self) -> Vec<Channel> {
        self.snapshot()
            .channels
            .iter()
            .filter_map(|channel| Channel::find(&self.discord, channel.id))
            .collect()
    }

    /// The channel, category or thread with this name, the oldest if there are several.
    #[must_use]
    pub fn channel_named(&self, name: &str) -> Option<Channel> {
        self.channels_named(name).into_iter().next()
    }

    /// Every channel, category and thread with this name, oldest first.
    #[must_use]
    pub fn channels_named(&self, name: &str) -> Vec<Channel> {
        let ids: Vec<_> = self.discord.with(|state| {
            let here = state.channels.values().filter(|channel| channel.guild == Some(self.id));
            here.filter(|channel| channel.name == name).map(|channel| channel.id).collect()
        });
        ids.into_iter().filter_map(|id| Channel::find(&self.discord, id)).collect()
    }

    /// The channel with this id.
    #[must_use]
    pub fn channel(&self, id: Snowflake) -> Option<Channel> {
        Channel::find(&self.discord, id).filter(|channel| channel.guild == Some(self.id))
    }

    /// Every message that everybody sees in any of its channels, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        self.discord.with(|state| {
            let here = state.messages.values().filter(|message| message.guild == Some(self.id));
            here.filter(|message| message.ephemeral_for.is_none()).cloned().collect()
        })
    }

    /// What was done in it, oldest first.
    #[must_use]
    pub fn audit_log(&self) -> Vec<AuditEntry> {
        self.read(|guild| guild.audit.clone())
    }

    /// All of it at this moment.
    #[must_use]
    pub fn snapshot(&self) -> GuildSnapshot {
        let now = self.discord.now();
        let mut snapshot = self.discord.with(|state| GuildSnapshot::of(state, self.id));
        snapshot.events.retain(|event| !event.is_finished(now));
        snapshot
    }

    /// Reads the guild. It exists as long as the sandbox does.
    fn read<T: Default>(&self, act: impl FnOnce(&GuildState) -> T) -> T {
        self.discord.with(|state| state.guilds.get(&self.id).map(act)).unwrap_or_default()
    }

    fn change(&self, act: impl FnOnce(&mut GuildState)) {
        self.discord.with(|state: &mut State| {
            if let Some(guild) = state.guilds.get_mut(&self.id) {
                act(guild);
            }
        });
    }
}

//! What people do by hand, in Discord's own client.

mod threads;

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{
    Channel, Guild, Message, Permissions, Snowflake, acts,
    audit::Act,
    compose,
    limits::{ChannelForm, ThreadForm, channel_name},
    model::{ChannelKind, ChannelState, EventPlace, Overwrite, OverwriteKind, ScheduledEvent},
    people::Person,
};

/// Acts of a person in Discord's own client. Whatever they do is taken to be allowed, and stands in the audit log under their
/// name.
#[derive(Clone, Debug)]
pub struct ByHand {
    pub(crate) guild: Guild,
    pub(crate) who: Snowflake,
}

impl ByHand {
    /// The same by somebody else.
    #[must_use]
    pub fn of(self, person: &Person) -> Self {
        Self { who: person.id(), ..self }
    }

    fn act(&self) -> Act {
        Act { by: self.who, at: self.guild.discord.now(), reason: None }
    }

    /// Makes a channel, under a category or without one, with the category's overwrites.
    pub fn create(&self, kind: ChannelKind, name: &str, category: Option<Snowflake>) -> Channel {
        let form = ChannelForm {
            kind: Some(kind),
            name: Some(channel_name(name, kind)),
            parent: Some(category),
            ..ChannelForm::default()
        };
        let state = self.guild.discord.with(|state| {
            let id = acts::create_channel(state, &self.act(), self.guild.id, form);
            state.channels.get(&id).cloned().unwrap_or_else(|| ChannelState::new(id, None, kind, name))
        });
        Channel::of(&self.guild.discord, state)
    }

    /// Makes a thread, as a person does.
    pub fn create_thread(&self, parent: Snowflake, name: &str, kind: ChannelKind) -> Channel {
        let form = ThreadForm::named(name, kind);
        let state = self.guild.discord.with(|state| {
            let id = acts::create_thread(state, &self.act(), (self.guild.id, parent), form);
            state.channels.get(&id).cloned().unwrap_or_else(|| ChannelState::new(id, None, kind, name))
        });
        Channel::of(&self.guild.discord, state)
    }

    fn update(&self, channel: Snowflake, form: ChannelForm) {
        self.guild.discord.with(|state| acts::update_channel(state, &self.act(), channel, form));
    }

    /// Renames a channel.
    pub fn rename(&self, channel: Snowflake, name: &str) {
        let kind = self.guild.channel(channel).map_or(ChannelKind::Text, |channel| channel.kind);
        self.update(channel, ChannelForm { name: Some(channel_name(name, kind)), ..ChannelForm::default() });
    }

    /// Sets a channel's topic; an empty one takes it away.
    pub fn set_topic(&self, channel: Snowflake, topic: &str) {
        self.update(channel, ChannelForm { topic: Some(Some(topic.to_owned())), ..ChannelForm::default() });
    }

    /// Moves a channel under another category, or out of any.
    pub fn move_to(&self, channel: Snowflake, category: Option<Snowflake>) {
        self.update(channel, ChannelForm { parent: Some(category), ..ChannelForm::default() });
    }

    /// Archives a thread, or takes it out of the archive.
    pub fn archive(&self, thread: Snowflake, archived: bool, locked: bool) {
        let form = ChannelForm { archived: Some(archived), locked: Some(locked), ..ChannelForm::default() };
        self.update(thread, form);
    }

    /// Deletes a channel, a category or a thread.
    pub fn delete(&self, channel: Snowflake) {
        self.guild.discord.with(|state| acts::delete_channel(state, &self.act(), channel));
    }

    /// Schedules an event, with its name, more about it, and where it takes place.
    pub fn schedule(
        &self,
        (name, description, place): (&str, &str, EventPlace),
        (starts, ends): (Timestamp, Timestamp),
    ) -> Snowflake {
        let (guild, now) = (self.guild.id, self.guild.discord.now());
        self.guild.discord.with(|state| {
            let id = state.id(now);
            let event = ScheduledEvent {
                id,
                guild,
                creator: self.who,
                name: name.to_owned(),
                description: description.to_owned(),
                starts,
                ends,
                place,
                decided: None,
                interested: BTreeSet::new(),
            };
            state.events.insert(id, event);
            id
        })
    }

    /// Deletes a scheduled event.
    pub fn unschedule(&self, event: Snowflake) {
        self.guild.discord.with(|state| acts::delete_scheduled(state, &self.act(), event));
    }

    /// Sets an overwrite for a role.
    pub fn set_role_overwrite(
        &self,
        channel: Snowflake,
        role: Snowflake,
        allow: Permissions,
        deny: Permissions,
    ) {
        self.put_overwrite(channel, Overwrite { id: role, kind: OverwriteKind::Role, allow, deny });
    }

    /// Sets an overwrite for a member.
    pub fn set_member_overwrite(
        &self,
        channel: Snowflake,
        member: Snowflake,
        allow: Permissions,
        deny: Permissions,
    ) {
        self.put_overwrite(channel, Overwrite { id: member, kind: OverwriteKind::Member, allow, deny });
    }

    fn put_overwrite(&self, channel: Snowflake, overwrite: Overwrite) {
        self.guild.discord.with(|state| acts::put_overwrite(state, &self.act(), channel, overwrite));
    }

    /// Takes an overwrite away.
    pub fn delete_overwrite(&self, channel: Snowflake, id: Snowflake) {
        self.guild.discord.with(|state| acts::delete_overwrite(state, &self.act(), channel, id));
    }

    /// Deletes a role, and with it the overwrites for it.
    pub fn delete_role(&self, role: Snowflake) {
        self.guild.discord.with(|state| acts::delete_role(state, &self.act(), self.guild.id, role));
    }

    /// Deletes a message as a moderator.
    pub fn delete_message(&self, message: Snowflake) {
        self.guild.discord.with(|state| acts::delete_message(state, &self.act(), message));
    }

    /// Writes a message.
    pub fn say(&self, channel: Snowflake, text: &str) -> Message {
        let now = self.guild.discord.now();
        let discord = &self.guild.discord;
        discord.with(|state| compose::say(state, (now, channel, self.who), Permissions::NONE, text))
    }
}

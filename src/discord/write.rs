//! The port to write with. A dry run isn't given one.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use twilight_http::{
    request::{AuditLogReason as _, Request, RequestBuilder, TryIntoRequest as _},
    routing::Route,
};
use twilight_model::{
    channel::{
        ChannelType,
        permission_overwrite::{PermissionOverwrite, PermissionOverwriteType},
    },
    http::permission_overwrite as http,
    id::{
        Id,
        marker::{
            ApplicationMarker, ChannelMarker, GuildMarker, MessageMarker, RoleMarker, ScheduledEventMarker,
            UserMarker,
        },
    },
};

use crate::domain::overwrite::{Overwrite, OverwriteTarget};

use super::{Call, Channel, Discord, Role};

mod role;
mod scheduled;
mod thread;

pub use self::{
    role::RoleLook,
    scheduled::{EventEdit, NewEvent},
    thread::{NewThread, ThreadEdit},
};

/// A channel to be made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewChannel {
    /// Its name, 1 to 100 characters. Discord may normalise it.
    pub name: String,
    /// What it is.
    pub kind: ChannelKind,
    /// Its permission list, at most 100 entries. Empty: that of its category.
    pub overwrites: Vec<Overwrite>,
}

/// What a [`NewChannel`] is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ChannelKind {
    /// A category, which stands in no other.
    Category,
    /// A text channel.
    Text {
        /// The category it stands in.
        parent: Option<Id<ChannelMarker>>,
        /// What it is about, at most 1,024 characters.
        topic: Option<String>,
    },
    /// A voice channel.
    Voice {
        /// The category it stands in.
        parent: Option<Id<ChannelMarker>>,
        /// How many may connect, 1 to 99. `None`: no limit.
        user_limit: Option<u16>,
        /// Bits per second, from 8,000. `None`: Discord's default.
        bitrate: Option<u32>,
    },
}

/// What to change about a channel. What is `None` is left out of the request and stays as it is.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ChannelEdit {
    /// Its name, 1 to 100 characters. Changing it, or the topic, is possible twice in ten minutes.
    pub name: Option<String>,
    /// What it is about, at most 1,024 characters. Empty: nothing.
    pub topic: Option<String>,
    /// The category it stands in; `Some(None)`: none.
    pub parent: Option<Option<Id<ChannelMarker>>>,
    /// Voice: how many may connect, 0 to 99; 0 for no limit.
    pub user_limit: Option<u16>,
    /// Voice: bits per second, from 8,000.
    pub bitrate: Option<u32>,
}

/// Changes what is on Discord.
///
/// Each call asks once. Errors are those of [`super::Error`]; a `reason` of 1 to 512 characters ends up in the guild's
/// audit log.
pub trait WritePort: Send + Sync {
    /// Makes a channel. Discord knows no key for it: an unknown outcome has to be looked into.
    fn create_channel(&self, guild: Id<GuildMarker>, channel: &NewChannel, reason: &str)
    -> Call<'_, Channel>;

    /// Changes a channel, and gives it as it is then.
    fn edit_channel(&self, channel: Id<ChannelMarker>, edit: &ChannelEdit, reason: &str)
    -> Call<'_, Channel>;

    /// Deletes a channel with its messages; the channels of a category stay.
    fn delete_channel(&self, channel: Id<ChannelMarker>, reason: &str) -> Call<'_, ()>;

    /// Sets one entry of a channel's permission list and leaves the others alone.
    fn set_overwrite(&self, channel: Id<ChannelMarker>, overwrite: &Overwrite, reason: &str) -> Call<'_, ()>;

    /// Takes one entry out of a channel's permission list.
    fn clear_overwrite(
        &self,
        channel: Id<ChannelMarker>,
        target: OverwriteTarget,
        reason: &str,
    ) -> Call<'_, ()>;

    /// Makes a thread in a text channel. Discord knows no key for it: an unknown outcome has to be looked into.
    fn create_thread(
        &self,
        channel: Id<ChannelMarker>,
        thread: &NewThread,
        reason: &str,
    ) -> Call<'_, Id<ChannelMarker>>;

    /// Changes a thread. An archived one refuses everything but being un-archived.
    fn edit_thread(&self, thread: Id<ChannelMarker>, edit: &ThreadEdit, reason: &str) -> Call<'_, ()>;

    /// Adds somebody to a thread that isn't archived. Done again, nothing changes.
    fn add_to_thread(&self, thread: Id<ChannelMarker>, user: Id<UserMarker>) -> Call<'_, ()>;

    /// Takes somebody out of a thread that isn't archived.
    fn remove_from_thread(&self, thread: Id<ChannelMarker>, user: Id<UserMarker>) -> Call<'_, ()>;

    /// Pins a message. Done again, nothing changes.
    fn pin_message(
        &self,
        channel: Id<ChannelMarker>,
        message: Id<MessageMarker>,
        reason: &str,
    ) -> Call<'_, ()>;

    /// Schedules an event. Discord knows no key for it: an unknown outcome has to be looked into.
    fn create_event(
        &self,
        guild: Id<GuildMarker>,
        event: &NewEvent,
        reason: &str,
    ) -> Call<'_, Id<ScheduledEventMarker>>;

    /// Changes a scheduled event that isn't over.
    fn edit_event(
        &self,
        guild: Id<GuildMarker>,
        event: Id<ScheduledEventMarker>,
        edit: &EventEdit,
        reason: &str,
    ) -> Call<'_, ()>;

    /// Deletes a scheduled event, whether it is ahead or on.
    fn delete_event(
        &self,
        guild: Id<GuildMarker>,
        event: Id<ScheduledEventMarker>,
        reason: &str,
    ) -> Call<'_, ()>;

    /// Makes a role. Discord knows no key for it: an unknown outcome has to be looked into.
    fn create_role(&self, guild: Id<GuildMarker>, look: &RoleLook, reason: &str) -> Call<'_, Id<RoleMarker>>;

    /// Gives a role another look.
    fn edit_role(
        &self,
        guild: Id<GuildMarker>,
        role: Id<RoleMarker>,
        look: &RoleLook,
        reason: &str,
    ) -> Call<'_, ()>;

    /// Deletes a role; whoever has it loses it.
    fn delete_role(&self, guild: Id<GuildMarker>, role: Id<RoleMarker>, reason: &str) -> Call<'_, ()>;

    /// Gives a role to somebody in a guild. Done again, nothing changes.
    fn give_role(
        &self,
        guild: Id<GuildMarker>,
        user: Id<UserMarker>,
        role: Id<RoleMarker>,
        reason: &str,
    ) -> Call<'_, ()>;

    /// Takes a role from somebody in a guild. Done again, nothing changes.
    fn take_role(
        &self,
        guild: Id<GuildMarker>,
        user: Id<UserMarker>,
        role: Id<RoleMarker>,
        reason: &str,
    ) -> Call<'_, ()>;

    /// Sends a message. Within a few minutes the same nonce, of at most 25 characters, gives the message that it was
    /// first sent with.
    fn send_message(
        &self,
        channel: Id<ChannelMarker>,
        body: &Value,
        nonce: &str,
    ) -> Call<'_, Id<MessageMarker>>;

    /// Changes a message of the bot's. Fields that the body leaves out stay.
    fn edit_message(
        &self,
        channel: Id<ChannelMarker>,
        message: Id<MessageMarker>,
        body: &Value,
    ) -> Call<'_, ()>;

    /// Deletes a message.
    fn delete_message(&self, channel: Id<ChannelMarker>, message: Id<MessageMarker>) -> Call<'_, ()>;

    /// Replaces all global commands by this list.
    fn put_commands(&self, application: Id<ApplicationMarker>, commands: &Value) -> Call<'_, ()>;
}

/// The one thing needed from the answer to a message.
#[derive(Deserialize)]
pub(super) struct SentMessage {
    pub(super) id: Id<MessageMarker>,
}

/// The one thing needed from the answer to a scheduled event that was made.
#[derive(Deserialize)]
struct Scheduled {
    id: Id<ScheduledEventMarker>,
}

/// The one thing needed from the answer to a thread that was made.
#[derive(Deserialize)]
struct Threaded {
    id: Id<ChannelMarker>,
}

/// A message's body with its key; one that isn't an object cannot be serialised.
#[derive(Serialize)]
struct Nonced<'a> {
    #[serde(flatten)]
    body: &'a Value,
    nonce: &'a str,
    enforce_nonce: bool,
}

impl WritePort for Discord {
    fn create_channel(
        &self,
        guild: Id<GuildMarker>,
        channel: &NewChannel,
        reason: &str,
    ) -> Call<'_, Channel> {
        let overwrites: Vec<_> = channel.overwrites.iter().map(entry).collect();
        let mut create = self.build.create_guild_channel(guild, &channel.name).reason(reason);
        if !overwrites.is_empty() {
            create = create.permission_overwrites(&overwrites);
        }
        let (kind, parent) = match &channel.kind {
            ChannelKind::Category => (ChannelType::GuildCategory, None),
            ChannelKind::Text { parent, topic } => {
                create = topic.iter().fold(create, |create, topic| create.topic(topic));
                (ChannelType::GuildText, *parent)
            }
            ChannelKind::Voice { parent, user_limit, bitrate } => {
                create = user_limit.iter().fold(create, |create, limit| create.user_limit(*limit));
                create = bitrate.iter().fold(create, |create, bitrate| create.bitrate(*bitrate));
                (ChannelType::GuildVoice, *parent)
            }
        };
        create = parent.into_iter().fold(create.kind(kind), |create, parent| create.parent_id(parent));
        self.read(create.try_into_request())
    }

    fn edit_channel(
        &self,
        channel: Id<ChannelMarker>,
        edit: &ChannelEdit,
        reason: &str,
    ) -> Call<'_, Channel> {
        let ChannelEdit { name, topic, parent, user_limit, bitrate } = edit;
        let mut update = self.build.update_channel(channel).reason(reason);
        if let Some(name) = name {
            update = update.name(name);
        }
        if let Some(topic) = topic {
            update = update.topic(topic);
        }
        if let Some(parent) = parent {
            update = update.parent_id(*parent);
        }
        if let Some(user_limit) = user_limit {
            update = update.user_limit(*user_limit);
        }
        if let Some(bitrate) = bitrate {
            update = update.bitrate(*bitrate);
        }
        self.read(update.try_into_request())
    }

    fn delete_channel(&self, channel: Id<ChannelMarker>, reason: &str) -> Call<'_, ()> {
        self.done(self.build.delete_channel(channel).reason(reason).try_into_request())
    }

    fn set_overwrite(&self, channel: Id<ChannelMarker>, overwrite: &Overwrite, reason: &str) -> Call<'_, ()> {
        let kind = match overwrite.target {
            OverwriteTarget::Role(_) => http::PermissionOverwriteType::Role,
            OverwriteTarget::Member(_) => http::PermissionOverwriteType::Member,
        };
        let entry = http::PermissionOverwrite {
            allow: Some(overwrite.allow),
            deny: Some(overwrite.deny),
            id: overwrite.target.id(),
            kind,
        };
        self.done(self.build.update_channel_permission(channel, &entry).reason(reason).try_into_request())
    }

    fn clear_overwrite(
        &self,
        channel: Id<ChannelMarker>,
        target: OverwriteTarget,
        reason: &str,
    ) -> Call<'_, ()> {
        let clear = self.build.delete_channel_permission(channel);
        let clear = match target {
            OverwriteTarget::Role(role) => clear.role(role),
            OverwriteTarget::Member(member) => clear.member(member),
        };
        self.done(clear.reason(reason).try_into_request())
    }

    fn create_thread(
        &self,
        channel: Id<ChannelMarker>,
        thread: &NewThread,
        reason: &str,
    ) -> Call<'_, Id<ChannelMarker>> {
        let made = self.read::<Threaded>(thread::created(&self.build, channel, thread, reason));
        Box::pin(async move { Ok(made.await?.id) })
    }

    fn edit_thread(&self, thread: Id<ChannelMarker>, edit: &ThreadEdit, reason: &str) -> Call<'_, ()> {
        self.done(thread::edited(&self.build, thread, edit, reason))
    }

    fn add_to_thread(&self, thread: Id<ChannelMarker>, user: Id<UserMarker>) -> Call<'_, ()> {
        self.done(self.build.add_thread_member(thread, user).try_into_request())
    }

    fn remove_from_thread(&self, thread: Id<ChannelMarker>, user: Id<UserMarker>) -> Call<'_, ()> {
        self.done(self.build.remove_thread_member(thread, user).try_into_request())
    }

    fn pin_message(
        &self,
        channel: Id<ChannelMarker>,
        message: Id<MessageMarker>,
        reason: &str,
    ) -> Call<'_, ()> {
        self.done(self.build.create_pin(channel, message).reason(reason).try_into_request())
    }

    fn create_event(
        &self,
        guild: Id<GuildMarker>,
        event: &NewEvent,
        reason: &str,
    ) -> Call<'_, Id<ScheduledEventMarker>> {
        let route = Route::CreateGuildScheduledEvent { guild_id: guild.get() };
        let made =
            self.read::<Scheduled>(scheduled::request(&route, Some(&scheduled::created(event)), reason));
        Box::pin(async move { Ok(made.await?.id) })
    }

    fn edit_event(
        &self,
        guild: Id<GuildMarker>,
        event: Id<ScheduledEventMarker>,
        edit: &EventEdit,
        reason: &str,
    ) -> Call<'_, ()> {
        let route =
            Route::UpdateGuildScheduledEvent { guild_id: guild.get(), scheduled_event_id: event.get() };
        self.done(scheduled::request(&route, Some(&scheduled::edited(edit)), reason))
    }

    fn delete_event(
        &self,
        guild: Id<GuildMarker>,
        event: Id<ScheduledEventMarker>,
        reason: &str,
    ) -> Call<'_, ()> {
        let route =
            Route::DeleteGuildScheduledEvent { guild_id: guild.get(), scheduled_event_id: event.get() };
        self.done(scheduled::request(&route, None, reason))
    }

    fn create_role(&self, guild: Id<GuildMarker>, look: &RoleLook, reason: &str) -> Call<'_, Id<RoleMarker>> {
        let made = self.read::<Role>(role::created(&self.build, guild, look, reason));
        Box::pin(async move { Ok(made.await?.id) })
    }

    fn edit_role(
        &self,
        guild: Id<GuildMarker>,
        role: Id<RoleMarker>,
        look: &RoleLook,
        reason: &str,
    ) -> Call<'_, ()> {
        self.done(role::edited(&self.build, (guild, role), look, reason))
    }

    fn delete_role(&self, guild: Id<GuildMarker>, role: Id<RoleMarker>, reason: &str) -> Call<'_, ()> {
        self.done(self.build.delete_role(guild, role).reason(reason).try_into_request())
    }

    fn give_role(
        &self,
        guild: Id<GuildMarker>,
        user: Id<UserMarker>,
        role: Id<RoleMarker>,
        reason: &str,
    ) -> Call<'_, ()> {
        self.done(self.build.add_guild_member_role(guild, user, role).reason(reason).try_into_request())
    }

    fn take_role(
        &self,
        guild: Id<GuildMarker>,
        user: Id<UserMarker>,
        role: Id<RoleMarker>,
        reason: &str,
    ) -> Call<'_, ()> {
        self.done(self.build.remove_guild_member_role(guild, user, role).reason(reason).try_into_request())
    }

    fn send_message(
        &self,
        channel: Id<ChannelMarker>,
        body: &Value,
        nonce: &str,
    ) -> Call<'_, Id<MessageMarker>> {
        let nonced = Nonced { body, nonce, enforce_nonce: true };
        let sent =
            Request::builder(&Route::CreateMessage { channel_id: channel.get() }).json(&nonced).build();
        let sent = self.read::<SentMessage>(sent);
        Box::pin(async move { Ok(sent.await?.id) })
    }

    fn edit_message(
        &self,
        channel: Id<ChannelMarker>,
        message: Id<MessageMarker>,
        body: &Value,
    ) -> Call<'_, ()> {
        let route = Route::UpdateMessage { channel_id: channel.get(), message_id: message.get() };
        self.done(RequestBuilder::new(&route).json(body).build())
    }

    fn delete_message(&self, channel: Id<ChannelMarker>, message: Id<MessageMarker>) -> Call<'_, ()> {
        self.done(self.build.delete_message(channel, message).try_into_request())
    }

    fn put_commands(&self, application: Id<ApplicationMarker>, commands: &Value) -> Call<'_, ()> {
        let route = Route::SetGlobalCommands { application_id: application.get() };
        self.done(RequestBuilder::new(&route).json(commands).build())
    }
}

/// A permission list's entry as a create call holds it.
fn entry(overwrite: &Overwrite) -> PermissionOverwrite {
    let kind = match overwrite.target {
        OverwriteTarget::Role(_) => PermissionOverwriteType::Role,
        OverwriteTarget::Member(_) => PermissionOverwriteType::Member,
    };
    PermissionOverwrite { allow: overwrite.allow, deny: overwrite.deny, id: overwrite.target.id(), kind }
}

#[cfg(test)]
mod tests;

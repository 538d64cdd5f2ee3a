//! What people picked from Discord's own lists: channels, roles, people and files, with what Discord tells of them.

use std::collections::HashMap;

use twilight_model::{
    application::interaction::InteractionDataResolved,
    channel::ChannelType,
    id::{
        Id,
        marker::{AttachmentMarker, ChannelMarker, RoleMarker, UserMarker},
    },
};

/// A channel that was picked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PickedChannel {
    /// Its identifier.
    pub id: Id<ChannelMarker>,
    /// What it is.
    pub kind: ChannelType,
    /// Its name.
    pub name: String,
    /// The category or channel that it stands in.
    pub parent: Option<Id<ChannelMarker>>,
}

/// A role that was picked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PickedRole {
    /// Its identifier.
    pub id: Id<RoleMarker>,
    /// Whether an integration manages it, so that people can't be given it by hand.
    pub managed: bool,
    /// Its name.
    pub name: String,
}

/// A person who was picked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PickedUser {
    /// Whether it is a bot.
    pub bot: bool,
    /// Their Discord account.
    pub id: Id<UserMarker>,
    /// The name that others read: nickname, else global name, else username.
    pub name: String,
    /// Their Discord username.
    pub username: String,
}

/// A file that was attached.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PickedFile {
    /// Its type, as the sender's client named it.
    pub content_type: Option<String>,
    /// Its identifier.
    pub id: Id<AttachmentMarker>,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Where Discord serves it.
    pub url: String,
}

/// Everything that an interaction's picks resolve to.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Picked {
    channels: HashMap<Id<ChannelMarker>, PickedChannel>,
    files: HashMap<Id<AttachmentMarker>, PickedFile>,
    roles: HashMap<Id<RoleMarker>, PickedRole>,
    users: HashMap<Id<UserMarker>, PickedUser>,
}

impl Picked {
    /// The channel of that identifier, if it was picked.
    #[must_use]
    pub fn channel(&self, id: Id<ChannelMarker>) -> Option<&PickedChannel> {
        self.channels.get(&id)
    }

    /// The file of that identifier, if it was attached.
    #[must_use]
    pub fn file(&self, id: Id<AttachmentMarker>) -> Option<&PickedFile> {
        self.files.get(&id)
    }

    /// The role of that identifier, if it was picked.
    #[must_use]
    pub fn role(&self, id: Id<RoleMarker>) -> Option<&PickedRole> {
        self.roles.get(&id)
    }

    /// The person of that identifier, if they were picked.
    #[must_use]
    pub fn user(&self, id: Id<UserMarker>) -> Option<&PickedUser> {
        self.users.get(&id)
    }
}

impl From<InteractionDataResolved> for Picked {
    fn from(resolved: InteractionDataResolved) -> Self {
        let InteractionDataResolved { attachments, channels, mut members, messages: _, roles, users } =
            resolved;
        let channels = channels.into_iter().map(|(id, channel)| {
            let picked =
                PickedChannel { id, kind: channel.kind, name: channel.name, parent: channel.parent_id };
            (id, picked)
        });
        let files = attachments.into_iter().map(|(id, file)| {
            let picked = PickedFile {
                content_type: file.content_type,
                id,
                name: file.filename,
                size: file.size,
                url: file.url,
            };
            (id, picked)
        });
        let roles = roles
            .into_iter()
            .map(|(id, role)| (id, PickedRole { id, managed: role.managed, name: role.name }));
        let users = users.into_iter().map(|(id, user)| {
            let nick = members.remove(&id).and_then(|member| member.nick);
            let name = nick.or(user.global_name).unwrap_or_else(|| user.name.clone());
            (id, PickedUser { bot: user.bot, id, name, username: user.name })
        });
        Self {
            channels: channels.collect(),
            files: files.collect(),
            roles: roles.collect(),
            users: users.collect(),
        }
    }
}

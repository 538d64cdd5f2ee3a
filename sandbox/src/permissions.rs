//! The permission bits, and who holds which of them where. See Discord Docs/Topics/Permissions.

mod abilities;
mod compute;
mod names;

use std::ops::{BitAnd, BitOr, BitOrAssign, Not};

pub use abilities::Abilities;
pub(crate) use compute::outranks;
pub use compute::{in_channel, in_guild};

/// A set of permission bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Permissions(u64);

impl Permissions {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Everything that exists.
    pub const ALL: Self = Self((1 << 53) - 1);
    /// Create invites.
    pub const CREATE_INVITE: Self = Self(1);
    /// Every permission, whatever the overwrites say.
    pub const ADMINISTRATOR: Self = Self(1 << 3);
    /// Make, change and delete channels.
    pub const MANAGE_CHANNELS: Self = Self(1 << 4);
    /// Change the guild itself: what organisers hold.
    pub const MANAGE_GUILD: Self = Self(1 << 5);
    /// React to messages.
    pub const ADD_REACTIONS: Self = Self(1 << 6);
    /// Read the audit log.
    pub const VIEW_AUDIT_LOG: Self = Self(1 << 7);
    /// Stream in voice channels.
    pub const STREAM: Self = Self(1 << 9);
    /// See a channel.
    pub const VIEW_CHANNEL: Self = Self(1 << 10);
    /// Write messages, and make threads' first ones.
    pub const SEND_MESSAGES: Self = Self(1 << 11);
    /// Delete other people's messages.
    pub const MANAGE_MESSAGES: Self = Self(1 << 13);
    /// Have links shown as cards.
    pub const EMBED_LINKS: Self = Self(1 << 14);
    /// Send files.
    pub const ATTACH_FILES: Self = Self(1 << 15);
    /// Read what was written before.
    pub const READ_MESSAGE_HISTORY: Self = Self(1 << 16);
    /// Notify everybody, and roles that aren't mentionable.
    pub const MENTION_EVERYONE: Self = Self(1 << 17);
    /// Use emojis of other guilds.
    pub const USE_EXTERNAL_EMOJIS: Self = Self(1 << 18);
    /// Join a voice channel.
    pub const CONNECT: Self = Self(1 << 20);
    /// Talk in a voice channel.
    pub const SPEAK: Self = Self(1 << 21);
    /// Move people between voice channels.
    pub const MOVE_MEMBERS: Self = Self(1 << 24);
    /// Talk without push-to-talk.
    pub const USE_VAD: Self = Self(1 << 25);
    /// Change one's own nickname.
    pub const CHANGE_NICKNAME: Self = Self(1 << 26);
    /// Make, change and give roles below one's own, and set overwrites.
    pub const MANAGE_ROLES: Self = Self(1 << 28);
    /// Use commands.
    pub const USE_APPLICATION_COMMANDS: Self = Self(1 << 31);
    /// Change scheduled events of others.
    pub const MANAGE_EVENTS: Self = Self(1 << 33);
    /// Archive, lock and see every thread.
    pub const MANAGE_THREADS: Self = Self(1 << 34);
    /// Make public threads.
    pub const CREATE_PUBLIC_THREADS: Self = Self(1 << 35);
    /// Make private threads.
    pub const CREATE_PRIVATE_THREADS: Self = Self(1 << 36);
    /// Write in threads.
    pub const SEND_MESSAGES_IN_THREADS: Self = Self(1 << 38);
    /// Make scheduled events.
    pub const CREATE_EVENTS: Self = Self(1 << 44);
    /// Pin messages.
    pub const PIN_MESSAGES: Self = Self(1 << 51);

    /// What @everyone may do in a new guild.
    pub const NEW_MEMBER: Self = Self(
        Self::CREATE_INVITE.0
            | Self::ADD_REACTIONS.0
            | Self::STREAM.0
            | Self::VIEW_CHANNEL.0
            | Self::SEND_MESSAGES.0
            | Self::EMBED_LINKS.0
            | Self::ATTACH_FILES.0
            | Self::READ_MESSAGE_HISTORY.0
            | Self::USE_EXTERNAL_EMOJIS.0
            | Self::CONNECT.0
            | Self::SPEAK.0
            | Self::USE_VAD.0
            | Self::CHANGE_NICKNAME.0
            | Self::USE_APPLICATION_COMMANDS.0
            | Self::CREATE_PUBLIC_THREADS.0
            | Self::SEND_MESSAGES_IN_THREADS.0,
    );

    /// What Simlane asks for when it is installed.
    pub const SIMLANE: Self = Self(
        Self::VIEW_CHANNEL.0
            | Self::SEND_MESSAGES.0
            | Self::SEND_MESSAGES_IN_THREADS.0
            | Self::CREATE_PUBLIC_THREADS.0
            | Self::CREATE_PRIVATE_THREADS.0
            | Self::MANAGE_THREADS.0
            | Self::EMBED_LINKS.0
            | Self::ATTACH_FILES.0
            | Self::READ_MESSAGE_HISTORY.0
            | Self::MANAGE_CHANNELS.0
            | Self::MANAGE_ROLES.0
            | Self::MANAGE_EVENTS.0
            | Self::CREATE_EVENTS.0
            | Self::CONNECT.0
            | Self::SPEAK.0
            | Self::MOVE_MEMBERS.0
            | Self::VIEW_AUDIT_LOG.0
            | Self::PIN_MESSAGES.0,
    );

    /// The set with these bits, which need not have a name.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// The bits.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// Whether every one of `others` is in this set.
    #[must_use]
    pub const fn contains(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Whether nothing is in this set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl BitOr for Permissions {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Permissions {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl BitAnd for Permissions {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl Not for Permissions {
    type Output = Self;

    fn not(self) -> Self {
        Self(!self.0 & Self::ALL.0)
    }
}

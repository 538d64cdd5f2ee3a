//! Messages.

use jiff::Timestamp;
use serde_json::Value;

use crate::Snowflake;

/// Whom a message notified, after `allowed_mentions` and the sender's permissions had their say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Whether everybody was.
    pub everyone: bool,
    /// The people.
    pub users: Vec<Snowflake>,
    /// The roles.
    pub roles: Vec<Snowflake>,
}

/// A message as it stood when it was looked up.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its id.
    pub id: Snowflake,
    /// Where it is.
    pub channel: Snowflake,
    /// The guild it is in, if any.
    pub guild: Option<Snowflake>,
    /// Who wrote it.
    pub author: Snowflake,
    /// Its text; empty with Components V2.
    pub content: String,
    /// Discord's message flags: 64 is ephemeral, 32768 is Components V2, 128 is "thinking".
    pub flags: u64,
    /// Its components, exactly as they were sent.
    pub components: Vec<Value>,
    /// Its embeds, exactly as they were sent.
    pub embeds: Vec<Value>,
    /// Its files.
    pub attachments: Vec<Value>,
    /// When it was sent.
    pub at: Timestamp,
    /// When it was last edited.
    pub edited: Option<Timestamp>,
    /// Discord's message type: 0 is an ordinary one, 20 an answer to a command, 19 a reply.
    pub kind: u64,
    /// Since when it has been pinned in its channel.
    pub pinned_at: Option<Timestamp>,
    /// The message that it tells something about, such as the one that was pinned.
    pub about: Option<Snowflake>,
    /// The sender's own mark on it.
    pub nonce: Option<Value>,
    /// Whom it notified.
    pub mentions: Mentions,
    /// Discord's `interaction_metadata`, for a message that answers an interaction.
    pub interaction: Option<Value>,
    /// The application whose interaction it answers, which Discord calls its webhook.
    pub webhook: Option<Snowflake>,
    /// The only person who sees it.
    pub ephemeral_for: Option<Snowflake>,
    /// Times of edits made when it was over an hour old.
    pub(crate) late_edits: Vec<crate::limits::Stamp>,
}

impl Message {
    /// Only the person who asked sees it.
    pub const EPHEMERAL: u64 = 1 << 6;
    /// It stands for an answer that is still to come.
    pub const LOADING: u64 = 1 << 7;
    /// It notifies nobody.
    pub const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
    /// Everything in it is a component.
    pub const COMPONENTS_V2: u64 = 1 << 15;

    /// The type of a message that says that somebody was added to a thread.
    pub const RECIPIENT_ADD: u64 = 1;
    /// The type of a message that says that somebody was removed from a thread.
    pub const RECIPIENT_REMOVE: u64 = 2;
    /// The type of a message that says what a thread is called now.
    pub const NAME_CHANGE: u64 = 4;
    /// The type of a message that says that another was pinned.
    pub const PINNED: u64 = 6;

    /// An empty message.
    pub(crate) fn new(
        id: Snowflake,
        channel: Snowflake,
        guild: Option<Snowflake>,
        author: Snowflake,
    ) -> Self {
        Self {
            id,
            channel,
            guild,
            author,
            content: String::new(),
            flags: 0,
            components: Vec::new(),
            embeds: Vec::new(),
            attachments: Vec::new(),
            at: id.timestamp(),
            edited: None,
            kind: 0,
            pinned_at: None,
            about: None,
            nonce: None,
            mentions: Mentions::default(),
            interaction: None,
            webhook: None,
            ephemeral_for: None,
            late_edits: Vec::new(),
        }
    }

    /// Whether everything in it is a component.
    #[must_use]
    pub const fn is_components_v2(&self) -> bool {
        self.flags & Self::COMPONENTS_V2 != 0
    }

    /// Whether Discord itself wrote it, about something that its author did.
    #[must_use]
    pub const fn is_system(&self) -> bool {
        !matches!(self.kind, 0 | 19 | 20 | 23)
    }
}

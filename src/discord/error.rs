//! What went wrong with a call, sorted once so that nobody else reads status codes.

use std::fmt;

use jiff::Timestamp;

/// A call that did not give what was asked for.
///
/// Its `Display` is fit for a log: it holds no token and no address of a webhook.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Error {
    pub(super) call: String,
    pub(super) cause: Cause,
    pub(super) class: Class,
    pub(super) outcome: Outcome,
}

/// What the caller can do about an [`Error`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Class {
    /// Nothing is wrong but the moment: the same call may be made at this instant, not before.
    RetryAt(Timestamp),
    /// What the call is about no longer exists.
    Gone(Gone),
    /// The bot may not do this until someone changes its permissions.
    Forbidden,
    /// There is no room for another one until someone makes some.
    Full(Full),
    /// Anything else: a fault of ours, of Discord's, or of the way between.
    Broken,
}

/// What no longer exists.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Gone {
    /// The category that a channel should stand in.
    Category,
    /// The channel or thread, or the bot cannot see it.
    Channel,
    /// The guild, or the bot is no longer in it.
    Guild,
    /// The interaction: answered too late.
    Interaction,
    /// The person left the guild.
    Member,
    /// The message.
    Message,
    /// The entry in the channel's permission list.
    Overwrite,
    /// The role.
    Role,
    /// The scheduled event, or it is over, which nothing changes any more.
    ScheduledEvent,
    /// The person's account.
    User,
    /// The person's voice state: they are in no voice channel.
    VoiceState,
    /// The webhook, or the interaction's token has run out.
    Webhook,
    /// Something else that Discord calls unknown.
    Other,
}

/// What has no room left.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Full {
    /// The category: 50 channels.
    Category,
    /// The guild's channels: 500 with its categories.
    Channels,
    /// The guild's roles: 250.
    Roles,
    /// The guild's scheduled events: 100 that have not ended.
    ScheduledEvents,
    /// The guild's active threads.
    Threads,
}

/// Whether the failed call may have had its effect all the same.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// It certainly had none: it was never sent, or Discord refused it.
    NotDone,
    /// It may have happened: the answer was lost, cut short, or a failure of the server.
    Unknown,
}

/// What happened, for the log.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub(super) enum Cause {
    #[error("{message} (status {status}, code {code})")]
    Answer { status: u16, code: u32, message: String },
    #[error("the bot token was refused, nothing is sent until it is replaced")]
    TokenRefused,
    #[error("too many invalid requests, nothing is sent until {0}")]
    TooManyInvalid(Timestamp),
    #[error("rate limited until {0}")]
    Parked(Timestamp),
    #[error("no turn within the deadline")]
    NoTurn,
    #[error("no answer within the deadline")]
    NoAnswer,
    #[error("connection failed: {0}")]
    Connection(String),
    #[error("cannot be built: {0}")]
    Request(String),
    #[error("the answer cannot be read: {0}")]
    Unreadable(String),
}

impl Error {
    /// What can be done about it.
    #[must_use]
    pub const fn class(&self) -> Class {
        self.class
    }

    /// Whether it may have happened all the same.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Discord's JSON error code, when it gave one.
    ///
    /// See [Discord Docs/JSON Error Codes](https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes).
    #[must_use]
    pub const fn code(&self) -> Option<u32> {
        match self.cause {
            Cause::Answer { code, .. } if code != 0 => Some(code),
            _ => None,
        }
    }

    /// The HTTP status, when there was an answer.
    #[must_use]
    pub const fn status(&self) -> Option<u16> {
        match self.cause {
            Cause::Answer { status, .. } => Some(status),
            _ => None,
        }
    }

    /// Whether the thread is archived: the same call succeeds after it is un-archived.
    #[must_use]
    pub fn thread_archived(&self) -> bool {
        self.code() == Some(50_083)
    }

    /// Whether a call about a guild as a whole says that the bot isn't in it: the guild is unknown, or can't be seen (50001).
    #[must_use]
    pub fn not_in_guild(&self) -> bool {
        self.class == Class::Gone(Gone::Guild) || self.code() == Some(50_001)
    }

    /// Whether whom an overwrite is about doesn't exist: the role, or the person.
    #[must_use]
    pub const fn target_gone(&self) -> bool {
        matches!(self.class, Class::Gone(Gone::Member | Gone::Role | Gone::User))
    }

    /// Whether the bot token is refused, so that no call is made any more.
    #[must_use]
    pub const fn token_refused(&self) -> bool {
        match self.cause {
            Cause::TokenRefused => true,
            Cause::Answer { status, .. } => status == 401 && matches!(self.class, Class::Broken),
            _ => false,
        }
    }

    /// A call that was held back until `at`.
    pub(super) const fn held(call: String, cause: Cause, at: Timestamp) -> Self {
        Self { call, cause, class: Class::RetryAt(at), outcome: Outcome::NotDone }
    }

    /// A call that broke.
    pub(super) const fn broken(call: String, cause: Cause, outcome: Outcome) -> Self {
        Self { call, cause, class: Class::Broken, outcome }
    }
}

/// An error with everything that lies beneath it, on one line.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    text
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.call, self.cause)
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Gone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Category => "category",
            Self::Channel => "channel",
            Self::Guild => "guild",
            Self::Interaction => "interaction",
            Self::Member => "member",
            Self::Message => "message",
            Self::Overwrite => "permission overwrite",
            Self::Role => "role",
            Self::ScheduledEvent => "scheduled event",
            Self::User => "user",
            Self::VoiceState => "voice state",
            Self::Webhook => "webhook",
            Self::Other => "resource",
        })
    }
}

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Category => "category",
            Self::Channels => "channels",
            Self::Roles => "roles",
            Self::ScheduledEvents => "scheduled events",
            Self::Threads => "threads",
        })
    }
}

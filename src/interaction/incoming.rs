//! What comes in: Discord's interaction objects, read once and turned into our own types.
//!
//! See [Discord Docs/Interaction Object](https://docs.discord.com/developers/interactions/receiving-and-responding).

mod read;

use std::fmt;

use jiff::Timestamp;
use secrecy::SecretString;
use twilight_model::{
    guild::Permissions,
    id::{
        Id,
        marker::{ApplicationMarker, ChannelMarker, GuildMarker, InteractionMarker, MessageMarker},
    },
};

pub use self::read::{Reading, read};
use super::{
    fields::Fields,
    options::{Focused, Options},
    picked::Picked,
};
use crate::{
    domain::{
        account::Account,
        actor::{Actor, Target},
    },
    view::custom_id::{Form, Press},
};

/// An interaction: where it comes from and what is wanted.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Where it comes from.
    pub context: Context,
    /// What is wanted.
    pub what: What,
}

/// Where an interaction comes from.
#[derive(Clone, Debug)]
pub struct Context {
    /// The person as a member of the guild; `None` in direct messages.
    pub actor: Option<Actor>,
    /// The application that it is for.
    pub application: Id<ApplicationMarker>,
    /// The channel in which it happened.
    pub channel: Option<Id<ChannelMarker>>,
    /// The guild in which it happened; `None` in direct messages.
    pub guild: Option<GuildContext>,
    /// The interaction's identifier.
    pub id: Id<InteractionMarker>,
    /// The language of the person's Discord client, such as `en-GB`.
    pub locale: Option<String>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// What its log lines and those of the work it causes carry.
    pub request_id: RequestId,
    /// What answers it for 15 minutes.
    pub token: SecretString,
    /// The person who acted.
    pub user: Account,
}

/// The guild in which an interaction happened.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GuildContext {
    /// What the application may do in the channel of the interaction.
    pub app_permissions: Permissions,
    /// Its identifier.
    pub id: Id<GuildMarker>,
    /// Its preferred language, such as `en-US`.
    pub locale: Option<String>,
}

/// Names one request in the logs of everything that it causes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RequestId(String);

/// What is wanted.
#[derive(Clone, Debug)]
pub enum What {
    /// A slash command was sent.
    Command {
        /// What it was given.
        options: Options,
        /// Its words, joined by spaces: `event create`.
        path: String,
    },
    /// A slash command is being typed and asks for suggestions.
    Complete {
        /// What is being typed.
        input: Completion,
        /// Its words, joined by spaces.
        path: String,
    },
    /// A button was pressed, or something chosen in a message's select.
    Press(Pressed),
    /// A button, select or form of another version was used, or none of ours.
    Outdated,
    /// A form was submitted.
    Submit(Submitted),
    /// A command was chosen from a member's menu.
    UserCommand {
        /// Its name.
        name: String,
        /// The member.
        target: Target,
    },
}

/// A slash command that is being typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// The option that is being typed; `None` when Discord named none.
    pub focused: Option<Focused>,
    /// Everything typed so far; required options may be missing.
    pub options: Options,
}

/// A pressed button or a used select.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pressed {
    /// The message that it stands on.
    pub message: Option<SourceMessage>,
    /// What the values of a select for channels, roles or people resolve to.
    pub picked: Picked,
    /// What it asks for.
    pub press: Press,
    /// The values chosen in a select.
    pub values: Vec<String>,
}

/// A submitted form.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Submitted {
    /// What was filled in.
    pub fields: Fields,
    /// What it is for.
    pub form: Form,
    /// The message whose button opened it; `None` when a command did.
    pub message: Option<SourceMessage>,
    /// The interaction that opened it.
    pub opened: Id<InteractionMarker>,
}

/// The message that an interaction comes from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SourceMessage {
    /// Its channel.
    pub channel: Id<ChannelMarker>,
    /// Whether only the person who acted sees it.
    pub ephemeral: bool,
    /// Its identifier.
    pub id: Id<MessageMarker>,
}

impl Pressed {
    /// Whether it stands on a message that only the person who acted sees, and that is about what is pressed.
    #[must_use]
    pub fn is_on_own_page(&self) -> bool {
        let turned = matches!(
            self.press,
            Press::Attendance { page, .. } | Press::FullList { page, .. } if page > 0
        );
        turned && self.message.is_some_and(|message| message.ephemeral)
    }
}

impl RequestId {
    /// A request id of that text.
    #[must_use]
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

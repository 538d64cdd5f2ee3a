//! What a command can take.

use twilight_model::{application::command::CommandOptionType, channel::ChannelType};

/// An option of a command.
#[derive(Clone, Copy, Debug)]
pub struct Opt {
    /// What it is, 1–100 characters.
    pub description: &'static str,
    /// What is given.
    pub kind: OptKind,
    /// Its name.
    pub name: &'static str,
    /// Whether it has to be given.
    pub required: bool,
}

/// What is given for an option.
#[derive(Clone, Copy, Debug)]
pub enum OptKind {
    /// Yes or no.
    Boolean,
    /// A channel of one of these types; of any when there are none.
    Channel(&'static [ChannelType]),
    /// A file.
    File,
    /// A whole number from the first to the second.
    Integer(i64, i64),
    /// A role.
    Role,
    /// A text.
    Text(Text),
    /// A person.
    User,
}

/// How a text is given.
#[derive(Clone, Copy, Debug)]
pub enum Text {
    /// One of these, as name and value.
    Choices(&'static [(&'static str, &'static str)]),
    /// Typed, with suggestions from the command's `complete`.
    Completed,
    /// Typed, of at least so many characters and at most so many.
    Free(u16, u16),
}

impl Opt {
    /// An option that may be left out.
    #[must_use]
    pub const fn new(name: &'static str, description: &'static str, kind: OptKind) -> Self {
        Self { description, kind, name, required: false }
    }

    /// The same option, to be given always.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Whether `complete` is asked for suggestions.
    #[must_use]
    pub const fn is_completed(&self) -> bool {
        matches!(self.kind, OptKind::Text(Text::Completed))
    }
}

impl OptKind {
    /// The type by which Discord knows it.
    #[must_use]
    pub const fn discord(&self) -> CommandOptionType {
        match self {
            Self::Boolean => CommandOptionType::Boolean,
            Self::Channel(_) => CommandOptionType::Channel,
            Self::File => CommandOptionType::Attachment,
            Self::Integer(..) => CommandOptionType::Integer,
            Self::Role => CommandOptionType::Role,
            Self::Text(_) => CommandOptionType::String,
            Self::User => CommandOptionType::User,
        }
    }
}

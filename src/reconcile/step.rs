//! One thing to do so that Discord agrees. A plan is a list of these; every preview, log line and test prints them.

use jiff::Timestamp;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, MessageMarker, RoleMarker, ScheduledEventMarker, UserMarker},
};

mod print;

use super::{
    binding::{Native, Place},
    desired::{Cause, Channel, Saying, VoiceMake},
    slot::{Shelf, Slot},
};
use crate::{
    discord::{EventEdit, RoleLook, ThreadEdit},
    domain::overwrite::{Overwrite, OverwriteTarget},
    view::message::Body,
};

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Take a category over that an organiser handed over. It is never renamed or deleted.
    Adopt {
        /// The category.
        category: Id<ChannelMarker>,
        /// Its slot.
        slot: Slot,
    },
    /// Take an overwrite of ours off a channel.
    ClearOverwrite {
        /// The channel.
        channel: Id<ChannelMarker>,
        /// Its slot.
        slot: Slot,
        /// Whose.
        target: OverwriteTarget,
    },
    /// Make a channel.
    Create {
        /// What to make.
        make: Make,
        /// Its slot.
        slot: Slot,
    },
    /// Delete a channel that the service made.
    Delete {
        /// Why.
        cause: Cause,
        /// The channel.
        channel: Id<ChannelMarker>,
        /// Its slot.
        slot: Slot,
    },
    /// Change a channel's name, topic or category.
    Edit {
        /// The channel.
        channel: Id<ChannelMarker>,
        /// What changes; everything else is left out of the request.
        edit: Edit,
        /// Its slot.
        slot: Slot,
    },
    /// Change the card, or the board.
    EditCard {
        /// Its body.
        body: Body,
        /// The message's channel and id are those of its binding.
        slot: Slot,
    },
    /// Find out what became of a creation whose outcome is unknown. What was to be made stands in its binding.
    Examine {
        /// Its slot.
        slot: Slot,
    },
    /// Record that something can't be said any more.
    Expire {
        /// Since when.
        at: Timestamp,
        /// Its key.
        key: String,
    },
    /// Post the card, or the board.
    Post {
        /// Its body.
        body: Body,
        /// Its slot.
        slot: Slot,
        /// Where.
        to: Channel,
    },
    /// Stop managing a resource without touching it.
    Release {
        /// Its slot.
        slot: Slot,
    },
    /// Change a scheduled event.
    Reschedule {
        /// What changes; everything else is left out of the request.
        edit: EventEdit,
        /// The event.
        event: Id<ScheduledEventMarker>,
        /// What it is like then.
        native: Native,
        /// Its slot.
        slot: Slot,
    },
    /// Say something.
    Say(Saying),
    /// Make a scheduled event.
    Schedule {
        /// What it is to be like.
        native: Native,
        /// Its slot.
        slot: Slot,
    },
    /// Set an overwrite on a channel.
    SetOverwrite {
        /// The channel.
        channel: Id<ChannelMarker>,
        /// All its bits, those of others included.
        overwrite: Overwrite,
        /// Its slot.
        slot: Slot,
    },
    /// Delete a message of the service's.
    Unpost {
        /// The message's channel and id are those of its binding.
        slot: Slot,
    },
    /// Delete a scheduled event of the service's.
    Unschedule {
        /// The event.
        event: Id<ScheduledEventMarker>,
        /// Its slot.
        slot: Slot,
    },
    /// Take back something that was said.
    Unsay {
        /// The channel it was said in.
        channel: Id<ChannelMarker>,
        /// Its key.
        key: String,
        /// The message.
        message: Id<MessageMarker>,
    },
    /// Make a thread in the owner's channel.
    OpenThread {
        /// Its name.
        name: String,
        /// Whether only those who are in it see it.
        private: bool,
        /// Its slot.
        slot: Slot,
    },
    /// Change a thread.
    EditThread {
        /// What changes; everything else is left out of the request.
        edit: ThreadEdit,
        /// Its slot.
        slot: Slot,
        /// The thread.
        thread: Id<ChannelMarker>,
    },
    /// Add somebody to a thread.
    AddToThread {
        /// Its slot.
        slot: Slot,
        /// The thread.
        thread: Id<ChannelMarker>,
        /// Whom.
        user: Id<UserMarker>,
    },
    /// Take somebody out of a thread whom the service had added.
    RemoveFromThread {
        /// Its slot.
        slot: Slot,
        /// The thread.
        thread: Id<ChannelMarker>,
        /// Whom.
        user: Id<UserMarker>,
    },
    /// Pin a message of the service's.
    Pin {
        /// The message's channel and id are those of its binding.
        slot: Slot,
    },
    /// Make a role.
    MakeRole {
        /// What it looks like.
        look: RoleLook,
        /// Its slot.
        slot: Slot,
    },
    /// Change a role's name and colour.
    EditRole {
        /// What it looks like then.
        look: RoleLook,
        /// The role.
        role: Id<RoleMarker>,
        /// Its slot.
        slot: Slot,
    },
    /// Give somebody a role.
    GiveRole {
        /// The role.
        role: Id<RoleMarker>,
        /// Its slot.
        slot: Slot,
        /// Whom.
        user: Id<UserMarker>,
    },
    /// Take a role from somebody whom the service had given it.
    TakeRole {
        /// The role.
        role: Id<RoleMarker>,
        /// Its slot.
        slot: Slot,
        /// From whom.
        user: Id<UserMarker>,
    },
    /// Delete a role that the service made.
    DeleteRole {
        /// The role.
        role: Id<RoleMarker>,
        /// Its slot.
        slot: Slot,
    },
    /// Ask a shelf's owner for one more category.
    Want {
        /// Its number.
        n: u16,
        /// The shelf.
        shelf: Shelf,
    },
}

/// A channel to make.
#[derive(Clone, Debug, PartialEq)]
pub enum Make {
    /// A category.
    Category {
        /// Its name.
        name: String,
    },
    /// A text channel.
    Text {
        /// Its name.
        name: String,
        /// Where it goes.
        place: Place,
        /// The row that place is on.
        shelf: Shelf,
        /// Its topic.
        topic: String,
    },
    /// A voice channel.
    Voice {
        /// How it is made.
        make: VoiceMake,
        /// Its name.
        name: String,
        /// Its overwrites, at most [`Make::MOST_OVERWRITES`]; none leaves it as its category is.
        overwrites: Vec<Overwrite>,
        /// The targets among them that the service manages.
        ours: Vec<OverwriteTarget>,
        /// Where it goes.
        place: Place,
        /// The row that place is on.
        shelf: Shelf,
    },
}

impl Make {
    /// As many overwrites as a create call takes. See Discord Docs/Guild (Create Guild Channel).
    pub const MOST_OVERWRITES: usize = 100;

    /// The name that is asked for.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Category { name } | Self::Text { name, .. } | Self::Voice { name, .. } => name,
        }
    }

    /// Where it goes; `None` for a category, which stands in nothing.
    #[must_use]
    pub const fn place(&self) -> Option<Place> {
        match self {
            Self::Category { .. } => None,
            Self::Text { place, .. } | Self::Voice { place, .. } => Some(*place),
        }
    }

    /// The row of categories it stands in; `None` for a category.
    #[must_use]
    pub const fn shelf(&self) -> Option<Shelf> {
        match self {
            Self::Category { .. } => None,
            Self::Text { shelf, .. } | Self::Voice { shelf, .. } => Some(*shelf),
        }
    }

    const fn word(&self) -> &'static str {
        match self {
            Self::Category { .. } => "category",
            Self::Text { .. } => "text channel",
            Self::Voice { .. } => "voice channel",
        }
    }
}

/// A change to a channel. `None` leaves a field alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edit {
    /// A new name.
    pub name: Option<String>,
    /// Another category.
    pub parent: Option<Id<ChannelMarker>>,
    /// A new topic.
    pub topic: Option<String>,
}

impl Edit {
    /// Whether it changes nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        let Self { name, parent, topic } = self;
        name.is_none() && parent.is_none() && topic.is_none()
    }
}

impl Step {
    /// The slot that the step is about, whose binding carries its troubles.
    #[must_use]
    pub const fn slot(&self) -> Option<Slot> {
        match self {
            Self::Adopt { slot, .. }
            | Self::ClearOverwrite { slot, .. }
            | Self::Create { slot, .. }
            | Self::Delete { slot, .. }
            | Self::Edit { slot, .. }
            | Self::EditCard { slot, .. }
            | Self::Examine { slot }
            | Self::AddToThread { slot, .. }
            | Self::DeleteRole { slot, .. }
            | Self::EditRole { slot, .. }
            | Self::GiveRole { slot, .. }
            | Self::MakeRole { slot, .. }
            | Self::TakeRole { slot, .. }
            | Self::EditThread { slot, .. }
            | Self::OpenThread { slot, .. }
            | Self::Pin { slot }
            | Self::Post { slot, .. }
            | Self::Release { slot, .. }
            | Self::RemoveFromThread { slot, .. }
            | Self::Reschedule { slot, .. }
            | Self::Schedule { slot, .. }
            | Self::SetOverwrite { slot, .. }
            | Self::Unpost { slot }
            | Self::Unschedule { slot, .. } => Some(*slot),
            Self::Expire { .. } | Self::Say(_) | Self::Unsay { .. } | Self::Want { .. } => None,
        }
    }

    /// Whether it calls Discord.
    #[must_use]
    pub const fn is_remote(&self) -> bool {
        !matches!(self, Self::Adopt { .. } | Self::Expire { .. } | Self::Release { .. } | Self::Want { .. })
    }
}

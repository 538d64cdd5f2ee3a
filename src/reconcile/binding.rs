//! What is known of a slot's resource on Discord.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, GenericMarker, MessageMarker, UserMarker},
};

use sha2::{Digest as _, Sha256};

use super::slot::{Shelf, Slot};
use crate::{
    domain::{
        overwrite::{Overwrite, OverwriteTarget},
        panel::Failure,
    },
    store::{
        bindings::{self, BindingKind, BindingState, Evidence},
        fault::Fault,
    },
    view::VIEW_VERSION,
};

/// The bindings of one owner, by slot.
#[derive(Clone, Debug, Default)]
pub struct Bindings(pub BTreeMap<Slot, Binding>);

/// A slot's resource.
#[derive(Clone, Debug)]
pub struct Binding {
    /// What was last applied to it, or read from it.
    pub applied: Option<Applied>,
    /// The hash of the body that a card shows, or is presumed to show after a click.
    pub hash: Option<String>,
    /// Its row.
    pub row: bindings::Binding,
    /// Where it stands.
    pub state: State,
}

/// Where a slot's resource stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// Two resources could be it, or people keep deleting it: nothing is done until an organiser says so.
    Asked,
    /// It exists.
    Bound(Id<GenericMarker>),
    /// A call to create it was begun and its outcome is unknown.
    Creating,
    /// It exists, a category without room for another channel.
    Full(Id<GenericMarker>),
    /// It should be made; somebody asked for it, or it was deleted by hand for the first time.
    Wanted,
}

/// What Discord was last seen to hold of a resource.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Applied {
    /// A message.
    Card {
        /// The channel it stands in.
        channel: Id<ChannelMarker>,
        /// Whether the service has pinned it.
        #[serde(default)]
        pinned: bool,
    },
    /// A category, text channel or voice channel.
    Channel(AppliedChannel),
    /// A scheduled event.
    Native(Native),
    /// A role.
    Role(AppliedRole),
    /// A thread.
    Thread(AppliedThread),
}

/// What Discord was last seen to hold of a role.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct AppliedRole {
    /// Those who can't have it: they are gone.
    #[serde(default)]
    pub absent: Vec<Id<UserMarker>>,
    /// Its colour, as 0xRRGGBB.
    pub colour: u32,
    /// Those whom the service gave it.
    pub given: Vec<Id<UserMarker>>,
    /// Its name.
    pub name: String,
    /// Those who had it already when the service would have given it: it stays theirs.
    #[serde(default)]
    pub theirs: Vec<Id<UserMarker>>,
}

/// What Discord was last seen to hold of a thread.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct AppliedThread {
    /// Those who can't be added: they are gone, or don't see the channel.
    #[serde(default)]
    pub absent: Vec<Id<UserMarker>>,
    /// Those whom the service has added.
    pub added: Vec<Id<UserMarker>>,
    /// Whether it is archived, as it is after a quiet week: it takes no edits and no additions then.
    #[serde(default)]
    pub archived: bool,
    /// Whether the service has locked it.
    #[serde(default)]
    pub locked: bool,
    /// Its name.
    pub name: String,
    /// The channel that it is in.
    pub parent: Id<ChannelMarker>,
}

/// What stands on Discord of an event among its own scheduled ones, as it is asked for.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Native {
    /// What it is about.
    pub description: String,
    /// When it ends.
    pub ends: Timestamp,
    /// Where it takes place: the address of a channel.
    pub location: String,
    /// Its name.
    pub name: String,
    /// When it starts.
    pub starts: Timestamp,
}

/// What Discord was last seen to hold of a channel.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct AppliedChannel {
    /// The targets that Discord doesn't know any more: no overwrite can be set for them.
    #[serde(default)]
    pub absent: Vec<OverwriteTarget>,
    /// The name that was asked for; Discord may have normalised it.
    pub name: String,
    /// The targets whose overwrites the service has set.
    pub ours: Vec<OverwriteTarget>,
    /// Every overwrite on it, ours and others'.
    pub overwrites: Vec<Overwrite>,
    /// The category it stands in.
    pub parent: Option<Id<ChannelMarker>>,
    /// The topic that was asked for.
    pub topic: Option<String>,
}

impl AppliedChannel {
    /// The overwrite for `target`, if there is one.
    #[must_use]
    pub fn overwrite(&self, target: OverwriteTarget) -> Option<Overwrite> {
        self.overwrites.iter().copied().find(|overwrite| overwrite.target == target)
    }
}

impl Applied {
    /// The row of it, with the hash that tells it from another: for a card that of its body.
    #[must_use]
    pub fn row(&self, hash: Option<String>, seen_name: Option<String>) -> bindings::Applied {
        let spec = serde_json::to_value(self).unwrap_or_default();
        let hash = hash.unwrap_or_else(|| hex::encode(Sha256::digest(spec.to_string().as_bytes())));
        bindings::Applied { hash, seen_name, spec, view_version: VIEW_VERSION.unsigned_abs() }
    }
}

impl Bindings {
    /// Reads an owner's rows.
    #[must_use]
    pub fn read(rows: Vec<bindings::Binding>) -> Self {
        Self(rows.into_iter().filter_map(Binding::read).collect())
    }

    /// The binding of `slot`.
    #[must_use]
    pub fn get(&self, slot: Slot) -> Option<&Binding> {
        self.0.get(&slot)
    }

    /// The channel that `slot` is bound to.
    #[must_use]
    pub fn channel(&self, slot: Slot) -> Option<Id<ChannelMarker>> {
        self.get(slot)?.resource().map(Id::cast)
    }

    /// The message that `slot` is bound to, with its channel.
    #[must_use]
    pub fn message(&self, slot: Slot) -> Option<(Id<ChannelMarker>, Id<MessageMarker>)> {
        let binding = self.get(slot)?;
        match binding.applied.as_ref()? {
            Applied::Card { channel, .. } => Some((*channel, binding.resource()?.cast())),
            Applied::Channel(_) | Applied::Native(_) | Applied::Role(_) | Applied::Thread(_) => None,
        }
    }
}

impl Binding {
    /// The Discord id it is bound to.
    #[must_use]
    pub const fn resource(&self) -> Option<Id<GenericMarker>> {
        match self.state {
            State::Bound(id) | State::Full(id) => Some(id),
            State::Asked | State::Creating | State::Wanted => None,
        }
    }

    /// What Discord was last seen to hold of it, if it is a channel.
    #[must_use]
    pub const fn channel(&self) -> Option<&AppliedChannel> {
        match &self.applied {
            Some(Applied::Channel(channel)) => Some(channel),
            Some(Applied::Card { .. } | Applied::Native(_) | Applied::Role(_) | Applied::Thread(_))
            | None => None,
        }
    }

    /// What Discord was last seen to hold of it, if it is a scheduled event.
    #[must_use]
    pub const fn native(&self) -> Option<&Native> {
        match &self.applied {
            Some(Applied::Native(native)) => Some(native),
            Some(Applied::Card { .. } | Applied::Channel(_) | Applied::Role(_) | Applied::Thread(_))
            | None => None,
        }
    }

    /// What Discord was last seen to hold of it, if it is a thread.
    #[must_use]
    pub const fn thread(&self) -> Option<&AppliedThread> {
        match &self.applied {
            Some(Applied::Thread(thread)) => Some(thread),
            Some(Applied::Card { .. } | Applied::Channel(_) | Applied::Native(_) | Applied::Role(_))
            | None => None,
        }
    }

    /// What Discord was last seen to hold of it, if it is a role.
    #[must_use]
    pub const fn role(&self) -> Option<&AppliedRole> {
        match &self.applied {
            Some(Applied::Role(role)) => Some(role),
            Some(Applied::Card { .. } | Applied::Channel(_) | Applied::Native(_) | Applied::Thread(_))
            | None => None,
        }
    }

    /// Whether Discord refuses something that the owner does without: nobody waits for it, and its health report says why.
    #[must_use]
    pub fn is_done_without(&self) -> bool {
        is_done_without(&self.row)
    }

    /// Whether a step for it may be tried at `now`.
    #[must_use]
    pub fn is_ready(&self, now: Timestamp) -> bool {
        self.row.not_before.is_none_or(|at| at <= now)
    }

    /// Whether it is certain enough to be the service's own for being deleted without asking.
    #[must_use]
    pub const fn is_ours(&self) -> bool {
        matches!(self.row.evidence, Some(Evidence::Audit | Evidence::Made | Evidence::Owner))
    }

    /// Whether an organiser handed it over.
    #[must_use]
    pub const fn is_adopted(&self) -> bool {
        matches!(self.row.evidence, Some(Evidence::Adopted))
    }

    /// Reads a row; `None` for one that stands for nothing any more, or a slot of a newer version.
    #[must_use]
    pub fn read(row: bindings::Binding) -> Option<(Slot, Self)> {
        let slot = row.slot.parse().ok()?;
        let state = match (row.state, row.discord) {
            (BindingState::Retired, _) => return None,
            (BindingState::Ambiguous, _) => State::Asked,
            (BindingState::Gone, _) if row.remakes > 0 => State::Asked,
            (BindingState::Bound, Some(id)) => State::Bound(id),
            (BindingState::Full, Some(id)) => State::Full(id),
            (BindingState::Creating, _) => State::Creating,
            (BindingState::Bound | BindingState::Full | BindingState::Gone | BindingState::Unmade, _) => {
                State::Wanted
            }
        };
        let applied = row.applied.clone().and_then(|json| serde_json::from_value(json).ok());
        let hash = row.applied_hash.clone();
        Some((slot, Self { applied, hash, row, state }))
    }
}

/// Whether Discord refuses what a row stands for, and its owner does without. A scheduled event is only a mirror of what stands in
/// the event's own channel, and a team races without a role.
pub(super) fn is_done_without(row: &bindings::Binding) -> bool {
    let refused = |fault: &Fault| matches!(fault.class, Failure::Forbidden | Failure::Full);
    matches!(row.kind, BindingKind::Native | BindingKind::Role) && row.fault.as_ref().is_some_and(refused)
}

/// The categories of a shelf, in order.
#[derive(Clone, Debug, Default)]
pub struct Shelves(pub Vec<(Shelf, Vec<Category>)>);

/// A category on a shelf.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Category {
    /// Its number on the shelf, from 1.
    pub n: u16,
    /// Where it stands.
    pub state: State,
}

impl Category {
    /// The category's id, if it exists.
    #[must_use]
    pub const fn resource(self) -> Option<Id<ChannelMarker>> {
        match self.state {
            State::Bound(id) | State::Full(id) => Some(id.cast()),
            State::Asked | State::Creating | State::Wanted => None,
        }
    }
}

/// Where a channel for a shelf goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place {
    /// Into that category.
    In(Id<ChannelMarker>),
    /// Nowhere yet: the shelf's *n*-th category has to exist first.
    Awaits(Shelf, u16),
}

impl Shelves {
    /// The categories of `shelf`.
    #[must_use]
    pub fn of(&self, shelf: Shelf) -> &[Category] {
        self.0.iter().find(|(other, _)| *other == shelf).map_or(&[], |(_, categories)| categories)
    }

    /// Where a channel that belongs on `shelf` and stands in `parent` goes: it stays where it is if that is on the shelf, else
    /// takes the first category with room.
    #[must_use]
    pub fn place(&self, shelf: Shelf, parent: Option<Id<ChannelMarker>>) -> Place {
        let holds = |category: &Category| parent.is_some() && category.resource() == parent;
        match (parent, self.of(shelf).iter().any(holds)) {
            (Some(parent), true) => Place::In(parent),
            _ => self.room(shelf),
        }
    }

    /// Where a new channel goes that best stands in `beside`: there if that is on `shelf` and has room, else into the first category
    /// that has.
    #[must_use]
    pub fn place_beside(&self, shelf: Shelf, beside: Option<Id<ChannelMarker>>) -> Place {
        let has_room =
            |category: &&Category| matches!(category.state, State::Bound(_)) && category.resource() == beside;
        let there = self.of(shelf).iter().find(has_room).and_then(|category| category.resource());
        there.map_or_else(|| self.room(shelf), Place::In)
    }

    /// The first category with room. One that waits for an organiser's answer is passed over while another has room.
    fn room(&self, shelf: Shelf) -> Place {
        let categories = self.of(shelf);
        let mut awaited = None;
        for category in categories {
            match category.state {
                State::Bound(id) => return Place::In(id.cast()),
                State::Full(_) => {}
                State::Asked | State::Creating | State::Wanted => awaited = awaited.or(Some(category.n)),
            }
        }
        let next = categories.iter().map(|category| category.n).max().unwrap_or_default().saturating_add(1);
        Place::Awaits(shelf, awaited.unwrap_or(next))
    }
}

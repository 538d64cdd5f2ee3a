//! Steps as a line each, for plans, previews and logs.

use std::fmt;

use super::{Edit, Make, Step};
use crate::{
    discord::{EventEdit, ThreadEdit},
    domain::overwrite::OverwriteTarget,
    reconcile::{
        binding::Place,
        desired::{Cause, Channel},
    },
};

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AddToThread { slot, user, .. } => write!(f, "add {user} to {slot}"),
            Self::Adopt { slot, category } => write!(f, "adopt {slot} {category}"),
            Self::ClearOverwrite { slot, target, .. } => {
                write!(f, "clear overwrite {slot} {}", Target(*target))
            }
            Self::Create { slot, make } => write!(f, "create {slot} {make}"),
            Self::Delete { slot, channel, cause, .. } => {
                write!(f, "delete {slot} {channel} ({})", cause.word())
            }
            Self::Edit { slot, edit, .. } => write!(f, "edit {slot} {edit}"),
            Self::EditCard { slot, .. } => write!(f, "edit {slot}"),
            Self::EditThread { edit, slot, .. } => write!(f, "edit {slot} {}", Thread(edit)),
            Self::Examine { slot } => write!(f, "examine {slot}"),
            Self::Expire { key, .. } => write!(f, "expire {key}"),
            Self::DeleteRole { role, slot } => write!(f, "delete {slot} {role}"),
            Self::EditRole { look, slot, .. } => {
                write!(f, "edit {slot} {:?} #{:06x}", look.name, look.colour)
            }
            Self::GiveRole { slot, user, .. } => write!(f, "give {slot} to {user}"),
            Self::MakeRole { look, slot } => write!(f, "create {slot} {:?} #{:06x}", look.name, look.colour),
            Self::TakeRole { slot, user, .. } => write!(f, "take {slot} from {user}"),
            Self::OpenThread { name, private, slot } => {
                write!(f, "open {slot} {name:?}{}", if *private { " (private)" } else { "" })
            }
            Self::Pin { slot } => write!(f, "pin {slot}"),
            Self::Post { slot, .. } => write!(f, "post {slot}"),
            Self::Release { slot, .. } => write!(f, "release {slot}"),
            Self::RemoveFromThread { slot, user, .. } => write!(f, "remove {user} from {slot}"),
            Self::Reschedule { slot, edit, .. } => write!(f, "edit {slot} {}", Changes(edit)),
            Self::Say(saying) => match saying.to {
                Channel::Known(channel) => write!(f, "say {} in {channel}", saying.key),
                Channel::Slot(slot) => write!(f, "say {} in {slot}", saying.key),
            },
            Self::Schedule { slot, native } => {
                write!(f, "schedule {slot} {:?} {} until {}", native.name, native.starts, native.ends)
            }
            Self::SetOverwrite { slot, overwrite, .. } => write!(
                f,
                "set overwrite {slot} {} +{:?} -{:?}",
                Target(overwrite.target),
                overwrite.allow,
                overwrite.deny
            ),
            Self::Unsay { key, .. } => write!(f, "unsay {key}"),
            Self::Unpost { slot } => write!(f, "delete {slot}"),
            Self::Unschedule { slot, event } => write!(f, "delete {slot} {event}"),
            Self::Want { shelf, n } => write!(f, "want {}", shelf.slot(*n)),
        }
    }
}

impl fmt::Display for Make {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.word(), self.name())?;
        match self.place() {
            None => Ok(()),
            Some(Place::In(parent)) => write!(f, " in {parent}"),
            Some(Place::Awaits(shelf, n)) => write!(f, " in {}", shelf.slot(n)),
        }
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            self.name.as_ref().map(|name| format!("name {name:?}")),
            self.parent.map(|parent| format!("parent {parent}")),
            self.topic.as_ref().map(|topic| format!("topic {topic:?}")),
        ];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

struct Thread<'e>(&'e ThreadEdit);

impl fmt::Display for Thread<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ThreadEdit { archived, locked, name } = self.0;
        let parts = [
            name.as_ref().map(|name| format!("name {name:?}")),
            archived.map(|archived| format!("archived {archived}")),
            locked.map(|locked| format!("locked {locked}")),
        ];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

struct Changes<'e>(&'e EventEdit);

impl fmt::Display for Changes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let EventEdit { description, ends, location, name, starts } = self.0;
        let parts = [
            name.as_ref().map(|name| format!("name {name:?}")),
            starts.map(|at| format!("start {at}")),
            ends.map(|at| format!("end {at}")),
            location.as_ref().map(|location| format!("location {location}")),
            description.as_ref().map(|text| format!("description {text:?}")),
        ];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

impl Cause {
    const fn word(self) -> &'static str {
        match self {
            Self::Explicit => "asked for",
            Self::PutAway => "put away",
            Self::Surplus => "not needed",
        }
    }
}

struct Target(OverwriteTarget);

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            OverwriteTarget::Member(id) => write!(f, "member {id}"),
            OverwriteTarget::Role(id) => write!(f, "role {id}"),
        }
    }
}

//! The step for an event among Discord's own scheduled events.
//!
//! Discord starts and ends it by the times that it was given. One that is on starts no more, and one that is over never changes.

use jiff::Timestamp;
use twilight_model::id::{Id, marker::ScheduledEventMarker};

use crate::{
    discord::EventEdit,
    reconcile::{
        binding::{Binding, Native, State},
        desired::Resource,
        step::Step,
    },
};

/// See the module.
pub(super) fn step(
    resource: &Resource,
    wanted: &Native,
    binding: Option<&Binding>,
    now: Timestamp,
) -> Option<Step> {
    let slot = resource.slot;
    let schedule = || resource.make.then(|| Step::Schedule { native: wanted.clone(), slot });
    let Some(binding) = binding else { return schedule() };
    match (binding.state, binding.native()) {
        (State::Asked, _) => None,
        (State::Creating, _) => Some(Step::Examine { slot }),
        (State::Bound(id) | State::Full(id), Some(stands)) => {
            changes(resource, (wanted, stands), id.cast(), now)
        }
        (State::Wanted | State::Bound(_) | State::Full(_), _) => schedule(),
    }
}

fn changes(
    resource: &Resource,
    (wanted, stands): (&Native, &Native),
    event: Id<ScheduledEventMarker>,
    now: Timestamp,
) -> Option<Step> {
    let slot = resource.slot;
    let (is_ahead, was_ahead) = (wanted.starts > now, stands.starts > now);
    if stands.ends <= now {
        return is_ahead.then_some(Step::Release { slot });
    }
    if is_ahead != was_ahead {
        return Some(Step::Unschedule { event, slot });
    }
    let edit = EventEdit {
        description: changed(&wanted.description, &stands.description),
        ends: changed(&wanted.ends, &stands.ends),
        location: changed(&wanted.location, &stands.location),
        name: changed(&wanted.name, &stands.name),
        starts: changed(&wanted.starts, &stands.starts).filter(|_| is_ahead),
    };
    let native = Native { starts: edit.starts.unwrap_or(stands.starts), ..wanted.clone() };
    (edit != EventEdit::default()).then_some(Step::Reschedule { edit, event, native, slot })
}

fn changed<T: Clone + PartialEq>(wanted: &T, stands: &T) -> Option<T> {
    (wanted != stands).then(|| wanted.clone())
}

#[cfg(test)]
mod tests;

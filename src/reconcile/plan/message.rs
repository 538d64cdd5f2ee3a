//! The step for a message that is kept up to date: an event's card, or the board of coming events.

use jiff::Timestamp;
use twilight_model::id::{Id, marker::ChannelMarker};

use crate::{
    reconcile::{
        binding::{Applied, Binding, State},
        desired::{Channel, Resource},
        slot::Slot,
        step::Step,
    },
    view::{VIEW_VERSION, message::Body},
};

/// Where a message stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The channel, if it exists.
    pub(super) channel: Option<Id<ChannelMarker>>,
    /// The same as a step names it.
    pub(super) to: Channel,
}

/// See the module.
pub(super) fn step(
    resource: &Resource,
    body: &Body,
    place: Place,
    binding: Option<&Binding>,
    now: Timestamp,
) -> Option<Step> {
    let slot = resource.slot;
    let post = || resource.make.then(|| Step::Post { body: body.clone(), slot, to: place.to });
    let Some(binding) = binding else { return post() };
    match (binding.state, &binding.applied) {
        (State::Asked, _) => None,
        // What was posted, or may have been, in a channel that people own is taken away before it is posted in another.
        (State::Creating, _) if slot == Slot::Board && binding.row.channel != place.channel => {
            Some(Step::Examine { slot })
        }
        (State::Wanted | State::Creating, _) => post(),
        (State::Bound(_) | State::Full(_), Some(Applied::Card { channel, .. })) => {
            if place.channel != Some(*channel) {
                return if slot == Slot::Board { Some(Step::Unpost { slot }) } else { post() };
            }
            let settles = binding.row.settle_at.is_some_and(|at| at <= now);
            let waits = binding.row.settle_at.is_some_and(|at| at > now);
            let is_newest = binding.row.view_version <= VIEW_VERSION.unsigned_abs();
            let differs = binding.hash.as_deref() != Some(body.hash().as_str());
            (is_newest && (settles || differs && !waits)).then(|| Step::EditCard { body: body.clone(), slot })
        }
        (State::Bound(_) | State::Full(_), _) => post(),
    }
}

#[cfg(test)]
mod tests;

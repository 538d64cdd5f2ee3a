//! An event among Discord's own scheduled events, which Discord starts and ends by itself.

use jiff::Timestamp;

use super::{Resource, Spec};
use crate::{
    reconcile::{
        binding::{Binding, Native},
        facts::EventFacts,
        slot::Slot,
    },
    view,
};

/// The scheduled event of an event that is neither over nor cancelled, once it has a channel to lead to. It is made as long as the
/// start is ahead. A club that switches them off keeps those that are on.
pub(super) fn native(facts: &EventFacts, now: Timestamp) -> Option<Resource> {
    let (event, settings) = (&facts.event, &facts.club.settings);
    let known = facts.bindings.get(Slot::Native).and_then(Binding::native);
    let is_on = known.is_some_and(|native| native.starts <= now);
    if now >= event.end() || !(settings.native_events || is_on) {
        return None;
    }
    let (description, location) = match place(facts) {
        Some(place) => place,
        None => known.map(|native| (native.description.clone(), native.location.clone()))?,
    };
    let (ends, name, starts) = (event.end(), event.name.to_string(), event.start);
    Some(Resource {
        make: now < starts && facts.has_channel() && settings.native_events,
        slot: Slot::Native,
        spec: Spec::Native(Native { description, ends, location, name, starts }),
    })
}

/// What it says and where it leads: to the event's channel, and for its place to race voice once that is there.
fn place(facts: &EventFacts) -> Option<(String, String)> {
    let guild = facts.club.guild;
    let channel = facts.bindings.channel(Slot::Channel)?;
    let voice = facts.bindings.channel(Slot::RaceVoice).unwrap_or(channel);
    let link = view::native::link(guild, channel);
    let description = view::native::description(&facts.event, facts.series.as_ref(), &link);
    Some((description, view::native::link(guild, voice)))
}

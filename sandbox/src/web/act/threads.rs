//! What people do to threads, pins and voice channels, in Discord's own client.

use super::by_hand::{channel, guild, named};
use crate::{
    Channel, Permissions, Snowflake,
    model::ChannelKind,
    people::{Unavailable, unavailable},
    web::{fields::Fields, place::Place, site::Site},
};

/// Joins the voice channel that a form names, or the one that is open.
pub(super) fn join_voice(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let id = fields.get("channel").parse().ok().or(place.channel);
    let found = id.and_then(|id| Channel::find(&site.discord, id)).ok_or_else(gone)?;
    site.viewer(place).try_join_voice(&found)?;
    Ok(place.clone())
}

pub(super) fn leave_voice(site: &Site, place: &Place) -> Place {
    site.viewer(place).leave_voice();
    place.clone()
}

fn gone() -> Unavailable {
    Unavailable("The channel is gone.".to_owned())
}

pub(super) fn new_thread(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let (kind, needed) = match fields.get("kind") {
        "12" => (ChannelKind::PrivateThread, Permissions::CREATE_PRIVATE_THREADS),
        _ => (ChannelKind::PublicThread, Permissions::CREATE_PUBLIC_THREADS),
    };
    let parent = channel(site, place, needed)?;
    if parent.kind != ChannelKind::Text {
        return unavailable("Threads are made in text channels.");
    }
    let hands = guild(site, place)?.by_hand().of(&site.viewer(place));
    let thread = hands.create_thread(parent.id, named(fields)?, kind);
    Ok(place.channel(place.guild, Some(thread.id)))
}

/// The thread that is open, and whether the viewer may manage it.
fn open(site: &Site, place: &Place) -> Result<(Channel, bool), Unavailable> {
    let thread = channel(site, place, Permissions::VIEW_CHANNEL)?;
    if !thread.kind.is_thread() {
        return unavailable("That is no thread.");
    }
    let held = site.viewer(place).permissions_in(&thread);
    Ok((thread, held.contains(Permissions::MANAGE_THREADS)))
}

fn refused<T>(site: &Site, place: &Place) -> Result<T, Unavailable> {
    unavailable(format!("{} may not do that here.", site.viewer(place).name()))
}

/// Whether the viewer may rename, archive and un-archive the thread that is open.
pub(super) fn may_change(site: &Site, place: &Place) -> Result<Channel, Unavailable> {
    let (thread, manages) = open(site, place)?;
    let owns = thread.thread.as_ref().is_some_and(|thread| thread.owner == place.viewer && !thread.locked);
    if manages || owns { Ok(thread) } else { refused(site, place) }
}

/// Archives a thread, locks it, or takes that back.
pub(super) fn set(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let (archived, locked) = (fields.get("archived") == "true", fields.get("locked") == "true");
    let (thread, manages) = open(site, place)?;
    if thread.is_locked() != locked && !manages {
        return refused(site, place);
    }
    let thread = may_change(site, place)?;
    guild(site, place)?.by_hand().of(&site.viewer(place)).archive(thread.id, archived, locked);
    Ok(place.clone())
}

pub(super) fn add(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let thread = channel(site, place, Permissions::SEND_MESSAGES_IN_THREADS)?;
    let (_, manages) = open(site, place)?;
    let invites = thread.kind == ChannelKind::PublicThread
        || thread.thread.as_ref().is_some_and(|thread| thread.invitable);
    if thread.is_archived() || !(manages || invites) {
        return refused(site, place);
    }
    let user: Snowflake = fields.parsed("user")?;
    if !site.discord.with(|state| state.sees_parent(&thread, user)) {
        return unavailable("They don’t see the channel that this thread is in.");
    }
    guild(site, place)?.by_hand().of(&site.viewer(place)).add_member(thread.id, user);
    Ok(place.clone())
}

pub(super) fn remove(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let user: Snowflake = fields.parsed("user")?;
    let (thread, manages) = open(site, place)?;
    let owns = thread.kind == ChannelKind::PrivateThread
        && thread.thread.as_ref().is_some_and(|thread| thread.owner == place.viewer);
    if thread.is_archived() || !(manages || owns || user == place.viewer) {
        return refused(site, place);
    }
    guild(site, place)?.by_hand().of(&site.viewer(place)).remove_member(thread.id, user);
    Ok(place.clone())
}

/// Pins a message, or takes its pin away.
pub(super) fn pin(site: &Site, place: &Place, pinned: bool, fields: &Fields) -> Result<Place, Unavailable> {
    let here = channel(site, place, Permissions::PIN_MESSAGES)?;
    let id: Snowflake = fields.parsed("message")?;
    let pins = site.discord.with(|state| {
        state
            .messages
            .get(&id)
            .is_some_and(|m| m.channel == here.id && m.ephemeral_for.is_none() && !m.is_system())
    });
    if here.is_archived() || !pins {
        return refused(site, place);
    }
    let hands = guild(site, place)?.by_hand().of(&site.viewer(place));
    if pinned {
        hands.pin(id);
    } else {
        hands.unpin(id);
    }
    Ok(place.clone())
}

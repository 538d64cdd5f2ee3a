//! What people do to a server by hand, in Discord's own client.

use jiff::{Timestamp, civil::DateTime};

use crate::{
    Channel, Guild, Permissions, Snowflake,
    model::{ChannelKind, EventPlace},
    people::{Person, Unavailable, unavailable},
    web::{
        act::{here::first_channel, threads},
        fields::Fields,
        members::is_zone,
        place::{Place, Side},
        scene::Scene,
        site::Site,
    },
};

/// People that can be added at once.
const CROWD: usize = 200;

/// The person that a form names.
fn somebody(site: &Site, place: &Place, fields: &Fields) -> Result<Person, Unavailable> {
    let id = fields.parsed("user")?;
    if site.knows(id) { Ok(site.person(place, id)) } else { unavailable("Nobody has that id.") }
}

pub(super) fn guild(site: &Site, place: &Place) -> Result<Guild, Unavailable> {
    site.guild(place).ok_or_else(|| Unavailable("That needs a server.".to_owned()))
}

/// The channel that is open, if the viewer holds these permissions there.
pub(super) fn channel(site: &Site, place: &Place, needed: Permissions) -> Result<Channel, Unavailable> {
    let found = place.channel.and_then(|id| Channel::find(&site.discord, id));
    let found = found.ok_or_else(|| Unavailable("The channel is gone.".to_owned()))?;
    let viewer = site.viewer(place);
    if viewer.permissions_in(&found).contains(needed) {
        Ok(found)
    } else {
        unavailable(format!("{} may not do that here.", viewer.name()))
    }
}

pub(super) fn delete_message(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let id: Snowflake = fields.parsed("message")?;
    let author = site.discord.with(|state| state.messages.get(&id).map(|message| message.author));
    if author != Some(place.viewer) {
        channel(site, place, Permissions::MANAGE_MESSAGES)?;
    }
    guild(site, place)?.by_hand().of(&site.viewer(place)).delete_message(id);
    Ok(place.clone())
}

pub(super) fn join_server(site: &Site, place: &Place) -> Place {
    site.viewer(place).join();
    first_channel(site, place)
}

pub(super) fn new_server(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let name = fields.get("name");
    if name.chars().count() < 2 {
        return unavailable("A server’s name has 2 to 100 characters.");
    }
    let made = site.discord.guild_of(name, place.viewer);
    Ok(first_channel(site, &place.channel(Some(made.id()), None)))
}

pub(super) fn new_channel(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let guild = guild(site, place)?;
    may(site, place, &guild, Permissions::MANAGE_CHANNELS)?;
    let kind = ChannelKind::creatable(fields.parsed("kind")?);
    let kind = kind.ok_or_else(|| Unavailable("There is no such kind of channel.".to_owned()))?;
    let name = named(fields)?;
    let category = fields.get("category").parse().ok().filter(|_| kind != ChannelKind::Category);
    let made = guild.by_hand().of(&site.viewer(place)).create(kind, name, category);
    let to = if kind == ChannelKind::Category { place.channel } else { Some(made.id) };
    Ok(place.channel(place.guild, to))
}

/// Whether the viewer may do something in the guild as a whole.
fn may(site: &Site, place: &Place, guild: &Guild, needed: Permissions) -> Result<(), Unavailable> {
    if guild.powers_of(place.viewer).contains(needed) {
        Ok(())
    } else {
        unavailable(format!("{} may not do that in this server.", site.viewer(place).name()))
    }
}

pub(super) fn named(fields: &Fields) -> Result<&str, Unavailable> {
    let name = fields.get("name");
    if name.is_empty() { unavailable("It needs a name.") } else { Ok(name) }
}

pub(super) fn rename(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let channel = match channel(site, place, Permissions::VIEW_CHANNEL)? {
        thread if thread.kind.is_thread() => threads::may_change(site, place)?,
        _ => channel(site, place, Permissions::MANAGE_CHANNELS)?,
    };
    guild(site, place)?.by_hand().of(&site.viewer(place)).rename(channel.id, named(fields)?);
    Ok(place.plain())
}

/// Deletes the channel that is open. The page's faults do that whoever looks.
pub(super) fn delete_channel(site: &Site, place: &Place) -> Result<Place, Unavailable> {
    let id = place.channel.ok_or_else(|| Unavailable("No channel is open.".to_owned()))?;
    guild(site, place)?.by_hand().delete(id);
    Ok(first_channel(site, &place.plain()))
}

pub(super) fn schedule(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let guild = guild(site, place)?;
    may(site, place, &guild, Permissions::CREATE_EVENTS)?;
    let (starts, ends) = (instant(site, place, fields, "starts")?, instant(site, place, fields, "ends")?);
    if ends <= starts || starts <= site.discord.now() {
        return unavailable("An event starts in the future and ends after its start.");
    }
    let elsewhere = EventPlace::External(fields.get("place").to_owned());
    let event = (fields.get("name"), fields.get("description"), elsewhere);
    guild.by_hand().of(&site.viewer(place)).schedule(event, (starts, ends));
    Ok(place.plain().with(|params| params.side = Some(Side::Events)))
}

/// A local time of the viewer's.
fn instant(site: &Site, place: &Place, fields: &Fields, name: &str) -> Result<Timestamp, Unavailable> {
    let local: DateTime = fields.parsed(name)?;
    let zone = site.discord.with(|state| state.users.get(&place.viewer).map(Scene::zone_of));
    let at = zone.and_then(|zone| zone.to_timestamp(local).ok());
    at.ok_or_else(|| Unavailable(format!("{local} is no time here.")))
}

pub(super) fn unschedule(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let guild = guild(site, place)?;
    may(site, place, &guild, Permissions::CREATE_EVENTS)?;
    guild.by_hand().of(&site.viewer(place)).unschedule(fields.parsed("event")?);
    Ok(place.clone())
}

pub(super) fn interest(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let id: Snowflake = fields.parsed("event")?;
    site.discord.with(|state| {
        if let Some(event) = state.events.get_mut(&id)
            && !event.interested.remove(&place.viewer)
        {
            event.interested.insert(place.viewer);
        }
    });
    Ok(place.clone())
}

/// Adds people: as many as a number says, or one for each line.
pub(super) fn add_people(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let guild = guild(site, place)?;
    let (who, zone) = (fields.get("who"), fields.get("zone"));
    let names: Vec<String> = match who.parse::<usize>() {
        Ok(many) => {
            let known = site.discord.with(|state| state.users.len());
            (known..known + many.min(CROWD)).map(|number| format!("Driver {number}")).collect()
        }
        Err(_) => who
            .lines()
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .take(CROWD)
            .map(str::to_owned)
            .collect(),
    };
    if names.is_empty() || names.iter().any(|name| name.chars().count() > 32) {
        return unavailable("Give a number, or names of at most 32 characters, one a line.");
    }
    for name in names {
        let person = guild.member(&name);
        if is_zone(zone) {
            person.lives_in(zone);
        }
    }
    Ok(place.clone())
}

pub(super) fn membership(
    site: &Site,
    place: &Place,
    joins: bool,
    fields: &Fields,
) -> Result<Place, Unavailable> {
    guild(site, place)?;
    let person = somebody(site, place, fields)?;
    if joins {
        person.join();
    } else {
        person.leave();
    }
    Ok(place.clone())
}

pub(super) fn nickname(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let nick = fields.get("nickname");
    somebody(site, place, fields)?.nickname((!nick.is_empty()).then_some(nick));
    Ok(place.clone())
}

/// Sets an e-mail address, or takes it away.
pub(super) fn email(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let address = fields.get("email");
    let verified = fields.get("verified") == "true";
    somebody(site, place, fields)?.email((!address.is_empty()).then_some(address), verified);
    Ok(place.clone())
}

/// Has somebody take the app out of their authorised apps.
pub(super) async fn deauthorize(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    somebody(site, place, fields)?.deauthorize().await;
    Ok(place.clone())
}

/// Gives a role, or takes it.
pub(super) fn role(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let (person, role) = (somebody(site, place, fields)?, fields.parsed("role")?);
    let role =
        guild(site, place)?.role_with_id(role).ok_or_else(|| Unavailable("The role is gone.".to_owned()))?;
    if person.has(&role) {
        person.take(&role);
    } else {
        person.give(&role);
    }
    Ok(place.clone())
}

pub(super) fn new_role(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let role = guild(site, place)?.role(named(fields)?);
    somebody(site, place, fields)?.give(&role);
    Ok(place.clone())
}

//! What nobody can do on the real Discord: move time, and have things go wrong.

use jiff::Timestamp;

use crate::{
    Fault, FaultId, Match, MembersIntent, Permissions, Snowflake, Times,
    people::{Unavailable, unavailable},
    web::{
        act::here::first_channel,
        faults::{PERMISSIONS, kind},
        fields::Fields,
        hands::{DAY_BEFORE, Pace, jump, next_start},
        place::Place,
        site::Site,
    },
};

/// Does something of this kind.
pub(super) async fn perform(
    site: &Site,
    place: &Place,
    act: &str,
    fields: &Fields,
) -> Result<Place, Unavailable> {
    match act {
        "clock" => clock(site, place, fields).await,
        "fault" => fault(site, place, fields),
        "clear-fault" => clear_fault(site, place, fields),
        "permission" => permission(site, place, fields),
        "role-order" => role_order(site, place, fields),
        "install" | "uninstall" => install(site, place, act == "install").await,
        "kick" => kick(site, place),
        "intent" => Ok(intent(site, place, fields)),
        "redeliver" => redeliver(site, place, fields).await,
        _ => unavailable(format!("Nothing is called {act} here.")),
    }
}

async fn clock(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let now = site.discord.now();
    let hours = |hours| now.checked_add(jiff::SignedDuration::from_hours(hours)).ok();
    let start = || next_start(site, place.guild, place.channel);
    let to = match fields.get("to") {
        "run" => return Ok(paced(site, place, Pace::Running)),
        "stand" => return Ok(paced(site, place, Pace::Standing)),
        "fast" if site.hands.pace() == Pace::Fast => return Ok(paced(site, place, Pace::Running)),
        "fast" => return Ok(paced(site, place, Pace::Fast)),
        "hour" => hours(1),
        "day" => hours(24),
        "eve" => start().and_then(|start| start.checked_sub(DAY_BEFORE).ok()),
        "start" => start(),
        "now" => Some(Timestamp::now()),
        other => return unavailable(format!("The clock has no hand for {other:?}.")),
    };
    match to {
        None => unavailable("No race is ahead in this server."),
        Some(to) if to <= now => {
            unavailable("That is in the past, and time doesn’t go back. Start the sandbox again for that.")
        }
        Some(to) => {
            jump(site, to).await;
            Ok(place.clone())
        }
    }
}

fn paced(site: &Site, place: &Place, pace: Pace) -> Place {
    site.hands.set_pace(pace);
    place.clone()
}

fn fault(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let Some(kind) = kind(fields.get("kind")) else { return unavailable("There is no such fault.") };
    let route = fields.get("route");
    let on = if route.is_empty() { Match::any() } else { Match::route(route) };
    let times = match fields.get("times") {
        "all" => Times::UntilCleared,
        "3" => Times::N(3),
        _ => Times::Once,
    };
    site.discord.faults().inject(Fault { on, times, kind });
    Ok(place.clone())
}

fn clear_fault(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    site.discord.faults().clear(fields.parsed::<FaultId>("fault")?);
    Ok(place.clone())
}

/// Takes a permission from the app, or gives it back.
fn permission(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let name = fields.get("permission");
    let known = PERMISSIONS.iter().find(|(known, _)| *known == name);
    let (Some((_, permission)), Some(guild)) = (known, site.guild(place)) else {
        return unavailable(format!("There is no permission {name:?} here."));
    };
    let bot = site.discord.bot();
    if guild.powers_of(bot).contains(*permission) {
        guild.bot_loses(*permission);
    } else {
        guild.bot_gains(*permission);
        if Permissions::NEW_MEMBER.contains(*permission) {
            guild.everyone_gains(*permission);
        }
    }
    Ok(place.clone())
}

/// Moves the app's role below all others, or above them.
fn role_order(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let Some(guild) = site.guild(place) else { return unavailable("That needs a server.") };
    match fields.get("to") {
        "bottom" => {
            // There has to be a role to stand above it.
            let _ = guild.role("Moderators");
            guild.bot_role_position(1);
        }
        _ => guild.bot_role_position(guild.highest_role() + 1),
    }
    Ok(place.clone())
}

/// Has the viewer install the app, or remove it.
async fn install(site: &Site, place: &Place, installs: bool) -> Result<Place, Unavailable> {
    let Some(guild) = site.guild(place) else { return unavailable("That needs a server.") };
    let viewer = site.viewer(place);
    if installs {
        guild.install(&viewer).await;
    } else {
        guild.uninstall(&viewer).await;
    }
    Ok(first_channel(site, place))
}

/// Kicks the app, as any member: nobody tells it.
fn kick(site: &Site, place: &Place) -> Result<Place, Unavailable> {
    let Some(guild) = site.guild(place) else { return unavailable("That needs a server.") };
    guild.remove_bot();
    Ok(first_channel(site, place))
}

/// Turns the Server Members Intent on or off.
fn intent(site: &Site, place: &Place, fields: &Fields) -> Place {
    let on = fields.get("to") == "on";
    site.discord.members_intent(if on { MembersIntent::default() } else { MembersIntent::Off });
    place.clone()
}

/// Delivers an interaction once more, as Discord does when an answer got lost.
async fn redeliver(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let id: Snowflake = fields.parsed("interaction")?;
    let outcome = site.discord.interact_again(id).await;
    let (title, why) = match &outcome.effect {
        Ok(_) => (
            "The service answered again",
            format!("It answered with type {}, in {:?}.", outcome.answer["type"], outcome.took),
        ),
        Err(why) => ("The service didn’t answer again", why.clone()),
    };
    site.desk.notice(place, title, &why);
    Ok(place.clone())
}

//! What a team is told in its thread.

use jiff::Timestamp;
use twilight_model::{
    channel::message::component::ButtonStyle,
    id::{
        Id,
        marker::{ChannelMarker, UserMarker},
    },
};

use crate::{
    domain::{
        event::Event,
        id::TeamId,
        team::{Duty, Left, Mate, Team},
    },
    view::{
        custom_id::{Press, TeamPress},
        markup::{channel, mention, name, relative},
        message::{Body, button, row, text},
        readiness::check_button,
        team::TeamsView,
    },
};

/// The most people named who could step in.
pub const MAX_STAND_INS: usize = 5;

/// Tells a team, and pings its captain, who left it and who could step in.
#[must_use]
pub fn left(team: &Team, left: &Left, stand_ins: &[Id<UserMarker>]) -> Body {
    let what = if left.gone_since.is_some() { "is gone from the server" } else { "gave their place up" };
    let captain = team.mates.iter().find(|mate| team.captain == Some(mate.user)).map(|mate| mate.discord);
    let help = match stand_ins {
        [] => "Nobody of the class is free or waiting.".to_owned(),
        people => {
            let people: Vec<String> = people.iter().copied().map(mention).collect();
            format!("Could step in: {}.", people.join(", "))
        }
    };
    let to = captain.map(|captain| format!("{}, ", mention(captain))).unwrap_or_default();
    let leaderless = if captain.is_none() { " It has no captain." } else { "" };
    let manage = button(ButtonStyle::Secondary, "Manage team", &Press::Team(TeamPress::Open(team.id)));
    Body::new(vec![
        text(format!(
            "🚪 {to}{} {what} and isn't in **{}** any more.{leaderless}\n{help}",
            mention(left.mate.discord),
            name(&team.name)
        )),
        row([manage]),
    ])
    .pinging(captain)
}

/// Tells a team's people in their thread that race voice is open, and pings them.
#[must_use]
pub fn race_voice(team: &Team, voice: Id<ChannelMarker>, start: Timestamp) -> Body {
    let people: Vec<String> = team.mates.iter().map(|mate| mention(mate.discord)).collect();
    let said = format!(
        "🔊 **Race voice is open:** {}. **Start:** {}\n{}\nPress **Check me** to see whether all is well for you.",
        channel(voice),
        relative(start),
        people.join(" ")
    );
    Body::new(vec![text(said), row([check_button(team.id)])])
        .pinging(team.mates.iter().map(|mate| mate.discord))
}

/// Asks somebody to join a team, and pings them.
#[must_use]
pub fn invited(event: &Event, team: &Team, mate: &Mate) -> Body {
    let what = match mate.duty {
        Duty::Driver => "as a driver",
        Duty::Reserve => "as a reserve",
        Duty::Spotter => "as a spotter",
    };
    Body::new(vec![
        text(format!(
            "✉️ {}, **{}** wants you {what} in **{}**.",
            mention(mate.discord),
            name(&team.name),
            name(&event.name)
        )),
        row([
            button(ButtonStyle::Success, "Accept", &Press::Team(TeamPress::Accept(team.id))),
            button(ButtonStyle::Secondary, "Decline", &Press::Team(TeamPress::Decline(team.id))),
        ]),
    ])
    .pinging([mate.discord])
}

/// Tells a team, and pings its captain, that somebody declined to join it.
#[must_use]
pub fn declined(team: &Team, mate: &Mate) -> Body {
    let captain = team.mates.iter().find(|mate| team.captain == Some(mate.user)).map(|mate| mate.discord);
    let to = captain.map(|captain| format!("{}, ", mention(captain))).unwrap_or_default();
    let manage = button(ButtonStyle::Secondary, "Manage team", &Press::Team(TeamPress::Open(team.id)));
    Body::new(vec![
        text(format!("✉️ {to}{} won't join **{}**.", mention(mate.discord), name(&team.name))),
        row([manage]),
    ])
    .pinging(captain)
}

/// Says to somebody that they declined.
#[must_use]
pub fn declines(view: &TeamsView<'_>, team: TeamId) -> Body {
    let called = view.teams.get(team).map(|team| name(&team.name)).unwrap_or_default();
    Body::plain(format!(
        "You won't join **{called}**; its captain reads so. Should you think again, they can ask again."
    ))
}

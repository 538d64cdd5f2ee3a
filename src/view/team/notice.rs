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
    domain::team::{Left, Team},
    view::{
        custom_id::{Press, TeamPress},
        markup::{channel, mention, name, relative},
        message::{Body, button, row, text},
        readiness::check_button,
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
    let manage = button(ButtonStyle::Secondary, "Manage team", &Press::Team(TeamPress::Open(team.id)));
    Body::new(vec![
        text(format!(
            "🚪 {to}{} {what} and isn't in **{}** any more.\n{help}",
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

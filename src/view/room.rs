//! Practice rooms: what is said about them.

use jiff::Timestamp;
use twilight_model::{
    channel::message::component::ButtonStyle,
    id::{
        Id,
        marker::{ChannelMarker, UserMarker},
    },
};

use super::{
    custom_id::{Press, RoomPress},
    markup::{channel, mention, name, relative},
    message::{Body, button, row, text},
};
use crate::domain::{
    event::Event,
    name::TeamName,
    room::{RoomOf, Standing},
};

/// How a room stands.
#[derive(Clone, Copy, Debug)]
pub struct RoomView<'f> {
    /// Its channel, where it has one now.
    pub channel: Option<Id<ChannelMarker>>,
    /// Its event.
    pub event: &'f Event,
    /// Which one.
    pub room: RoomOf,
    /// Until when it stands; `None` for one that is closed.
    pub standing: Option<Standing>,
    /// Its team's name; `None` for everybody's.
    pub team: Option<&'f TeamName>,
}

/// How a room stands once somebody decided on it, said to them alone or, with who it was, to everybody.
#[must_use]
pub fn decided(view: &RoomView<'_>, by: Option<Id<UserMarker>>) -> Body {
    let whose = view.team.map_or_else(|| name(&view.event.name), name);
    let there = view.channel.map(|voice| format!(": {}", channel(voice))).unwrap_or_default();
    let by = by.map(|user| format!(" ({})", mention(user))).unwrap_or_default();
    let close = button(ButtonStyle::Secondary, "Close now", &Press::Room(RoomPress::Close(view.room)));
    let extend =
        button(ButtonStyle::Secondary, "3 hours from now", &Press::Room(RoomPress::Extend(view.room)));
    let open = button(ButtonStyle::Secondary, "Open again", &Press::Room(RoomPress::Open(view.room)));
    match view.standing {
        None => {
            Body::new(vec![text(format!("🎧 The practice room of **{whose}** is closed{by}.")), row([open])])
        }
        Some(Standing::Event) => Body::new(vec![
            text(format!("🎧 The practice room of **{whose}** is open until the event is over{there}{by}.")),
            row([close]),
        ]),
        Some(Standing::Lease(until)) => Body::new(vec![
            text(format!(
                "🎧 The practice room of **{whose}** is open{there}{by}. It closes {}; its people are asked before.",
                relative(until)
            )),
            row([extend, close]),
        ]),
    }
}

/// A room is about to close; asks whether it is wanted longer.
#[must_use]
pub fn closing(room: RoomOf, until: Timestamp) -> Body {
    let what = match room {
        RoomOf::Event(_) => "The practice room",
        RoomOf::Team(_) => "Your practice room",
    };
    Body::new(vec![
        text(format!("🎧 {what} closes {}. Still practising?", relative(until))),
        row([
            button(ButtonStyle::Primary, "3 hours from now", &Press::Room(RoomPress::Extend(room))),
            button(ButtonStyle::Secondary, "Close now", &Press::Room(RoomPress::Close(room))),
        ]),
    ])
}

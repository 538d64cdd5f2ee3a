//! Why a practice room stays as it is, in words.

use crate::{domain::refusal::RoomRefusal, view::markup::name};

/// See the module.
pub(super) fn words(refusal: &RoomRefusal) -> String {
    match refusal {
        RoomRefusal::NoPlace(event) => format!(
            "Only who has a place in **{}** can open or close its practice room. Sign up first, on the event's card.",
            name(event)
        ),
        RoomRefusal::NoTeam => {
            "You're in no team of this event. Say whose room you mean with the option **team**.".to_owned()
        }
        RoomRefusal::NotSettled(team) => format!(
            "**{}** isn't settled yet: its room comes once an organiser has run `/team finalize`.",
            name(team)
        ),
        RoomRefusal::NotYours(team) => {
            format!("Only the people of **{}** and organisers can open or close its room.", name(team))
        }
        RoomRefusal::Off => {
            "The club has no such practice rooms. An organiser can have them with `/club settings`, under Teams."
                .to_owned()
        }
    }
}

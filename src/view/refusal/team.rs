//! Why a team stays as it is, in words.

use crate::{domain::refusal::TeamRefusal, view::markup::name};

/// See the module.
pub(super) fn words(refusal: &TeamRefusal) -> String {
    match refusal {
        TeamRefusal::CaptainMayNot => {
            "They have no place in the event, or are in another team. An organiser can bring them in, with \
                                       `/team manage`."
                .to_owned()
        }
        TeamRefusal::Full(team) => {
            format!("**{}** has 25 people, which is the most. Take somebody out first.", name(team))
        }
        TeamRefusal::NameTaken(team) => {
            format!("The event has a team called **{}** already. Choose another name.", name(team))
        }
        TeamRefusal::NotCaptain(team) => {
            format!("Only organisers and the captain of **{}** can do this. Ask one of them.", name(team))
        }
        TeamRefusal::NotInIt(team) => {
            format!("They aren't in **{}** any more. Add them first.", name(team))
        }
        TeamRefusal::NoPlace(team) => format!(
            "The class of **{}** is full, so they would have to wait. Make room with **Classes and cars** in `/event manage` first, \
             or add them as a spotter.",
            name(team)
        ),
        TeamRefusal::OnlyMates(team) => {
            format!(
                "Only the people of **{}** can do this. `/team list` shows who is in which team.",
                name(team)
            )
        }
        TeamRefusal::TooMany(event) => {
            format!("**{}** has 60 teams, which is the most. Disband one first.", name(event))
        }
        TeamRefusal::Unknown => {
            "There is no such team any more. `/team list` shows the event's teams.".to_owned()
        }
    }
}

//! Why a team stays as it is, in words.

use twilight_model::id::{Id, marker::UserMarker};

use crate::{
    domain::{name::TeamName, refusal::TeamRefusal},
    view::markup::{mention, name, sentence},
};

/// How many people a sentence names.
const NAMED: usize = 10;

/// See the module.
pub(super) fn words(refusal: &TeamRefusal) -> String {
    match refusal {
        TeamRefusal::CaptainMayNot => {
            "They have no place in the event, or are in another team. An organiser can bring them in, with \
                                       `/team manage`."
                .to_owned()
        }
        TeamRefusal::CrewsChanged { people, teams } => changed(people, teams),
        TeamRefusal::Full(team) => {
            format!("**{}** has 25 people, which is the most. Take somebody out first.", name(team))
        }
        TeamRefusal::InTeam(team) => format!(
            "They are in **{}** already, and stay there. `/team manage` takes them out first.",
            name(team)
        ),
        TeamRefusal::NameTaken(team) => {
            format!("The event has a team called **{}** already. Choose another name.", name(team))
        }
        TeamRefusal::NotAsked(team) => format!(
            "You aren't asked to join **{}** any more: it was taken back, or you have answered. Its captain can ask again.",
            name(team)
        ),
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
        TeamRefusal::NoProposal => "These crews aren't proposed any more: they were accepted, discarded, or more than a day old. `/team \
                                    propose` finds new ones; `/team list` shows the teams."
            .to_owned(),
        TeamRefusal::NobodyProposed => "Nobody is in a crew who isn't in a team already, so there is nothing to accept. **Change rules** or \
                                        **Search again** may find some."
            .to_owned(),
        TeamRefusal::ProposalMoved => {
            "The crews were changed since this was drawn. `/team propose` shows them as they are now.".to_owned()
        }
        TeamRefusal::TooMany(event) => {
            format!("**{}** has 60 teams, which is the most. Disband one first.", name(event))
        }
        TeamRefusal::Unknown => {
            "There is no such team any more. `/team list` shows the event's teams.".to_owned()
        }
    }
}

/// Who and what isn't any more as the crews want it.
fn changed(people: &[Id<UserMarker>], teams: &[TeamName]) -> String {
    let mut named: Vec<String> = people.iter().take(NAMED).map(|account| mention(*account)).collect();
    match people.len() - named.len() {
        0 => {}
        more => named.push(format!("{more} more")),
    }
    let teams: Vec<String> = teams.iter().map(|team| format!("**{}**", name(team))).collect();
    let people = match named.as_slice() {
        [] => String::new(),
        named => {
            format!(" {} gave their place up, changed class, left, or joined a team.", sentence(named, "and"))
        }
    };
    let teams = match teams.as_slice() {
        [] => String::new(),
        teams => format!(" {} isn't there any more.", sentence(teams, "and")),
    };
    format!(
        "Nothing was made, as the event has changed since the search.{people}{teams} **Search again** builds crews of who is there."
    )
}

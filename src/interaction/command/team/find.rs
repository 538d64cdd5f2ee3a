//! Which team is meant.

use crate::{
    domain::{
        id::TeamId,
        name::TeamName,
        refusal::TeamRefusal,
        team::Teams,
        text::{length, truncate},
    },
    interaction::{
        answer::{Choice, MAX_CHOICES},
        command::event::find::{EVENT, complete_event},
        deps::Deps,
        failure::Failure,
        incoming::Completion,
        option::{Opt, OptKind, Text},
        table::Call,
    },
    service::team::FoundTeam,
};

/// The most characters of a suggestion.
const MAX_CHOICE: usize = 100;

/// The option for a team.
pub(super) const TEAM: Opt =
    Opt::new("team", "Which team; left out, it is the one that you lead.", OptKind::Text(Text::Completed));

/// The option for a team that somebody is in.
pub(in crate::interaction::command) const TEAM_IN: Opt =
    Opt::new("team", "Whose room; left out, it is your own team's.", OptKind::Text(Text::Completed));

/// The team of that name.
pub(in crate::interaction::command) fn named(teams: &Teams, typed: &str) -> Result<TeamId, TeamRefusal> {
    let name = TeamName::parse(typed).map_err(|_| TeamRefusal::Unknown)?;
    teams.named(&name).map(|team| team.id).ok_or(TeamRefusal::Unknown)
}

/// The teams of coming events whose names hold what is being typed, or the events, as the option wants.
pub(in crate::interaction::command) async fn complete(
    deps: &Deps,
    call: Call<Completion>,
) -> Result<Vec<Choice>, Failure> {
    if call.input.focused.as_ref().is_some_and(|focused| focused.option == EVENT.name) {
        return complete_event(deps, call).await;
    }
    let typed = call.input.focused.as_ref().map_or("", |focused| focused.text.as_str());
    let found = deps.service.search_teams(call.context.member()?, typed, MAX_CHOICES as u64).await?;
    Ok(found.iter().map(choice).collect())
}

/// A team with its event, as teams keep their names from one to the next.
fn choice(found: &FoundTeam) -> Choice {
    let event = format!(" · {}", truncate(found.event.as_str(), MAX_CHOICE / 2));
    let name = truncate(found.name.as_str(), MAX_CHOICE.saturating_sub(length(&event)));
    Choice { name: format!("{name}{event}"), value: found.team.short() }
}

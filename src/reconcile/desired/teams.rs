//! What stands for an event's teams: a thread with its people, and a card in it.

use jiff::Timestamp;
use twilight_model::id::{Id, marker::UserMarker};

use super::{Channel, Resource, Saying, Spec, Text, event::is_made};
use crate::{
    domain::{
        event::Phase,
        owner::Rank,
        settings::VoiceAccess,
        signup::SignupState,
        team::{Left, Team},
    },
    reconcile::{
        facts::EventFacts,
        slot::{Slot, TeamPart},
    },
    view::{self, team::notice::MAX_STAND_INS},
};

/// The resources of the teams that are final; with early threads, of those in which there is somebody.
pub(super) fn teams(facts: &EventFacts, phase: Phase) -> Vec<Resource> {
    facts
        .teams
        .all()
        .iter()
        .filter(|team| team.is_final() || has_early(facts, team))
        .flat_map(|team| of_team(facts, phase, team))
        .collect()
}

fn has_early(facts: &EventFacts, team: &Team) -> bool {
    facts.club.settings.teams.threads_early && !team.mates.is_empty()
}

fn of_team(facts: &EventFacts, phase: Phase, team: &Team) -> [Resource; 2] {
    let thread = Slot::Team(team.id, TeamPart::Thread);
    let body = view::team::own_card(&facts.event, team);
    let people = team.mates.iter().map(|mate| mate.discord).collect();
    let closed = phase == Phase::PutAway;
    let make = is_made(phase);
    let private = facts.club.settings.teams.access == VoiceAccess::Team;
    [
        Resource {
            make,
            slot: thread,
            spec: Spec::Thread { closed, name: team.name.to_string(), people, private },
        },
        Resource { make, slot: Slot::Team(team.id, TeamPart::Card), spec: Spec::TeamCard { body, thread } },
    ]
}

/// Tells a settled team who left it, and who could step in.
pub(super) fn sayings(facts: &EventFacts, now: Timestamp) -> Vec<Saying> {
    let is_ahead = !facts.event.is_cancelled() && now < facts.event.end();
    let said = |left: &Left| {
        let team = facts.teams.get(left.team).filter(|team| team.is_final())?;
        Some(Saying {
            expires: facts.event.end(),
            key: format!("left/{}/{}/{}", team.id.short(), left.mate.discord, left.mark),
            rank: Rank::People,
            text: Text::Body(view::team::notice::left(team, left, &stand_ins(facts, team))),
            to: Channel::Slot(Slot::Team(team.id, TeamPart::Thread)),
        })
    };
    facts.left.iter().filter(|_| is_ahead).filter_map(said).collect()
}

/// Who has a place in the team's class and no team, then who waits for one.
fn stand_ins(facts: &EventFacts, team: &Team) -> Vec<Id<UserMarker>> {
    let of_class = |class: Option<_>| class == Some(team.class);
    let free = facts.teams.without_team(&facts.sheet).filter(|line| of_class(line.class));
    let waiting = facts.sheet.lines().iter();
    let waiting = waiting.filter(|line| line.state == SignupState::Waiting && of_class(line.class));
    free.chain(waiting).map(|line| line.discord).take(MAX_STAND_INS).collect()
}

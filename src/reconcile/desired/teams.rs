//! What stands for an event's teams: a thread with its people, and a card in it.

use jiff::Timestamp;
use twilight_model::id::{Id, marker::UserMarker};

use super::{Channel, Resource, Saying, Spec, Text, event::is_made};
use crate::{
    domain::{
        event::Phase,
        owner::Rank,
        settings::VoiceAccess,
        team::{Invitation, Left, Team},
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
            text: Text::Body(view::team::notice::left(team, left, stand_ins(facts, team))),
            to: Channel::Slot(Slot::Team(team.id, TeamPart::Thread)),
        })
    };
    let mut sayings: Vec<Saying> = facts.left.iter().filter(|_| is_ahead).filter_map(said).collect();
    sayings.extend(facts.invitations.iter().filter(|_| is_ahead).filter_map(|one| invitation(facts, one)));
    sayings
}

/// Asks in the event's channel, where whoever isn't in the team reads it; that they declined is told in its thread.
fn invitation(facts: &EventFacts, one: &Invitation) -> Option<Saying> {
    let team = facts.teams.get(one.team)?;
    let whose = format!("{}/{}", team.id.short(), one.mate.discord);
    let (key, body, to) = match one.declined_at {
        None => (
            format!("asked/{whose}/{}", one.asked_at.as_millisecond()),
            view::team::notice::invited(&facts.event, team, &one.mate),
            Slot::Channel,
        ),
        Some(at) => (
            format!("declined/{whose}/{}", at.as_millisecond()),
            view::team::notice::declined(team, &one.mate),
            Slot::Team(team.id, TeamPart::Thread),
        ),
    };
    let expires = facts.event.end();
    Some(Saying { expires, key, rank: Rank::People, text: Text::Body(body), to: Channel::Slot(to) })
}

fn stand_ins<'f>(facts: &'f EventFacts, team: &Team) -> &'f [Id<UserMarker>] {
    let found = facts.stand_ins.get(&team.id).map_or(&[][..], Vec::as_slice);
    found.get(..MAX_STAND_INS).unwrap_or(found)
}

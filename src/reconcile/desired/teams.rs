//! What stands for an event's teams: a thread with its people, and a card in it.

use super::{Resource, Spec, event::is_made};
use crate::{
    domain::{event::Phase, team::Team},
    reconcile::{
        facts::EventFacts,
        slot::{Slot, TeamPart},
    },
    view,
};

/// The resources of the teams that are final.
pub(super) fn teams(facts: &EventFacts, phase: Phase) -> Vec<Resource> {
    facts
        .teams
        .all()
        .iter()
        .filter(|team| team.is_final())
        .flat_map(|team| of_team(facts, phase, team))
        .collect()
}

fn of_team(facts: &EventFacts, phase: Phase, team: &Team) -> [Resource; 2] {
    let thread = Slot::Team(team.id, TeamPart::Thread);
    let body = view::team::own_card(&facts.event, team);
    let people = team.mates.iter().map(|mate| mate.discord).collect();
    let closed = phase == Phase::PutAway;
    let make = is_made(phase);
    [
        Resource { make, slot: thread, spec: Spec::Thread { closed, name: team.name.to_string(), people } },
        Resource { make, slot: Slot::Team(team.id, TeamPart::Card), spec: Spec::TeamCard { body, thread } },
    ]
}

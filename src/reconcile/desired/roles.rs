//! The roles of teams: one for each name among the teams that share an owner, so that a team keeps its role from race to race.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use twilight_model::id::{Id, marker::UserMarker};

use super::{Change, Resource, Spec};
use crate::{
    domain::{name::TeamName, owner::Rank, text::fold},
    reconcile::{
        binding::{Binding, Bindings},
        facts::{RoleFacts, RoleTeam},
        slot::{Slot, TeamPart},
    },
};

/// Colours that tell from each other, on dark and on light; Discord's own swatches.
const COLOURS: [u32; 10] = [
    0x001A_BC9C,
    0x002E_CC71,
    0x0034_98DB,
    0x009B_59B6,
    0x00E9_1E63,
    0x00F1_C40F,
    0x00E6_7E22,
    0x00E7_4C3C,
    0x0011_806A,
    0x0020_6694,
];

/// Teams of one name.
struct Shared<'f> {
    name: &'f TeamName,
    people: BTreeSet<Id<UserMarker>>,
    teams: Vec<&'f RoleTeam>,
}

/// The roles that teams need at `now`.
pub(super) fn roles(facts: &RoleFacts, bindings: &Bindings, now: Timestamp) -> Vec<Resource> {
    let groups = groups(facts, now);
    let slots = slots(&groups, bindings);
    let made = |slot: &Slot| bindings.get(*slot).and_then(Binding::role).is_some();
    let mut room = facts.room();
    let resource = |(group, slot): (&Shared<'_>, Slot)| {
        let make = made(&slot) || room.is_none_or(|room| room > 0);
        if make && !made(&slot) {
            room = room.map(|room| room.saturating_sub(1));
        }
        let people = group.people.iter().copied().collect();
        let spec = Spec::Role { colour: colour(group.name), name: group.name.to_string(), people };
        Resource { make, slot, spec }
    };
    groups.iter().zip(slots).map(resource).collect()
}

/// When the next event is over that needs its roles.
pub(super) fn next_change(facts: &RoleFacts, now: Timestamp) -> Option<Change> {
    let at = facts.teams.iter().map(|team| team.until).filter(|at| *at > now).min()?;
    Some(Change { at, expires: None, rank: Rank::PutAway })
}

fn groups(facts: &RoleFacts, now: Timestamp) -> Vec<Shared<'_>> {
    let mut groups: Vec<Shared<'_>> = Vec::new();
    for team in facts.teams.iter().filter(|team| team.until > now) {
        let same = |group: &&mut Shared<'_>| fold(group.name.as_str()) == fold(team.name.as_str());
        match groups.iter_mut().find(same) {
            Some(group) => {
                group.people.extend(&team.people);
                group.teams.push(team);
            }
            None => groups.push(Shared {
                name: &team.name,
                people: team.people.iter().copied().collect(),
                teams: vec![team],
            }),
        }
    }
    groups
}

/// Where each group's role stands: in the slot of a team of it that has one, else in one that bears its name, else in that of its
/// first team. So a team that is renamed keeps its role, and a role outlives the event that it was made for.
fn slots(groups: &[Shared<'_>], bindings: &Bindings) -> Vec<Slot> {
    let own = |team: &RoleTeam| Slot::Team(team.id, TeamPart::Role);
    let mut taken: BTreeSet<Slot> = BTreeSet::new();
    let by_team: Vec<Option<Slot>> = groups
        .iter()
        .map(|group| {
            let bound = group.teams.iter().map(|team| own(team)).find(|slot| bindings.get(*slot).is_some());
            bound.inspect(|slot| {
                taken.insert(*slot);
            })
        })
        .collect();
    let by_name = |group: &Shared<'_>, taken: &BTreeSet<Slot>| {
        let bears = |binding: &Binding| {
            binding.role().is_some_and(|role| fold(&role.name) == fold(group.name.as_str()))
        };
        let roles = bindings.0.iter().filter(|(slot, _)| matches!(slot, Slot::Team(_, TeamPart::Role)));
        roles.filter(|(slot, binding)| !taken.contains(slot) && bears(binding)).map(|(slot, _)| *slot).next()
    };
    let mut slots = Vec::new();
    for (group, slot) in groups.iter().zip(by_team) {
        let first = group.teams.first().map(|team| own(team));
        let slot = slot.or_else(|| by_name(group, &taken)).or(first);
        taken.extend(slot);
        slots.extend(slot);
    }
    slots
}

fn colour(name: &TeamName) -> u32 {
    let hash = Sha256::digest(fold(name.as_str()).as_bytes());
    let at = hash.first().copied().map_or(0, usize::from) % COLOURS.len();
    COLOURS.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests;

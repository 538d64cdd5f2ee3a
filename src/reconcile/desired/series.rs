//! What a series should have: its categories, and its teams' roles.

use jiff::Timestamp;

use super::{Cause, Desired, Resource, Spec, Surplus, roles};
use crate::{
    domain::channel_name::category_name,
    reconcile::{
        facts::SeriesFacts,
        slot::{Shelving, Slot},
    },
};

/// A series that isn't archived has its first category, and every further one that its events asked for; and a role for each of its teams.
pub(super) fn desired(facts: &SeriesFacts, now: Timestamp) -> Desired {
    if facts.series.archived_at.is_some() {
        return Desired { surplus: Surplus::Delete(Cause::Explicit), ..Desired::default() };
    }
    let mut numbers: Vec<u16> = vec![1];
    numbers.extend(facts.bindings.0.keys().filter_map(|slot| match slot {
        Slot::Category(Shelving::Series, n) if *n > 1 => Some(*n),
        _ => None,
    }));
    let categories = numbers.into_iter().map(|n| category(facts, n));
    let resources = categories.chain(roles::roles(&facts.roles, &facts.bindings, now)).collect();
    let next_change = roles::next_change(&facts.roles, now);
    Desired { next_change, resources, surplus: Surplus::Delete(Cause::Explicit), ..Desired::default() }
}

fn category(facts: &SeriesFacts, n: u16) -> Resource {
    let slot = Slot::Category(Shelving::Series, n);
    let name = category_name(Some(&facts.series.name), n.into());
    let adopted = facts.series.adopted_category.filter(|_| n == 1);
    Resource { make: true, slot, spec: Spec::Category { adopted, name } }
}

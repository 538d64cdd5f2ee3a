//! The steps for a role and for who has it.

use twilight_model::id::{
    Id,
    marker::{RoleMarker, UserMarker},
};

use crate::{
    discord::RoleLook,
    reconcile::{
        binding::{AppliedRole, Binding, State},
        desired::Resource,
        slot::Slot,
        step::Step,
    },
};

/// See the module.
pub(super) fn steps(
    resource: &Resource,
    look: &RoleLook,
    people: &[Id<UserMarker>],
    binding: Option<&Binding>,
) -> Vec<Step> {
    let slot = resource.slot;
    let make = || resource.make.then(|| Step::MakeRole { look: look.clone(), slot });
    let Some(binding) = binding else { return make().into_iter().collect() };
    match (binding.state, binding.role()) {
        (State::Asked, _) => Vec::new(),
        (State::Creating, _) => vec![Step::Examine { slot }],
        (State::Bound(id) | State::Full(id), Some(stands)) => {
            changes((slot, id.cast()), look, people, stands)
        }
        (State::Wanted | State::Bound(_) | State::Full(_), _) => make().into_iter().collect(),
    }
}

/// What people gave or took by hand stays: only what the service gave is taken, and it gives nothing twice.
fn changes(
    (slot, role): (Slot, Id<RoleMarker>),
    look: &RoleLook,
    people: &[Id<UserMarker>],
    stands: &AppliedRole,
) -> Vec<Step> {
    let mut steps = Vec::new();
    if stands.name != look.name || stands.colour != look.colour {
        steps.push(Step::EditRole { look: look.clone(), role, slot });
    }
    let has = |user: &Id<UserMarker>| {
        [&stands.given, &stands.theirs, &stands.absent].iter().any(|list| list.contains(user))
    };
    let lacking = people.iter().filter(|user| !has(user));
    steps.extend(lacking.map(|user| Step::GiveRole { role, slot, user: *user }));
    let surplus = stands.given.iter().filter(|user| !people.contains(user));
    steps.extend(surplus.map(|user| Step::TakeRole { role, slot, user: *user }));
    steps
}

//! The steps for one category, text channel or voice channel.

use twilight_model::{
    guild::Permissions,
    id::{Id, marker::ChannelMarker},
};

use super::{Known, Plan};
use crate::{
    domain::overwrite::{Overwrite, OverwriteTarget},
    reconcile::{
        binding::{AppliedChannel, Binding, Place, State},
        desired::{Resource, Rule, Spec, VoiceMake},
        slot::{Shelf, Slot},
        step::{Edit, Make, Step},
    },
};

/// The bits that a new voice channel takes over from the event's text channel: who sees it and who may speak there.
const SHARED: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::CONNECT).union(Permissions::SPEAK);

/// See the module.
pub(super) fn steps(plan: &mut Plan, resource: &Resource, binding: Option<&Binding>, known: Known<'_>) {
    let slot = resource.slot;
    match (binding, binding.map(|binding| binding.state)) {
        (_, Some(State::Asked)) => {}
        (_, Some(State::Creating)) => plan.steps.push(Step::Examine { slot }),
        (Some(binding), Some(State::Bound(id) | State::Full(id))) => {
            changes(plan, resource, id.cast(), binding, known);
        }
        (_, Some(State::Wanted | State::Bound(_) | State::Full(_)) | None) if resource.make => {
            create(plan, resource, known);
        }
        (_, Some(State::Wanted | State::Bound(_) | State::Full(_)) | None) => {}
    }
}

fn create(plan: &mut Plan, resource: &Resource, known: Known<'_>) {
    let fresh = known.bindings.get(resource.slot).is_none();
    if let (true, Spec::Category { adopted: Some(category), .. }) = (fresh, &resource.spec) {
        plan.steps.push(Step::Adopt { category: *category, slot: resource.slot });
        return;
    }
    let Some(make) = make(&resource.spec, known) else { return };
    match make.place() {
        Some(Place::Awaits(shelf, n)) => await_category(plan, shelf, n, known),
        Some(Place::In(_)) | None => plan.steps.push(Step::Create { make, slot: resource.slot }),
    }
}

/// Asks for the category unless somebody did, and notes that the plan goes on once it exists.
fn await_category(plan: &mut Plan, shelf: Shelf, n: u16, known: Known<'_>) {
    plan.awaits = Some(shelf);
    let want = Step::Want { n, shelf };
    let asked = known.shelves.of(shelf).iter().any(|category| category.n == n);
    if !asked && !plan.steps.contains(&want) {
        plan.steps.push(want);
    }
}

fn make(spec: &Spec, known: Known<'_>) -> Option<Make> {
    match spec {
        Spec::Board { .. }
        | Spec::Card(_)
        | Spec::Native(_)
        | Spec::Role { .. }
        | Spec::TeamCard { .. }
        | Spec::Thread { .. } => None,
        Spec::Category { name, .. } => Some(Make::Category { name: name.clone() }),
        Spec::Text { name, shelf, topic, rules: _ } => Some(Make::Text {
            name: name.clone(),
            place: known.shelves.place(*shelf, None),
            shelf: *shelf,
            topic: topic.clone(),
        }),
        Spec::Voice { make, name, rules, shelf } => Some(voice((name, *make), rules, *shelf, known)),
    }
}

/// A voice channel is visible to those who see the owner's text channel, so it starts from that channel's overwrites.
fn voice((name, make): (&str, VoiceMake), rules: &[Rule], shelf: Shelf, known: Known<'_>) -> Make {
    let beside = known.bindings.get(Slot::Channel).and_then(Binding::channel);
    let base = beside.map(|channel| channel.overwrites.iter().map(shared).collect()).unwrap_or_default();
    let start = AppliedChannel { overwrites: base, ..AppliedChannel::default() };
    let rules = &rules[..rules.len().min(Make::MOST_OVERWRITES.saturating_sub(start.overwrites.len()))];
    let mut overwrites: Vec<Overwrite> = rules.iter().map(|rule| merged(&start, rule)).collect();
    if !rules.is_empty() {
        overwrites.extend(
            start.overwrites.iter().filter(|other| rules.iter().all(|rule| rule.target != other.target)),
        );
    }
    Make::Voice {
        make,
        name: name.to_owned(),
        ours: rules.iter().map(|rule| rule.target).collect(),
        overwrites,
        place: known.shelves.place_beside(shelf, beside.and_then(|channel| channel.parent)),
        shelf,
    }
}

fn shared(overwrite: &Overwrite) -> Overwrite {
    Overwrite { allow: overwrite.allow & SHARED, deny: overwrite.deny & SHARED, target: overwrite.target }
}

/// The overwrite for a rule's target with the rule's bits set and all others as they are.
fn merged(current: &AppliedChannel, rule: &Rule) -> Overwrite {
    let Rule { allow, deny, target } = *rule;
    let (had_allow, had_deny) = current
        .overwrite(target)
        .map_or((Permissions::empty(), Permissions::empty()), |overwrite| (overwrite.allow, overwrite.deny));
    Overwrite { allow: had_allow.difference(deny) | allow, deny: had_deny.difference(allow) | deny, target }
}

fn changes(
    plan: &mut Plan,
    resource: &Resource,
    channel: Id<ChannelMarker>,
    binding: &Binding,
    known: Known<'_>,
) {
    let slot = resource.slot;
    let current = binding.channel().cloned().unwrap_or_default();
    let (name, topic, shelf, rules): (_, _, _, &[Rule]) = match &resource.spec {
        Spec::Board { .. }
        | Spec::Card(_)
        | Spec::Native(_)
        | Spec::Role { .. }
        | Spec::TeamCard { .. }
        | Spec::Thread { .. } => return,
        Spec::Category { name, .. } => (name, None, None, &[]),
        Spec::Text { name, rules, shelf, topic } => (name, Some(topic), Some(*shelf), rules),
        Spec::Voice { make: _, name, rules, shelf } => (name, None, Some(*shelf), rules),
    };
    let mut edit = Edit::default();
    if !binding.row.renamed && !binding.is_adopted() {
        edit.name = (*name != current.name).then(|| name.clone());
        edit.topic = topic.filter(|topic| current.topic.as_ref() != Some(topic)).cloned();
    }
    match shelf.map(|shelf| known.shelves.place(shelf, current.parent)) {
        Some(Place::In(parent)) => {
            edit.parent = Some(parent).filter(|parent| current.parent != Some(*parent))
        }
        Some(Place::Awaits(shelf, n)) => await_category(plan, shelf, n, known),
        None => {}
    }
    if !edit.is_empty() {
        plan.steps.push(Step::Edit { channel, edit, slot });
    }
    plan.steps.extend(overwrites(slot, channel, &current, rules));
}

/// One by one, so that a moderator's overwrites stay: ours are set where they differ, and taken off where no rule asks for them. Those
/// that deny something go first: what admits the bot itself must outlast them, or the bot could take off nothing more.
fn overwrites(slot: Slot, channel: Id<ChannelMarker>, current: &AppliedChannel, rules: &[Rule]) -> Vec<Step> {
    let set = rules
        .iter()
        .filter(|rule| !current.absent.contains(&rule.target))
        .map(|rule| merged(current, rule))
        .filter(|wanted| current.overwrite(wanted.target) != Some(*wanted))
        .map(|overwrite| Step::SetOverwrite { channel, overwrite, slot });
    let stale = |target: &OverwriteTarget| rules.iter().all(|rule| rule.target != *target);
    let mut cleared: Vec<OverwriteTarget> = current.ours.iter().copied().filter(stale).collect();
    let denies = |target| current.overwrite(target).is_some_and(|overwrite| !overwrite.deny.is_empty());
    cleared.sort_by_key(|target| !denies(*target));
    let clear = cleared.into_iter().map(|target| Step::ClearOverwrite { channel, slot, target });
    set.chain(clear).collect()
}

#[cfg(test)]
mod tests;

//! What is left to do, from what should be and what is bound. Pure.

use std::{collections::BTreeMap, fmt};

use jiff::Timestamp;

use super::{
    binding::{Applied, Binding, Bindings, Shelves, State},
    desired::{Channel, Desired, Resource, Saying, Spec, Surplus},
    slot::{Shelf, Slot},
    step::Step,
};
use crate::view::{VIEW_VERSION, message::Body};

mod channel;

/// The steps that are left, in an order in which each finds what it stands in: categories, channels, overwrites, messages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The shelf whose next category some step waits for.
    pub awaits: Option<Shelf>,
    /// When a step that failed before may be tried again.
    pub retry_at: Option<Timestamp>,
    /// The steps.
    pub steps: Vec<Step>,
}

/// What is known of the owner's sayings, by key.
pub type Said = BTreeMap<String, SaidState>;

/// Where a saying stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SaidState {
    /// It was said, or recorded as never said.
    Settled,
    /// A call to say it was begun; no step for it is tried before that.
    Begun(Option<Timestamp>),
}

/// What is bound and known when a plan is made.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The owner's bindings.
    pub bindings: &'a Bindings,
    /// What became of its sayings.
    pub said: &'a Said,
    /// The categories that its channels may stand in.
    pub shelves: &'a Shelves,
}

impl Plan {
    /// Whether nothing is left to do now.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    fn retry(&mut self, at: Option<Timestamp>) {
        self.retry_at = self.retry_at.into_iter().chain(at).min();
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing to do");
        }
        for (i, step) in self.steps.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            fmt::Display::fmt(step, f)?;
        }
        Ok(())
    }
}

/// The steps that lead from what is `known` to what is `desired`, as far as they may be tried at `now`.
#[must_use]
pub fn plan(desired: &Desired, known: Known<'_>, now: Timestamp) -> Plan {
    let mut plan = Plan::default();
    for resource in &desired.resources {
        resource_steps(&mut plan, resource, known, now);
    }
    for saying in &desired.sayings {
        saying_steps(&mut plan, saying, desired, known, now);
    }
    surplus_steps(&mut plan, desired, known, now);
    plan.steps.sort_by_key(order);
    plan
}

/// Roles → category → channels → overwrites → messages → threads → members; what goes, goes last.
const fn order(step: &Step) -> u8 {
    match step {
        Step::Adopt { .. } | Step::Want { .. } => 0,
        Step::Examine { .. } | Step::Create { .. } => 1,
        Step::Edit { .. } => 2,
        Step::SetOverwrite { .. } | Step::ClearOverwrite { .. } => 3,
        Step::Post { .. } | Step::EditCard { .. } => 4,
        Step::Say(_) | Step::Expire { .. } => 5,
        Step::Delete { .. } | Step::Release { .. } => 6,
    }
}

fn resource_steps(plan: &mut Plan, resource: &Resource, known: Known<'_>, now: Timestamp) {
    let binding = known.bindings.get(resource.slot);
    if let Some(binding) = binding.filter(|binding| !binding.is_ready(now)) {
        plan.retry(binding.row.not_before);
        return;
    }
    match &resource.spec {
        Spec::Card(body) => plan.steps.extend(card_step(resource, body, binding, known, now)),
        Spec::Category { .. } | Spec::Text { .. } | Spec::Voice { .. } => {
            channel::steps(plan, resource, binding, known);
        }
    }
}

fn card_step(
    resource: &Resource,
    body: &Body,
    binding: Option<&Binding>,
    known: Known<'_>,
    now: Timestamp,
) -> Option<Step> {
    let slot = resource.slot;
    let post = || resource.make.then(|| Step::Post { body: body.clone(), slot });
    let Some(binding) = binding else { return post() };
    match (binding.state, &binding.applied) {
        (State::Asked, _) => None,
        (State::Wanted | State::Creating, _) => post(),
        (State::Bound(_) | State::Full(_), Some(Applied::Card { channel })) => {
            if known.bindings.channel(Slot::Channel) != Some(*channel) {
                return post();
            }
            let settles = binding.row.settle_at.is_some_and(|at| at <= now);
            let waits = binding.row.settle_at.is_some_and(|at| at > now);
            let is_newest = binding.row.view_version <= VIEW_VERSION.unsigned_abs();
            let differs = binding.hash.as_deref() != Some(body.hash().as_str());
            (is_newest && (settles || differs && !waits)).then(|| Step::EditCard { body: body.clone(), slot })
        }
        (State::Bound(_) | State::Full(_), _) => post(),
    }
}

fn saying_steps(plan: &mut Plan, saying: &Saying, desired: &Desired, known: Known<'_>, now: Timestamp) {
    let begun = match known.said.get(&saying.key) {
        Some(SaidState::Settled) => return,
        Some(SaidState::Begun(not_before)) => *not_before,
        None => None,
    };
    if saying.expires <= now {
        plan.steps.push(Step::Expire { at: saying.expires, key: saying.key.clone() });
        return;
    }
    if begun.is_some_and(|at| at > now) {
        plan.retry(begun);
        return;
    }
    if has_place(saying, desired, known) {
        plan.steps.push(Step::Say(saying.clone()));
    }
}

/// Whether the channel that a saying goes to exists, or is about to.
fn has_place(saying: &Saying, desired: &Desired, known: Known<'_>) -> bool {
    match saying.to {
        Channel::Known(_) => true,
        Channel::Slot(slot) => desired.makes(slot) || known.bindings.channel(slot).is_some(),
    }
}

fn surplus_steps(plan: &mut Plan, desired: &Desired, known: Known<'_>, now: Timestamp) {
    let Surplus::Delete(cause) = desired.surplus else { return };
    let unwanted =
        known.bindings.0.iter().filter(|(slot, _)| desired.resources.iter().all(|r| r.slot != **slot));
    for (slot, binding) in unwanted {
        if !binding.is_ready(now) {
            plan.retry(binding.row.not_before);
            continue;
        }
        plan.steps.push(channel::surplus(*slot, binding, cause));
    }
}

#[cfg(test)]
mod tests;

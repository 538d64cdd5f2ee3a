//! What is left to do, from what should be and what is bound. Pure.

use std::{collections::BTreeMap, fmt};

use jiff::Timestamp;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, MessageMarker},
};

use crate::discord::RoleLook;

use super::{
    binding::{Binding, Bindings, Shelves, State},
    desired::{Cause, Channel, Desired, Resource, Saying, Spec, Surplus},
    slot::{Shelf, Slot, TeamPart},
    step::Step,
};
mod channel;
mod message;
mod native;
mod reminders;
mod role;
mod thread;

/// The steps that are left, in an order in which each finds what it stands in: categories, channels, overwrites, messages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The shelf whose next category some step waits for.
    pub awaits: Option<Shelf>,
    /// When a step that failed before may be tried again.
    pub retry_at: Option<Timestamp>,
    /// When a step may be tried again that the owner does without.
    pub revisit_at: Option<Timestamp>,
    /// The steps.
    pub steps: Vec<Step>,
}

/// What is known of the owner's sayings, by key.
pub type Said = BTreeMap<String, SaidState>;

/// Where a saying stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SaidState {
    /// It was recorded as never said, or taken back.
    Settled,
    /// It was said, there; nothing is done about it before `not_before`.
    Stands {
        /// The channel.
        channel: Id<ChannelMarker>,
        /// The message.
        message: Id<MessageMarker>,
        /// When.
        not_before: Option<Timestamp>,
    },
    /// A call to say it was begun; no step for it is tried before that.
    Begun(Option<Timestamp>),
    /// The same, and it has failed so often that nothing waits for it any longer.
    Refused(Option<Timestamp>),
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

    /// Notes when something that was tried before may be tried again.
    fn wait(&mut self, until: Option<Timestamp>) {
        self.retry_at = self.retry_at.into_iter().chain(until).min();
    }

    /// Notes when a binding that isn't ready may be tried again.
    fn retry(&mut self, binding: &Binding) {
        let waits = if binding.is_done_without() { &mut self.revisit_at } else { &mut self.retry_at };
        *waits = (*waits).into_iter().chain(binding.row.not_before).min();
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
        if !is_held(resource.slot, desired, known, now) {
            resource_steps(&mut plan, resource, known, now);
        }
    }
    for saying in &desired.sayings {
        saying_steps(&mut plan, saying, desired, known, now);
    }
    reminders::steps(&mut plan, desired, known, now);
    surplus_steps(&mut plan, desired, known, now);
    plan.steps.sort_by_key(order);
    plan
}

/// Whether a slot's resource stays as it is until something was said. What is too late to be said, has failed too often, or has no
/// place to be said in, holds nothing up.
fn is_held(slot: Slot, desired: &Desired, known: Known<'_>, now: Timestamp) -> bool {
    let Some(hold) = desired.hold.as_ref().filter(|hold| hold.slot == slot) else { return false };
    let is_settled = matches!(
        known.said.get(&hold.key),
        Some(SaidState::Settled | SaidState::Stands { .. } | SaidState::Refused(_))
    );
    let saying = desired.sayings.iter().find(|saying| saying.key == hold.key);
    let awaited = |saying: &Saying| saying.expires > now && has_place(saying, desired, known);
    !is_settled && saying.is_some_and(awaited)
}

/// Roles → category → channels → overwrites → messages → threads → members; what goes, goes last.
const fn order(step: &Step) -> u8 {
    match step {
        Step::Adopt { .. } | Step::Want { .. } => 0,
        Step::Examine { .. } | Step::Create { .. } | Step::MakeRole { .. } => 1,
        Step::Edit { .. } | Step::EditRole { .. } => 2,
        Step::SetOverwrite { .. } | Step::ClearOverwrite { .. } => 3,
        Step::OpenThread { .. } => 4,
        Step::EditThread { edit, .. } if !matches!(edit.archived, Some(true)) => 4,
        Step::Post { .. } | Step::EditCard { .. } | Step::Reschedule { .. } | Step::Schedule { .. } => 5,
        Step::AddToThread { .. }
        | Step::GiveRole { .. }
        | Step::Pin { .. }
        | Step::RemoveFromThread { .. }
        | Step::TakeRole { .. } => 6,
        Step::Say(_) | Step::Expire { .. } => 7,
        // What is closed takes nothing any more.
        Step::EditThread { .. } => 8,
        Step::Delete { .. }
        | Step::DeleteRole { .. }
        | Step::Release { .. }
        | Step::Unpost { .. }
        | Step::Unsay { .. }
        | Step::Unschedule { .. } => 9,
    }
}

fn resource_steps(plan: &mut Plan, resource: &Resource, known: Known<'_>, now: Timestamp) {
    let binding = known.bindings.get(resource.slot);
    if let Some(binding) = binding.filter(|binding| !binding.is_ready(now)) {
        plan.retry(binding);
        return;
    }
    match &resource.spec {
        Spec::Board { body, channel } => {
            let place = message::Place { channel: Some(*channel), to: Channel::Known(*channel) };
            plan.steps.extend(message::step(resource, body, place, binding, now));
        }
        Spec::Card(body) => {
            let channel = known.bindings.channel(Slot::Channel);
            let place = message::Place { channel, to: Channel::Slot(Slot::Channel) };
            plan.steps.extend(message::step(resource, body, place, binding, now));
        }
        Spec::TeamCard { body, thread } => {
            let place =
                message::Place { channel: known.bindings.channel(*thread), to: Channel::Slot(*thread) };
            plan.steps.extend(message::step(resource, body, place, binding, now));
            plan.steps.extend(thread::pin(resource.slot, binding));
        }
        Spec::Role { colour, name, people } => {
            let look = RoleLook { colour: *colour, name: name.clone() };
            plan.steps.extend(role::steps(resource, &look, people, binding));
        }
        Spec::Thread { closed, name, people, private } => {
            let wanted = thread::Wanted { closed: *closed, name, people, private: *private };
            plan.steps.extend(thread::steps(resource, &wanted, binding));
        }
        Spec::Native(native) => plan.steps.extend(native::step(resource, native, binding, now)),
        Spec::Category { .. } | Spec::Text { .. } | Spec::Voice { .. } => {
            channel::steps(plan, resource, binding, known);
        }
    }
}

fn saying_steps(plan: &mut Plan, saying: &Saying, desired: &Desired, known: Known<'_>, now: Timestamp) {
    let begun = match known.said.get(&saying.key) {
        Some(SaidState::Settled | SaidState::Stands { .. }) => return,
        Some(SaidState::Begun(not_before) | SaidState::Refused(not_before)) => *not_before,
        None => None,
    };
    if saying.expires <= now {
        plan.steps.push(Step::Expire { at: saying.expires, key: saying.key.clone() });
        return;
    }
    if begun.is_some_and(|at| at > now) {
        plan.wait(begun);
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
    for (slot, binding) in unwanted.filter(|(slot, _)| !is_held(**slot, desired, known, now)) {
        if !binding.is_ready(now) {
            plan.retry(binding);
            continue;
        }
        let cause = match (slot, cause) {
            (Slot::Practice | Slot::Team(..), Cause::Surplus) => Cause::Explicit,
            _ => cause,
        };
        let in_channel = matches!(slot, Slot::Team(_, part) if part.is_in_channel());
        let goes_along = in_channel && !desired.keeps(Slot::Channel);
        plan.steps.push(if goes_along {
            Step::Release { slot: *slot }
        } else {
            surplus(*slot, binding, cause, now)
        });
    }
}

/// What becomes of a binding that nothing desires. What an attempt may have made has to be known before it can be let go.
fn surplus(slot: Slot, binding: &Binding, cause: Cause, now: Timestamp) -> Step {
    match (slot, binding.state) {
        (Slot::Card | Slot::Update | Slot::Team(_, TeamPart::Card), _) => Step::Release { slot },
        (_, State::Creating) => Step::Examine { slot },
        (_, State::Bound(id) | State::Full(id)) if binding.is_ours() => match slot {
            Slot::Board => Step::Unpost { slot },
            Slot::Native if binding.native().is_some_and(|native| native.ends <= now) => {
                Step::Release { slot }
            }
            Slot::Native => Step::Unschedule { event: id.cast(), slot },
            Slot::Team(_, TeamPart::Role) => Step::DeleteRole { role: id.cast(), slot },
            _ => Step::Delete { cause, channel: id.cast(), slot },
        },
        (_, State::Asked | State::Bound(_) | State::Full(_) | State::Wanted) => Step::Release { slot },
    }
}

#[cfg(test)]
mod tests;

//! What a failed step rules out for the rest of a round.
//!
//! Independent steps go on when one fails. But the later steps of the same slot build on the failed one, and where Discord
//! refuses one message in a channel it refuses the next. And while Discord goes on refusing, one call at a time probes whether
//! that has changed: everything else that it refused waits along.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{
    Reconciler,
    desired::{Channel, Saying},
    slot::{Slot, TeamPart},
    step::Step,
};
use crate::{
    domain::{owner::Owner, panel::Failure},
    store::{Lease, StoreError, bindings, messages},
};

/// What Discord refused when it was last tried, and until when it waits.
#[derive(Clone, Debug, Default)]
pub(super) struct Refused(HashMap<About, Row>);

/// What a step is about: its failures stand together.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
enum About {
    Saying(String),
    Slot(Slot),
}

#[derive(Clone, Debug)]
enum Row {
    Binding(bindings::Binding),
    Message(messages::Said),
}

/// The failures of a round so far.
pub(super) struct Halt<'a> {
    before: &'a Refused,
    channels: Vec<Channel>,
    probed: bool,
    slots: Vec<Slot>,
}

impl Row {
    const fn not_before(&self) -> Option<Timestamp> {
        match self {
            Self::Binding(row) => row.not_before,
            Self::Message(row) => row.not_before,
        }
    }
}

impl About {
    fn of(step: &Step) -> Option<Self> {
        match step {
            Step::Say(saying) => Some(Self::Saying(saying.key.clone())),
            Step::Unsay { key, .. } => Some(Self::Saying(key.clone())),
            step => step.slot().map(Self::Slot),
        }
    }
}

impl Refused {
    fn has(&self, step: &Step) -> bool {
        About::of(step).is_some_and(|about| self.0.contains_key(&about))
    }
}

impl<'a> Halt<'a> {
    /// Nothing has failed yet; `before` is what Discord refused before this round.
    pub(super) const fn new(before: &'a Refused) -> Self {
        Self { before, channels: Vec::new(), probed: false, slots: Vec::new() }
    }

    /// Whether an earlier failure of the round rules this step out.
    pub(super) fn rules_out(&self, step: &Step) -> bool {
        let fails = match step {
            Step::Say(Saying { to, .. }) => self.channels.contains(to),
            step => step.slot().is_some_and(|slot| self.slots.contains(&slot)),
        };
        fails || self.probed && step.is_remote() && self.before.has(step)
    }

    /// Notes a failure. Whether it was a probe that Discord refused again, so that everything refused has to wait along.
    pub(super) fn failed(&mut self, step: &Step, refused: &Refused) -> bool {
        match step {
            Step::Say(Saying { to, .. }) => self.channels.push(*to),
            step => self.slots.extend(step.slot()),
        }
        // What the owner does without waits along with the rest, and tells nothing of it.
        let is_apart = matches!(step.slot(), Some(Slot::Native | Slot::Team(_, TeamPart::Role)));
        let probes = !is_apart;
        self.probed |= probes && self.before.has(step) && refused.has(step);
        self.probed
    }
}

impl Reconciler {
    /// What Discord refused of an owner's when it was last tried.
    pub(super) async fn refused(&self, owner: Owner) -> Result<Refused, StoreError> {
        let bindings = bindings::of_owner(&self.store, owner.id()).await?;
        let bindings = bindings.into_iter().filter(|row| is_refusal(row.fault.as_ref())).filter_map(|row| {
            let slot = row.slot.parse().ok()?;
            Some((About::Slot(slot), Row::Binding(row)))
        });
        let messages = messages::of_owners(&self.store, &[owner.id()]).await?;
        let messages = messages.into_iter().filter(|row| is_refusal(row.fault.as_ref()));
        let messages = messages.map(|row| (About::Saying(row.key.clone()), Row::Message(row)));
        Ok(Refused(bindings.chain(messages).collect()))
    }

    /// Has everything refused wait for as long as the step that was just refused again.
    pub(super) async fn postpone(
        &self,
        lease: &Lease,
        owner: Owner,
        probe: &Step,
        refused: &Refused,
    ) -> Result<(), StoreError> {
        let probe = About::of(probe).and_then(|about| refused.0.get(&about)).and_then(Row::not_before);
        let Some(until) = probe else { return Ok(()) };
        tracing::debug!(owner = %owner.id(), %until, "still refused");
        let fenced = self.store.fenced(lease).await?;
        for row in refused.0.values().filter(|row| row.not_before() < Some(until)) {
            match row {
                Row::Binding(row) => bindings::wait(&fenced, row.id, until, self.clock.now()).await?,
                Row::Message(row) => messages::wait(&fenced, row.id, until).await?,
            }
        }
        fenced.commit().await
    }
}

fn is_refusal(fault: Option<&crate::store::fault::Fault>) -> bool {
    fault.is_some_and(|fault| fault.class == Failure::Forbidden)
}

//! The books of what failed: when it is tried again, and what the organisers are asked.

use super::{Done, Scene};
use crate::{
    discord::{Class, Error, Full, Gone},
    domain::{
        id::{BindingId, OwnerId, QuestionId},
        owner::{Owner, Rank},
        panel::{Failure, Resource, Room, Topic},
    },
    reconcile::{
        backoff,
        desired::desired,
        slot::{Shelving, Slot, TeamPart},
    },
    store::{
        Fenced, StoreError,
        bindings::{self, BindingState},
        fault::Fault,
        messages, owners,
        questions::{self, NewQuestion},
    },
};

/// After so many failures in a row that nobody there can mend, the organisers are told.
const TELL_AFTER: u32 = 5;

/// What a question is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct About {
    /// Whose.
    pub(super) owner: OwnerId,
    /// Which of its slots.
    pub(super) slot: Slot,
}

impl Scene<'_> {
    /// Notes a failure on the slot's binding: when it is tried again, and whom to ask.
    pub(super) async fn troubled(&self, slot: Slot, error: &Error) -> Result<Done, StoreError> {
        let tries = self.note(slot, error).await?;
        if let Some(topic) = topic(resource(slot), error, tries) {
            self.ask_of(self.owner, &slot.to_string(), topic).await?;
        }
        Ok(Done::Failed)
    }

    /// Writes a failure down on the slot's binding, and returns how many there were in a row.
    pub(super) async fn note(&self, slot: Slot, error: &Error) -> Result<u32, StoreError> {
        let Some(row) = bindings::by_slot(&self.with.store, self.owner.id(), &slot.to_string()).await? else {
            return Ok(0);
        };
        let tries = counted(row.tries, error);
        self.log(&slot.to_string(), tries, error);
        let at = backoff::next_try(error, tries, self.now(), self.with.ids.fraction());
        let fenced = self.with.store.fenced(self.lease).await?;
        bindings::retry(&fenced, (row.id, tries), at, &fault(error), self.now()).await?;
        fenced.commit().await?;
        if error.class() == Class::Gone(Gone::Guild) {
            self.with.lose_guild(self.lease, error).await?;
        }
        Ok(tries)
    }

    /// Notes that something couldn't be said.
    pub(super) async fn unsaid(&self, said: &messages::Said, error: &Error) -> Result<Done, StoreError> {
        let tries = counted(said.tries, error);
        self.log(&said.key, tries, error);
        let at = backoff::next_try(error, tries, self.now(), self.with.ids.fraction());
        let fenced = self.with.store.fenced(self.lease).await?;
        messages::retry(&fenced, said.id, tries, at, &fault(error)).await?;
        fenced.commit().await?;
        let is_question = matches!(self.owner, Owner::Guild(_));
        if let (Some(topic), false) = (topic(Resource::Message, error, tries), is_question) {
            self.ask_of(self.owner, &said.key, topic).await?;
        }
        Ok(Done::Failed)
    }

    /// Something was deleted by hand: it is made again once, then only after a yes. What wouldn't be made anyway is let go.
    pub(super) async fn deleted(&self, slot: Slot) -> Result<Done, StoreError> {
        let Some(binding) = self.binding(slot).await? else { return Ok(Done::Waits) };
        if !desired(self.facts, self.now()).makes(slot) {
            return self.release(slot).await;
        }
        let asks = binding.row.remakes > 0;
        let topic = asks.then_some(Topic::Deleted { resource: resource(slot) });
        let about = About { owner: self.owner.id(), slot };
        self.stop_at(binding.row.id, BindingState::Gone, about, topic).await?;
        Ok(if asks { Done::Failed } else { Done::Changed })
    }

    /// Moves a binding to a state in which it waits for somebody, and asks them in the same transaction: a crash in between would
    /// leave it waiting for an answer to a question that nobody was asked.
    pub(super) async fn stop_at(
        &self,
        id: BindingId,
        state: BindingState,
        about: About,
        topic: Option<Topic>,
    ) -> Result<(), StoreError> {
        let fenced = self.with.store.fenced(self.lease).await?;
        bindings::mark(&fenced, id, state, self.now()).await?;
        if let Some(topic) = topic {
            self.ask_in(&fenced, about.owner, &about.slot.to_string(), topic).await?;
        }
        fenced.commit().await
    }

    /// Puts a question to the organisers, unless it is open already, and has the guild post it.
    pub(super) async fn ask_of(&self, owner: Owner, about: &str, topic: Topic) -> Result<(), StoreError> {
        let fenced = self.with.store.fenced(self.lease).await?;
        self.ask_in(&fenced, owner.id(), about, topic).await?;
        fenced.commit().await
    }

    /// The same within a transaction.
    pub(super) async fn ask_in(
        &self,
        fenced: &Fenced,
        owner: OwnerId,
        about: &str,
        topic: Topic,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let id = QuestionId::new(self.with.ids.uuid(now));
        let question = NewQuestion { id, owner, slot: about.to_owned(), topic };
        if questions::ask(fenced, question, now).await? {
            let guild = Owner::Guild(self.lease.guild).id();
            owners::request(fenced.tx(), &[guild], Rank::People, now).await?;
        }
        Ok(())
    }

    /// What was asked about a slot, or about something to say, has settled by itself.
    pub(super) async fn settle_questions(&self, fenced: &Fenced, about: &str) -> Result<(), StoreError> {
        let asked = questions::of_owners(fenced, &[self.owner.id()]).await?;
        for question in
            asked.iter().filter(|question| question.slot == about && question.is_settled_by_success())
        {
            questions::settle(fenced, question.id, self.now()).await?;
        }
        Ok(())
    }

    fn log(&self, about: &str, tries: u32, error: &Error) {
        tracing::warn!(owner = %self.owner.id(), about, tries, %error, "step failed");
    }
}

/// How many failures in a row that makes. To be asked to wait is none.
fn counted(before: u32, error: &Error) -> u32 {
    match error.class() {
        Class::RetryAt(_) => before,
        _ => before.saturating_add(1),
    }
}

/// What a failure leaves in the rows.
pub(in crate::reconcile) fn fault(error: &Error) -> Fault {
    let class = match error.class() {
        Class::Broken => Failure::Broken,
        Class::Forbidden => Failure::Forbidden,
        Class::Full(_) => Failure::Full,
        Class::Gone(_) => Failure::Gone,
        Class::RetryAt(_) => Failure::Later,
    };
    Fault { class, message: error.to_string() }
}

/// What the organisers are asked about a failure, if it is theirs to mend.
fn topic(resource: Resource, error: &Error, tries: u32) -> Option<Topic> {
    match error.class() {
        // What the owner does without is told by the health report, once for all events.
        Class::Forbidden if resource == Resource::NativeEvent => None,
        Class::Forbidden => Some(Topic::Forbidden { resource }),
        Class::Full(Full::Channels) => Some(Topic::Full { resource, room: Room::Channels }),
        Class::Full(Full::Roles) => Some(Topic::Full { resource, room: Room::Roles }),
        Class::Full(Full::Category) => Some(Topic::Full { resource, room: Room::Category }),
        Class::Broken | Class::Gone(_) => (tries >= TELL_AFTER).then_some(Topic::Broken { resource }),
        Class::Full(_) | Class::RetryAt(_) => None,
    }
}

/// How people call what a slot holds.
pub(in crate::reconcile) const fn resource(slot: Slot) -> Resource {
    match slot {
        Slot::Board => Resource::Board,
        Slot::Card => Resource::Card,
        Slot::Category(Shelving::Archive, _) => Resource::Archive,
        Slot::Category(Shelving::Events | Shelving::Series, _) => Resource::Category,
        Slot::Channel => Resource::Channel,
        Slot::Native => Resource::NativeEvent,
        Slot::RaceVoice | Slot::Team(_, TeamPart::RaceVoice) => Resource::RaceVoice,
        Slot::Practice | Slot::Team(_, TeamPart::Practice) => Resource::PracticeVoice,
        Slot::Team(_, TeamPart::Card) => Resource::TeamCard,
        Slot::Team(_, TeamPart::Role) => Resource::TeamRole,
        Slot::Team(_, TeamPart::Thread) => Resource::TeamThread,
        Slot::Update => Resource::Update,
    }
}

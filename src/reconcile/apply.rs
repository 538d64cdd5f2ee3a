//! Does one step of a plan, one arm per kind, and keeps the books of it.
//!
//! Before a call the attempt is written down, after it what came of it; whatever is killed in between finds its way back from
//! there. A step that fails notes on its own row when it may be tried again, so that independent steps go on.

use std::time::Duration;

use crate::{
    domain::owner::Owner,
    store::{Lease, StoreError},
};

use super::{Reconciler, facts::Facts, step::Step};

mod books;
mod create;
mod delete;
mod edit;
mod examine;
mod message;
mod native;
mod role;
mod say;
mod shelf;
mod thread;
mod trouble;
mod unsay;

pub(super) use trouble::{fault, resource};

/// The most characters of a name in an audit log's reason.
const MAX_REASON_NAME: usize = 100;

/// How far Discord's clock and ours may differ.
const SKEW: Duration = Duration::from_secs(5);

/// What came of a step.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Done {
    /// It was done.
    Changed,
    /// It couldn't be done; its row says why and when it is tried again.
    Failed,
    /// What it stands in doesn't exist yet.
    Waits,
}

/// What a step is applied with.
pub(super) struct Scene<'a> {
    /// The owner's facts.
    pub(super) facts: &'a Facts,
    /// The lease that every write carries.
    pub(super) lease: &'a Lease,
    /// Whose step it is.
    pub(super) owner: Owner,
    /// The tools.
    pub(super) with: &'a Reconciler,
}

impl Scene<'_> {
    /// Does one step.
    ///
    /// # Errors
    ///
    /// When the database fails, or the lease was lost to another worker. A call that fails is no error here but
    /// [`Done::Failed`].
    pub(super) async fn apply(&self, step: Step) -> Result<Done, StoreError> {
        match step {
            Step::AddToThread { slot, thread, user } => self.add_to_thread(slot, thread, user).await,
            Step::Adopt { category, slot } => self.adopt(slot, category).await,
            Step::ClearOverwrite { channel, slot, target } => {
                self.clear_overwrite(slot, channel, target).await
            }
            Step::Create { make, slot } => self.create(slot, &make).await,
            Step::Delete { cause, channel, slot } => self.delete(slot, channel, cause).await,
            Step::Edit { channel, edit, slot } => self.edit(slot, channel, edit).await,
            Step::EditCard { body, slot } => self.edit_card(slot, &body).await,
            Step::EditThread { edit, slot, thread } => self.edit_thread(slot, thread, &edit).await,
            Step::Examine { slot } => self.examine(slot).await,
            Step::Expire { at, key } => self.expire(&key, at).await,
            Step::DeleteRole { role, slot } => self.delete_role(slot, role).await,
            Step::EditRole { look, role, slot } => self.edit_role(slot, role, &look).await,
            Step::GiveRole { role, slot, user } => self.give_role(slot, role, user).await,
            Step::MakeRole { look, slot } => self.make_role(slot, look).await,
            Step::TakeRole { role, slot, user } => self.take_role(slot, role, user).await,
            Step::OpenThread { name, private, slot } => self.open_thread(slot, (&name, private)).await,
            Step::Pin { slot } => self.pin(slot).await,
            Step::Post { body, slot, to } => self.post(slot, to, &body).await,
            Step::Release { slot } => self.release(slot).await,
            Step::RemoveFromThread { slot, thread, user } => {
                self.remove_from_thread(slot, thread, user).await
            }
            Step::Reschedule { edit, event, native, slot } => {
                self.reschedule(slot, event, &edit, native).await
            }
            Step::Say(saying) => self.say(&saying).await,
            Step::Schedule { native, slot } => self.schedule(slot, native).await,
            Step::SetOverwrite { channel, overwrite, slot } => {
                self.set_overwrite(slot, channel, overwrite).await
            }
            Step::Unpost { slot } => self.unpost(slot).await,
            Step::Unschedule { event, slot } => self.unschedule(slot, event).await,
            Step::Unsay { channel, key, message } => self.unsay(&key, channel, message).await,
            Step::Want { n, shelf } => self.want(shelf, n).await,
        }
    }

    /// What a moderator reads in the audit log beside the act. Discord keeps 512 characters: whose it is comes last.
    fn reason(&self, what: &str) -> String {
        let name = match self.facts {
            Facts::Event(facts) => facts.event.name.as_str(),
            Facts::Guild(facts) => facts.club.name.as_str(),
            Facts::Series(facts) => facts.series.name.as_str(),
        };
        let name: String = name.chars().take(MAX_REASON_NAME).collect();
        format!("Simlane: {what}: {name}")
    }
}

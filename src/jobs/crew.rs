//! Who does the jobs: a guild is reconciled, a late answer is sent.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use twilight_model::id::Id;
use uuid::Uuid;

use super::{
    bell::Bell,
    census::Census,
    follow_up::{Delivered, FollowUps},
    import::Imports,
    inquiry::{Answered, Inquiries},
    job::{Handle, Job},
    sync::{Stepped, Syncs},
    webhook::Webhooks,
};
use crate::{
    base::{clock::Clock, ids::Ids},
    domain::id::{ImportId, WebhookId},
    reconcile::{Reconciler, Served},
};

/// How soon a guild is looked at again whose next work is due by the time that it has been served.
const AT_ONCE: Duration = Duration::from_secs(1);
/// Others that wait for the same lease come back spread over this.
const SPREAD: Duration = Duration::from_secs(1);

/// Does jobs.
pub struct Crew {
    abandon: CancellationToken,
    bell: Bell,
    census: Census,
    clock: Clock,
    follow_ups: FollowUps,
    ids: Ids,
    imports: Imports,
    inquiries: Inquiries,
    reconciler: Reconciler,
    syncs: Syncs,
    webhooks: Webhooks,
}

/// What [`Crew::new`] is given.
pub struct CrewParts {
    /// Ends what is in hand at once, as a crash would. What was under way stands in the database, and its lease runs out.
    pub abandon: CancellationToken,
    /// Rings for what is left to do.
    pub bell: Bell,
    /// Finds the guilds that were lost.
    pub census: Census,
    /// The domain's clock.
    pub clock: Clock,
    /// Sends late answers.
    pub follow_ups: FollowUps,
    /// Spreads what would come all at once.
    pub ids: Ids,
    /// Finds out what was asked.
    pub inquiries: Inquiries,
    /// Reads and writes rosters.
    pub imports: Imports,
    /// Makes Discord agree.
    pub reconciler: Reconciler,
    /// Goes on with member syncs.
    pub syncs: Syncs,
    /// Tells clubs' sites.
    pub webhooks: Webhooks,
}

impl Crew {
    /// A crew of these parts.
    #[must_use]
    pub fn new(parts: CrewParts) -> Self {
        let CrewParts {
            abandon,
            bell,
            census,
            clock,
            follow_ups,
            ids,
            imports,
            inquiries,
            reconciler,
            syncs,
            webhooks,
        } = parts;
        Self {
            abandon,
            bell,
            census,
            clock,
            follow_ups,
            ids,
            imports,
            inquiries,
            reconciler,
            syncs,
            webhooks,
        }
    }

    async fn work(&self, job: Job) {
        match job {
            Job::Wake { guild, request_id } => self.wake(guild, request_id).await,
            Job::Census { request_id } => self.count(request_id).await,
            Job::Sync { id, request_id } => self.sync(id, request_id).await,
            Job::FollowUp { id, request_id } => self.follow_up(id, request_id).await,
            Job::Inquiry { id, request_id } => self.inquire(id, request_id).await,
            Job::Import { id, .. } => self.import(id).await,
            Job::Webhook { id, request_id } => self.tell(id, request_id).await,
        }
    }

    async fn wake(&self, guild: u64, request_id: String) {
        let Some(id) = Id::new_checked(guild) else {
            return tracing::error!(guild, "no guild has this id");
        };
        let again = Job::Wake { guild, request_id };
        match self.reconciler.serve(id).await {
            Ok(Served::Busy(left)) => {
                self.bell.after(again, left + SPREAD.mul_f64(self.ids.fraction()));
            }
            Ok(Served::Until(Some(at))) if at > self.clock.now() => self.bell.at(again, at),
            Ok(Served::Until(Some(_))) => self.bell.after(again, AT_ONCE),
            Ok(Served::Until(None)) => {}
            Err(error) => {
                tracing::error!(error = chain(&error), "the database failed; the sweep tries again");
            }
        }
    }

    /// Looks which guilds were lost. The sweep rings for each.
    async fn count(&self, request_id: String) {
        match self.census.take().await {
            Ok(missed) => tracing::debug!(missed, request_id, "took a census of guilds"),
            Err(error) => {
                tracing::warn!(error = chain(&error), "no census of guilds; the next one looks again")
            }
        }
    }

    async fn sync(&self, id: Uuid, request_id: String) {
        let again = Job::Sync { id, request_id };
        match self.syncs.step(id).await {
            Ok(Stepped::Again) => self.bell.now(again),
            Ok(Stepped::At(at)) => self.bell.at(again, at),
            Ok(Stepped::Over) => {}
            Err(error) => {
                tracing::error!(error = chain(&error), "a sync's step failed; the sweep tries again");
            }
        }
    }

    async fn follow_up(&self, id: Uuid, request_id: String) {
        match self.follow_ups.deliver(id).await {
            Ok(Delivered::Over) => {}
            Ok(Delivered::Later(wait)) => self.bell.after(Job::FollowUp { id, request_id }, wait),
            Err(error) => {
                tracing::error!(error = chain(&error), "the database failed; the sweep tries again")
            }
        }
    }

    /// Finds out what was asked; then the answer is owed, and rung for.
    async fn inquire(&self, id: Uuid, request_id: String) {
        match self.inquiries.look_into(id).await {
            Ok(Answered::Now) => self.bell.now(Job::FollowUp { id, request_id }),
            Ok(Answered::Later(wait)) => self.bell.after(Job::Inquiry { id, request_id }, wait),
            Ok(Answered::Elsewhere) => {}
            Err(error) => {
                tracing::error!(error = chain(&error), "the database failed; the sweep tries again");
            }
        }
    }

    /// Tells a webhook one thing. Only who has told it something rings for the next: rings in between end here.
    async fn tell(&self, id: Uuid, request_id: String) {
        let again = Job::Webhook { id, request_id };
        match self.webhooks.tell(WebhookId::new(id)).await {
            Ok(Some(at)) => self.bell.at(again, at),
            Ok(None) => {}
            Err(error) => {
                tracing::error!(error = chain(&error), "the database failed; the sweep tries again");
            }
        }
    }

    async fn import(&self, id: ImportId) {
        if let Err(error) = self.imports.work_on(id).await {
            tracing::error!(error = chain(&error), "an import stopped; the sweep has it go on");
        }
    }
}

impl Handle for Crew {
    async fn handle(&self, job: Job) {
        tokio::select! {
            biased;
            () = self.abandon.cancelled() => {}
            () = self.work(job) => {}
        }
    }
}

/// An error with everything that lies beneath it.
fn chain(error: &dyn std::error::Error) -> String {
    let sources = std::iter::successors(error.source(), |error| error.source());
    sources.fold(error.to_string(), |text, source| format!("{text}: {source}"))
}

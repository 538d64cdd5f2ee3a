//! What people see of a sync.

use twilight_model::id::{Id, marker::UserMarker};

use super::super::{Service, ServiceError};
use crate::{
    domain::{
        id::UserId,
        name::PersonName,
        sync::{Change, Grounds, Run, SyncState},
    },
    store::{Source, members, sync_changes, sync_runs},
};

/// How many examples are shown of each kind.
const SAMPLES: u64 = 4;

/// A sync as people see it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ShownSync {
    /// The run.
    pub run: Run,
    /// Examples of what it changes, while that waits for somebody.
    pub samples: Samples,
}

/// Examples of what a sync changes.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Samples {
    /// Accounts that may be several people.
    pub ambiguous: Vec<(Id<UserMarker>, Vec<PersonName>)>,
    /// People who aren't in the server any more.
    pub left: Vec<Id<UserMarker>>,
    /// Accounts that are somebody of the roster, and why.
    pub linked: Vec<(Id<UserMarker>, PersonName, Grounds)>,
    /// Accounts that become members on their own.
    pub new: Vec<Id<UserMarker>>,
}

impl Service {
    /// A run of a club as people see it.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn shown_sync(&self, run: Run) -> Result<ShownSync, ServiceError> {
        shown(self.store(), run).await
    }

    /// The run that a job worked on, as people see it.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn sync_by_id(
        &self,
        club: crate::domain::id::ClubId,
        id: crate::domain::id::SyncId,
    ) -> Result<Option<Run>, ServiceError> {
        Ok(sync_runs::by_id(self.store(), club, id).await?)
    }
}

/// A run, with examples where it waits for somebody.
pub(super) async fn shown(db: &impl Source, run: Run) -> Result<ShownSync, ServiceError> {
    let mut samples = Samples::default();
    if !matches!(run.state, SyncState::Asking | SyncState::Planned) {
        return Ok(ShownSync { run, samples });
    }
    for kind in ["likely", "certain"] {
        for planned in sync_changes::samples(db, run.id, kind, SAMPLES).await? {
            if let Change::Link { account, by, user } = planned.change
                && let Some(name) = name(db, &run, user).await?
            {
                samples.linked.push((account, name, by));
            }
        }
    }
    for planned in sync_changes::samples(db, run.id, "ask", SAMPLES).await? {
        if let Change::Ask { account, candidates } = planned.change {
            let mut names = Vec::new();
            for candidate in candidates {
                names.extend(name(db, &run, candidate.user).await?);
            }
            samples.ambiguous.push((account, names));
        }
    }
    samples.left = accounts(db, &run, "leave").await?;
    samples.new = accounts(db, &run, "join").await?;
    Ok(ShownSync { run, samples })
}

async fn accounts(db: &impl Source, run: &Run, kind: &str) -> Result<Vec<Id<UserMarker>>, ServiceError> {
    let some = sync_changes::samples(db, run.id, kind, SAMPLES).await?;
    Ok(some.iter().map(|planned| planned.change.account()).collect())
}

async fn name(db: &impl Source, run: &Run, user: UserId) -> Result<Option<PersonName>, ServiceError> {
    Ok(members::by_user(db, run.club, user).await?.map(|member| member.entry.name))
}

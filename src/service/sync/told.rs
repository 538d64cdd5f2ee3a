//! What people are told of a sync: in its reply while that can be edited, else in the organiser channel.

use jiff::SignedDuration;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::{
    super::{Service, ServiceError, work::Work},
    shown::{ShownSync, shown},
    step::Render,
};
use crate::{
    domain::{
        id::{OwnerId, QuestionId},
        owner::Rank,
        panel::Topic,
        sync::{Run, SyncState},
    },
    store::{
        follow_ups::{self, FollowUp, FollowUpKind},
        owners,
        questions::{self, NewQuestion},
        sync_runs::{self, Claimed},
    },
};

/// How far apart the reply is edited at least.
const SHOWN_APART: SignedDuration = SignedDuration::from_secs(2);

impl Service {
    /// What the reply shows now and the token to edit it with, if it is time for that.
    ///
    /// # Errors
    ///
    /// When the token can't be opened.
    pub fn progress_of(
        &self,
        claimed: &mut Claimed,
        render: Render<'_>,
    ) -> Result<Option<(SecretString, Value)>, ServiceError> {
        let now = self.0.clock.now();
        let recently = claimed.shown_at.is_some_and(|at| now.duration_since(at) < SHOWN_APART);
        let Some((sealed, _)) = claimed.token.as_ref().filter(|(_, dies_at)| now < *dies_at && !recently)
        else {
            return Ok(None);
        };
        let token = self.0.sealer.open(sealed, &claimed.run.id.to_string())?;
        claimed.shown_at = Some(now);
        let shown = ShownSync { run: claimed.run.clone(), samples: Default::default() };
        Ok(Some((token, render(&shown))))
    }

    /// Tells how a run ended or what it waits for: in its reply while that can be edited, else in the organiser channel.
    pub(super) async fn conclude(
        &self,
        work: &mut Work,
        claimed: &Claimed,
        render: Render<'_>,
    ) -> Result<(), ServiceError> {
        sync_runs::save(&work.tx, claimed, None, 0).await?;
        let run = &claimed.run;
        match claimed.token.as_ref().filter(|(_, dies_at)| work.now < *dies_at) {
            Some((sealed, dies_at)) => {
                let shown = shown(&work.tx, run.clone()).await?;
                let token = self.0.sealer.open(sealed, &run.id.to_string())?;
                let id = self.0.ids.uuid(work.now);
                let owed = FollowUp {
                    body: render(&shown),
                    expires_at: *dies_at,
                    id,
                    kind: FollowUpKind::Original,
                    request_id: format!("sync-{}", run.id.short()),
                    sealed_token: self.0.sealer.seal(token.expose_secret(), &id.to_string())?,
                    tries: 0,
                };
                follow_ups::put(&work.tx, owed, work.now).await?;
                work.follow_up = Some(id);
                Ok(())
            }
            None => self.tell_organisers(work, run).await,
        }
    }

    async fn tell_organisers(&self, work: &mut Work, run: &Run) -> Result<(), ServiceError> {
        let counts = run.results.counts;
        let topic = match (run.state, run.started_by) {
            (SyncState::Asking, _) => {
                Topic::SyncWaits { left: counts.left, members: counts.members, sync: run.id }
            }
            (SyncState::Failed, _) => Topic::SyncFailed { sync: run.id },
            (SyncState::Done | SyncState::Planned, Some(by)) => Topic::SyncDone { by, counts, sync: run.id },
            // Nobody waits for a night's quiet work.
            (SyncState::Done, None) if counts.ambiguous > 0 => Topic::SyncAsks { people: counts.ambiguous },
            _ => return Ok(()),
        };
        for asked in questions::open(&work.tx, run.guild).await? {
            // What an earlier run asked is asked by this one.
            if std::mem::discriminant(&asked.topic) == std::mem::discriminant(&topic) {
                questions::moot(&work.tx, run.guild, &asked.topic, work.now).await?;
            }
        }
        let owner = OwnerId::of_guild(run.guild);
        let id = QuestionId::new(self.0.ids.uuid(work.now));
        let question = NewQuestion { id, owner, slot: String::new(), topic };
        questions::ask_in(&work.tx, run.guild, question, work.now).await?;
        owners::request(&work.tx, &[owner], Rank::People, work.now).await?;
        work.ring_also(run.guild);
        Ok(())
    }
}

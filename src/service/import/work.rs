//! The work on imports: a file's roster is kept for somebody's yes, and one that was confirmed is written part by part.

use std::{collections::HashSet, time::Duration};

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{ReadRoster, Secrets, WAITS, corrupt, read};
use crate::{
    domain::{
        id::{ClubId, ImportId},
        roster::preview::{BadRow, Counts, clashes},
    },
    service::{
        Service, ServiceError,
        audit::Deed,
        desk::{FollowUpKind, LateAnswer},
        roster::{Carried, Planned},
        work::Work,
    },
    store::{
        audit::Doer,
        import_jobs::{self, ImportJob, ImportWork},
        imports::{self, Import},
    },
};

/// An import that a worker has to itself for a while.
#[derive(Debug)]
pub struct ClaimedImport {
    job: ImportJob,
    /// What is to be done.
    pub task: Task,
    /// What answers the interaction; `None` where it was sealed with a key that is gone.
    pub token: Option<SecretString>,
}

/// What is to be done about an import.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Task {
    /// The file's address was sealed with a key that is gone: there is nothing to be done any more.
    Forget,
    /// The file at that address is to be read.
    Read(String),
    /// The roster is to be written.
    Write,
}

/// A roster that is being written.
pub struct Writing {
    counts: Counts,
    cursor: usize,
    planned: Option<Planned>,
    roster: ReadRoster,
}

/// How writing goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Written {
    /// There is more to write.
    More,
    /// It is over, or another worker goes on with it.
    Over,
}

/// What came of an import.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Report {
    /// The lines that weren't taken, by line.
    pub bad: Vec<BadRow>,
    /// What became of the others.
    pub counts: Counts,
}

impl Service {
    /// Claims an import for `ttl`; `None` while another worker has it, and once nothing is left to do.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn claim_import(
        &self,
        id: ImportId,
        ttl: Duration,
    ) -> Result<Option<ClaimedImport>, ServiceError> {
        let Some(job) = import_jobs::claim(self.store(), id, ttl).await? else { return Ok(None) };
        let secrets = self.open(&job);
        let url = secrets.as_ref().and_then(|secrets| secrets.url.clone());
        let task = match job.work {
            ImportWork::Read => url.map_or(Task::Forget, Task::Read),
            ImportWork::Write => Task::Write,
        };
        let token = secrets.map(|secrets| SecretString::from(secrets.token));
        Ok(Some(ClaimedImport { job, task, token }))
    }

    fn open(&self, job: &ImportJob) -> Option<Secrets> {
        let opened = self.0.sealer.open(&job.sealed, &job.id.to_string());
        let opened =
            opened.inspect_err(|error| tracing::error!(%error, "nobody can be told of an import")).ok()?;
        serde_json::from_str(opened.expose_secret()).ok()
    }

    /// Keeps a roster that was read until somebody says yes, an hour at the longest, and answers with what it would come to.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn keep_import(
        &self,
        claimed: &ClaimedImport,
        roster: &ReadRoster,
        body: Value,
    ) -> Result<(), ServiceError> {
        let work = self.begin().await?;
        let job = &claimed.job;
        let import = Import {
            by: job.by,
            club: job.club,
            expires_at: work.now.saturating_add(WAITS).unwrap_or(Timestamp::MAX),
            file_name: job.file_name.clone(),
            id: job.id,
            roster: serde_json::to_value(roster).map_err(corrupt(job.id))?,
        };
        imports::put(&work.tx, import, work.now).await?;
        self.answer(work, claimed, claimed.job.cursor, body).await
    }

    /// Ends an import that comes to nothing, and answers with why.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn give_up_import(&self, claimed: &ClaimedImport, body: Value) -> Result<(), ServiceError> {
        let work = self.begin().await?;
        imports::delete(&work.tx, claimed.job.id).await?;
        self.answer(work, claimed, claimed.job.cursor, body).await
    }

    /// The roster that a claimed import is to write, from where it got to; `None` when it is gone.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn writing(&self, claimed: &ClaimedImport) -> Result<Option<Writing>, ServiceError> {
        let Some(import) = imports::confirmed(self.store(), claimed.job.id).await? else { return Ok(None) };
        let counts = serde_json::from_value(claimed.job.done.clone()).map_err(corrupt(claimed.job.id))?;
        Ok(Some(Writing { counts, cursor: claimed.job.cursor, planned: None, roster: read(&import)? }))
    }

    /// Writes the next part of a roster, at most 500 people, and claims the import for another `ttl`. After the last part it answers with
    /// what `render` makes of all.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn write_part(
        &self,
        claimed: &ClaimedImport,
        writing: &mut Writing,
        ttl: Duration,
        render: &(dyn Fn(&Report) -> Value + Sync),
    ) -> Result<Written, ServiceError> {
        let mut work = self.begin().await?;
        let job = &claimed.job;
        let (lines, from) = (&writing.roster.lines, writing.cursor);
        let by = Doer::Account(job.by);
        let carried = self.carry_out(&mut work, job.club, lines, (from, by), &mut writing.planned).await?;
        let Carried::Through(part) = carried else { return Ok(Written::More) };
        let to = from + part.len();
        let counts = writing.counts.with(part.iter().flatten().collect());
        if to >= lines.len() {
            let report = report(writing, counts);
            self.audit_import(&work, job, &report).await?;
            imports::delete(&work.tx, job.id).await?;
            let body = render(&report);
            self.answer(work, claimed, from, body).await?;
            return Ok(Written::Over);
        }
        let done = serde_json::to_value(counts).map_err(corrupt(job.id))?;
        if !import_jobs::advance(&work.tx, job.id, (from, to), done, ttl).await? {
            return Ok(Written::Over);
        }
        self.commit(work, &job.request_id).await?;
        (writing.counts, writing.cursor) = (counts, to);
        Ok(Written::More)
    }

    async fn audit_import(&self, work: &Work, job: &ImportJob, report: &Report) -> Result<(), ServiceError> {
        let deed = Deed {
            action: "roster.import",
            after: Some(
                json!({ "counts": report.counts, "file": job.file_name, "not_taken": report.bad.len() }),
            ),
            before: None,
            subject: job.id.to_string(),
        };
        self.audit_by(work, Doer::Account(job.by), job.club, deed).await
    }

    /// Ends the work on an import with an answer, unless another worker has got on with it. With a dead token nobody is told any more.
    async fn answer(
        &self,
        work: Work,
        claimed: &ClaimedImport,
        cursor: usize,
        body: Value,
    ) -> Result<(), ServiceError> {
        let job = &claimed.job;
        if !import_jobs::finish(&work.tx, job.id, job.work, cursor).await? {
            return Ok(work.tx.rollback().await?);
        }
        let mut owed = None;
        if let Some(token) = claimed.token.clone().filter(|_| work.now < job.token_expires_at) {
            let (kind, request_id) = (FollowUpKind::Original, job.request_id.clone());
            let late = LateAnswer { body, kind, request_id, token };
            owed = Some(self.owe(&work, late, job.token_expires_at).await?);
        }
        self.commit(work, &job.request_id).await?;
        if let Some(ring) = owed {
            self.0.doorbell.ring(ring);
        }
        Ok(())
    }
}

impl ClaimedImport {
    /// The club.
    #[must_use]
    pub const fn club(&self) -> ClubId {
        self.job.club
    }

    /// Name of the file.
    #[must_use]
    pub fn file_name(&self) -> &str {
        &self.job.file_name
    }

    /// The import.
    #[must_use]
    pub const fn id(&self) -> ImportId {
        self.job.id
    }

    /// Until when its interaction can be answered.
    #[must_use]
    pub const fn token_expires_at(&self) -> Timestamp {
        self.job.token_expires_at
    }

    /// How often it was taken up since it last got on, this time included.
    #[must_use]
    pub const fn tries(&self) -> u32 {
        self.job.tries
    }
}

impl Writing {
    /// How many entries are written, of how many.
    #[must_use]
    pub const fn progress(&self) -> (usize, usize) {
        (self.cursor, self.roster.lines.len())
    }
}

fn report(writing: &Writing, counts: Counts) -> Report {
    let ReadRoster { lines, preview } = &writing.roster;
    // Those that clashed when the file was read may not any more, and others may.
    let readable: HashSet<usize> = lines.iter().map(|line| line.line).collect();
    let unreadable = preview.bad.iter().filter(|row| !readable.contains(&row.line)).cloned();
    let clashing = writing.planned.iter().flat_map(|planned| clashes(lines, &planned.plan));
    let mut bad: Vec<BadRow> = unreadable.chain(clashing).collect();
    bad.sort_by_key(|row| row.line);
    Report { bad, counts }
}

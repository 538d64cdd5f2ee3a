//! Importing a roster from a file: it is fetched and read by a job, waits for somebody's yes, and is written by another.
//!
//! What is to be done stands in a row of its own until it is done, together with what answers the interaction. Each step changes that
//! row and puts the next answer in one transaction, so that whoever is killed anywhere leaves work that another goes on with.

mod work;

use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::work::{ClaimedImport, Report, Task, Writing, Written};
use super::{Ask, Ring, Service, ServiceError, desk::TOKEN_LIFE, work::Work};
use crate::{
    domain::{
        actor::Actor,
        id::{ClubId, ImportId},
        refusal::Refusal,
        roster::{
            RosterLine,
            preview::{Counts, Preview},
        },
    },
    store::{
        StoreError,
        import_jobs::{self, ImportJob, ImportWork},
        imports::{self, Import},
    },
};

/// How long a roster waits for somebody's yes.
const WAITS: SignedDuration = SignedDuration::from_hours(1);

/// A file that somebody brought.
#[derive(Clone, Debug)]
pub struct NewImport {
    /// Its name.
    pub file_name: String,
    /// What answers the interaction.
    pub token: SecretString,
    /// Where it is.
    pub url: String,
}

/// What is known of a roster that was read.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ReadRoster {
    /// The people.
    pub lines: Vec<RosterLine>,
    /// What importing it would come to.
    pub preview: Preview,
}

/// What answers an interaction, and where the file is.
#[derive(Deserialize, Serialize)]
struct Secrets {
    token: String,
    url: Option<String>,
}

impl Service {
    /// Has a file fetched and read. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but the club's organisers, and fails when the database does.
    pub async fn begin_import(&self, ask: Ask<'_, ()>, new: NewImport) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?.id;
        let id = ImportId::new(self.0.ids.uuid(work.now));
        let secrets = Secrets { token: new.token.expose_secret().to_owned(), url: Some(new.url) };
        let job = self.job(&work, &ask, (club, id, new.file_name), secrets)?;
        import_jobs::put(&work.tx, job, work.now).await?;
        self.finish_and_ring(work, &ask, id).await
    }

    /// The club's roster of that identifier that waits: its file's name, and what importing it would come to.
    ///
    /// # Errors
    ///
    /// Refuses everybody but the club's organisers and where it doesn't wait any more; fails when the database does.
    pub async fn waiting_import(
        &self,
        actor: &Actor,
        id: ImportId,
    ) -> Result<(String, Preview), ServiceError> {
        let club = self.organised_club(actor).await?;
        let import = imports::of_club(self.store(), club.id, id, self.0.clock.now()).await?;
        let import = import.ok_or(Refusal::ImportGone)?;
        let ReadRoster { preview, .. } = read(&import)?;
        Ok((import.file_name, preview))
    }

    /// Has a roster that waits written. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but the club's organisers and where it doesn't wait any more; fails when the database does.
    pub async fn confirm_import(
        &self,
        ask: Ask<'_, ()>,
        id: ImportId,
        token: SecretString,
    ) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?.id;
        let import = imports::of_club(&work.tx, club, id, work.now).await?.ok_or(Refusal::ImportGone)?;
        let secrets = Secrets { token: token.expose_secret().to_owned(), url: None };
        let job = self.job(&work, &ask, (club, id, import.file_name), secrets)?;
        if !import_jobs::put(&work.tx, job, work.now).await? {
            return Err(Refusal::ImportGone.into());
        }
        self.finish_and_ring(work, &ask, id).await
    }

    /// Forgets a roster that waits, whose file's name is rendered. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but the club's organisers and where it doesn't wait any more; fails when the database does.
    pub async fn cancel_import(&self, ask: Ask<'_, String>, id: ImportId) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?.id;
        let import = imports::of_club(&work.tx, club, id, work.now).await?.ok_or(Refusal::ImportGone)?;
        if import_jobs::exists(&work.tx, id).await? {
            return Err(Refusal::ImportGone.into());
        }
        imports::delete(&work.tx, id).await?;
        self.finish(work, &ask, &import.file_name).await
    }

    fn job<T>(
        &self,
        work: &Work,
        ask: &Ask<'_, T>,
        (club, id, file_name): (ClubId, ImportId, String),
        secrets: Secrets,
    ) -> Result<ImportJob, ServiceError> {
        let json = serde_json::to_string(&secrets).map_err(corrupt(id))?;
        Ok(ImportJob {
            by: ask.actor.account.id,
            club,
            cursor: 0,
            done: serde_json::to_value(Counts::default()).map_err(corrupt(id))?,
            file_name,
            id,
            request_id: ask.request_id.to_owned(),
            sealed: self.0.sealer.seal(&json, &id.to_string())?,
            token_expires_at: work.now.saturating_add(TOKEN_LIFE).unwrap_or(work.now),
            tries: 0,
            work: if secrets.url.is_some() { ImportWork::Read } else { ImportWork::Write },
        })
    }

    async fn finish_and_ring(
        &self,
        work: Work,
        ask: &Ask<'_, ()>,
        id: ImportId,
    ) -> Result<Value, ServiceError> {
        let callback = self.finish(work, ask, &()).await?;
        self.0.doorbell.ring(Ring::Import { id, request_id: ask.request_id.to_owned() });
        Ok(callback)
    }
}

fn read(import: &Import) -> Result<ReadRoster, ServiceError> {
    Ok(serde_json::from_value(import.roster.clone()).map_err(corrupt(import.id))?)
}

fn corrupt(id: ImportId) -> impl Fn(serde_json::Error) -> StoreError {
    move |error| StoreError::Corrupt { id: id.to_string(), table: "imports", what: error.to_string() }
}

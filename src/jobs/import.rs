//! Imports: files are fetched and read, and rosters that were confirmed are written.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tokio::task::{JoinError, spawn_blocking};
use twilight_model::id::{Id, marker::ApplicationMarker};

use crate::{
    base::clock::Clock,
    discord::{AttachmentPort, Discord},
    domain::{
        id::ImportId,
        roster::{RosterFile, preview::Preview, read_roster},
        spreadsheet::MAX_BYTES,
    },
    service::{
        Service, ServiceError,
        import::{ClaimedImport, ReadRoster, Report, Task, Written},
    },
    view::import,
};

/// How often an import is taken up that doesn't get on.
const TRIES: u32 = 10;
/// How often the message shows how far it has got.
const SHOWN_EVERY: SignedDuration = SignedDuration::from_secs(2);

/// Works on imports.
#[derive(Clone)]
pub struct Imports {
    application: Id<ApplicationMarker>,
    attachments: Arc<dyn AttachmentPort>,
    claim: Duration,
    clock: Clock,
    discord: Discord,
    service: Service,
}

/// What [`Imports::new`] is given.
pub struct ImportParts {
    /// Whose interactions are answered.
    pub application: Id<ApplicationMarker>,
    /// Where files come from.
    pub attachments: Arc<dyn AttachmentPort>,
    /// How long one worker has an import to itself: longer than fetching a file or writing a part takes.
    pub claim: Duration,
    /// The domain's clock.
    pub clock: Clock,
    /// Where progress is shown.
    pub discord: Discord,
    /// The use cases.
    pub service: Service,
}

/// Why an import stopped. It goes on from where it was, once its claim has run out.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file could not be read to its end.
    #[error("reading the file was cut off")]
    CutOff(#[from] JoinError),
    /// The service failed.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl Imports {
    /// Works on imports with these parts.
    #[must_use]
    pub fn new(parts: ImportParts) -> Self {
        let ImportParts { application, attachments, claim, clock, discord, service } = parts;
        Self { application, attachments, claim, clock, discord, service }
    }

    /// Does what is to be done about an import, unless another worker does.
    ///
    /// # Errors
    ///
    /// See [`ImportError`].
    pub async fn work_on(&self, id: ImportId) -> Result<(), ImportError> {
        let Some(claimed) = self.service.claim_import(id, self.claim).await? else { return Ok(()) };
        if claimed.tries() > TRIES {
            return self.give_up(&claimed).await;
        }
        match &claimed.task {
            Task::Forget => self.give_up(&claimed).await,
            Task::Read(url) => self.read(&claimed, url).await,
            Task::Write => self.write(&claimed).await,
        }
    }

    async fn give_up(&self, claimed: &ClaimedImport) -> Result<(), ImportError> {
        tracing::error!(tries = claimed.tries(), "an import can't get on and is given up");
        let body = import::given_up(claimed.file_name());
        Ok(self.service.give_up_import(claimed, body.edit_json()).await?)
    }

    async fn read(&self, claimed: &ClaimedImport, url: &str) -> Result<(), ImportError> {
        let file = match self.fetch(url).await? {
            Ok(file) => file,
            Err(why) => {
                let body = import::unread(claimed.file_name(), &why);
                return Ok(self.service.give_up_import(claimed, body.edit_json()).await?);
            }
        };
        let plan = self.service.plan_roster(claimed.club(), &file.people).await?;
        let preview = Preview::of(&file, &plan);
        let body = import::preview(claimed.file_name(), &preview, claimed.id(), 0);
        let roster = ReadRoster { lines: file.people, preview };
        Ok(self.service.keep_import(claimed, &roster, body.edit_json()).await?)
    }

    /// The roster at that address, or why there is none.
    async fn fetch(&self, url: &str) -> Result<Result<RosterFile, String>, JoinError> {
        let bytes = match self.attachments.fetch(url, MAX_BYTES).await {
            Ok(bytes) => bytes,
            Err(error) => {
                tracing::info!(%error, "a roster wasn't fetched");
                return Ok(Err(error.advice()));
            }
        };
        let read = spawn_blocking(move || read_roster(&bytes)).await?;
        Ok(read.map_err(|fault| fault.to_string()))
    }

    async fn write(&self, claimed: &ClaimedImport) -> Result<(), ImportError> {
        let Some(mut writing) = self.service.writing(claimed).await? else {
            return self.give_up(claimed).await;
        };
        let render =
            |report: &Report| import::done(claimed.file_name(), &report.counts, &report.bad).edit_json();
        let mut shown = None;
        while self.service.write_part(claimed, &mut writing, self.claim, &render).await? == Written::More {
            self.show(claimed, writing.progress(), &mut shown).await;
        }
        Ok(())
    }

    /// Shows how far it has got, every two seconds. That it doesn't show is no reason to stop.
    async fn show(
        &self,
        claimed: &ClaimedImport,
        (done, all): (usize, usize),
        shown: &mut Option<Timestamp>,
    ) {
        let now = self.clock.now();
        let is_recent = shown.is_some_and(|shown| now.duration_since(shown) < SHOWN_EVERY);
        let token = claimed.token.as_ref().filter(|_| !is_recent && now < claimed.token_expires_at());
        let Some(token) = token else { return };
        *shown = Some(now);
        let body = import::progress(claimed.file_name(), done, all).edit_json();
        if let Err(error) = self.discord.edit_original(self.application, token, &body).await {
            tracing::debug!(%error, "the progress of an import wasn't shown");
        }
    }
}

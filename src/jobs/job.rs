//! What is rung for, and who answers.

use serde::{Deserialize, Serialize};
use tracing::Span;
use uuid::Uuid;

use crate::domain::id::ImportId;

/// One ring of the doorbell. It names a row and never carries what the row says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Job {
    /// Something changed in a guild, or is due there: look.
    Wake {
        /// The guild's snowflake.
        guild: u64,
        /// The request (or tick) that asked, as it stands in the log.
        request_id: String,
    },
    /// A guild was lost, and nobody said which: look.
    Census {
        /// The request (or tick) that asked, as it stands in the log.
        request_id: String,
    },
    /// A deferred reply waits to be finished.
    FollowUp {
        /// The row that says what is to be done.
        id: Uuid,
        /// The request that asked, as it stands in the log.
        request_id: String,
    },
    /// What a deferred reply is to say has yet to be found out.
    Inquiry {
        /// The row that says what is asked.
        id: Uuid,
        /// The request that asked, as it stands in the log.
        request_id: String,
    },
    /// A member sync has something to do.
    Sync {
        /// The sync.
        id: Uuid,
        /// The request (or tick) that asked, as it stands in the log.
        request_id: String,
    },
    /// A webhook has something to hear.
    Webhook {
        /// The webhook.
        id: Uuid,
        /// The request (or tick) that asked, as it stands in the log.
        request_id: String,
    },
    /// A roster is to be read or written.
    Import {
        /// The import, whose row says what is to be done.
        id: ImportId,
        /// The request that asked, as it stands in the log.
        request_id: String,
    },
}

/// Which jobs wait for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    /// Work on guilds.
    Guild,
    /// Late answers: somebody waits for each, and they never wait behind anything else.
    Late,
    /// Work that takes long, a slice at a time; nothing else waits behind it.
    Long,
    /// Calls to clubs' sites, which may be slow or away; nothing else waits behind them.
    Site,
}

impl Job {
    /// What it waits behind.
    pub(super) const fn lane(&self) -> Lane {
        match self {
            Self::Census { .. } | Self::Import { .. } | Self::Inquiry { .. } | Self::Sync { .. } => {
                Lane::Long
            }
            Self::FollowUp { .. } => Lane::Late,
            Self::Wake { .. } => Lane::Guild,
            Self::Webhook { .. } => Lane::Site,
        }
    }

    /// The kind, as metrics and logs name it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Wake { .. } => "wake",
            Self::Census { .. } => "census",
            Self::FollowUp { .. } => "follow_up",
            Self::Inquiry { .. } => "inquiry",
            Self::Sync { .. } => "sync",
            Self::Import { .. } => "import",
            Self::Webhook { .. } => "webhook",
        }
    }

    /// The guild that a wake is for.
    #[must_use]
    pub const fn wakes(&self) -> Option<u64> {
        match self {
            Self::Wake { guild, .. } => Some(*guild),
            Self::Census { .. }
            | Self::FollowUp { .. }
            | Self::Import { .. }
            | Self::Inquiry { .. }
            | Self::Sync { .. }
            | Self::Webhook { .. } => None,
        }
    }

    /// The span in which the job runs: whatever is logged there names the request that asked for it.
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Wake { guild, request_id } => {
                tracing::info_span!("job", kind = self.kind(), guild, request_id)
            }
            Self::Census { request_id } => tracing::info_span!("job", kind = self.kind(), request_id),
            Self::FollowUp { id, request_id }
            | Self::Inquiry { id, request_id }
            | Self::Sync { id, request_id }
            | Self::Webhook { id, request_id } => {
                tracing::info_span!("job", kind = self.kind(), %id, request_id)
            }
            Self::Import { id, request_id } => {
                tracing::info_span!("job", kind = self.kind(), %id, request_id)
            }
        }
    }
}

/// Does jobs. A failure is the handler's to record in its own row, with the time of its next try: the queue
/// repeats nothing.
pub trait Handle: Send + Sync + 'static {
    /// Does one job. A panic ends this job only.
    fn handle(&self, job: Job) -> impl Future<Output = ()> + Send;
}

impl<F, Fut> Handle for F
where
    F: Fn(Job) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send,
{
    fn handle(&self, job: Job) -> impl Future<Output = ()> + Send {
        self(job)
    }
}

//! A sync as programs see it.

use jiff::Timestamp;
use serde::Serialize;
use twilight_model::id::{Id, marker::UserMarker};
use utoipa::ToSchema;

use crate::{
    domain::{
        id::SyncId,
        name::PersonName,
        sync::{Counts, Grounds, Run, SyncKind, SyncState, Trouble},
    },
    service::sync::{Samples, ShownSync},
};

/// A member sync.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Sync {
    /// When its changes were begun to be made.
    applied_at: Option<Timestamp>,
    /// Calls made to Discord.
    calls: u32,
    /// When it ended.
    finished_at: Option<Timestamp>,
    /// Its identifier.
    #[schema(value_type = uuid::Uuid)]
    id: SyncId,
    /// When it was known what it changes.
    planned_at: Option<Timestamp>,
    /// How much of it is done, from 0 to 1, as far as can be told.
    #[schema(minimum = 0, maximum = 1)]
    progress: f64,
    /// What came of it.
    results: SyncResults,
    /// Discord account of whoever began or applied it there; null for a program, and at night.
    #[schema(example = "1174000000000000000")]
    started_by: Option<String>,
    /// How far it is. At work: `reading` who is in the server, `comparing`, `applying`. At rest: `planned` (waits to be applied), `asking` (so many
    /// would leave that it waits for a yes), `done`, `failed`, `stopped`.
    state: SyncState,
    /// When it began.
    sync_timestamp: Timestamp,
    /// Why it runs: a `preview`, the club’s site (`api`), somebody in Discord who wanted it applied at once (`manual`), the night (`nightly`), or to
    /// `undo` another.
    sync_type: SyncKind,
    /// What went wrong: the app is `gone` from the server; `no_intent` to list members, so that only those are known who used the app; the bot
    /// `may_not_grant` the member role; or Discord was `unavailable`.
    trouble: Option<Trouble>,
    /// When it was undone.
    undone_at: Option<Timestamp>,
    /// The sync that it undoes.
    #[schema(value_type = Option<uuid::Uuid>)]
    undoes: Option<SyncId>,
    /// Until when it can be applied, in state `planned` or `asking`.
    waits_until: Option<Timestamp>,
}

/// What came of a sync: what it found and would change, and how much of that was done.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SyncResults {
    #[serde(flatten)]
    counts: Counts,
    /// Changes that were made.
    done: u32,
    /// Changes that were left out: what they rest on had changed since.
    skipped: u32,
    /// Changes in all.
    total: u32,
}

/// A member sync, with examples of what it would change.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SyncDetail {
    #[serde(flatten)]
    of: Sync,
    /// Examples of what it changes, while it waits for a yes; else null.
    samples: Option<SyncSamples>,
}

/// A few of each kind of change.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SyncSamples {
    /// Accounts that may be one of several people.
    ambiguous: Vec<SyncDoubt>,
    /// Accounts of people who aren’t in the server any more.
    left: Vec<String>,
    /// Accounts that are taken for somebody of the roster.
    linked: Vec<SyncLink>,
    /// Accounts that become members on their own.
    new: Vec<String>,
}

/// An account that may be one of several people.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SyncDoubt {
    /// The account’s snowflake.
    #[schema(example = "1174000000000000000")]
    account: String,
    /// Names of those whom it may be, the likeliest first.
    names: Vec<String>,
}

/// An account that is taken for somebody of the roster.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SyncLink {
    /// The account’s snowflake.
    #[schema(example = "1174000000000000000")]
    account: String,
    /// Why, in words.
    #[schema(example = "nickname is the iRacing name")]
    evidence: String,
    /// The person’s name.
    name: String,
}

impl From<Run> for Sync {
    fn from(run: Run) -> Self {
        let waits = matches!(run.state, SyncState::Asking | SyncState::Planned);
        Self {
            applied_at: run.applied_at,
            calls: run.calls,
            finished_at: run.finished_at,
            id: run.id,
            planned_at: run.planned_at,
            progress: run.progress(),
            results: SyncResults {
                counts: run.results.counts,
                done: run.results.done,
                skipped: run.results.skipped,
                total: run.results.total,
            },
            started_by: run.started_by.map(|by| by.to_string()),
            state: run.state,
            sync_timestamp: run.started_at,
            sync_type: run.kind,
            trouble: run.trouble,
            undone_at: run.undone_at,
            undoes: run.undoes,
            waits_until: run.waits_until().filter(|_| waits),
        }
    }
}

impl From<ShownSync> for SyncDetail {
    fn from(shown: ShownSync) -> Self {
        let waits = matches!(shown.run.state, SyncState::Asking | SyncState::Planned);
        Self { of: shown.run.into(), samples: waits.then(|| shown.samples.into()) }
    }
}

impl From<Samples> for SyncSamples {
    fn from(samples: Samples) -> Self {
        let ids = |accounts: Vec<Id<UserMarker>>| accounts.iter().map(ToString::to_string).collect();
        Self {
            ambiguous: samples.ambiguous.into_iter().map(SyncDoubt::from).collect(),
            left: ids(samples.left),
            linked: samples.linked.into_iter().map(SyncLink::from).collect(),
            new: ids(samples.new),
        }
    }
}

impl From<(Id<UserMarker>, Vec<PersonName>)> for SyncDoubt {
    fn from((account, names): (Id<UserMarker>, Vec<PersonName>)) -> Self {
        Self { account: account.to_string(), names: names.iter().map(ToString::to_string).collect() }
    }
}

impl From<(Id<UserMarker>, PersonName, Grounds)> for SyncLink {
    fn from((account, name, by): (Id<UserMarker>, PersonName, Grounds)) -> Self {
        let evidence = match by {
            Grounds::Answer => "somebody said so".to_owned(),
            Grounds::Names { evidence } => evidence.to_string(),
            Grounds::Roster => "the roster names the account".to_owned(),
        };
        Self { account: account.to_string(), evidence, name: name.to_string() }
    }
}

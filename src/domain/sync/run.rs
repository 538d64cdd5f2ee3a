//! A run of a member sync, from its beginning to its end.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};
use utoipa::ToSchema;

use super::Counts;
use crate::domain::id::{ClubId, SyncId};

/// A run.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Run {
    /// When its difference was begun to be applied.
    pub applied_at: Option<Timestamp>,
    /// Calls made to Discord.
    pub calls: u32,
    /// The club.
    pub club: ClubId,
    /// The last account that was read, or the last change that was made.
    pub cursor: u64,
    /// How many members there are about.
    pub expected: Option<u32>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// The server.
    pub guild: Id<GuildMarker>,
    /// Its identifier.
    pub id: SyncId,
    /// Why it runs.
    pub kind: SyncKind,
    /// Pages read.
    pub pages: u32,
    /// When its difference stood.
    pub planned_at: Option<Timestamp>,
    /// What came of it.
    pub results: Results,
    /// When it began.
    pub started_at: Timestamp,
    /// Who began it.
    pub started_by: Option<Id<UserMarker>>,
    /// How far it is.
    pub state: SyncState,
    /// What keeps it from going on, or ended it.
    pub trouble: Option<Trouble>,
    /// The run that it undoes.
    pub undoes: Option<SyncId>,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
}

/// Why a run runs.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SyncType)]
pub enum SyncKind {
    /// The club's site asked for it.
    Api,
    /// Somebody asked for it, to be applied at once.
    Manual,
    /// It is night, and the club wants it.
    Nightly,
    /// Somebody wants to see what it would change.
    Preview,
    /// It takes back what another run did.
    Undo,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SyncState {
    /// Changes are being made.
    Applying,
    /// More than a fifth of the club would leave: somebody has to say yes.
    Asking,
    /// Everybody is read, and the difference is computed.
    Comparing,
    /// It is done.
    Done,
    /// It ended before it was done.
    Failed,
    /// Its difference stands, and waits to be applied.
    Planned,
    /// Members are being read.
    Reading,
    /// Somebody stopped it, or its difference grew too old.
    Stopped,
}

/// What keeps a run from going on.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SyncTrouble)]
pub enum Trouble {
    /// The app isn't in the server any more.
    Gone,
    /// The bot may not give the member role: its own stands too low, or it lacks Manage Roles.
    MayNotGrant,
    /// Members can't be listed: the app's Server Members Intent is off. Only those who used the app are known.
    NoIntent,
    /// Discord fails again and again.
    Unavailable,
}

/// What came of a run.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct Results {
    /// The difference.
    pub counts: Counts,
    /// Changes that were made.
    pub done: u32,
    /// Changes that were left out: what they rest on had changed since.
    pub skipped: u32,
    /// Changes in all.
    pub total: u32,
}

impl SyncState {
    /// Whether a worker has something to do for it. One such run is in a server at a time.
    #[must_use]
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Applying | Self::Comparing | Self::Reading)
    }

    /// The states in which a worker has something to do.
    pub const RUNNING: [Self; 3] = [Self::Applying, Self::Comparing, Self::Reading];
}

/// For how long a preview can be applied.
const PREVIEW_LASTS: SignedDuration = SignedDuration::from_hours(1);
/// For how long a run waits for a yes: it may have begun at night.
const QUESTION_LASTS: SignedDuration = SignedDuration::from_hours(24);

impl Run {
    /// Until when its difference waits for somebody; `None` where there is none.
    #[must_use]
    pub fn waits_until(&self) -> Option<Timestamp> {
        let lasts = if self.state == SyncState::Asking { QUESTION_LASTS } else { PREVIEW_LASTS };
        self.planned_at?.checked_add(lasts).ok()
    }

    /// How much of it is done, from 0 to 1, as far as can be told.
    #[must_use]
    pub fn progress(&self) -> f64 {
        let part = |done: u32, all: u32| f64::from(done.min(all)) / f64::from(all.max(1));
        match self.state {
            SyncState::Reading => part(self.pages.saturating_mul(1_000), self.expected.unwrap_or(0).max(1)),
            SyncState::Applying => part(self.results.done + self.results.skipped, self.results.total),
            SyncState::Comparing | SyncState::Asking | SyncState::Planned => 1.0,
            SyncState::Done | SyncState::Failed | SyncState::Stopped => 1.0,
        }
    }
}

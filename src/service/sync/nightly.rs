//! Syncs in the night of each club that wants them.

use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::super::{Service, ServiceError};
use crate::{
    domain::{id::ClubId, sync::SyncKind, zone::Zone},
    store::{Source, audit::Doer, clubs, sync_runs},
};

/// The hour of the night, in a club's own zone.
const HOUR: i8 = 4;
/// For how long after it a night's sync that was missed is made up for.
const LASTS: SignedDuration = SignedDuration::from_hours(6);

impl Service {
    /// Begins the nightly syncs that are due, and says how many.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn start_nightly_syncs(&self, request_id: &str) -> Result<usize, ServiceError> {
        let now = self.0.clock.now();
        let mut begun = 0;
        for (club, since) in due(self.store(), now).await? {
            if sync_runs::ran_nightly(self.store(), club, since).await? {
                continue;
            }
            match self.start_sync(club, SyncKind::Nightly, Doer::Operator, request_id).await {
                Ok(_) => begun += 1,
                Err(ServiceError::Refused(refusal)) => tracing::debug!(?refusal, %club, "no nightly sync"),
                Err(error) => return Err(error),
            }
        }
        Ok(begun)
    }
}

/// The clubs that want to be synced now, each with the instant at which its night came.
async fn due(db: &impl Source, now: Timestamp) -> Result<Vec<(ClubId, Timestamp)>, ServiceError> {
    let clubs = clubs::synced_nightly(db).await?;
    Ok(clubs.into_iter().filter_map(|(club, zone)| Some((club, last_night(&zone, now)?))).collect())
}

/// The last time that it was four in the morning in a zone, if that isn't long ago.
fn last_night(zone: &Zone, now: Timestamp) -> Option<Timestamp> {
    let local = now.to_zoned(zone.time_zone().clone());
    let at_four = |date: jiff::civil::Date| date.at(HOUR, 0, 0, 0).to_zoned(zone.time_zone().clone()).ok();
    let today = at_four(local.date())?.timestamp();
    let night =
        if today <= now { today } else { at_four(local.date().checked_sub(1.day()).ok()?)?.timestamp() };
    (now.duration_since(night) < LASTS).then_some(night)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_club_is_synced_in_its_own_night() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let night = |now: &str| last_night(&berlin, now.parse().unwrap()).map(|at| at.to_string());
        assert_eq!(night("2026-11-10T02:59:59Z"), None);
        assert_eq!(night("2026-11-10T03:00:00Z").unwrap(), "2026-11-10T03:00:00Z");
        assert_eq!(night("2026-11-10T08:59:59Z").unwrap(), "2026-11-10T03:00:00Z");
        assert_eq!(night("2026-11-10T09:00:00Z"), None);
    }
}

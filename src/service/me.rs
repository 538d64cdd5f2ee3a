//! What is known about the person who asks.

use serde_json::Value;

use super::{
    Service, ServiceError,
    link::{OnRoster, PersonAsk},
    work::Work,
};
use crate::{
    domain::{
        account::Account,
        event::Event,
        id::{ClubId, UserId},
        name::ClubName,
        signup::SignupState,
        zone::Zone,
    },
    store::{Source, clubs, events, identities, preferences, signups},
};

/// How many coming events are shown.
const EVENTS: usize = 10;

/// What is known about somebody.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Me {
    /// Their coming events, the next first.
    pub events: Vec<MyEvent>,
    /// Whether their account is linked.
    pub is_linked: bool,
    /// Whether they are reminded of what they signed up for.
    pub reminders: bool,
    /// The rosters that they are on.
    pub rosters: Vec<OnRoster>,
    /// The zone that they chose.
    pub zone: Option<Zone>,
}

/// An event of somebody's.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MyEvent {
    /// Its club.
    pub club: ClubName,
    /// The event.
    pub event: Event,
    /// What they said.
    pub state: SignupState,
}

impl Service {
    /// What is known about the person behind an account.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn me(&self, account: &Account) -> Result<Me, ServiceError> {
        let (identity, rosters) = self.link_of(account.id).await?;
        let Some(identity) = identity else {
            return Ok(Me { events: Vec::new(), is_linked: false, reminders: true, rosters, zone: None });
        };
        Ok(Me {
            events: self.coming_of(self.store(), identity.user, None).await?,
            is_linked: identity.link.is_some(),
            reminders: preferences::wants_reminders(self.store(), identity.user).await?,
            rosters,
            zone: preferences::zone(self.store(), identity.user).await?,
        })
    }

    /// Saves the zone that somebody lives in. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn choose_zone(&self, ask: PersonAsk<'_, Me>, zone: &Zone) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let user = self.person_of(&work, ask.account).await?;
        preferences::set_zone(&work.tx, user, zone).await?;
        let me = self.me_within(&work, ask.account, user).await?;
        let callback = (ask.render)(&me);
        self.keep_under(work, ask.key, ask.guild, ask.request_id, callback).await
    }

    /// Saves whether somebody is reminded of what they signed up for. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn choose_reminders(&self, ask: PersonAsk<'_, Me>, on: bool) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let user = self.person_of(&work, ask.account).await?;
        preferences::set_wants_reminders(&work.tx, user, on).await?;
        let me = self.me_within(&work, ask.account, user).await?;
        let callback = (ask.render)(&me);
        self.keep_under(work, ask.key, ask.guild, ask.request_id, callback).await
    }

    async fn me_within(&self, work: &Work, account: &Account, user: UserId) -> Result<Me, ServiceError> {
        let identity = identities::by_account(&work.tx, account.id).await?;
        Ok(Me {
            events: self.coming_of(&work.tx, user, None).await?,
            is_linked: identity.is_some_and(|identity| identity.link.is_some()),
            reminders: preferences::wants_reminders(&work.tx, user).await?,
            rosters: super::link::rosters(&work.tx, user).await?,
            zone: preferences::zone(&work.tx, user).await?,
        })
    }

    /// Somebody's coming events, of one club or of all, the next first.
    pub(super) async fn coming_of(
        &self,
        db: &impl Source,
        user: UserId,
        of: Option<ClubId>,
    ) -> Result<Vec<MyEvent>, ServiceError> {
        let now = self.0.clock.now();
        let mut mine = Vec::new();
        let theirs = signups::events_ahead_of(db, user, now).await?;
        for (club, event) in theirs.into_iter().filter(|(club, _)| of.is_none_or(|of| of == *club)) {
            let Some(event) = events::by_id(db, club, event).await? else { continue };
            if event.is_cancelled() {
                continue;
            }
            let sheet = signups::sheet(db, event.id).await?;
            if let (Some(line), Some(club)) = (sheet.of(user), clubs::name(db, club).await?) {
                mine.push(MyEvent { club, event, state: line.state });
            }
            if mine.len() == EVENTS {
                break;
            }
        }
        Ok(mine)
    }
}

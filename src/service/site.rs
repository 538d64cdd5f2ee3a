//! Clubs, as their sites see and change them.

pub mod events;
pub mod person;
pub mod series;
pub mod signups;
pub mod teams;

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde_json::json;

use super::{
    Service, ServiceError,
    audit::{self, Deed},
    settings::{check_member_role, events_standing},
    work::Work,
};
use crate::{
    base::digest::digest,
    domain::{
        id::{ClubId, OwnerId},
        name::ClubName,
        owner::Rank,
        refusal::Refusal,
        settings::ClubSettings,
        sync::Run,
        zone::Zone,
    },
    store::{clubs, guilds, invitations, owners, questions, sync_runs},
};
pub use crate::{
    domain::club::SiteClub,
    store::{audit::Doer, guilds::Guild},
};

/// For how long an invitation is good.
const INVITED_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The most failing owners that are counted.
const MAX_FAILING: u64 = 1_000;

/// What a site changes of a club; `None` stays as it is.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ClubChange {
    /// Its name.
    pub name: Option<ClubName>,
    /// All that it chose.
    pub settings: Option<ClubSettings>,
    /// The zone in which its people type times.
    pub zone: Option<Zone>,
}

/// An invitation to bind a club to a server.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// What whoever holds it shows.
    pub token: SecretString,
    /// Until when it is good.
    pub until: Timestamp,
}

/// How a club is on Discord, as far as is known without asking Discord.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OnDiscord {
    /// The club.
    pub club: SiteClub,
    /// How many events, series and guilds of it can't be brought to how they should be.
    pub failing: usize,
    /// The server.
    pub guild: Option<Guild>,
    /// Its last sync.
    pub last_sync: Option<Run>,
    /// How many questions wait for its organisers.
    pub questions: usize,
}

impl Service {
    /// A club, on Discord or not.
    ///
    /// # Errors
    ///
    /// Refuses where there is no such club, and fails when the database does.
    pub async fn site_club(&self, club: ClubId) -> Result<SiteClub, ServiceError> {
        Ok(clubs::by_id(self.store(), club).await?.ok_or(Refusal::NoClub)?)
    }

    /// Every club, the oldest first: those after that one.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn site_clubs(&self, after: Option<ClubId>, limit: u64) -> Result<Vec<SiteClub>, ServiceError> {
        Ok(clubs::all(self.store(), after, limit).await?)
    }

    /// Makes a club that isn't on Discord yet.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn found_club(
        &self,
        (name, zone): (ClubName, Zone),
        by: Doer,
        request_id: &str,
    ) -> Result<SiteClub, ServiceError> {
        let work = self.begin().await?;
        let id = ClubId::new(self.0.ids.uuid(work.now));
        let club = SiteClub { guild: None, id, name, settings: ClubSettings::default(), zone };
        clubs::found(&work.tx, &club, work.now).await?;
        let after = Some(audit::site_club(&club));
        let deed = Deed { action: "club.create", after, before: None, subject: id.to_string() };
        self.audit_by(&work, by, id, deed).await?;
        self.commit(work, request_id).await?;
        Ok(club)
    }

    /// Changes a club. Where it is on Discord, everything of it is looked at.
    ///
    /// # Errors
    ///
    /// Refuses where there is no such club, and fails when the database does.
    pub async fn change_site_club(
        &self,
        club: ClubId,
        change: ClubChange,
        by: Doer,
        request_id: &str,
    ) -> Result<SiteClub, ServiceError> {
        let mut work = self.begin().await?;
        let before = clubs::lock_by_id(&work.tx, club).await?.ok_or(Refusal::NoClub)?;
        let action = if change.settings.is_some() { "club.settings" } else { "club.edit" };
        let after = change.applied(&before);
        if after == before {
            return Ok(after);
        }
        save(&mut work, &before, &after).await?;
        let deed = Deed {
            action,
            after: Some(audit::site_club(&after)),
            before: Some(audit::site_club(&before)),
            subject: club.to_string(),
        };
        self.audit_by(&work, by, club, deed).await?;
        self.commit(work, request_id).await?;
        Ok(after)
    }

    /// How a club is on Discord.
    ///
    /// # Errors
    ///
    /// Refuses where there is no such club, and fails when the database does.
    pub async fn on_discord(&self, club: ClubId) -> Result<OnDiscord, ServiceError> {
        let (club, db) = (self.site_club(club).await?, self.store());
        let last_sync = sync_runs::of_club(db, club.id, None, 1).await?.pop();
        let Some(guild) = club.guild else {
            return Ok(OnDiscord { club, failing: 0, guild: None, last_sync, questions: 0 });
        };
        let failing = owners::failing(db, Some(guild), MAX_FAILING).await?.len();
        let questions = questions::open(db, guild).await?.len();
        let guild = guilds::by_id(db, guild).await?;
        Ok(OnDiscord { club, failing, guild, last_sync, questions })
    }

    /// Invites whoever gets the invitation to bind a club to a server that they manage.
    ///
    /// # Errors
    ///
    /// Refuses where there is no such club, and fails when the database does.
    pub async fn invite(&self, club: ClubId, by: Doer, request_id: &str) -> Result<Invitation, ServiceError> {
        let work = self.begin().await?;
        if !clubs::hold(&work.tx, club).await? {
            return Err(Refusal::NoClub.into());
        }
        let token = self.0.ids.token();
        let until = work.now.saturating_add(INVITED_FOR).unwrap_or(Timestamp::MAX);
        invitations::put(&work.tx, &digest(&token), club, work.now, until).await?;
        let after = Some(json!({ "until": until }));
        let deed = Deed { action: "club.invite", after, before: None, subject: club.to_string() };
        self.audit_by(&work, by, club, deed).await?;
        self.commit(work, request_id).await?;
        Ok(Invitation { token: token.into(), until })
    }
}

impl ClubChange {
    fn applied(self, club: &SiteClub) -> SiteClub {
        let mut club = club.clone();
        club.name = self.name.unwrap_or(club.name);
        club.settings = self.settings.unwrap_or(club.settings);
        club.zone = self.zone.unwrap_or(club.zone);
        club
    }
}

/// Saves a locked club, and asks for everything that stands for it on Discord.
async fn save(work: &mut Work, before: &SiteClub, after: &SiteClub) -> Result<(), ServiceError> {
    let (Some(was), Some(is)) = (before.on_discord(), after.on_discord()) else {
        return work.save_site_club(before, after).await;
    };
    check_member_role(work, &was, is.settings.member_role).await?;
    work.save_club(&was, &is).await?;
    work.request_in(is.guild, &[OwnerId::of_guild(is.guild)]).await?;
    let events = events_standing(work, &was, &is).await?;
    work.request(&events, Rank::Bulk).await
}

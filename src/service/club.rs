//! Clubs: finding the actor's, and setting one up.

use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, GuildMarker},
};

use super::{
    Ask, Service, ServiceError,
    audit::{self, Deed},
    work::{self, Work},
};
use crate::{
    domain::{
        actor::Actor,
        club::Club,
        id::{ClubId, OwnerId},
        name::ClubName,
        owner::Rank,
        refusal::Refusal,
        settings::ClubSettings,
        zone::Zone,
    },
    store::{
        clubs,
        guilds::{self, Sighting},
    },
};

/// A club as somebody describes it in `/club setup`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewClub {
    /// Its name.
    pub name: ClubName,
    /// Where questions to the organisers are posted.
    pub organiser_channel: Option<Id<ChannelMarker>>,
    /// The zone in which its people type times.
    pub zone: Zone,
}

impl Service {
    /// The club of a guild, if it has one.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn find_club(&self, guild: Id<GuildMarker>) -> Result<Option<Club>, ServiceError> {
        Ok(clubs::of_guild(self.store(), guild).await?)
    }

    /// The actor's club.
    ///
    /// # Errors
    ///
    /// Refuses where the guild has no club, and fails when the database does.
    pub async fn club_of(&self, actor: &Actor) -> Result<Club, ServiceError> {
        Ok(self.find_club(actor.guild).await?.ok_or(Refusal::NoClub)?)
    }

    /// The actor's club, for one of its organisers.
    ///
    /// # Errors
    ///
    /// Refuses where the guild has no club and everybody else, and fails when the database does.
    pub async fn organised_club(&self, actor: &Actor) -> Result<Club, ServiceError> {
        work::organised(self.club_of(actor).await?, actor)
    }

    /// Creates the guild's club; one that exists already takes the new name, zone and channel. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody without Manage Server, and fails when the database does.
    pub async fn set_up_club(&self, ask: Ask<'_, Club>, new: NewClub) -> Result<Value, ServiceError> {
        if !ask.actor.manage_guild {
            return Err(Refusal::NeedsManageServer.into());
        }
        let mut work = self.begin().await?;
        let before = clubs::lock(&work.tx, ask.actor.guild).await?;
        let club = match &before {
            Some(club) => self.change_club(&work, club, new).await?,
            None => self.create_club(&work, ask.actor.guild, new).await?,
        };
        let (action, before) =
            before.map_or(("club.create", None), |before| ("club.setup", Some(audit::club(&before))));
        let deed = Deed { action, after: Some(audit::club(&club)), before, subject: club.id.to_string() };
        self.audit(&work, ask.actor, club.id, deed).await?;
        work.request(&[OwnerId::of_guild(club.guild)], Rank::People).await?;
        self.finish(work, &ask, &club).await
    }

    async fn create_club(
        &self,
        work: &Work,
        guild: Id<GuildMarker>,
        new: NewClub,
    ) -> Result<Club, ServiceError> {
        guilds::see(&work.tx, guild, Sighting::default(), work.now).await?;
        let settings = ClubSettings { organiser_channel: new.organiser_channel, ..ClubSettings::default() };
        let id = ClubId::new(self.0.ids.uuid(work.now));
        let club = Club { guild, id, name: new.name.clone(), settings, zone: new.zone.clone() };
        if clubs::create(&work.tx, &club, work.now).await? {
            return Ok(club);
        }
        // Somebody else set the guild up while this one waited for its row.
        let theirs = clubs::lock(&work.tx, guild).await?.ok_or(Refusal::ChangedMeanwhile)?;
        self.change_club(work, &theirs, new).await
    }

    async fn change_club(&self, work: &Work, before: &Club, new: NewClub) -> Result<Club, ServiceError> {
        let mut club = Club { name: new.name, zone: new.zone, ..before.clone() };
        club.settings.organiser_channel = new.organiser_channel;
        work.save_club(before, &club).await?;
        Ok(club)
    }
}

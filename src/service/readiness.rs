//! Whether people are ready for their race: they are checked on Discord, and say themselves whether they hear the others.

use std::collections::HashMap;

use secrecy::SecretString;
use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};

use super::{
    Ask, Service, ServiceError,
    team::TeamsFacts,
    work::{Work, is_ahead},
};
use crate::{
    domain::{
        actor::Actor,
        club::Club,
        event::Event,
        id::{EventId, TeamId, UserId},
        readiness::{Check, Readiness},
        refusal::{Refusal, TeamRefusal},
        team::Team,
    },
    store::{Source, clubs, events, identities, inquiries::Asked, readiness, teams},
};

/// Somebody of a team whose event is ahead.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Racer {
    /// Its club.
    pub club: Club,
    /// Its event.
    pub event: Event,
    /// The team.
    pub team: Team,
    /// Who they are.
    pub user: UserId,
}

/// How ready somebody of a team is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OwnReadiness {
    /// What was found, and what they said.
    pub readiness: Readiness,
    /// They, and their team.
    pub who: Racer,
}

/// How ready the people of an event's teams are.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReadinessFacts {
    /// What is known of those who were checked.
    pub checked: HashMap<UserId, Readiness>,
    /// The teams.
    pub teams: TeamsFacts,
}

impl Service {
    /// Has somebody of a team checked. What is found takes the place of the deferred reply to `token`'s interaction. Returns the callback
    /// to give.
    ///
    /// # Errors
    ///
    /// Refuses whoever isn't in the team, a team that the club doesn't have, an event that is cancelled or over, and while the club's
    /// integration is off; fails when the database does.
    pub async fn check_readiness(
        &self,
        ask: Ask<'_, ()>,
        token: &SecretString,
        team: TeamId,
    ) -> Result<Value, ServiceError> {
        let (guild, account) = (ask.actor.guild, ask.actor.account.id);
        let Racer { club, event, .. } = racer(self.store(), guild, account, team).await?;
        is_ahead(&event, self.0.clock.now())?;
        if !club.settings.discord_integration_enabled {
            return Err(Refusal::Paused.into());
        }
        self.inquire(ask, token, Asked::Readiness { account, guild, team }).await
    }

    /// Somebody of a team, for the check.
    ///
    /// # Errors
    ///
    /// Refuses whoever isn't in the team any more, and a team that the club doesn't have any more; fails when the database does.
    pub async fn racer(
        &self,
        guild: Id<GuildMarker>,
        account: Id<UserMarker>,
        team: TeamId,
    ) -> Result<Racer, ServiceError> {
        racer(self.store(), guild, account, team).await
    }

    /// Notes what was found about somebody.
    ///
    /// # Errors
    ///
    /// When the database fails, or their team is gone meanwhile.
    pub async fn note_readiness(&self, who: Racer, check: &Check) -> Result<OwnReadiness, ServiceError> {
        let work = self.begin().await?;
        readiness::put(&work.tx, (who.event.id, who.user), check).await?;
        let own = known(&work, who).await?;
        work.tx.commit().await?;
        Ok(own)
    }

    /// Notes whether somebody who was checked hears the others, by their own word. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses whoever isn't in the team or wasn't checked, and an event that is cancelled or over; fails when the database does.
    pub async fn say_hears(
        &self,
        ask: Ask<'_, OwnReadiness>,
        team: TeamId,
        hears: bool,
    ) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let who = racer(&work.tx, ask.actor.guild, ask.actor.account.id, team).await?;
        is_ahead(&who.event, work.now)?;
        readiness::say(&work.tx, (who.event.id, who.user), hears).await?;
        let own = known(&work, who).await?;
        self.finish(work, &ask, &own).await
    }

    /// How ready a team's people are.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers and its captain, and a team that the club doesn't have; fails when the database does.
    pub async fn readiness_of_team(
        &self,
        actor: &Actor,
        team: TeamId,
    ) -> Result<ReadinessFacts, ServiceError> {
        let facts = self.team(actor, team).await?;
        let found = facts.teams.get(team).ok_or(TeamRefusal::Unknown)?;
        let leads = facts.reader.is_some_and(|reader| found.is_led_by(reader));
        if !leads && !actor.is_organiser(&facts.facts.club.settings) {
            return Err(TeamRefusal::NotCaptain(found.name.clone()).into());
        }
        self.with_readiness(facts).await
    }

    /// How ready the people of an event's teams are.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and an event that is unknown; fails when the database does.
    pub async fn readiness_of_event(
        &self,
        actor: &Actor,
        event: EventId,
    ) -> Result<ReadinessFacts, ServiceError> {
        let facts = self.teams(actor, event).await?;
        if !actor.is_organiser(&facts.facts.club.settings) {
            return Err(Refusal::NotOrganiser.into());
        }
        self.with_readiness(facts).await
    }

    async fn with_readiness(&self, teams: TeamsFacts) -> Result<ReadinessFacts, ServiceError> {
        let checked = readiness::of_event(self.store(), teams.facts.event.id).await?;
        Ok(ReadinessFacts { checked, teams })
    }
}

/// Somebody of one of a club's teams.
async fn racer(
    db: &impl Source,
    guild: Id<GuildMarker>,
    account: Id<UserMarker>,
    team: TeamId,
) -> Result<Racer, ServiceError> {
    let club = clubs::of_guild(db, guild).await?.ok_or(Refusal::NoClub)?;
    let event = teams::event_of(db, club.id, team).await?.ok_or(TeamRefusal::Unknown)?;
    let event = events::by_id(db, club.id, event).await?.ok_or(TeamRefusal::Unknown)?;
    let teams = teams::of_event(db, event.id).await?;
    let team = teams.get(team).ok_or(TeamRefusal::Unknown)?.clone();
    let known = identities::by_account(db, account).await?.map(|identity| identity.user);
    let user = known.filter(|user| team.mate(*user).is_some());
    let user = user.ok_or_else(|| TeamRefusal::OnlyMates(team.name.clone()))?;
    Ok(Racer { club, event, team, user })
}

/// What is known of somebody who was checked.
async fn known(work: &Work, who: Racer) -> Result<OwnReadiness, ServiceError> {
    let readiness = readiness::of(&work.tx, who.event.id, who.user).await?;
    let readiness = readiness.filter(|readiness| readiness.check.team == who.team.id);
    Ok(OwnReadiness { readiness: readiness.ok_or(Refusal::Outdated)?, who })
}

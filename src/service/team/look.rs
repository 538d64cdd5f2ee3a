//! Looking at an event's teams.

use std::collections::{HashMap, HashSet};

use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};

use super::{FoundTeam, TeamsFacts};
use crate::{
    domain::{
        actor::Actor,
        id::{EventId, TeamId},
        refusal::TeamRefusal,
        team::Team,
    },
    service::{Service, ServiceError, event::EventFacts},
    store::{
        Source,
        guild_members::{self, GuildMember},
        identities,
        openings::{self, TeamOpening},
        team_invitations, teams,
    },
};

impl Service {
    /// An event's teams.
    ///
    /// # Errors
    ///
    /// Refuses an event that is unknown, and fails when the database does.
    pub async fn teams(&self, actor: &Actor, event: EventId) -> Result<TeamsFacts, ServiceError> {
        let facts = self.event(actor, event).await?.facts;
        around(self.store(), facts, actor).await
    }

    /// The teams of the event that one of the club's teams is of.
    ///
    /// # Errors
    ///
    /// Refuses a team that the club doesn't have, and fails when the database does.
    pub async fn team(&self, actor: &Actor, team: TeamId) -> Result<TeamsFacts, ServiceError> {
        let club = self.club_of(actor).await?;
        let event = teams::event_of(self.store(), club.id, team).await?.ok_or(TeamRefusal::Unknown)?;
        self.teams(actor, event).await
    }

    /// The teams of the club's coming events whose names hold what was typed, those of the next event first.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn search_teams(
        &self,
        actor: &Actor,
        typed: &str,
        limit: u64,
    ) -> Result<Vec<FoundTeam>, ServiceError> {
        let club = self.club_of(actor).await?;
        Ok(teams::search(self.store(), club.id, (typed, self.0.clock.now()), limit).await?)
    }

    /// The team whose form an organiser or its captain opens: one read.
    ///
    /// # Errors
    ///
    /// Refuses everybody else and a team that is unknown, and fails when the database does.
    pub async fn open_team(&self, actor: &Actor, team: TeamId) -> Result<Team, ServiceError> {
        let found = openings::team(self.store(), actor.guild, team, actor.account.id).await?;
        let TeamOpening { club, is_led, team } = found.ok_or(TeamRefusal::Unknown)?;
        if is_led || actor.is_organiser(&club.settings) {
            Ok(team)
        } else {
            Err(TeamRefusal::NotCaptain(team.name).into())
        }
    }
}

/// Those of these accounts who are gone from the server.
pub(in crate::service) async fn gone(
    db: &impl Source,
    guild: Id<GuildMarker>,
    accounts: impl IntoIterator<Item = Id<UserMarker>>,
) -> Result<HashSet<Id<UserMarker>>, ServiceError> {
    let here = guild_members::some(db, guild, accounts).await?;
    Ok(left(&here))
}

fn left(members: &[GuildMember]) -> HashSet<Id<UserMarker>> {
    members.iter().filter(|member| member.left_at.is_some()).map(|member| member.account.id).collect()
}

/// An event's teams, with what the server knows of their people.
pub(in crate::service) async fn around(
    db: &impl Source,
    facts: EventFacts,
    actor: &Actor,
) -> Result<TeamsFacts, ServiceError> {
    let teams = teams::of_event(db, facts.event.id).await?;
    let mates = teams.all().iter().flat_map(|team| &team.mates).map(|mate| mate.discord);
    let people: HashSet<_> = facts.sheet.lines().iter().map(|line| line.discord).chain(mates).collect();
    let here = guild_members::some(db, facts.club.guild, people.iter().copied()).await?;
    let known = identities::by_accounts(db, people.iter().copied().chain([actor.account.id])).await?;
    let reader = known.get(&actor.account.id).map(|identity| identity.user);
    let gone = left(&here);
    let mut names: HashMap<_, _> =
        known.into_values().map(|one| (one.account.id, one.account.name().to_owned())).collect();
    names.extend(here.iter().map(|member| (member.account.id, member.account.name().to_owned())));
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_unstable();
    let invitations = team_invitations::of_event(db, facts.event.id).await?;
    Ok(TeamsFacts { facts, gone, invitations, names, reader, teams })
}

//! Teams become real.

use std::collections::HashSet;

use serde_json::Value;
use twilight_model::id::{Id, marker::UserMarker};

use super::{TeamsFacts, look};
use crate::{
    domain::{
        club::Club,
        event::Event,
        id::{EventId, TeamId},
        refusal::Refusal,
        settings::MOST_ROLES,
        signup::Sheet,
        team::{Duty, Team, Teams},
    },
    service::{Ask, Service, ServiceError, event, work::Work},
    store::{Source, audit::Doer, guild_roles},
};

/// What it came to that an event's teams were to be settled.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finalized {
    /// The event's teams, after it.
    pub after: TeamsFacts,
    /// Those left out, as nobody drives.
    pub bare: Vec<TeamId>,
    /// Those settled by it; the others were already.
    pub fresh: Vec<TeamId>,
    /// How many roles the server has, where that leaves no room for teams' own.
    pub without_roles: Option<usize>,
}

/// Which teams of an event were settled.
pub(in crate::service) struct Settled {
    /// Those left out, as nobody drives.
    pub(in crate::service) bare: Vec<TeamId>,
    /// Those settled now; the others were already.
    pub(in crate::service) fresh: Vec<TeamId>,
}

impl Service {
    /// Settles an event's teams in which somebody drives: each gets its thread. Done again, those that are new are settled. Returns the
    /// callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and an event that is unknown, cancelled, over, or without a channel; fails when the database does.
    pub async fn finalize_teams(
        &self,
        ask: Ask<'_, Finalized>,
        event: EventId,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let event = work.event_ahead(&club, event).await?;
        let facts = event::facts(&work, club.clone(), event.clone()).await?;
        let before = look::around(&work.tx, facts, ask.actor).await?;
        let around = (&before.teams, &before.facts.sheet, &before.gone);
        let Settled { bare, fresh } =
            self.settle_teams(&mut work, ask.actor.into(), (&club, &event), around).await?;
        let facts = event::facts(&work, club, event).await?;
        let after = look::around(&work.tx, facts, ask.actor).await?;
        let without_roles = without_roles(&work.tx, &after.facts.club).await?;
        self.finish(work, &ask, &Finalized { after, bare, fresh, without_roles }).await
    }

    /// Settles those of the teams of an event that is locked in which somebody drives.
    pub(in crate::service) async fn settle_teams(
        &self,
        work: &mut Work,
        by: Doer,
        (club, event): (&Club, &Event),
        (teams, sheet, gone): (&Teams, &Sheet, &HashSet<Id<UserMarker>>),
    ) -> Result<Settled, ServiceError> {
        if !event.channels_wanted {
            return Err(Refusal::NoChannel(event.name.clone()).into());
        }
        let standing = teams.standing(sheet, gone);
        let open = || standing.all().iter().filter(|team| !team.is_final());
        let drives = |team: &&Team| team.on(Duty::Driver).next().is_some();
        let fresh: Vec<TeamId> = open().filter(drives).map(|team| team.id).collect();
        let bare = open().filter(|team| !drives(team)).map(|team| team.id).collect();
        let now = Some(work.now);
        let settled = teams.all().iter().filter(|team| fresh.contains(&team.id));
        let settled = settled.map(|team| Team { finalized_at: now, ..team.clone() }).collect();
        self.save_teams(work, by, (club, event, teams), ("team.finalize", settled)).await?;
        Ok(Settled { bare, fresh })
    }
}

/// How many roles a club's server has, where teams get none for it.
async fn without_roles(db: &impl Source, club: &Club) -> Result<Option<usize>, ServiceError> {
    if !club.settings.teams.roles {
        return Ok(None);
    }
    let seen = guild_roles::of_guild(db, club.guild).await?;
    Ok(seen.map(|roles| roles.all.len()).filter(|count| *count >= MOST_ROLES))
}

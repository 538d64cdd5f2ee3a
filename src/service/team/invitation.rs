//! Being asked to join a team, and what one says to it.

use serde_json::Value;

use super::{Locked, TeamOutcome};
use crate::{
    domain::{
        actor::Actor,
        id::{OwnerId, TeamId},
        owner::Rank,
        refusal::{Refusal, TeamRefusal},
        team::Invitation,
    },
    service::{
        Ask, Service, ServiceError,
        work::{Work, is_ahead},
    },
    store::{clubs, events, identities, signups, team_invitations, teams},
};

impl Service {
    /// Joins the team that the actor was asked to join, with a place if that takes one, or declines. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses whoever wasn't asked, or isn't any more; an event that is over; a class or a team that is full. Fails when the database
    /// does.
    pub async fn answer_invitation(
        &self,
        ask: Ask<'_, TeamOutcome>,
        team: TeamId,
        accepts: bool,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let (locked, invitation) = invited(&work, ask.actor, team).await?;
        let changed = if accepts {
            let joined = self.joined(&mut work, &ask, &locked, invitation.mate).await?;
            team_invitations::delete(&work.tx, team, Some(invitation.mate.user)).await?;
            joined
        } else {
            let declined = Invitation { declined_at: Some(work.now), ..invitation };
            team_invitations::put(&work.tx, locked.event.id, &declined).await?;
            work.request(&[OwnerId::of_event(locked.event.id)], Rank::People).await?;
            Vec::new()
        };
        let Locked { club, event, teams, .. } = locked;
        let around = (&club, &event, &teams);
        self.save_teams(&mut work, ask.actor.into(), around, ("team.join", changed)).await?;
        self.told(work, &ask, (club, event), team).await
    }
}

/// The team that the actor was asked to join. Nobody else decides on its event before the transaction ends.
async fn invited(work: &Work, actor: &Actor, id: TeamId) -> Result<(Locked, Invitation), ServiceError> {
    let club = clubs::lock(&work.tx, actor.guild).await?.ok_or(Refusal::NoClub)?;
    let event = teams::event_of(&work.tx, club.id, id).await?.ok_or(TeamRefusal::Unknown)?;
    let event = events::lock(&work.tx, club.id, event).await?.ok_or(TeamRefusal::Unknown)?;
    is_ahead(&event, work.now)?;
    let teams = teams::of_event(&work.tx, event.id).await?;
    let team = teams.get(id).ok_or(TeamRefusal::Unknown)?.clone();
    let user = identities::by_account(&work.tx, actor.account.id).await?.map(|identity| identity.user);
    let asked = team_invitations::of_event(&work.tx, event.id).await?;
    let own = |one: &Invitation| one.team == id && Some(one.mate.user) == user && one.declined_at.is_none();
    let invitation = asked.into_iter().find(own).ok_or_else(|| TeamRefusal::NotAsked(team.name.clone()))?;
    let sheet = signups::sheet(&work.tx, event.id).await?;
    // Whoever asked them was allowed to bring them in.
    Ok((Locked { club, event, is_organiser: true, sheet, team, teams }, invitation))
}

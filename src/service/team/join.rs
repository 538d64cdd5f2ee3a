//! Bringing people into a team.

use serde_json::json;

use super::{Locked, TeamOutcome, refusal};
use crate::{
    domain::{
        id::OwnerId,
        owner::Rank,
        patch::Patch,
        refusal::TeamRefusal,
        signup::{Applicant, Behalf, Choice, Decision, SignupState, Standing, Target},
        team::{Invitation, Mate, Team},
    },
    service::{Ask, Service, ServiceError, audit::Deed, work::Work},
    store::{signups, team_invitations},
};

impl Service {
    /// What comes of bringing somebody in: they have joined, or are asked first where the club wants that of all but themselves.
    pub(super) async fn brought(
        &self,
        work: &mut Work,
        ask: &Ask<'_, TeamOutcome>,
        locked: &Locked,
        mate: Mate,
    ) -> Result<(&'static str, Vec<Team>), ServiceError> {
        let is_asked = locked.club.settings.teams.invitations
            && mate.discord != ask.actor.account.id
            && locked.team.mate(mate.user).is_none();
        if !is_asked {
            return Ok(("team.join", self.joined(work, ask, locked, mate).await?));
        }
        locked.may_bring(mate)?;
        locked.teams.join(locked.team.id, mate).map_err(|fault| refusal(fault, &locked.team))?;
        let invitation = Invitation { asked_at: work.now, declined_at: None, mate, team: locked.team.id };
        team_invitations::put(&work.tx, locked.event.id, &invitation).await?;
        let whom = json!({ "duty": mate.duty, "user": mate.user });
        let deed = Deed {
            action: "team.ask",
            after: Some(whom),
            before: None,
            subject: format!("{}/{}", locked.event.id, locked.team.id),
        };
        self.audit(work, ask.actor, locked.club.id, deed).await?;
        work.request(&[OwnerId::of_event(locked.event.id)], Rank::People).await?;
        Ok(("team.ask", Vec::new()))
    }

    /// The teams as they are once somebody has joined one, with a place if that takes one.
    pub(super) async fn joined(
        &self,
        work: &mut Work,
        ask: &Ask<'_, TeamOutcome>,
        locked: &Locked,
        mate: Mate,
    ) -> Result<Vec<Team>, ServiceError> {
        locked.may_bring(mate)?;
        let Locked { sheet, team, teams, .. } = locked;
        if mate.duty.takes_place() {
            let line = sheet.of(mate.user).filter(|line| line.state.has_place());
            if line.is_none_or(|line| line.class != Some(team.class)) {
                self.give_place(work, ask, locked, mate).await?;
            }
        }
        Ok(teams.join(team.id, mate).map_err(|fault| refusal(fault, team))?)
    }

    /// Gives somebody a place in their team's class.
    async fn give_place(
        &self,
        work: &mut Work,
        ask: &Ask<'_, TeamOutcome>,
        locked: &Locked,
        mate: Mate,
    ) -> Result<(), ServiceError> {
        let Locked { club, event, sheet, team, .. } = locked;
        let who = Applicant { behalf: Behalf::Organisers, discord: mate.discord, user: mate.user };
        let choice = Choice { car: team.car.clone(), class: Some(team.class) };
        let target = Target { choice, note: Patch::Keep, standing: Standing::In };
        let Decision::Change(lines) = sheet.bring(event, &who, &target, work.now)? else { return Ok(()) };
        let own = lines.iter().find(|line| line.user == mate.user);
        if own.is_some_and(|line| line.state == SignupState::Waiting) {
            return Err(TeamRefusal::NoPlace(team.name.clone()).into());
        }
        signups::put(&work.tx, event.id, &lines, || self.0.ids.uuid(work.now), work.now).await?;
        let deed = Deed {
            action: "signup.add",
            after: own.map(|line| json!({ "state": line.state, "class": line.class, "user": line.user })),
            before: sheet.of(mate.user).map(|line| json!({ "state": line.state, "class": line.class })),
            subject: format!("{}/{}", event.id, mate.user),
        };
        self.audit(work, ask.actor, club.id, deed).await
    }
}

impl Locked {
    /// Whether whoever decides on the team may bring somebody in: a captain only those who have a place in its class and no other team.
    fn may_bring(&self, mate: Mate) -> Result<(), TeamRefusal> {
        let line = self.sheet.of(mate.user).filter(|line| line.state.has_place());
        let is_free = line.is_some_and(|line| line.class == Some(self.team.class))
            && self.teams.of(mate.user).is_none_or(|other| other.id == self.team.id);
        let may = self.is_organiser || !mate.duty.takes_place() || is_free;
        if may { Ok(()) } else { Err(TeamRefusal::CaptainMayNot) }
    }
}

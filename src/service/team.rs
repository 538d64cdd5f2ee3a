//! Teams: made, looked after and disbanded by organisers, and by captains as far as their own goes.

use std::collections::HashSet;

use serde_json::{Value, json};
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    Ask, Service, ServiceError,
    audit::Deed,
    event::{self, EventFacts},
    work::{Work, is_ahead},
};
use crate::{
    domain::{
        account::Account,
        actor::Actor,
        club::Club,
        event::Event,
        id::{ClassId, EventId, OwnerId, TeamId, UserId},
        name::{CarName, TeamName},
        owner::Rank,
        refusal::{Fault, Field, Problem, Refusal, TeamRefusal},
        signup::Sheet,
        team::{CarNumber, Duty, Invitation, MAX_TEAMS, Mate, Team, TeamFault, Teams},
    },
    store::{audit::Doer, clubs, events, identities, signups, team_invitations, teams},
};

mod finalize;
mod invitation;
mod join;
pub(super) mod look;

pub use finalize::Finalized;
pub(super) use finalize::Settled;

pub(super) use look::gone;

pub use crate::store::teams::FoundTeam;

/// An event's teams, and what stands around them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TeamsFacts {
    /// The event.
    pub facts: EventFacts,
    /// Those of its teams' people who are gone from the server.
    pub gone: HashSet<Id<UserMarker>>,
    /// Who was asked to join one of its teams.
    pub invitations: Vec<Invitation>,
    /// What its people are called, by their accounts.
    pub names: Vec<(Id<UserMarker>, String)>,
    /// Who looks at them, where they are known.
    pub reader: Option<UserId>,
    /// Its teams, with those of their people who gave their place up.
    pub teams: Teams,
}

/// What an act on a team came to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TeamOutcome {
    /// The event's teams, after it.
    pub after: TeamsFacts,
    /// The team; disbanded, it is among the event's no more.
    pub team: TeamId,
}

/// How a team is called.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TeamEdit {
    /// The car it drives.
    pub car: Option<CarName>,
    /// Its name.
    pub name: TeamName,
    /// The number on its car.
    pub number: Option<CarNumber>,
}

/// What becomes of somebody in a team.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TeamChange {
    /// Somebody picked from the server's members joins it.
    Add(Account, Duty),
    /// They leave it.
    Drop(UserId),
    /// Somebody of the event's sheet, or of a team, joins it or does something else in it.
    Join(UserId, Duty),
    /// They lead it.
    Lead(UserId),
    /// Whoever was asked to join it isn't any more.
    Unask,
}

/// A team that is locked with its event, and who decides on it.
struct Locked {
    club: Club,
    event: Event,
    is_organiser: bool,
    sheet: Sheet,
    team: Team,
    teams: Teams,
}

impl Service {
    /// Makes a team of an event. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers; an event that is unknown, cancelled or over, or has as many teams as it may have; a class that
    /// it doesn't have; a name that another of its teams has. Fails when the database does.
    pub async fn create_team(
        &self,
        ask: Ask<'_, TeamOutcome>,
        event: EventId,
        (name, class): (TeamName, ClassId),
    ) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let event = work.event_ahead(&club, event).await?;
        let class = event.class(class).ok_or(Refusal::UnknownClass)?.id;
        let teams = teams::of_event(&work.tx, event.id).await?;
        if teams.all().len() >= MAX_TEAMS {
            return Err(TeamRefusal::TooMany(event.name).into());
        }
        let team = Team {
            captain: None,
            car: None,
            class,
            created_at: work.now,
            finalized_at: None,
            id: TeamId::new(self.0.ids.uuid(work.now)),
            mates: Vec::new(),
            name,
            number: None,
            revision: 1,
        };
        teams.check(&team).map_err(|fault| refusal(fault, &team))?;
        teams::put(&work.tx, event.id, &team, work.now).await?;
        self.audit_team(&work, ask.actor.into(), &club, "team.create", (None, Some(&team))).await?;
        self.told(work, &ask, (club, event), team.id).await
    }

    /// Gives a team that stands at `revision` another name, number or car. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers and its captain; a team that is unknown or was changed meanwhile; an event that is over; a name or
    /// number that another has. Fails when the database does.
    pub async fn edit_team(
        &self,
        ask: Ask<'_, TeamOutcome>,
        (team, revision): (TeamId, u64),
        edit: TeamEdit,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let Locked { club, event, team: before, teams, .. } = self.lock_team(&work, ask.actor, team).await?;
        if before.revision != revision {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let TeamEdit { car, name, number } = edit;
        let after = Team { car, name, number, ..before.clone() };
        teams.check(&after).map_err(|fault| refusal(fault, &after))?;
        if let (Some(series), Some(number)) = (event.series, &after.number)
            && let Some((team, event)) =
                teams::number_in_series(&work.tx, (series, event.id), (number, &after.name)).await?
        {
            let problem = Problem::NumberReserved { event, team };
            return Err(Refusal::Form(vec![Fault { field: Field::Number, problem }]).into());
        }
        let change = ("team.edit", vec![after]);
        self.save_teams(&mut work, ask.actor.into(), (&club, &event, &teams), change).await?;
        self.told(work, &ask, (club, event), team).await
    }

    /// Changes who is in a team and what they do. Whoever is to drive is given a place in its class, where there is room. Returns the
    /// callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers and its captain, who can't bring in whoever has no place; a team that is unknown; an event that is
    /// over; somebody who isn't in the team, for whom there is no room, or a team that is full. Fails when the database does.
    pub async fn change_team(
        &self,
        ask: Ask<'_, TeamOutcome>,
        team: TeamId,
        change: TeamChange,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let locked = self.lock_team(&work, ask.actor, team).await?;
        let (action, changed) = match change {
            TeamChange::Add(account, duty) => {
                let user = self.person_of(&work, &account).await?;
                let mate = Mate { discord: account.id, duty, user };
                self.brought(&mut work, &ask, &locked, mate).await?
            }
            TeamChange::Unask => {
                team_invitations::delete(&work.tx, team, None).await?;
                ("team.unask", Vec::new())
            }
            TeamChange::Drop(user) => ("team.leave", vec![locked.team.without(user)]),
            TeamChange::Join(user, duty) => {
                let mate = Mate { discord: locked.account(user)?, duty, user };
                self.brought(&mut work, &ask, &locked, mate).await?
            }
            TeamChange::Lead(user) => {
                locked.team.mate(user).ok_or(TeamRefusal::NotInIt(locked.team.name.clone()))?;
                ("team.lead", vec![Team { captain: Some(user), ..locked.team.clone() }])
            }
        };
        let Locked { club, event, teams, .. } = locked;
        self.save_teams(&mut work, ask.actor.into(), (&club, &event, &teams), (action, changed)).await?;
        self.told(work, &ask, (club, event), team).await
    }

    /// Disbands a team: what was made for it goes, its people keep their places. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and a team that is unknown; fails when the database does.
    pub async fn disband_team(&self, ask: Ask<'_, TeamOutcome>, team: TeamId) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let Locked { club, event, is_organiser, team: before, .. } =
            self.lock_team(&work, ask.actor, team).await?;
        if !is_organiser {
            return Err(Refusal::NotOrganiser.into());
        }
        self.drop_team(&mut work, ask.actor.into(), (&club, &event), &before).await?;
        self.told(work, &ask, (club, event), team).await
    }

    /// Deletes a team of an event that is locked, with who did, and has Discord follow.
    pub(super) async fn drop_team(
        &self,
        work: &mut Work,
        by: Doer,
        (club, event): (&Club, &Event),
        team: &Team,
    ) -> Result<(), ServiceError> {
        // Before it is gone, as whose roles it shares is known by it.
        work.request(&[OwnerId::of_event(event.id)], Rank::People).await?;
        teams::delete(&work.tx, event.id, team, work.now).await?;
        self.audit_team(work, by, club, "team.disband", (Some(team), None)).await
    }

    /// A team for whoever decides on it. Nobody else decides on its event before the transaction ends.
    async fn lock_team(&self, work: &Work, actor: &Actor, id: TeamId) -> Result<Locked, ServiceError> {
        let club = clubs::lock(&work.tx, actor.guild).await?.ok_or(Refusal::NoClub)?;
        let event = teams::event_of(&work.tx, club.id, id).await?.ok_or(TeamRefusal::Unknown)?;
        let event = events::lock(&work.tx, club.id, event).await?.ok_or(TeamRefusal::Unknown)?;
        let teams = teams::of_event(&work.tx, event.id).await?;
        let team = teams.get(id).ok_or(TeamRefusal::Unknown)?.clone();
        let is_organiser = actor.is_organiser(&club.settings);
        let user = identities::by_account(&work.tx, actor.account.id).await?.map(|identity| identity.user);
        if !is_organiser && !user.is_some_and(|user| team.is_led_by(user)) {
            return Err(TeamRefusal::NotCaptain(team.name).into());
        }
        is_ahead(&event, work.now)?;
        let sheet = signups::sheet(&work.tx, event.id).await?;
        Ok(Locked { club, event, is_organiser, sheet, team, teams })
    }

    /// Saves teams that have changed, with who changed them, and has Discord follow.
    pub(super) async fn save_teams(
        &self,
        work: &mut Work,
        by: Doer,
        (club, event, before): (&Club, &Event, &Teams),
        (action, changed): (&'static str, Vec<Team>),
    ) -> Result<(), ServiceError> {
        for team in changed {
            let known = before.get(team.id);
            if known == Some(&team) {
                continue;
            }
            let team = Team { revision: team.revision.saturating_add(1), ..team };
            teams::put(&work.tx, event.id, &team, work.now).await?;
            self.audit_team(work, by, club, action, (known, Some(&team))).await?;
            work.request(&[OwnerId::of_event(event.id)], Rank::People).await?;
        }
        Ok(())
    }

    async fn audit_team(
        &self,
        work: &Work,
        by: Doer,
        club: &Club,
        action: &'static str,
        (before, after): (Option<&Team>, Option<&Team>),
    ) -> Result<(), ServiceError> {
        let Some(subject) = after.or(before) else { return Ok(()) };
        let deed = Deed {
            action,
            after: after.map(told_of),
            before: before.map(told_of),
            subject: subject.id.to_string(),
        };
        self.audit_by(work, by, club.id, deed).await
    }

    /// Ends an act on a team.
    async fn told(
        &self,
        work: Work,
        ask: &Ask<'_, TeamOutcome>,
        (club, event): (Club, Event),
        team: TeamId,
    ) -> Result<Value, ServiceError> {
        let facts = event::facts(&work, club, event).await?;
        let after = look::around(&work.tx, facts, ask.actor).await?;
        self.finish(work, ask, &TeamOutcome { after, team }).await
    }
}

impl Locked {
    /// The account of somebody of the event's sheet or of one of its teams.
    fn account(&self, user: UserId) -> Result<Id<UserMarker>, Refusal> {
        let on_sheet = self.sheet.of(user).map(|line| line.discord);
        let in_team = || self.teams.of(user)?.mate(user).map(|mate| mate.discord);
        on_sheet.or_else(in_team).ok_or(Refusal::UnknownPerson)
    }
}

fn refusal(fault: TeamFault, team: &Team) -> Refusal {
    let in_form = |field, problem| Refusal::Form(vec![Fault { field, problem }]);
    match fault {
        TeamFault::Full => TeamRefusal::Full(team.name.clone()).into(),
        TeamFault::NameTaken => TeamRefusal::NameTaken(team.name.clone()).into(),
        TeamFault::NumberTaken(other) => in_form(Field::Number, Problem::NumberTaken(other)),
    }
}

/// What an audit row tells of a team.
pub(super) fn told_of(team: &Team) -> Value {
    let mates: Vec<Value> =
        team.mates.iter().map(|mate| json!({ "duty": mate.duty, "user": mate.user })).collect();
    json!({
        "captain": team.captain,
        "car": team.car,
        "class": team.class,
        "finalized_at": team.finalized_at,
        "mates": mates,
        "name": team.name,
        "number": team.number,
    })
}

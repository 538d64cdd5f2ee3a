//! Practice rooms: opened for a while, extended and closed by those who practise in them.

use serde_json::Value;
use twilight_model::id::{Id, marker::ChannelMarker};

use super::{
    Ask, Service, ServiceError,
    work::{Work, is_ahead},
};
use crate::{
    domain::{
        actor::Actor,
        club::Club,
        event::Event,
        id::{EventId, OwnerId, TeamId, UserId},
        name::TeamName,
        owner::Rank,
        refusal::{Refusal, RoomRefusal, TeamRefusal},
        room::{Lease, Leases, RoomOf, Standing},
        team::Teams,
    },
    store::{Source, bindings, clubs, events, identities, rooms, signups, teams},
};

/// What becomes of a room.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RoomWish {
    /// It closes.
    Close,
    /// It stays for as long as a room that is opened now.
    Extend,
    /// It opens, unless it stands.
    Open,
}

/// What an act on a room came to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RoomOutcome {
    /// Its channel, where it has one now.
    pub channel: Option<Id<ChannelMarker>>,
    /// Its event.
    pub event: Event,
    /// Which one.
    pub room: RoomOf,
    /// Until when it stands; `None` for one that is closed.
    pub standing: Option<Standing>,
    /// Its team's name; `None` for everybody's.
    pub team: Option<TeamName>,
}

impl Service {
    /// The room that somebody means who names no team: that of the thread they are in, of their own team, or everybody's.
    ///
    /// # Errors
    ///
    /// Refuses whoever is in no team where only teams have rooms, and fails when the database does.
    pub async fn room_meant(&self, actor: &Actor, event: EventId) -> Result<RoomOf, ServiceError> {
        let club = self.club_of(actor).await?;
        let settings = &club.settings.teams;
        if let Some(team) = self.team_here(&club, actor.channel).await? {
            return Ok(RoomOf::Team(team));
        }
        let teams = teams::of_event(self.store(), event).await?;
        let reader = identities::by_account(self.store(), actor.account.id).await?;
        let own = reader.and_then(|identity| teams.of(identity.user)).map(|team| team.id);
        match own.filter(|_| settings.practice.of_teams()) {
            Some(team) => Ok(RoomOf::Team(team)),
            None if settings.practice.of_event() => Ok(RoomOf::Event(event)),
            None if settings.practice.of_teams() => Err(Refusal::from(RoomRefusal::NoTeam).into()),
            None => Err(Refusal::from(RoomRefusal::Off).into()),
        }
    }

    /// The team whose thread a channel is.
    async fn team_here(
        &self,
        club: &Club,
        channel: Option<Id<ChannelMarker>>,
    ) -> Result<Option<TeamId>, ServiceError> {
        let Some(channel) = channel else { return Ok(None) };
        let bound = bindings::by_channel(self.store(), club.guild, channel).await?;
        Ok(bound.and_then(|binding| bindings::team_of_thread(&binding.slot)))
    }

    /// Opens a practice room, extends it or closes it. Done again, nothing changes. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses an event or a team that is unknown or over; whoever neither is in it nor organises; a team that isn't settled; where the club
    /// has no such rooms. Fails when the database does.
    pub async fn decide_room(
        &self,
        ask: Ask<'_, RoomOutcome>,
        room: RoomOf,
        wish: RoomWish,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = clubs::lock(&work.tx, ask.actor.guild).await?.ok_or(Refusal::NoClub)?;
        let event = locked_event(&work, &club, room).await?;
        is_ahead(&event, work.now)?;
        let teams = teams::of_event(&work.tx, event.id).await?;
        let team = may_decide(&work, ask.actor, (&club, &event), (&teams, room)).await?;
        let mut leases = rooms::of_event(&work.tx, event.id).await?;
        let settings = &club.settings.teams;
        let before = leases.standing(room, settings, &teams, work.now);
        let lease = match (wish, before) {
            (RoomWish::Close, Some(_)) => Some(Lease::Closed),
            (RoomWish::Close, None)
            | (RoomWish::Open, Some(_))
            | (RoomWish::Extend, Some(Standing::Event)) => None,
            (RoomWish::Open | RoomWish::Extend, _) => Some(Lease::Until(Leases::extended(work.now))),
        };
        if let Some(lease) = lease {
            leases.0.insert(room, lease);
            rooms::put(&work.tx, event.id, (room, lease), work.now).await?;
            work.request(&[OwnerId::of_event(event.id)], Rank::People).await?;
        }
        let standing = leases.standing(room, settings, &teams, work.now);
        let slot = bindings::practice(room);
        let bound = bindings::by_slot(&work.tx, OwnerId::of_event(event.id), &slot).await?;
        let channel = bound.filter(|_| standing.is_some()).and_then(|binding| binding.discord).map(Id::cast);
        self.finish(work, &ask, &RoomOutcome { channel, event, room, standing, team }).await
    }
}

async fn locked_event(work: &Work, club: &Club, room: RoomOf) -> Result<Event, ServiceError> {
    let event = match room {
        RoomOf::Event(event) => event,
        RoomOf::Team(team) => teams::event_of(&work.tx, club.id, team).await?.ok_or(TeamRefusal::Unknown)?,
    };
    Ok(events::lock(&work.tx, club.id, event).await?.ok_or(Refusal::UnknownEvent)?)
}

/// The name of the room's team, if the actor may decide on it.
async fn may_decide(
    work: &Work,
    actor: &Actor,
    (club, event): (&Club, &Event),
    (teams, room): (&Teams, RoomOf),
) -> Result<Option<TeamName>, ServiceError> {
    let practice = club.settings.teams.practice;
    let user = identities::by_account(&work.tx, actor.account.id).await?.map(|identity| identity.user);
    let organises = actor.is_organiser(&club.settings);
    match room {
        RoomOf::Event(_) => {
            if !practice.of_event() {
                return Err(Refusal::from(RoomRefusal::Off).into());
            }
            let is_in = match user {
                Some(user) => has_place(&work.tx, event.id, user).await? || teams.of(user).is_some(),
                None => false,
            };
            if organises || is_in {
                Ok(None)
            } else {
                Err(Refusal::from(RoomRefusal::NoPlace(event.name.clone())).into())
            }
        }
        RoomOf::Team(id) => {
            let team = teams.get(id).ok_or(TeamRefusal::Unknown)?;
            if !practice.of_teams() {
                return Err(Refusal::from(RoomRefusal::Off).into());
            }
            if !organises && user.is_none_or(|user| team.mate(user).is_none()) {
                return Err(Refusal::from(RoomRefusal::NotYours(team.name.clone())).into());
            }
            if !team.is_final() {
                return Err(Refusal::from(RoomRefusal::NotSettled(team.name.clone())).into());
            }
            Ok(Some(team.name.clone()))
        }
    }
}

async fn has_place(db: &impl Source, event: EventId, user: UserId) -> Result<bool, ServiceError> {
    let sheet = signups::sheet(db, event).await?;
    Ok(sheet.of(user).is_some_and(|line| line.state.has_place()))
}

//! Teams as programs see them.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::signups::SignupUser;
use crate::{
    domain::{
        event::Event,
        id::{ClassId, TeamId, UserId},
        signup::Signup,
        team::{self, Mate},
    },
    service::site::{
        person::SitePerson,
        teams::{SiteSettled, SiteTeams},
    },
};

/// The teams of an event.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Teams {
    /// All of them, the one made first first.
    teams: Vec<Team>,
    /// Who has a place and is in no team.
    without_team: Vec<Teamless>,
}

/// A team: the people who share a car.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Team {
    /// Who leads it: one of its people.
    #[schema(value_type = Option<uuid::Uuid>)]
    captain_id: Option<UserId>,
    /// The car it drives, where it is settled.
    #[schema(example = "BMW M4 GT3")]
    car: Option<String>,
    /// The name of the class it drives in; null where the event’s sole class has none.
    #[schema(example = "GT3")]
    class: Option<String>,
    /// That class.
    #[schema(value_type = uuid::Uuid)]
    class_id: ClassId,
    /// When it was settled, if it was: it has its thread then, or is about to.
    finalized_at: Option<Timestamp>,
    /// Its identifier.
    #[schema(value_type = uuid::Uuid)]
    id: TeamId,
    /// Its people, those who joined first first.
    members: Vec<TeamMember>,
    /// Its name.
    #[schema(example = "Night Owls Red")]
    name: String,
    /// The number on its car, with the zeros that it begins with.
    #[schema(example = "07")]
    number: Option<String>,
    /// Counts its changes.
    revision: u64,
}

/// Somebody in a team.
#[derive(Debug, Serialize, ToSchema)]
struct TeamMember {
    /// What they do.
    duty: Duty,
    /// Whether they gave their place up, or left the server: then they don’t race, though nobody took them out.
    missing: bool,
    /// Who they are.
    user: SignupUser,
}

/// Somebody who has a place and is in no team.
#[derive(Debug, Serialize, ToSchema)]
struct Teamless {
    /// The name of the class that they have their place in.
    #[schema(example = "GT3")]
    class: Option<String>,
    /// That class.
    #[schema(value_type = Option<uuid::Uuid>)]
    class_id: Option<ClassId>,
    /// Who they are.
    user: SignupUser,
}

/// What somebody does in a team.
#[derive(Clone, Copy, Debug, serde::Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Duty {
    /// Drives.
    Driver,
    /// Drives if somebody else can’t.
    Reserve,
    /// Speaks on the radio, and doesn’t drive: needs no place.
    Spotter,
}

/// What settling an event’s teams came to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Settled {
    /// Those left out, as nobody drives who has a place and is in the server.
    #[schema(value_type = Vec<uuid::Uuid>)]
    left_out: Vec<TeamId>,
    /// Those settled now; the others were already.
    #[schema(value_type = Vec<uuid::Uuid>)]
    settled: Vec<TeamId>,
    /// All of them, as they are now.
    teams: Vec<Team>,
}

impl From<SiteTeams> for Teams {
    fn from(site: SiteTeams) -> Self {
        let without = site.without.iter().filter_map(|line| teamless(&site.event, line, &site.people));
        Self { without_team: without.collect(), teams: all(&site) }
    }
}

impl From<SiteSettled> for Settled {
    fn from(settled: SiteSettled) -> Self {
        Self { left_out: settled.bare, settled: settled.fresh, teams: all(&settled.teams) }
    }
}

impl From<team::Duty> for Duty {
    fn from(duty: team::Duty) -> Self {
        match duty {
            team::Duty::Driver => Self::Driver,
            team::Duty::Reserve => Self::Reserve,
            team::Duty::Spotter => Self::Spotter,
        }
    }
}

impl From<Duty> for team::Duty {
    fn from(duty: Duty) -> Self {
        match duty {
            Duty::Driver => Self::Driver,
            Duty::Reserve => Self::Reserve,
            Duty::Spotter => Self::Spotter,
        }
    }
}

fn all(site: &SiteTeams) -> Vec<Team> {
    let member = |mate: &Mate| {
        let user = site.people.get(&mate.user)?.clone().into();
        Some(TeamMember { duty: mate.duty.into(), missing: site.missing.contains(&mate.user), user })
    };
    let team = |team: &team::Team| Team {
        captain_id: team.captain,
        car: team.car.as_ref().map(ToString::to_string),
        class: class(&site.event, team.class),
        class_id: team.class,
        finalized_at: team.finalized_at,
        id: team.id,
        members: team.mates.iter().filter_map(member).collect(),
        name: team.name.to_string(),
        number: team.number.as_ref().map(|number| number.as_str().to_owned()),
        revision: team.revision,
    };
    site.teams.all().iter().map(team).collect()
}

fn teamless(event: &Event, line: &Signup, people: &HashMap<UserId, SitePerson>) -> Option<Teamless> {
    let user = people.get(&line.user)?.clone().into();
    Some(Teamless { class: line.class.and_then(|id| class(event, id)), class_id: line.class, user })
}

fn class(event: &Event, id: ClassId) -> Option<String> {
    event.class(id)?.name.as_ref().map(ToString::to_string)
}

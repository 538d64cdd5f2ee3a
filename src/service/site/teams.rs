//! Teams, as a club's site sees and changes them.

use std::collections::{HashMap, HashSet};

use serde_json::json;
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    super::{
        Service, ServiceError,
        team::{Settled, gone, told_of},
        work::Work,
    },
    Doer,
    person::{SitePerson, people},
    signups::{ClassKey, account},
};
pub use crate::domain::team::wish::{Misfit, Unfit};
use crate::{
    base::digest::digest,
    domain::{
        club::Club,
        event::Event,
        id::{ClassId, ClubId, EventId, TeamId, UserId},
        name::{CarName, TeamName},
        refusal::Refusal,
        signup::{Sheet, Signup},
        team::{
            CarNumber, Duty, Mate, Team, Teams,
            wish::{Overhaul, TeamWish},
        },
    },
    store::{Source, clubs, events, signups, teams, users},
};

/// An event's teams, and who could be in one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SiteTeams {
    /// The event.
    pub event: Event,
    /// Those of their people who gave their place up, or are gone from the server: they don't race.
    pub missing: HashSet<UserId>,
    /// Everybody who is named.
    pub people: HashMap<UserId, SitePerson>,
    /// Another number whenever anything of the teams is otherwise.
    pub revision: u64,
    /// The teams.
    pub teams: Teams,
    /// Those who have a place and are in no team.
    pub without: Vec<Signup>,
}

/// A team as a site wants it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TeamOrder {
    /// Who leads it.
    pub captain: Option<UserId>,
    /// The car it drives.
    pub car: Option<CarName>,
    /// The class it drives in; `None` is the one that the event has.
    pub class: Option<ClassKey>,
    /// Which of the event's teams it is; without it the one of that name, or a new one.
    pub id: Option<TeamId>,
    /// Its people, with what they do.
    pub mates: Vec<(UserId, Duty)>,
    /// Its name.
    pub name: TeamName,
    /// The number on its car.
    pub number: Option<CarNumber>,
}

/// What became of a wish for all teams of an event.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TeamsPut {
    /// They are as wanted.
    Done(Box<SiteTeams>),
    /// Nothing has changed: this is in the way.
    Unfit(Vec<Misfit>),
}

/// What it came to that an event's teams were to be settled.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SiteSettled {
    /// Those left out, as nobody drives.
    pub bare: Vec<TeamId>,
    /// Those settled by it; the others were already.
    pub fresh: Vec<TeamId>,
    /// The event's teams, after it.
    pub teams: SiteTeams,
}

/// What a site's wish is held against. Nobody else decides on the event before the transaction ends.
struct Around {
    club: Club,
    event: Event,
    sheet: Sheet,
    teams: Teams,
}

impl Service {
    /// An event's teams: a fixed number of reads.
    ///
    /// # Errors
    ///
    /// Refuses an event that the club doesn't have, and fails when the database does.
    pub async fn site_teams(&self, club: ClubId, event: EventId) -> Result<SiteTeams, ServiceError> {
        let event = events::by_id(self.store(), club, event).await?.ok_or(Refusal::UnknownEvent)?;
        look(self.store(), event).await
    }

    /// Has an event whose teams stand at `revision`, where one is named, have these teams and no others: those that it has already are
    /// changed, others are made, and those that aren't among them are disbanded. What they are already changes nothing.
    ///
    /// # Errors
    ///
    /// Refuses where the club isn't on Discord, and an event that is unknown, cancelled or over, or whose teams are of another revision.
    /// Fails when the database does.
    pub async fn put_site_teams(
        &self,
        club: ClubId,
        (event, revision): (EventId, Option<u64>),
        orders: Vec<TeamOrder>,
        by: Doer,
        request_id: &str,
    ) -> Result<TeamsPut, ServiceError> {
        let mut work = self.begin().await?;
        let around = Around::lock(&work, club, event).await?;
        if revision.is_some_and(|revision| revision != tag(&around.teams)) {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let wishes = match around.wishes(&work, orders).await? {
            Ok(wishes) => wishes,
            Err(misfits) => return Ok(TeamsPut::Unfit(misfits)),
        };
        let fresh = || TeamId::new(self.0.ids.uuid(work.now));
        let overhaul = match around.teams.overhaul(&wishes, &around.sheet, work.now, fresh) {
            Ok(overhaul) => overhaul,
            Err(misfits) => return Ok(TeamsPut::Unfit(misfits)),
        };
        let reserved = around.reserved(&work, &wishes).await?;
        if !reserved.is_empty() {
            return Ok(TeamsPut::Unfit(reserved));
        }
        self.write_teams(&mut work, by, &around, overhaul).await?;
        let shown = look(&work.tx, around.event).await?;
        self.commit_in(work, around.club.guild, request_id).await?;
        Ok(TeamsPut::Done(Box::new(shown)))
    }

    /// Settles an event's teams in which somebody drives, as an organiser does.
    ///
    /// # Errors
    ///
    /// Refuses where the club isn't on Discord, and an event that is unknown, cancelled, over, or without a channel; fails when the database
    /// does.
    pub async fn settle_site_teams(
        &self,
        club: ClubId,
        event: EventId,
        by: Doer,
        request_id: &str,
    ) -> Result<SiteSettled, ServiceError> {
        let mut work = self.begin().await?;
        let Around { club, event, sheet, teams } = Around::lock(&work, club, event).await?;
        let gone = gone(&work.tx, club.guild, accounts(&teams)).await?;
        let around = (&teams, &sheet, &gone);
        let Settled { bare, fresh } = self.settle_teams(&mut work, by, (&club, &event), around).await?;
        let teams = look(&work.tx, event).await?;
        self.commit_in(work, club.guild, request_id).await?;
        Ok(SiteSettled { bare, fresh, teams })
    }

    async fn write_teams(
        &self,
        work: &mut Work,
        by: Doer,
        around: &Around,
        overhaul: Overhaul,
    ) -> Result<(), ServiceError> {
        let Around { club, event, teams, .. } = around;
        for team in &overhaul.disbanded {
            self.drop_team(work, by, (club, event), team).await?;
        }
        let known: Vec<TeamId> =
            overhaul.changed.iter().map(|team| team.id).filter(|id| teams.get(*id).is_some()).collect();
        teams::vacate(&work.tx, event.id, &known).await?;
        self.save_teams(work, by, (club, event, teams), ("team.put", overhaul.changed)).await
    }
}

impl TeamOrder {
    /// Everybody whom it names.
    fn people(&self) -> Vec<UserId> {
        self.mates.iter().map(|(user, _)| *user).chain(self.captain).collect()
    }
}

impl Around {
    async fn lock(work: &Work, club: ClubId, event: EventId) -> Result<Self, ServiceError> {
        let club = work.site_club(club).await?;
        let event = work.event_ahead(&club, event).await?;
        let sheet = signups::sheet(&work.tx, event.id).await?;
        let teams = teams::of_event(&work.tx, event.id).await?;
        Ok(Self { club, event, sheet, teams })
    }

    /// What orders come to: people with their accounts, and classes that the event has; or those that there aren't.
    async fn wishes(
        &self,
        work: &Work,
        orders: Vec<TeamOrder>,
    ) -> Result<Result<Vec<TeamWish>, Vec<Misfit>>, ServiceError> {
        let named: Vec<UserId> = orders.iter().flat_map(TeamOrder::people).collect();
        let current = users::current_of(&work.tx, named).await?;
        let (mut wishes, mut misfits) = (Vec::new(), Vec::new());
        for (team, order) in orders.into_iter().enumerate() {
            let mut fault = |what| misfits.push(Misfit { team, what });
            let class = self.class(order.class).map_err(&mut fault).ok();
            let mut mates = Vec::new();
            for (at, (user, duty)) in order.mates.into_iter().enumerate() {
                let user = current.get(&user).copied().unwrap_or(user);
                match self.account(work, user).await? {
                    Ok(discord) => mates.push(Mate { discord, duty, user }),
                    Err(unfit) => fault(unfit(at)),
                }
            }
            let Some(class) = class else { continue };
            let captain = order.captain.map(|captain| current.get(&captain).copied().unwrap_or(captain));
            let TeamOrder { car, id, name, number, .. } = order;
            wishes.push(TeamWish { captain, car, class, id, mates, name, number });
        }
        Ok(if misfits.is_empty() { Ok(wishes) } else { Err(misfits) })
    }

    fn class(&self, key: Option<ClassKey>) -> Result<ClassId, Unfit> {
        let classes = &self.event.classes;
        match key {
            Some(key) => key.of(&self.event).map_err(|_| Unfit::UnknownClass),
            None => match classes.iter().as_slice() {
                [only] => Ok(only.id),
                all => Err(Unfit::PickClass(all.iter().filter_map(|class| class.name.clone()).collect())),
            },
        }
    }

    /// The account that somebody acts with.
    async fn account(
        &self,
        work: &Work,
        user: UserId,
    ) -> Result<Result<Id<UserMarker>, fn(usize) -> Unfit>, ServiceError> {
        let in_team = self.teams.of(user).and_then(|team| team.mate(user));
        if let Some(mate) = in_team.filter(|_| self.sheet.of(user).is_none()) {
            return Ok(Ok(mate.discord));
        }
        match account(work, &self.club, &self.sheet, user).await {
            Ok(discord) => Ok(Ok(discord)),
            Err(ServiceError::Refused(Refusal::UnknownPerson)) => Ok(Err(Unfit::UnknownPerson)),
            Err(ServiceError::Refused(Refusal::NotLinked)) => Ok(Err(Unfit::NoAccount)),
            Err(other) => Err(other),
        }
    }

    /// The wishes for a number that another team has in the series; those that keep name and number are as they were.
    async fn reserved(&self, work: &Work, wishes: &[TeamWish]) -> Result<Vec<Misfit>, ServiceError> {
        let Some(series) = self.event.series else { return Ok(Vec::new()) };
        let mut misfits = Vec::new();
        for (at, (wish, known)) in wishes.iter().zip(self.teams.meant(wishes)).enumerate() {
            let is_same = |team: &&Team| team.number == wish.number && team.name == wish.name;
            let Some(number) = wish.number.as_ref().filter(|_| known.filter(is_same).is_none()) else {
                continue;
            };
            let theirs =
                teams::number_in_series(&work.tx, (series, self.event.id), (number, &wish.name)).await?;
            if let Some((team, event)) = theirs {
                misfits.push(Misfit { team: at, what: Unfit::NumberReserved { event, team } });
            }
        }
        Ok(misfits)
    }
}

/// An event's teams with all that a site sees of them.
async fn look(db: &impl Source, event: Event) -> Result<SiteTeams, ServiceError> {
    let sheet = signups::sheet(db, event.id).await?;
    let teams = teams::of_event(db, event.id).await?;
    let guild = clubs::guild_of(db, event.club).await?;
    let gone = match guild {
        Some(guild) => gone(db, guild, accounts(&teams)).await?,
        None => HashSet::new(),
    };
    let missing = teams.all().iter().flat_map(|team| teams.missing(team.id, &sheet, &gone));
    let missing = missing.map(|mate| mate.user).collect();
    let without: Vec<Signup> = teams.without_team(&sheet).cloned().collect();
    let mates = teams.all().iter().flat_map(|team| &team.mates).map(|mate| (mate.user, mate.discord));
    let named: Vec<_> = mates.chain(without.iter().map(|line| (line.user, line.discord))).collect();
    let people = people(db, event.club, &named).await?;
    Ok(SiteTeams { event, missing, people, revision: tag(&teams), teams, without })
}

fn accounts(teams: &Teams) -> impl Iterator<Item = Id<UserMarker>> {
    teams.all().iter().flat_map(|team| &team.mates).map(|mate| mate.discord)
}

/// A number that tells whether teams are as they were. Their own revisions alone don't: people who turn out to be one change teams, too.
fn tag(teams: &Teams) -> u64 {
    let all = teams.all().iter();
    let all = all.map(|team| json!({ "id": team.id, "revision": team.revision, "team": told_of(team) }));
    let digest = digest(&json!(all.collect::<Vec<_>>()).to_string());
    u64::from_str_radix(&digest[..12], 16).unwrap_or_default()
}

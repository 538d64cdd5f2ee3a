//! Reading an owner's facts from the database.

use std::collections::{HashMap, HashSet};

use super::{BoardFacts, EventFacts, Facts, GuildFacts, RoleFacts, RoleTeam, SeriesFacts};
use crate::{
    domain::{
        club::Club,
        crew::{Pool, PoolFacts, substitutes},
        event::Event,
        id::{EventId, OwnerId, SeriesId, TeamId},
        owner::Owner,
        panel::{Failure, Question, Subject},
        signup::Sheet,
        team::{Left, Teams},
    },
    reconcile::{
        Reconciler,
        binding::{Bindings, Category, Shelves},
        plan::{Said, SaidState},
        slot::{Shelf, Slot},
    },
    store::{
        StoreError, availability,
        bindings::{self, BindingKind},
        bot_settings, clubs, events, guild_members, guild_roles, messages, partners, preferences, questions,
        rooms, series, signups, team_invitations, teams,
    },
    view::board::{Entry, MOST},
};
use twilight_model::id::{
    Id,
    marker::{GenericMarker, GuildMarker, UserMarker},
};

/// An event's teams.
struct Crews {
    /// With everybody who was put into them.
    all: Teams,
    /// Those of their people who are gone from the server.
    gone: HashSet<Id<UserMarker>>,
    /// Those who gave their place up, or are gone.
    left: Vec<Left>,
    /// With those who are there.
    standing: Teams,
}

impl Reconciler {
    /// What decides what an owner should have; `None` when there is no such owner, or its guild has no club.
    pub(in crate::reconcile) async fn facts(
        &self,
        guild: Id<GuildMarker>,
        owner: Owner,
    ) -> Result<Option<Facts>, StoreError> {
        let Some(club) = clubs::of_guild(&self.store, guild).await? else { return Ok(None) };
        match owner {
            Owner::Event(id) => {
                Ok(self.event_facts(club, id).await?.map(|facts| Facts::Event(Box::new(facts))))
            }
            Owner::Guild(guild) => {
                let bindings = self.bindings(OwnerId::of_guild(guild)).await?;
                let board = self.board_facts(&club).await?;
                let questions = self.questions(&club).await?;
                let roles = self.role_facts(&club, None).await?;
                Ok(Some(Facts::Guild(Box::new(GuildFacts { bindings, board, club, questions, roles }))))
            }
            Owner::Series(id) => {
                Ok(self.series_facts(club, id).await?.map(|facts| Facts::Series(Box::new(facts))))
            }
        }
    }

    async fn event_facts(&self, club: Club, id: EventId) -> Result<Option<EventFacts>, StoreError> {
        let Some(event) = events::by_id(&self.store, club.id, id).await? else { return Ok(None) };
        let Some(bot) = bot_settings::get(&self.store).await?.bot_user else { return Ok(None) };
        let series = match event.series {
            Some(id) => series::by_id(&self.store, club.id, id).await?,
            None => None,
        };
        let mut sheet = signups::sheet(&self.store, id).await?;
        if !sheet.advanced(&event, self.clock.now()).is_empty() && self.advance(&event).await? {
            sheet = signups::sheet(&self.store, id).await?;
        }
        let home = series.as_ref().map_or(Shelf::Events(club.guild), |series| Shelf::Series(series.id));
        let teams = self.teams(&club, event.id, &sheet).await?;
        let stand_ins = self.stand_ins(&event, &sheet, &teams).await?;
        Ok(Some(EventFacts {
            bindings: self.bindings(OwnerId::of_event(id)).await?,
            bot,
            notices: self.notices(&club, &event, &sheet).await?,
            invitations: team_invitations::of_event(&self.store, id).await?,
            left: teams.left,
            stand_ins,
            rooms: rooms::of_event(&self.store, id).await?,
            unreminded: preferences::unreminded(&self.store, id).await?,
            shelves: self.shelves(&[home, Shelf::Archive(club.guild)]).await?,
            sheet,
            teams: teams.standing,
            club,
            event,
            series,
        }))
    }

    /// An event's teams with those of their people who are there, and those who aren't.
    async fn teams(&self, club: &Club, event: EventId, sheet: &Sheet) -> Result<Crews, StoreError> {
        let all = teams::of_event(&self.store, event).await?;
        let mates = all.all().iter().flat_map(|team| &team.mates).map(|mate| mate.discord);
        let seen = guild_members::some(&self.store, club.guild, mates).await?;
        let gone: HashMap<_, _> =
            seen.iter().filter_map(|member| Some((member.account.id, member.left_at?))).collect();
        let left = all.left(sheet, &gone);
        let gone = gone.into_keys().collect();
        Ok(Crews { standing: all.standing(sheet, &gone), all, gone, left })
    }

    /// Who could step in for those who left their teams. Where nobody has, nothing is read.
    async fn stand_ins(
        &self,
        event: &Event,
        sheet: &Sheet,
        crews: &Crews,
    ) -> Result<HashMap<TeamId, Vec<Id<UserMarker>>>, StoreError> {
        if crews.left.is_empty() {
            return Ok(HashMap::new());
        }
        let pool = Pool::new(&PoolFacts {
            event,
            gone: &crews.gone,
            partners: &partners::users_of_event(&self.store, event.id).await?,
            ratings: &preferences::ratings(&self.store, event.id).await?,
            said: &availability::of_event(&self.store, event.id).await?,
            sheet,
            teams: &crews.all,
        });
        let teams: HashSet<TeamId> = crews.left.iter().map(|left| left.team).collect();
        Ok(teams.into_iter().map(|team| (team, substitutes(&pool, team))).collect())
    }

    /// The settled teams of a series' events, or of the club's events of none.
    async fn role_facts(&self, club: &Club, series: Option<SeriesId>) -> Result<RoleFacts, StoreError> {
        if !club.settings.teams.roles {
            return Ok(RoleFacts::default());
        }
        let now = self.clock.now();
        let mut facts = RoleFacts::default();
        for event in events::with_settled_teams(&self.store, club.id, series, now).await? {
            let until = event.grace_ends_at(&club.settings);
            if event.is_cancelled() || until <= now {
                continue;
            }
            let sheet = signups::sheet(&self.store, event.id).await?;
            let teams = self.teams(club, event.id, &sheet).await?.standing;
            facts.teams.extend(teams.all().iter().filter(|team| team.is_final()).map(|team| RoleTeam {
                id: team.id,
                name: team.name.clone(),
                people: team.mates.iter().map(|mate| mate.discord).collect(),
                until,
            }));
        }
        if !facts.teams.is_empty() {
            facts.in_server = self.roles_in(club.guild).await?;
        }
        Ok(facts)
    }

    /// How many roles a server has: those last seen there, and those made since.
    async fn roles_in(&self, guild: Id<GuildMarker>) -> Result<Option<usize>, StoreError> {
        let Some(seen) = guild_roles::of_guild(&self.store, guild).await? else { return Ok(None) };
        let mut all: HashSet<Id<GenericMarker>> = seen.all.iter().map(|role| role.id.cast()).collect();
        let roles = bindings::of_guild(&self.store, guild, BindingKind::Role).await?;
        all.extend(roles.iter().filter_map(|row| row.discord));
        Ok(Some(all.len()))
    }

    /// What the club's board shows, in as many reads however much that is.
    async fn board_facts(&self, club: &Club) -> Result<Option<BoardFacts>, StoreError> {
        let Some(channel) = club.settings.announcement_channel else { return Ok(None) };
        let now = self.clock.now();
        let most = u64::try_from(MOST).unwrap_or(u64::MAX);
        let coming = events::coming(&self.store, club.id, now, most).await?;
        let all = if coming.len() < MOST {
            coming.len()
        } else {
            events::count_coming(&self.store, club.id, now).await?
        };
        let series = series::of_club(&self.store, club.id).await?;
        let owners: Vec<OwnerId> = coming.iter().map(|event| OwnerId::of_event(event.id)).collect();
        let mut bound: HashMap<OwnerId, Vec<bindings::Binding>> = HashMap::new();
        for row in bindings::of_owners(&self.store, &owners).await? {
            bound.entry(row.owner).or_default().push(row);
        }
        let entry = |event: Event| {
            let rows = bound.remove(&OwnerId::of_event(event.id)).unwrap_or_default();
            let series = series.iter().find(|series| Some(series.id) == event.series).cloned();
            Entry { channel: Bindings::read(rows).channel(Slot::Channel), event, series }
        };
        Ok(Some(BoardFacts { all, channel, entries: coming.into_iter().map(entry).collect() }))
    }

    async fn series_facts(&self, club: Club, id: SeriesId) -> Result<Option<SeriesFacts>, StoreError> {
        let Some(series) = series::by_id(&self.store, club.id, id).await? else { return Ok(None) };
        let bindings = self.bindings(OwnerId::of_series(id)).await?;
        let roles = self.role_facts(&club, Some(id)).await?;
        Ok(Some(SeriesFacts { bindings, club, roles, series }))
    }

    async fn bindings(&self, owner: OwnerId) -> Result<Bindings, StoreError> {
        Ok(Bindings::read(bindings::of_owner(&self.store, owner).await?))
    }

    async fn shelves(&self, shelves: &[Shelf]) -> Result<Shelves, StoreError> {
        let mut owners: Vec<OwnerId> = shelves.iter().map(|shelf| shelf.owner_id()).collect();
        owners.dedup();
        let rows = bindings::of_owners(&self.store, &owners).await?;
        let mut by_owner: HashMap<OwnerId, Vec<bindings::Binding>> = HashMap::new();
        for row in rows {
            by_owner.entry(row.owner).or_default().push(row);
        }
        let stand = |shelf: &Shelf| {
            let rows = by_owner.get(&shelf.owner_id()).cloned().unwrap_or_default();
            let categories = Bindings::read(rows).0.into_iter().filter_map(|(slot, binding)| match slot {
                Slot::Category(shelving, n) if shelving == shelf.shelving() => {
                    Some(Category { n, state: binding.state })
                }
                _ => None,
            });
            (*shelf, categories.collect())
        };
        Ok(Shelves(shelves.iter().map(stand).collect()))
    }

    async fn questions(&self, club: &Club) -> Result<Vec<Question>, StoreError> {
        let mut questions = Vec::new();
        for asked in questions::open(&self.store, club.guild).await? {
            let about = self.subject(club, asked.owner).await?;
            questions.push(Question { about, asked_at: asked.asked_at, id: asked.id, topic: asked.topic });
        }
        Ok(questions)
    }

    async fn subject(&self, club: &Club, owner: OwnerId) -> Result<Subject, StoreError> {
        if let Some(event) = events::by_id(&self.store, club.id, EventId::new(owner.uuid())).await? {
            return Ok(Subject::Event(event.name));
        }
        let series = series::by_id(&self.store, club.id, SeriesId::new(owner.uuid())).await?;
        Ok(series.map_or(Subject::Club, |series| Subject::Series(series.name)))
    }

    /// What became of an owner's sayings.
    pub(in crate::reconcile) async fn said(&self, owner: Owner) -> Result<Said, StoreError> {
        let rows = messages::of_owners(&self.store, &[owner.id()]).await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let state = state(&row);
                (row.key, state)
            })
            .collect())
    }
}

/// After so many refusals, most of a day, nothing waits any longer for what is to be said.
const REFUSALS: u32 = 7;
/// After so many failures of any kind, more than an hour, neither.
const FAILURES: u32 = 100;

fn state(row: &messages::Said) -> SaidState {
    let messages::Said { channel, message, not_before, .. } = *row;
    let is_forbidden = row.fault.as_ref().is_some_and(|fault| fault.class == Failure::Forbidden);
    let too_many = if is_forbidden { REFUSALS } else { FAILURES };
    match (row.state, message) {
        (messages::SaidState::Said, Some(message)) => SaidState::Stands { channel, message, not_before },
        (messages::SaidState::Expired | messages::SaidState::Said | messages::SaidState::Withdrawn, _) => {
            SaidState::Settled
        }
        _ if row.tries >= too_many => SaidState::Refused(not_before),
        (messages::SaidState::Saying | messages::SaidState::Unsaid, _) => SaidState::Begun(not_before),
    }
}

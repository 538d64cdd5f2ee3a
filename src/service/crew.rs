//! Crews for an event, proposed to an organiser, changed by hand, and made teams.

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde_json::Value;

use super::{
    Ask, Service, ServiceError, event,
    team::{TeamsFacts, look},
    work::Work,
};
use crate::{
    domain::{
        actor::Actor,
        club::Club,
        crew::{
            BadProblem, Draft, DraftRules, Preview, Proposal, Search, SettleFacts, Settled, Target,
            Unsettled, settle,
        },
        event::Event,
        id::{EventId, TeamId, UserId},
        refusal::{Refusal, TeamRefusal},
        team::Team,
    },
    store::{
        StoreError,
        crew_drafts::{self, Kept},
        events,
        inquiries::Asked,
        openings,
    },
};

mod gather;

use gather::Gathered;

/// How long a proposal waits for its organiser.
const LIFE: SignedDuration = SignedDuration::from_hours(24);

/// Why crews are asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wanted {
    /// The others are to be arranged around those who were moved.
    Again,
    /// Other rules are to be kept to.
    By(DraftRules),
    /// They are to be shown. Those in which somebody was moved stay as they are; others are searched for anew.
    Shown,
}

/// Crews that are proposed to an organiser.
#[derive(Clone, Debug)]
pub struct CrewsFacts {
    /// What there is to say about them.
    pub preview: Preview,
    /// Counts their changes.
    pub revision: u64,
    /// The event, its teams and its people.
    pub teams: TeamsFacts,
}

/// What it came to that somebody was moved.
#[derive(Clone, Debug)]
pub struct MovedMate {
    /// The crews, after it.
    pub after: CrewsFacts,
    /// The crews, before it.
    pub before: Preview,
    /// Who.
    pub user: UserId,
}

/// What it came to that crews were accepted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AcceptedCrews {
    /// The event's teams, after it.
    pub after: TeamsFacts,
    /// Those that somebody joined.
    pub filled: Vec<TeamId>,
    /// Those that were made.
    pub made: Vec<TeamId>,
}

/// What is to be done for crews that were asked for.
#[derive(Debug)]
pub enum CrewsWanted {
    /// They are there already.
    Found,
    /// They are to be searched for, and kept if the draft still stands at that revision.
    Search(Box<Search>, u64),
}

impl Service {
    /// Has crews found for an event. They take the place of the deferred reply to `token`'s interaction. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and an event that is unknown, cancelled or over; fails when the database does.
    pub async fn ask_crews(
        &self,
        ask: Ask<'_, ()>,
        token: &SecretString,
        (event, wanted): (EventId, Wanted),
    ) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let event = work.event_ahead(&club, event).await?;
        let key = (event.id, ask.actor.account.id);
        let before = crew_drafts::of(&work.tx, key, work.now).await?;
        let (draft, revision) = before.map_or_else(Default::default, |kept| (kept.draft, kept.revision));
        let draft = match wanted {
            Wanted::Again => Draft { fingerprint: None, ..draft },
            Wanted::By(rules) => Draft { fingerprint: None, rules, ..draft },
            Wanted::Shown if !draft.moved.is_empty() => draft,
            Wanted::Shown => Draft::with(draft.rules),
        };
        let kept = Kept { draft, revision: revision.saturating_add(1) };
        crew_drafts::put(&work.tx, key, &kept, (work.now, end(work.now))).await?;
        let asked = Asked::Crews { actor: Box::new(ask.actor.clone()), event: event.id };
        self.inquire_with(work, ask, token, asked).await
    }

    /// What is to be done for crews that were asked for.
    ///
    /// # Errors
    ///
    /// Refuses an event that is unknown, and where nothing is proposed any more; fails when the database does.
    pub async fn crews_wanted(&self, actor: &Actor, event: EventId) -> Result<CrewsWanted, ServiceError> {
        let facts = self.event(actor, event).await?.facts;
        let kept = crew_drafts::of(self.store(), (event, actor.account.id), self.0.clock.now()).await?;
        let Kept { draft, revision } = kept.ok_or(TeamRefusal::NoProposal)?;
        if draft.fingerprint.is_some() {
            return Ok(CrewsWanted::Found);
        }
        let gathered = Gathered::around(self.store(), facts, actor).await?;
        let search = Search::new(&draft, &gathered.pool_facts()).map_err(impossible)?;
        Ok(CrewsWanted::Search(Box::new(search), revision))
    }

    /// Keeps crews that were found, unless what was to be found has changed meanwhile.
    ///
    /// # Errors
    ///
    /// Refuses an event that is unknown, and fails when the database does.
    pub async fn keep_crews(
        &self,
        actor: &Actor,
        (event, revision): (EventId, u64),
        (search, proposal): (&Search, &Proposal),
    ) -> Result<(), ServiceError> {
        let club = self.club_of(actor).await?;
        let work = self.begin().await?;
        let event = events::lock(&work.tx, club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        let key = (event.id, actor.account.id);
        let kept = crew_drafts::of(&work.tx, key, work.now).await?;
        if let Some(kept) = kept.filter(|kept| kept.revision == revision) {
            let facts = event::facts(&work, club, event).await?;
            let around = look::around(&work.tx, facts, actor).await?;
            let draft = kept.draft.found(search, proposal, (&around.facts.event, &around.teams));
            let found = Kept { draft, revision: revision.saturating_add(1) };
            crew_drafts::put(&work.tx, key, &found, (work.now, end(work.now))).await?;
        }
        Ok(work.tx.commit().await?)
    }

    /// The crews that are proposed to the actor for an event.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, an event that is unknown, and where nothing is proposed any more; fails when the database does.
    pub async fn crews(&self, actor: &Actor, event: EventId) -> Result<CrewsFacts, ServiceError> {
        self.organised_club(actor).await?;
        let facts = self.event(actor, event).await?.facts;
        let kept = crew_drafts::of(self.store(), (event, actor.account.id), self.0.clock.now()).await?;
        let kept = kept.ok_or(TeamRefusal::NoProposal)?;
        let gathered = Gathered::around(self.store(), facts, actor).await?;
        let preview = Preview::new(kept.draft, &gathered.pool_facts()).map_err(impossible)?;
        Ok(CrewsFacts { preview, revision: kept.revision, teams: gathered.teams })
    }

    /// The rules by which crews are proposed to an organiser who opens their form: one read.
    ///
    /// # Errors
    ///
    /// Refuses everybody else and an event that is unknown, and fails when the database does.
    pub async fn open_crew_rules(&self, actor: &Actor, event: EventId) -> Result<DraftRules, ServiceError> {
        let found = openings::crew_rules(self.store(), actor.guild, event, actor.account.id).await?;
        let (club, rules) = found.ok_or(Refusal::UnknownEvent)?;
        if actor.is_organiser(&club.settings) { Ok(rules) } else { Err(Refusal::NotOrganiser.into()) }
    }

    /// Moves somebody in crews that stand at `revision`; they stay there. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers; an event that is unknown, cancelled or over; crews that have changed since, or aren't proposed
    /// any more; somebody who has no place, or is in a team already. Fails when the database does.
    pub async fn move_mate(
        &self,
        ask: Ask<'_, MovedMate>,
        (event, revision): (EventId, u64),
        (user, target): (UserId, Target),
    ) -> Result<Value, ServiceError> {
        let (work, club, event, kept) = self.lock_draft(ask.actor, (event, revision)).await?;
        let facts = event::facts(&work, club, event).await?;
        let gathered = Gathered::around(&work.tx, facts, ask.actor).await?;
        let (sheet, teams) = (&gathered.teams.facts.sheet, &gathered.teams.teams);
        let line = sheet.of(user).filter(|line| line.state.has_place());
        let class = line.and_then(|line| line.class).ok_or(Refusal::UnknownPerson)?;
        if let Some(team) = teams.of(user) {
            return Err(TeamRefusal::InTeam(team.name.clone()).into());
        }
        let moved = kept.draft.moving(user, class, target, (&gathered.teams.facts.event, teams));
        let draft = moved.ok_or(TeamRefusal::ProposalMoved)?;
        let revision = kept.revision.saturating_add(1);
        let after = Kept { draft: draft.clone(), revision };
        let key = (gathered.teams.facts.event.id, ask.actor.account.id);
        crew_drafts::put(&work.tx, key, &after, (work.now, end(work.now))).await?;
        let before = Preview::new(kept.draft, &gathered.pool_facts()).map_err(impossible)?;
        let preview = Preview::new(draft, &gathered.pool_facts()).map_err(impossible)?;
        let after = CrewsFacts { preview, revision, teams: gathered.teams };
        self.finish(work, &ask, &MovedMate { after, before, user }).await
    }

    /// Drops what is proposed to the actor. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and an event that is unknown, cancelled or over; fails when the database does.
    pub async fn discard_crews(&self, ask: Ask<'_, ()>, event: EventId) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let event = work.event_ahead(&club, event).await?;
        crew_drafts::delete(&work.tx, (event.id, ask.actor.account.id)).await?;
        self.finish(work, &ask, &()).await
    }

    /// Makes teams of crews that stand at `revision`, and fills those that there are. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers; an event that is unknown, cancelled or over; crews that have changed since, aren't proposed any
    /// more, or whose people or teams aren't there any more; more people or teams than there may be. Fails when the database does.
    pub async fn accept_crews(
        &self,
        ask: Ask<'_, AcceptedCrews>,
        (event, revision): (EventId, u64),
    ) -> Result<Value, ServiceError> {
        let (mut work, club, event, kept) = self.lock_draft(ask.actor, (event, revision)).await?;
        let facts = event::facts(&work, club.clone(), event.clone()).await?;
        let before = look::around(&work.tx, facts, ask.actor).await?;
        let settle_facts = SettleFacts {
            event: &event,
            gone: &before.gone,
            now: work.now,
            sheet: &before.facts.sheet,
            teams: &before.teams,
        };
        let (now, ids) = (work.now, &self.0.ids);
        let settled = settle(&kept.draft, &settle_facts, || TeamId::new(ids.uuid(now)));
        let Settled { filled, made } = settled.map_err(|why| unsettled(why, &event))?;
        let known = |teams: &[Team]| teams.iter().map(|team| team.id).collect();
        let (joined, fresh): (Vec<TeamId>, Vec<TeamId>) = (known(&filled), known(&made));
        let around = (&club, &event, &before.teams);
        self.save_teams(&mut work, ask.actor.into(), around, ("team.create", made)).await?;
        self.save_teams(&mut work, ask.actor.into(), around, ("team.join", filled)).await?;
        crew_drafts::delete(&work.tx, (event.id, ask.actor.account.id)).await?;
        let facts = event::facts(&work, club, event).await?;
        let after = look::around(&work.tx, facts, ask.actor).await?;
        self.finish(work, &ask, &AcceptedCrews { after, filled: joined, made: fresh }).await
    }

    /// What is proposed to an organiser, if it stands at that revision. Nobody else decides on its event before the transaction ends.
    async fn lock_draft(
        &self,
        actor: &Actor,
        (event, revision): (EventId, u64),
    ) -> Result<(Work, Club, Event, Kept), ServiceError> {
        let work = self.begin().await?;
        let club = work.organised_club(actor).await?;
        let event = work.event_ahead(&club, event).await?;
        let kept = crew_drafts::of(&work.tx, (event.id, actor.account.id), work.now).await?;
        let kept = kept.ok_or(TeamRefusal::NoProposal)?;
        if revision != kept.revision {
            return Err(TeamRefusal::ProposalMoved.into());
        }
        Ok((work, club, event, kept))
    }
}

fn end(now: Timestamp) -> Timestamp {
    now.saturating_add(LIFE).unwrap_or(now)
}

/// What can't be: the pool has everybody once, and a race between 1 and 64 blocks.
fn impossible(bad: BadProblem) -> ServiceError {
    StoreError::Db(Box::new(bad)).into()
}

fn unsettled(why: Unsettled, event: &Event) -> Refusal {
    match why {
        Unsettled::Changed { people, teams } => TeamRefusal::CrewsChanged { people, teams },
        Unsettled::Full(team) => TeamRefusal::Full(team),
        Unsettled::Nobody => TeamRefusal::NobodyProposed,
        Unsettled::TooMany => TeamRefusal::TooMany(event.name.clone()),
    }
    .into()
}

//! Events that come again: their rule, and making what it says ahead of time.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{
    Ask, Service, ServiceError,
    audit::{self, Deed},
    edit::EventDraft,
    event::{self, EventFacts, NewEvent},
    work::Work,
};
use crate::{
    domain::{
        actor::Actor,
        blueprint::Blueprint,
        club::Club,
        event::Event,
        id::{ClubId, EventId, RecurrenceId},
        recurrence::{Recurrence, RepeatError, Rule, Until, Weeks},
        refusal::{Fault, Field, Problem, Refusal},
    },
    store::{audit::Doer, clubs, events, recurrences},
};

/// How long a rule waits whose club is on no server.
const NOWHERE: SignedDuration = SignedDuration::from_hours(24);

/// When an event is to come again, as an organiser describes it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Repeat {
    /// At these instants.
    Dates(Vec<Timestamp>),
    /// Every so many weeks, on its day of the week and at its time of day.
    Weekly(Weeks, Until),
}

/// An event that repeats from now on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Repeating {
    /// The event.
    pub facts: EventFacts,
    /// What was made of it so far, the next one first.
    pub made: Vec<Event>,
    /// Its rule.
    pub recurrence: Recurrence,
}

impl Service {
    /// Has an event come again, and makes the first of what is to come. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers; an event that is unknown, cancelled, over or repeating already; a rule that ends before the
    /// event comes again. Fails when the database does.
    pub async fn repeat_event(
        &self,
        ask: Ask<'_, Repeating>,
        id: EventId,
        repeat: Repeat,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let event = work.event_ahead(&club, id).await?;
        if recurrences::of_event(&work.tx, club.id, id).await?.is_some() {
            return Err(Refusal::RepeatsAlready(event.name).into());
        }
        let mut recurrence = self.rule_of(&work, ask.actor, (&club, &event), repeat);
        if recurrence.rule.start(1, &club.zone).is_none() {
            let fault = Fault { field: Field::Until, problem: Problem::Repeat(RepeatError::Never) };
            return Err(Refusal::Form(vec![fault]).into());
        }
        recurrences::create(&work.tx, &recurrence, id, None).await?;
        self.audit_rule(&work, ask.actor, "recurrence.start", (None, &recurrence)).await?;
        let made = self.make_due(&mut work, &club, &mut recurrence).await?;
        let facts = event::facts(&work, club, event).await?;
        self.finish(work, &ask, &Repeating { facts, made, recurrence }).await
    }

    fn rule_of(
        &self,
        work: &Work,
        actor: &Actor,
        (club, event): (&Club, &Event),
        repeat: Repeat,
    ) -> Recurrence {
        let first = event.start.to_zoned(club.zone.time_zone().clone()).datetime();
        let rule = match repeat {
            Repeat::Dates(dates) => Rule::Dates(dates),
            Repeat::Weekly(every, until) => Rule::Weekly { every, first, until },
        };
        Recurrence {
            blueprint: Blueprint::of(event),
            club: club.id,
            created_at: work.now,
            created_by: actor.account.id,
            id: RecurrenceId::new(self.0.ids.uuid(work.now)),
            length: event.length,
            made: 0,
            name: event.name.clone(),
            rule,
            series: event.series,
            stopped_at: None,
        }
    }

    /// Has nothing more be made of what repeats an event, or made it. The events made so far stay. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, an event that is unknown, and one that nothing repeats; fails when the database does.
    pub async fn stop_repeating(&self, ask: Ask<'_, EventFacts>, id: EventId) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let event = events::lock(&work.tx, club.id, id).await?.ok_or(Refusal::UnknownEvent)?;
        let before = recurrences::of_event(&work.tx, club.id, id).await?.ok_or(Refusal::NotRepeating)?;
        recurrences::stop(&work.tx, before.id, work.now).await?;
        let after = Recurrence { stopped_at: Some(work.now), ..before.clone() };
        self.audit_rule(&work, ask.actor, "recurrence.stop", (Some(&before), &after)).await?;
        let facts = event::facts(&work, club, event).await?;
        self.finish(work, &ask, &facts).await
    }

    async fn audit_rule(
        &self,
        work: &Work,
        actor: &Actor,
        action: &'static str,
        (before, after): (Option<&Recurrence>, &Recurrence),
    ) -> Result<(), ServiceError> {
        let deed = Deed {
            action,
            after: Some(audit::recurrence(after)),
            before: before.map(audit::recurrence),
            subject: after.id.to_string(),
        };
        self.audit(work, actor, after.club, deed).await
    }

    /// Makes the occurrences that are due, of at most `limit` rules, and says how many events that were. Several processes may do so
    /// at once: each occurrence is made once.
    ///
    /// # Errors
    ///
    /// When the database doesn't say what is due. A rule that fails is logged, and is due again at once; the others go on.
    pub async fn make_occurrences(&self, limit: u64, request_id: &str) -> Result<usize, ServiceError> {
        let due = recurrences::due(self.store(), self.0.clock.now(), limit).await?;
        let mut made = 0;
        for (club, id) in due {
            match self.make_of(club, id, request_id).await {
                Ok(events) => made += events,
                Err(error) => {
                    let error = &error as &dyn std::error::Error;
                    tracing::error!(recurrence = %id, error, "an event that repeats could not be made");
                }
            }
        }
        Ok(made)
    }

    /// Makes what is due of one rule, unless somebody else did meanwhile.
    async fn make_of(&self, club: ClubId, id: RecurrenceId, request_id: &str) -> Result<usize, ServiceError> {
        let mut work = self.begin().await?;
        let Some(club) = clubs::lock_by_id(&work.tx, club).await? else { return Ok(0) };
        let Some(mut rule) = recurrences::lock_due(&work.tx, club.id, id, work.now).await? else {
            return Ok(0);
        };
        let made = match club.on_discord() {
            Some(club) => {
                work.ring_also(club.guild);
                self.make_due(&mut work, &club, &mut rule).await?.len()
            }
            None => {
                let later = work.now.saturating_add(NOWHERE).unwrap_or(work.now);
                recurrences::advance(&work.tx, id, rule.made, Some(later)).await?;
                0
            }
        };
        self.commit(work, request_id).await?;
        Ok(made)
    }

    /// Makes what is due of a locked rule of a locked club.
    async fn make_due(
        &self,
        work: &mut Work,
        club: &Club,
        rule: &mut Recurrence,
    ) -> Result<Vec<Event>, ServiceError> {
        let extension = rule.rule.extension(rule.made, &club.zone, work.now);
        let series = match rule.series {
            Some(id) => event::series_of(work, club, id).await?,
            None => None,
        };
        let home = series.filter(|series| series.archived_at.is_none()).map(|series| series.id);
        let mut made = Vec::with_capacity(extension.starts.len());
        for (ordinal, start) in extension.starts {
            let new = NewEvent { series: home, ..occurrence(rule, start) };
            let (by, draft) = (Doer::Account(rule.created_by), EventDraft::like(&rule.blueprint, new));
            let (event, _) = self.make_event(work, by, club, draft).await?;
            recurrences::made(&work.tx, rule.id, ordinal, event.id).await?;
            made.push(event);
        }
        recurrences::advance(&work.tx, rule.id, extension.made, extension.due_at).await?;
        rule.made = extension.made;
        Ok(made)
    }
}

/// The event that starts then.
fn occurrence(rule: &Recurrence, start: Timestamp) -> NewEvent {
    let blueprint = &rule.blueprint;
    NewEvent {
        classes: blueprint.classes().unwrap_or_default(),
        description: blueprint.description.clone().unwrap_or_default(),
        length: rule.length,
        name: rule.name.clone(),
        series: rule.series,
        start,
        track: None,
    }
}

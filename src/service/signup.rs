//! Signing up: one transaction with few statements.

use jiff::{SignedDuration, Timestamp};
use twilight_model::id::{Id, marker::GuildMarker};

use super::{
    Ask, Rendered, Service, ServiceError, ShownCard,
    event::{self, EventFacts},
    work::Work,
};
use crate::{
    domain::{
        actor::Actor,
        club::Club,
        event::Event,
        id::{ClassId, EventId, OwnerId, UserId},
        name::{CarName, ClassName, Note},
        owner::Rank,
        refusal::Refusal,
        settings::VoiceAccess,
        signup::{Applicant, Behalf, Choice, Decision, Sheet, Wish},
    },
    store::{
        bindings::{self, Click},
        events, identities, signups, teams,
    },
};

/// An answer that takes longer may miss Discord's three seconds, or come after its deferral.
const LATE: SignedDuration = SignedDuration::from_millis(1_500);

/// What a press on **Sign up**, **Tentative** or **Withdraw** came to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignupOutcome {
    /// The event, after it.
    pub facts: EventFacts,
    /// What they drove last in another event of the club, where they have to choose now.
    pub last: Option<LastChoice>,
    /// What became of it.
    pub result: SignupResult,
    /// The person.
    pub user: UserId,
}

/// What somebody drove last.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LastChoice {
    /// The car, where they chose one.
    pub car: Option<CarName>,
    /// The class, where it had a name.
    pub class: Option<ClassName>,
}

/// What became of a wish.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SignupResult {
    /// Nothing has changed: the person has to say that they are sure.
    AskWithdraw,
    /// The sheet has changed.
    Changed,
    /// Nothing has changed: the person has to pick a car of that class first.
    PickCar(ClassId),
    /// Nothing has changed: the person has to pick a class first.
    PickClass,
    /// Nothing has changed: they already were what they ask to be.
    Unchanged,
}

impl Service {
    /// Does what the actor wishes of an event's sheet. An answer that draws the card is presumed to be shown.
    /// Returns the answer to give; where nothing changed, it is kept only if it draws the card.
    ///
    /// # Errors
    ///
    /// Refuses an event that is unknown or takes no such wish any more, a class or car that it doesn't have, and whoever lacks a
    /// role; fails when the database does.
    pub async fn sign_up(
        &self,
        ask: Ask<'_, SignupOutcome>,
        event: EventId,
        wish: Wish,
    ) -> Result<Rendered, ServiceError> {
        let decide = |event: &Event, sheet: &Sheet, user: UserId, now| {
            let behalf = Behalf::Own(&ask.actor.roles);
            let who = Applicant { behalf, discord: ask.actor.account.id, user };
            sheet.decide(event, &who, &wish, now)
        };
        self.change_sheet(&ask, event, decide).await
    }

    /// What the actor signed up with last in another of the club's events, as a choice in this one.
    ///
    /// # Errors
    ///
    /// Refuses an event that is unknown, or hasn't that class and car; fails when the database does.
    pub async fn last_choice(&self, actor: &Actor, event: EventId) -> Result<Choice, ServiceError> {
        let club = self.club_of(actor).await?;
        let event = events::by_id(self.store(), club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        let known =
            identities::by_account(self.store(), actor.account.id).await?.ok_or(Refusal::UnknownClass)?;
        let last = signups::last_choice(self.store(), (club.id, known.user), event.id).await?;
        let (class, car) = last.ok_or(Refusal::UnknownClass)?;
        let (class, car) = event.as_last_time(class.as_ref(), car.as_ref()).ok_or(Refusal::UnknownClass)?;
        Ok(Choice { car: car.cloned(), class: Some(class.id) })
    }

    /// Adds a note to the actor's sign-up, or takes it away. Returns the answer to give, as [`Service::sign_up`] does.
    ///
    /// # Errors
    ///
    /// Refuses an event that is unknown, cancelled or over, and whoever isn't signed up; fails when the database does.
    pub async fn note_signup(
        &self,
        ask: Ask<'_, SignupOutcome>,
        event: EventId,
        note: Option<Note>,
    ) -> Result<Rendered, ServiceError> {
        let decide =
            |event: &Event, sheet: &Sheet, user: UserId, now| sheet.note(event, user, note.clone(), now);
        self.change_sheet(&ask, event, decide).await
    }

    /// Decides on an event's sheet for the actor, who becomes a person if they aren't one yet, and writes what changes.
    pub(super) async fn change_sheet(
        &self,
        ask: &Ask<'_, SignupOutcome>,
        event: EventId,
        decide: impl FnOnce(&Event, &Sheet, UserId, Timestamp) -> Result<Decision, Refusal>,
    ) -> Result<Rendered, ServiceError> {
        let club = self.club_of(ask.actor).await?;
        let work = self.begin().await?;
        // The person first: the event's lock is held as briefly as can be.
        let user = self.person(&work, ask.actor).await?;
        let event = events::lock(&work.tx, club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        let sheet = signups::sheet(&work.tx, event.id).await?;
        let (result, lines) = match decide(&event, &sheet, user, work.now)? {
            Decision::AskWithdraw => (SignupResult::AskWithdraw, Vec::new()),
            Decision::Change(lines) => (SignupResult::Changed, lines),
            Decision::PickCar(class) => (SignupResult::PickCar(class), Vec::new()),
            Decision::PickClass => (SignupResult::PickClass, Vec::new()),
            Decision::Unchanged => (SignupResult::Unchanged, Vec::new()),
        };
        let last = match result {
            SignupResult::PickCar(_) | SignupResult::PickClass => {
                signups::last_choice(&work.tx, (club.id, user), event.id).await?
            }
            _ => None,
        };
        signups::put(&work.tx, event.id, &lines, || self.0.ids.uuid(work.now), work.now).await?;
        let series = match event.series {
            Some(id) => event::series_of(&work, &club, id).await?,
            None => None,
        };
        let concerns_others = lines.iter().any(|line| line.user != user);
        let sheet = lines.into_iter().fold(sheet, |sheet, line| sheet.with(line));
        let teams = event::standing_teams(&work.tx, &club, event.id, &sheet).await?;
        let facts = EventFacts { club, event, now: work.now, series, sheet, teams };
        let last = last.map(|(class, car)| LastChoice { car, class });
        let outcome = SignupOutcome { facts, last, result, user };
        self.finish_signup(work, ask, &outcome, concerns_others).await
    }

    /// Keeps the answer to a wish, and has done what follows from it.
    async fn finish_signup(
        &self,
        mut work: Work,
        ask: &Ask<'_, SignupOutcome>,
        outcome: &SignupOutcome,
        concerns_others: bool,
    ) -> Result<Rendered, ServiceError> {
        let Rendered { callback, card } = (ask.render)(outcome);
        if outcome.result != SignupResult::Changed && card.is_none() {
            work.tx.rollback().await?;
            // The first of two repetitions may have changed it meanwhile.
            let first = self.answered(ask.key).await?;
            return Ok(first.unwrap_or(callback).into());
        }
        let facts = &outcome.facts;
        let shown = self.show_card(&mut work, ask, facts.event.id, card.as_ref()).await?;
        if outcome.result == SignupResult::Changed {
            self.follow(&mut work, (&facts.club, &facts.event), shown, concerns_others).await?;
        }
        Ok(Rendered { callback: self.keep(work, ask, callback).await?, card })
    }

    /// Has done on Discord what follows from a changed sheet, whoever changed it.
    pub(super) async fn follow(
        &self,
        work: &mut Work,
        (club, event): (&Club, &Event),
        is_shown: bool,
        concerns_others: bool,
    ) -> Result<(), ServiceError> {
        if !is_shown {
            self.redraw(work, event.id).await?;
        }
        let is_followed = concerns_others || voice_is_open(club, event, work.now);
        // Whoever is in a team leaves its thread, its role and its rooms with their place.
        if is_followed || teams::exist(&work.tx, event.id).await? {
            work.request(&[OwnerId::of_event(event.id)], Rank::People).await?;
        }
        Ok(())
    }

    /// Has an event's card drawn anew once it is quiet.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn settle_card(
        &self,
        guild: Id<GuildMarker>,
        event: EventId,
        request_id: &str,
    ) -> Result<(), ServiceError> {
        let work = self.begin().await?;
        let settles = bindings::settle(&work.tx, event, work.now).await?;
        work.tx.commit().await?;
        if let Some(at) = settles {
            self.ring(guild, at, request_id);
        }
        Ok(())
    }

    /// Has the card drawn that no answer draws: once it is quiet, as many may change it at the same time.
    async fn redraw(&self, work: &mut Work, event: EventId) -> Result<(), ServiceError> {
        match bindings::settle(&work.tx, event, work.now).await? {
            Some(at) => work.ring_at(at),
            None => work.request(&[OwnerId::of_event(event)], Rank::People).await?,
        }
        Ok(())
    }

    /// Notes that the answer draws the event's card, and says whether it does.
    async fn show_card(
        &self,
        work: &mut Work,
        ask: &Ask<'_, SignupOutcome>,
        event: EventId,
        card: Option<&ShownCard>,
    ) -> Result<bool, ServiceError> {
        let Some(ShownCard { hash, message, view_version }) = card else { return Ok(false) };
        let click = bindings::click_card(&work.tx, (event, *message), hash, *view_version, work.now).await?;
        match click {
            Click::Elsewhere => return Ok(false),
            Click::Presumed => {}
            Click::Settles(at) => work.ring_at(at),
        }
        let took = self.0.clock.now().duration_since(ask.received_at);
        if took > LATE {
            self.redraw(work, event).await?;
        }
        Ok(true)
    }
}

/// Whether the race voice channel may stand by now with overwrites that name everybody who is in.
fn voice_is_open(club: &Club, event: &Event, now: Timestamp) -> bool {
    let settings = &club.settings;
    settings.race_voice_access != VoiceAccess::Open
        && event.race_voice_at(settings).is_some_and(|at| now >= at)
}

//! Signing up: one transaction with few statements.

use jiff::SignedDuration;
use twilight_model::id::{Id, marker::GuildMarker};

use super::{
    Ask, Rendered, Service, ServiceError, ShownCard,
    event::{self, EventFacts},
    work::Work,
};
use crate::{
    domain::{
        id::{EventId, OwnerId, UserId},
        owner::Rank,
        refusal::Refusal,
        settings::VoiceAccess,
        signup::{Decision, Wish},
    },
    store::{
        bindings::{self, Click},
        events, signups,
    },
};

/// An answer that takes longer may miss Discord's three seconds, or come after its deferral.
const LATE: SignedDuration = SignedDuration::from_millis(1_500);

/// What a press on **Sign up**, **Tentative** or **Withdraw** came to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignupOutcome {
    /// The event, after it.
    pub facts: EventFacts,
    /// What became of it.
    pub result: SignupResult,
    /// The person.
    pub user: UserId,
}

/// What became of a wish.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SignupResult {
    /// The sheet has changed.
    Changed,
    /// Nothing has changed: the person has to pick a class first.
    PickClass,
    /// Nothing has changed: they already were what they ask to be.
    Unchanged,
}

impl Service {
    /// Signs the actor up, notes them as tentative, or takes them off. An answer that draws the card is presumed to be shown.
    /// Returns the answer to give; where nothing changed, it is kept only if it draws the card.
    ///
    /// # Errors
    ///
    /// Refuses an event that is unknown or takes no such wish any more, and a class that it doesn't have; fails when the
    /// database does.
    pub async fn sign_up(
        &self,
        ask: Ask<'_, SignupOutcome>,
        event: EventId,
        wish: Wish,
    ) -> Result<Rendered, ServiceError> {
        let club = self.club_of(ask.actor).await?;
        let mut work = self.begin().await?;
        // The person first: the event's lock is held as briefly as can be.
        let user = self.person(&work, ask.actor).await?;
        let event = events::lock(&work.tx, club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        let sheet = signups::sheet(&work.tx, event.id).await?;
        let next = signups::next_order(&sheet);
        let (result, lines) =
            match sheet.decide(&event, (user, ask.actor.account.id), wish, work.now, next)? {
                Decision::Change(lines) => (SignupResult::Changed, lines),
                Decision::PickClass => (SignupResult::PickClass, Vec::new()),
                Decision::Unchanged => (SignupResult::Unchanged, Vec::new()),
            };
        signups::put(&work.tx, event.id, &lines, || self.0.ids.uuid(work.now), work.now).await?;
        let series = match event.series {
            Some(id) => event::series_of(&work, &club, id).await?,
            None => None,
        };
        let promoted = lines.len() > 1;
        let sheet = lines.into_iter().fold(sheet, |sheet, line| sheet.with(line));
        let facts = EventFacts { club, event, now: work.now, series, sheet };
        let outcome = SignupOutcome { facts, result, user };
        let Rendered { callback, card } = (ask.render)(&outcome);
        if result != SignupResult::Changed && card.is_none() {
            work.tx.rollback().await?;
            // The first of two repetitions may have changed it meanwhile.
            let first = self.answered(ask.key).await?;
            return Ok(first.unwrap_or(callback).into());
        }
        let event = outcome.facts.event.id;
        let shown = self.show_card(&mut work, &ask, event, card.as_ref()).await?;
        if result == SignupResult::Changed {
            if !shown {
                self.redraw(&mut work, event).await?;
            }
            if promoted || voice_is_open(&outcome.facts) {
                work.request(&[OwnerId::of_event(event)], Rank::People).await?;
            }
        }
        Ok(Rendered { callback: self.keep(work, &ask, callback).await?, card })
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
fn voice_is_open(facts: &EventFacts) -> bool {
    let settings = &facts.club.settings;
    settings.race_voice_access == VoiceAccess::Participants
        && facts.event.race_voice_at(settings).is_some_and(|at| facts.now >= at)
}

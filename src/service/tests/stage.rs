//! A service on a database, and the people who use it.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures::future::BoxFuture;
use jiff::Timestamp;
use serde_json::{Value, json};
use twilight_model::id::Id;
use uuid::Uuid;

use crate::{
    base::{clock::Clock, config::SecretKey, digest::Digester, ids::Ids, seal::Sealer},
    domain::{
        account::Account,
        actor::Actor,
        class_list::Classes,
        club::{Club, Series},
        duration::RaceLength,
        id::{EventId, OwnerId, SeriesId, TemplateId, UserId},
        name::Description,
        owner::Rank,
        refusal::Refusal,
        signup::Wish,
        template::Template,
        zone::Zone,
    },
    service::{
        Ask, Doorbell, Parts, Rendered, Ring, Service, ServiceError, ShownCard,
        attendance::AttendanceView,
        blueprint::Source,
        check_in::CheckedIn,
        club::NewClub,
        edit::EventEdit,
        event::{EventFacts, NewEvent, Signups},
        fate::FateChange,
        recurrence::{Repeat, Repeating},
        series::{
            NewSeries,
            edit::{SeriesChange, SeriesFacts},
        },
        settings::{SettingsChange, SettingsView},
        signup::SignupOutcome,
    },
    store::{
        Store, bindings, owners,
        testing::{fenced, guild, lease, noon, on_both},
    },
};

/// The role that makes organisers of the club of guild 1.
pub(super) const ORGANISERS: u64 = 900;
/// The message that is an event's card.
pub(super) const CARD: u64 = 800;
/// The channel of an event.
pub(super) const CHANNEL: u64 = 700;

/// Remembers who rang.
#[derive(Debug, Default)]
pub(super) struct Bell(Mutex<Vec<Ring>>);

impl Doorbell for Bell {
    fn ring(&self, ring: Ring) {
        self.0.lock().unwrap().push(ring);
    }

    fn latency(&self) -> BoxFuture<'_, Option<Duration>> {
        Box::pin(async { Some(Duration::from_millis(3)) })
    }
}

#[derive(Clone)]
pub(super) struct Stage {
    bell: Arc<Bell>,
    pub(super) clock: Clock,
    keys: Arc<AtomicU64>,
    pub(super) service: Service,
    pub(super) store: Store,
}

/// Runs a test on both databases.
pub(super) async fn on_stage<F: Future<Output = ()>>(test: impl Fn(Stage) -> F) {
    on_both(|store| test(Stage::new(store))).await;
}

/// Whoever `number` is, in the guild of that number.
pub(super) fn person(number: u64, in_guild: u64) -> Actor {
    let account = Account {
        global_name: Some(format!("Driver {number}")),
        id: Id::new(number),
        nickname: None,
        username: format!("driver{number}"),
    };
    Actor { account, channel: None, guild: guild(in_guild), manage_guild: false, roles: Vec::new() }
}

pub(super) fn manager(in_guild: u64) -> Actor {
    Actor { manage_guild: true, ..person(1, in_guild) }
}

pub(super) fn spa(classes: &str) -> NewEvent {
    NewEvent {
        classes: Classes::parse(classes).unwrap(),
        description: Description::parse("").unwrap(),
        length: RaceLength::parse("24h").unwrap(),
        name: "Spa 24 Hours".parse().unwrap(),
        series: None,
        start: noon(72 * 3_600_000),
        track: None,
    }
}

pub(super) fn edit_of(facts: &EventFacts, classes: &str) -> EventEdit {
    EventEdit {
        classes: Classes::parse(classes).unwrap(),
        description: facts.event.description.clone(),
        length: facts.event.length,
        name: facts.event.name.clone(),
        start: None,
    }
}

pub(super) fn refusal<T: std::fmt::Debug>(result: Result<T, ServiceError>) -> Refusal {
    match result {
        Err(ServiceError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// What a change came to, and the callback that was given.
pub(super) type Outcome<T> = Result<(T, Value), ServiceError>;

impl Stage {
    pub(super) fn new(store: Store) -> Self {
        let (bell, clock) = (Arc::new(Bell::default()), Clock::manual(noon(0)));
        let ids = Ids::seeded(7);
        let key = SecretKey::from_bytes([7; 32]);
        let sealer = Sealer::new(&key, "interaction tokens", ids.clone());
        let parts = Parts {
            calendars: Digester::new(&key, "calendars"),
            clock: clock.clone(),
            codes: Digester::new(&key, "codes"),
            doorbell: bell.clone(),
            ids,
            sealer,
            store: store.clone(),
            sync_claim: Duration::from_secs(30),
        };
        Self { bell, clock, keys: Arc::default(), service: Service::new(parts), store }
    }

    pub(super) fn ask<'a, T>(
        &self,
        actor: &'a Actor,
        key: &'a str,
        render: &'a (dyn Fn(&T) -> Rendered + Sync),
    ) -> Ask<'a, T> {
        Ask { actor, key, received_at: self.clock.now(), render, request_id: "request" }
    }

    /// The rings since it was last asked.
    pub(super) fn rings(&self) -> Vec<Ring> {
        std::mem::take(&mut self.bell.0.lock().unwrap())
    }

    /// Whether the guild's workers were asked to look at once, since it was last asked.
    pub(super) fn rang(&self, in_guild: u64) -> bool {
        let now = Ring::Wake { at: self.clock.now(), guild: guild(in_guild), request_id: "request".into() };
        self.rings().contains(&now)
    }

    /// The owners with something to do, served by this.
    pub(super) async fn serve(&self, in_guild: u64) -> Vec<OwnerId> {
        let due = owners::due_of_guild(&self.store, guild(in_guild), self.clock.now()).await.unwrap();
        if due.is_empty() {
            return Vec::new();
        }
        let lease = lease(&self.store, in_guild).await;
        for due in &due {
            let finish = owners::Finish::default();
            fenced(&self.store, &lease, async |tx| {
                owners::finish(tx, due, &finish, noon(0)).await.unwrap();
            })
            .await;
        }
        self.store.release_lease(&lease).await.unwrap();
        assert!(due.iter().all(|due| due.rank <= Rank::Bulk));
        due.iter().map(|due| due.owner.id()).collect()
    }

    /// Makes one change, and returns its outcome.
    pub(super) async fn asked<T: Clone + Send>(
        &self,
        actor: &Actor,
        key: Option<&str>,
        change: impl AsyncFnOnce(Ask<'_, T>) -> Result<Value, ServiceError>,
    ) -> Outcome<T> {
        let number = self.keys.fetch_add(1, Ordering::Relaxed);
        let key = key.map_or_else(|| format!("i:{number}"), str::to_owned);
        let seen = Mutex::new(None);
        let render = |outcome: &T| {
            *seen.lock().unwrap() = Some(outcome.clone());
            Rendered::from(json!({ "answer": number }))
        };
        let callback = change(self.ask(actor, &key, &render)).await?;
        let outcome = seen.lock().unwrap().clone().unwrap();
        Ok((outcome, callback))
    }

    pub(super) async fn set_up(&self, actor: &Actor) -> Outcome<Club> {
        let new = NewClub {
            name: "Night Owls".parse().unwrap(),
            organiser_channel: None,
            zone: Zone::parse("Europe/Berlin").unwrap(),
        };
        self.asked(actor, None, async |ask| self.service.set_up_club(ask, new).await).await
    }

    /// The club of a guild, whose organisers hold [`ORGANISERS`]; nothing is left to do there.
    pub(super) async fn club(&self, in_guild: u64) -> Club {
        let (club, _) = self.set_up(&manager(in_guild)).await.unwrap();
        let change = SettingsChange::General {
            announcement_channel: None,
            name: club.name,
            organiser_channel: None,
            organiser_role: Some(Id::new(ORGANISERS)),
            zone: club.zone,
        };
        let (club, _) = self.settings(&manager(in_guild), change).await.unwrap();
        self.serve(in_guild).await;
        self.rings();
        club
    }

    pub(super) async fn settings(&self, actor: &Actor, change: SettingsChange) -> Outcome<Club> {
        let saved: Outcome<SettingsView> =
            self.asked(actor, None, async |ask| self.service.save_settings(ask, change).await).await;
        saved.map(|(view, callback)| (view.club, callback))
    }

    pub(super) async fn series(&self, actor: &Actor, name: &str) -> Outcome<Series> {
        let new = NewSeries { adopted_category: None, name: name.parse().unwrap() };
        self.asked(actor, None, async |ask| self.service.create_series(ask, new).await).await
    }

    pub(super) async fn create(&self, actor: &Actor, new: NewEvent) -> Outcome<EventFacts> {
        self.asked(actor, None, async |ask| self.service.create_event(ask, new).await).await
    }

    pub(super) async fn create_from(
        &self,
        actor: &Actor,
        source: Source,
        new: NewEvent,
    ) -> Outcome<EventFacts> {
        self.asked(actor, None, async |ask| self.service.create_event_from(ask, source, new).await).await
    }

    pub(super) async fn change_series(
        &self,
        actor: &Actor,
        id: SeriesId,
        change: SeriesChange,
    ) -> Outcome<SeriesFacts> {
        self.asked(actor, None, async |ask| self.service.change_series(ask, id, change).await).await
    }

    pub(super) async fn move_event(
        &self,
        actor: &Actor,
        event: EventId,
        to: Option<SeriesId>,
    ) -> Outcome<EventFacts> {
        self.asked(actor, None, async |ask| self.service.move_event(ask, event, to).await).await
    }

    pub(super) async fn save_template(
        &self,
        actor: &Actor,
        event: EventId,
        (name, replace): (&str, bool),
    ) -> Outcome<Template> {
        let name = name.parse().unwrap();
        self.asked(actor, None, async |ask| self.service.save_template(ask, event, (name, replace)).await)
            .await
    }

    pub(super) async fn rename_template(
        &self,
        actor: &Actor,
        id: TemplateId,
        name: &str,
    ) -> Outcome<Template> {
        let name = name.parse().unwrap();
        self.asked(actor, None, async |ask| self.service.rename_template(ask, id, name).await).await
    }

    pub(super) async fn delete_template(&self, actor: &Actor, id: TemplateId) -> Outcome<Template> {
        self.asked(actor, None, async |ask| self.service.delete_template(ask, id).await).await
    }

    pub(super) async fn repeat(&self, actor: &Actor, event: EventId, repeat: Repeat) -> Outcome<Repeating> {
        self.asked(actor, None, async |ask| self.service.repeat_event(ask, event, repeat).await).await
    }

    pub(super) async fn stop_repeating(&self, actor: &Actor, event: EventId) -> Outcome<EventFacts> {
        self.asked(actor, None, async |ask| self.service.stop_repeating(ask, event).await).await
    }

    pub(super) async fn create_under(&self, key: &str, new: NewEvent) -> Outcome<EventFacts> {
        self.asked(&manager(1), Some(key), async |ask| self.service.create_event(ask, new).await).await
    }

    pub(super) async fn edit(
        &self,
        actor: &Actor,
        of: (EventId, u64),
        edit: EventEdit,
    ) -> Outcome<EventFacts> {
        self.asked(actor, None, async |ask| self.service.edit_event(ask, of, edit).await).await
    }

    pub(super) async fn cancel(&self, actor: &Actor, event: EventId) -> Outcome<EventFacts> {
        let reason = Description::parse("Snow.").unwrap();
        self.asked(actor, None, async |ask| self.service.cancel_event(ask, event, reason).await).await
    }

    pub(super) async fn signups(
        &self,
        actor: &Actor,
        event: EventId,
        signups: Signups,
    ) -> Outcome<EventFacts> {
        self.asked(actor, None, async |ask| self.service.set_signups(ask, event, signups).await).await
    }

    pub(super) async fn channel(&self, actor: &Actor, event: EventId) -> Outcome<EventFacts> {
        self.asked(actor, None, async |ask| self.service.create_channel(ask, event).await).await
    }

    pub(super) async fn decide_fate(
        &self,
        actor: &Actor,
        event: EventId,
        change: FateChange,
    ) -> Outcome<EventFacts> {
        self.asked(actor, None, async |ask| self.service.decide_fate(ask, event, change).await).await
    }

    pub(super) async fn check_in(&self, actor: &Actor, event: EventId) -> Outcome<CheckedIn> {
        self.asked(actor, None, async |ask| self.service.check_in(ask, event).await).await
    }

    pub(super) async fn no_shows(
        &self,
        actor: &Actor,
        event: EventId,
        no_shows: &[UserId],
    ) -> Outcome<AttendanceView> {
        let no_shows = no_shows.iter().copied().collect();
        self.asked(actor, None, async |ask| self.service.note_no_shows(ask, (event, 1), &no_shows).await)
            .await
    }

    pub(super) async fn rest_attended(&self, actor: &Actor, event: EventId) -> Outcome<AttendanceView> {
        self.asked(actor, None, async |ask| self.service.note_rest_attended(ask, event).await).await
    }

    pub(super) async fn press(&self, actor: &Actor, event: EventId, wish: Wish) -> Outcome<SignupOutcome> {
        self.asked(actor, None, async |ask| Ok(self.service.sign_up(ask, event, wish).await?.callback)).await
    }

    pub(super) async fn answer(
        &self,
        actor: &Actor,
        question: crate::domain::id::QuestionId,
        answer: crate::domain::panel::Answer,
    ) -> Outcome<crate::service::panel::AnsweredQuestion> {
        self.asked(actor, None, async |ask| self.service.answer_question(ask, question, answer).await).await
    }

    pub(super) async fn retry(&self, actor: &Actor, owner: OwnerId) -> Outcome<()> {
        self.asked(actor, None, async |ask| self.service.retry_owner(ask, owner).await).await
    }

    /// A press on the event's card, answered by drawing it anew.
    pub(super) async fn press_card(
        &self,
        number: u64,
        event: EventId,
        wish: Wish,
    ) -> Result<Value, ServiceError> {
        let render = |outcome: &SignupOutcome| Rendered {
            callback: json!({ "in": outcome.facts.sheet.lines().len() }),
            card: Some(ShownCard {
                hash: format!("{:?}", outcome.facts.sheet.lines().len()),
                message: Id::new(CARD),
                view_version: 1,
            }),
        };
        let (actor, key) = (person(number, 1), format!("i:press-{number}-{wish:?}"));
        Ok(self.service.sign_up(self.ask(&actor, &key, &render), event, wish).await?.callback)
    }

    /// Stands for the worker that makes the event's channel and card.
    pub(super) async fn stand(&self, event: EventId) {
        let lease = lease(&self.store, 1).await;
        let slots = [
            (bindings::CHANNEL, bindings::BindingKind::Text, CHANNEL, None),
            (bindings::CARD, bindings::BindingKind::Card, CARD, Some(Id::new(CHANNEL))),
        ];
        for (slot, kind, discord, channel) in slots {
            let new = bindings::NewBinding {
                applied: None,
                channel,
                id: crate::domain::id::BindingId::new(Uuid::from_u64_pair(discord, 1)),
                kind,
                owner: OwnerId::of_event(event),
                slot: slot.to_owned(),
                token: slot.to_owned(),
            };
            let attempt = bindings::Attempt { at: noon(0), lasts: Duration::from_secs(20) };
            let applied =
                bindings::Applied { hash: "first".into(), seen_name: None, spec: json!({}), view_version: 1 };
            let evidence = bindings::Evidence::Made;
            let made = bindings::Made { applied, channel, discord: Id::new(discord), evidence };
            fenced(&self.store, &lease, async |tx| {
                let id = bindings::begin_create(tx, &new, attempt).await.unwrap().unwrap();
                bindings::bound(tx, id, made.clone(), noon(-60_000)).await.unwrap();
            })
            .await;
        }
        self.store.release_lease(&lease).await.unwrap();
    }

    pub(super) fn at(&self, at: Timestamp) {
        self.clock.set(at);
    }
}

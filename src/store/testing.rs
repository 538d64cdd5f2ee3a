//! Both databases for a test, and something to put into them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod watched;

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use jiff::Timestamp;
use sea_orm::ConnectionTrait;
use twilight_model::{
    guild::Permissions,
    id::{Id, marker::GuildMarker},
};
use uuid::Uuid;

pub(crate) use watched::Watched;

use super::{Fenced, Kind, Lease, Store, Tx, clubs, events, guilds, owners};
use crate::domain::{
    channel_name::{NameParts, channel_name},
    class_list::Capacity,
    club::Club,
    duration::RaceLength,
    event::{Class, Event, EventState, Fate},
    id::{ClassId, ClubId, EventId},
    name::Description,
    owner::Owner,
    settings::ClubSettings,
    terms::Terms,
    zone::Zone,
};

/// Runs a test on SQLite and on PostgreSQL, each fresh and with every migration applied.
pub(crate) async fn on_both<F: Future<Output = ()>>(test: impl Fn(Store) -> F) {
    on_both_empty(async |store| {
        store.migrate().await.unwrap();
        test(store).await;
    })
    .await;
}

/// Like [`on_both`], without any table.
pub(super) async fn on_both_empty(test: impl AsyncFn(Store)) {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite://{}/made/simlane.db?mode=rwc", folder.path().display());
    let (schema, postgres) = fresh_schema().await;
    for url in [sqlite, postgres] {
        let store = Store::connect(&url).await.unwrap();
        eprintln!("on {:?}", store.kind());
        test(store.clone()).await;
        if store.kind() == Kind::Postgres {
            let drop = format!("DROP SCHEMA {schema} CASCADE");
            store.write.execute_unprepared(&drop).await.unwrap();
        }
        store.close().await.unwrap();
    }
}

/// The URL of PostgreSQL for tests.
pub(super) fn postgres_url() -> String {
    std::env::var("TEST_DATABASE_URL").unwrap_or_else(|_| {
        panic!("TEST_DATABASE_URL is not set: run the tests with ./.ci/test (see README.md), which sets PostgreSQL up")
    })
}

async fn fresh_schema() -> (String, String) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let url = postgres_url();
    let schema = format!("store_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let admin = Store::connect(&url).await.unwrap();
    let sql = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    admin.write.execute_unprepared(&sql).await.unwrap();
    admin.close().await.unwrap();
    let sign = if url.contains('?') { '&' } else { '?' };
    (schema.clone(), format!("{url}{sign}options[search_path]={schema}"))
}

/// 12:00 UTC on a day in December, and so many milliseconds.
pub(crate) fn noon(plus_ms: i64) -> Timestamp {
    Timestamp::from_millisecond(1_796_472_000_000 + plus_ms).unwrap()
}

pub(crate) fn guild(number: u64) -> Id<GuildMarker> {
    Id::new(number)
}

pub(super) fn sighting() -> guilds::Sighting {
    guilds::Sighting {
        installed_by: None,
        locale: Some("en-GB".into()),
        name: Some("Night Owls".into()),
        permissions: Some(Permissions::MANAGE_CHANNELS),
    }
}

/// A club of `number` in the guild of that number.
pub(crate) async fn club(store: &Store, number: u64) -> Club {
    let club = Club {
        guild: guild(number),
        id: ClubId::new(Uuid::from_u64_pair(1, number)),
        name: "Night Owls".parse().unwrap(),
        settings: ClubSettings::default(),
        zone: Zone::parse("Europe/Berlin").unwrap(),
    };
    let tx = store.begin().await.unwrap();
    guilds::see(&tx, club.guild, sighting(), noon(0)).await.unwrap();
    assert!(clubs::create(&tx, &club, noon(0)).await.unwrap());
    tx.commit().await.unwrap();
    club
}

/// An event of the club's, tomorrow for 24 hours, with `places` in its one class.
pub(super) fn an_event(club: &Club, number: u64, places: u64) -> Event {
    let name = format!("Race {number}").parse().unwrap();
    let start = noon(24 * 3_600_000);
    let local = start.to_zoned(club.zone.time_zone().clone()).datetime();
    let parts = NameParts { event: &name, series: None, start: local, track: None };
    Event {
        channel_name: channel_name(&club.settings.channel_naming_pattern, &parts, club.settings.locale),
        channels_wanted: true,
        classes: vec![Class {
            capacity: Some(Capacity::new(places).unwrap()),
            cars: Vec::new(),
            id: ClassId::new(Uuid::from_u64_pair(3, number)),
            name: None,
            roles: Vec::new(),
        }],
        club: club.id,
        created_at: noon(0),
        created_by: Some(Id::new(u64::MAX)),
        description: Description::parse("Bring lights.\n@everyone").unwrap(),
        external_id: None,
        fate: Fate::default(),
        id: EventId::new(Uuid::from_u64_pair(2, number)),
        length: RaceLength::parse("24h").unwrap(),
        name,
        revision: 1,
        series: None,
        signup_url: None,
        start,
        state: EventState::Open,
        terms: Terms::default(),
        track: Some("Le Mans".parse().unwrap()),
    }
}

/// The event of [`an_event`], written down with its owner.
pub(crate) async fn event(store: &Store, club: &Club, number: u64, places: u64) -> Event {
    let event = an_event(club, number, places);
    let tx = store.begin().await.unwrap();
    events::create(&tx, &event).await.unwrap();
    let owner = Owner::Event(event.id);
    owners::ensure(&tx, owner, club.guild, Some(club.id), noon(0)).await.unwrap();
    tx.commit().await.unwrap();
    event
}

pub(crate) async fn lease(store: &Store, number: u64) -> Lease {
    store.take_lease(guild(number), Duration::from_secs(30)).await.unwrap().unwrap()
}

/// Runs `write` in a transaction of its own.
pub(crate) async fn commit<T>(store: &Store, write: impl AsyncFnOnce(&Tx) -> T) -> T {
    let tx = store.begin().await.unwrap();
    let result = write(&tx).await;
    tx.commit().await.unwrap();
    result
}

/// Runs `write` in a fenced transaction of its own.
pub(crate) async fn fenced<T>(store: &Store, lease: &Lease, write: impl AsyncFnOnce(&Fenced) -> T) -> T {
    let tx = store.fenced(lease).await.unwrap();
    let result = write(&tx).await;
    tx.commit().await.unwrap();
    result
}

/// Changes rows behind everybody's back.
pub(crate) async fn execute(store: &Store, sql: &str) {
    store.write.execute_unprepared(sql).await.unwrap();
}

//! An event that moves: to another series, whose category its channels move into, and to other times, before and after Discord has
//! started it.

use std::time::Duration;

use simlane::{
    domain::{club::Series, event::Event, id::OwnerId, owner::Rank},
    store::{clubs, events, owners, series},
};
use twilight_model::id::Id;

use crate::world::{CHANNEL, Club, EVE, Pair, SERIES, World};

/// Changes the club's only event ahead in a way that no form offers.
async fn change(world: &World, change: impl FnOnce(&mut Event, &[Series])) {
    let (store, now) = (world.service().store(), world.clock.now());
    let club = clubs::of_guild(store, Id::new(world.guild.id().get())).await.unwrap().unwrap();
    let theirs = series::of_club(store, club.id).await.unwrap();
    let mut event = events::coming(store, club.id, now, 1).await.unwrap().remove(0);
    change(&mut event, &theirs);
    let tx = store.begin().await.unwrap();
    events::save(&tx, &event).await.unwrap();
    owners::request(&tx, &[OwnerId::of_event(event.id)], Rank::People, now).await.unwrap();
    tx.commit().await.unwrap();
    world.settle().await;
}

/// Moves it to another of the club's series.
async fn move_to(world: &World, name: &str) {
    let of =
        |theirs: &[Series]| theirs.iter().find(|series| series.name.as_str() == name).map(|series| series.id);
    change(world, |event, theirs| event.series = of(theirs)).await;
}

/// Moves its start.
async fn start_at(world: &World, start: &str) {
    change(world, |event, _| event.start = start.parse().unwrap()).await;
}

/// Its starts among Discord's own events.
fn starts(world: &World) -> Vec<String> {
    world.guild.snapshot().events.iter().map(|event| event.starts.to_string()).collect()
}

fn parent(club: &Club<'_>, channel: &str) -> String {
    let parent = club.channel(channel).parent.unwrap();
    club.world.guild.channel(parent).unwrap().name.clone()
}

async fn moves(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.with_event().await;
    club.series("Summer Cup").await;
    world.at(EVE).await;
    world.advance(Duration::from_secs(600)).await;
    assert_eq!((parent(&club, CHANNEL), parent(&club, "Spa 6 Hours")), (SERIES.into(), SERIES.into()));
    let mark = world.discord.mark();
    move_to(&world, "Summer Cup").await;
    let mut routes = world.routes_since(mark);
    routes.sort();
    let expected = [
        "PATCH /channels/{channel_id}",
        "PATCH /channels/{channel_id}",
        "PATCH /channels/{channel_id}/messages/{message_id}",
        "PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}",
    ];
    assert_eq!(routes, expected, "channel, race voice, card and Discord event");
    let to = "Summer Cup".to_owned();
    assert_eq!((parent(&club, CHANNEL), parent(&club, "Spa 6 Hours")), (to.clone(), to.clone()));
    assert!(club.channel(CHANNEL).topic.as_ref().is_some_and(|topic| topic.contains(&to)));
    assert!(club.card(CHANNEL).text().contains(&to));
    world.end().await;
}

#[tokio::test]
async fn its_channels_move_along_on_sqlite() {
    moves(Pair::Sqlite).await;
}

#[tokio::test]
async fn its_channels_move_along_on_postgresql_and_redis() {
    moves(Pair::Postgres).await;
}

#[tokio::test]
async fn a_discord_event_that_is_on_is_made_anew_for_a_later_start() {
    let world = World::new(Pair::Sqlite).await;
    world.with_event().await;
    let first = world.guild.snapshot().events[0].id;
    world.at("2026-12-05T14:00:00Z").await;
    start_at(&world, "2026-12-06T14:00:00Z").await;
    assert_eq!(starts(&world), ["2026-12-06T14:00:00Z"]);
    assert_ne!(world.guild.snapshot().events[0].id, first);
    world.end().await;
}

#[tokio::test]
async fn a_discord_event_goes_when_its_start_moves_into_the_past() {
    let world = World::new(Pair::Sqlite).await;
    world.with_event().await;
    world.at("2026-12-05T12:00:00Z").await;
    start_at(&world, "2026-12-05T11:00:00Z").await;
    assert!(starts(&world).is_empty());
    world.end().await;
}

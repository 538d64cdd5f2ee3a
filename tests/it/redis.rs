//! Redis is a doorbell: whatever becomes of it, the work is in the database and gets done.

use std::time::Duration;

use simlane::base::config::Role;

use crate::world::{Club, EventForm, Pair, World};

const CHANNEL: &str = "spa-6-hours-2026-12-05";

/// Until when real time may pass for jobs that were rung for: a worker that lost Redis pauses for seconds.
const SOON: Duration = Duration::from_secs(20);

#[tokio::test]
async fn emptied_between_the_answer_and_the_job() {
    let mut world = World::new(Pair::Postgres).await;
    world.club().await;
    world.kill_oldest().await;
    world.serve_as(Role::Web).await;
    let club = Club::of(&world);
    club.event(None, EventForm::default()).await;
    assert!(world.guild.channel_named(CHANNEL).is_none(), "nobody was there to make it");
    world.stores.redis().flush_all().await;
    world.serve_as(Role::Worker).await;
    world.minute().await;
    let club = Club::of(&world);
    assert!(club.card(CHANNEL).text().contains("Spa 6 Hours"));
    world.end().await;
}

#[tokio::test]
async fn away_for_five_minutes() {
    let world = World::new(Pair::Postgres).await;
    let club = world.club().await;
    world.stores.redis().stop();
    club.event(None, EventForm::default()).await;
    world.minute().await;
    let card = club.card(CHANNEL);
    let anna = world.member("Anna");
    assert!(anna.press(&card, "Sign up").await.text().contains(&anna.mention()), "clicks go on");
    for _ in 0..4 {
        world.minute().await;
    }
    world.stores.redis().start_again().await;
    let reply = world.member("Bela").press(&card, "Sign up").await;
    assert!(reply.failure().is_none(), "{}", reply.text());
    tokio::time::timeout(SOON, world.end()).await.unwrap();
}
